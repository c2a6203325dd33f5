package pages

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// trial is section 1 of the guide.
type trial struct{ *portal }

// categoryLabels are the choices of the Registration Form.
var categoryLabels = map[string]string{
	client.CategoryTaxpayer: "Taxpayer", client.CategoryGSP: "GSP", client.CategoryERP: "ERP",
	client.CategoryECO: "E-Commerce Operator",
}

// throughLabels are the choices under Registration through.
var throughLabels = map[string]string{
	client.ThroughGSP: "GSP", client.ThroughERP: "ERP", client.ThroughDirect: "Direct",
}

// Validate fills in the Registration Form that is open, and presses Validate.
func (p trial) Validate(ctx context.Context, r client.Registrant) (client.Registration, error) {
	if err := p.chooseCategory(ctx, r); err != nil {
		return client.Registration{}, err
	}
	if err := p.submit(ctx, contact(r), r.Captcha, "Validate"); err != nil {
		return client.Registration{}, err
	}
	return p.registration()
}

// FillIn puts what is known of a registrant into the Registration Form that is open. The category must
// be known.
func (p trial) FillIn(ctx context.Context, r client.Registrant) error {
	if err := p.chooseCategory(ctx, r); err != nil {
		return err
	}
	if err := p.fill(ctx, contact(r).known()); err != nil {
		return err
	}
	if r.Captcha == (client.CaptchaAnswer{}) {
		return nil
	}
	return p.solve(ctx, r.Captcha)
}

// chooseCategory chooses it. A form may show the GSTIN to taxpayers alone: it is filled in before
// somebody chooses otherwise.
func (p trial) chooseCategory(ctx context.Context, r client.Registrant) error {
	label, known := categoryLabels[r.Category]
	if !known {
		return fmt.Errorf("the Registration Form has no %q to choose", r.Category)
	}
	if err := p.fill(ctx, fields{{"GSTIN", r.GSTIN}}.known()); err != nil {
		return err
	}
	return p.choose(ctx, label)
}

// contact is what a registrant enters beside category and GSTIN.
func contact(r client.Registrant) fields {
	return append(fields{{"PAN", r.PAN}}.known(), fields{{"Phone number", r.Mobile}, {"Email address", r.Email}}...)
}

// Registration looks at the page that the registration has come to.
func (p trial) Registration(ctx context.Context, id string) (client.Registration, error) {
	if err := p.visit(ctx, registrations.at(id, "")); err != nil {
		return client.Registration{}, err
	}
	if p.screen.Name() == "done" { // the flow has gone past the page
		if err := p.goOn(ctx); err != nil {
			return client.Registration{}, err
		}
	}
	return p.registration()
}

func (p trial) registration() (client.Registration, error) {
	return result(p.portal, func(r *reading) client.Registration {
		return client.Registration{
			ID: r.need("registrationId"), State: r.screen.State(), Category: r.text("category"), GSTIN: r.text("gstin"),
			PAN: r.text("pan"), LegalName: r.text("legalName"), TradeName: r.text("tradeName"), StateCode: r.text("stateCode"),
			SentTo: r.screen.Values("sentTo"), ExpiresAt: r.time("expiresAt"), ResendAfter: r.time("resendAfter"),
			AttemptsLeft: r.attempts(), AcknowledgementNo: r.text("acknowledgementNo"),
			AcknowledgedAt: r.time("acknowledgedAt"), Through: r.text("registrationThrough"), CompanyName: r.text("companyName"),
			ClientID: r.text("clientId"), Username: r.text("username"), Message: r.text("message"),
		}
	})
}

// SendOTP presses Send OTP or, once one was sent, Resend OTP.
func (p trial) SendOTP(ctx context.Context, id string) (client.OTPSent, error) {
	if p.shows(registrations.id, id, registrations.page) {
		return p.sent(ctx, "Resend OTP")
	}
	if !p.shows(registrations.id, id, "registration") {
		if err := p.visit(ctx, registrations.at(id, "")); err != nil {
			return client.OTPSent{}, err
		}
	}
	if _, err := p.screen.Button("Send OTP"); err == nil {
		return p.sent(ctx, "Send OTP")
	}
	return p.resend(ctx, registrations, id)
}

// VerifyOTP enters the OTP.
func (p trial) VerifyOTP(ctx context.Context, id, otp string) (client.Registration, error) {
	if err := p.enter(ctx, registrations, id, otp); err != nil {
		return client.Registration{}, err
	}
	return p.registration()
}

// Create fills in the form for the API user.
func (p trial) Create(ctx context.Context, id string, u client.NewAPIUser) (client.Acknowledgement, error) {
	if !p.shows(registrations.id, id, "registration-api-user") {
		if err := p.visit(ctx, registrations.at(id, "/api-user")); err != nil {
			return client.Acknowledgement{}, err
		}
	}
	if err := p.ChooseCompany(ctx, u.Through, u.CompanyName); err != nil {
		return client.Acknowledgement{}, err
	}
	if err := p.fill(ctx, append(fields{{"Client ID", u.ClientID}}, credentials(u)...)); err != nil {
		return client.Acknowledgement{}, err
	}
	if err := p.press(ctx, "Create"); err != nil {
		return client.Acknowledgement{}, err
	}
	return result(p.portal, func(r *reading) client.Acknowledgement {
		return client.Acknowledgement{
			AcknowledgementNo: r.need("acknowledgementNo"), AcknowledgedAt: r.time("acknowledgedAt"), State: r.screen.State(),
			GSTIN: r.text("gstin"), LegalName: r.text("legalName"), Through: r.text("registrationThrough"),
			CompanyName: r.text("companyName"), ClientID: r.text("clientId"), Username: r.text("username"),
			Message: r.text("message"),
		}
	})
}

// ChooseCompany chooses the way of registration and the company, if one is given, on the form for the
// API user, which is open.
func (p trial) ChooseCompany(ctx context.Context, through, companyName string) error {
	label, known := throughLabels[through]
	if !known {
		return fmt.Errorf("there is no %q under Registration through", through)
	}
	if err := p.choose(ctx, label); err != nil {
		return err
	}
	if companyName == "" || through == client.ThroughDirect {
		return nil
	}
	return p.selects(ctx, "Company Name", "through "+through, companyName)
}

func credentials(u client.NewAPIUser) fields {
	return fields{{"Username", u.Username}, {"Password", u.Password}, {"Re-enter Password", u.ConfirmPassword}}
}

// ClientCredentials asks for a provider's.
func (p trial) ClientCredentials(ctx context.Context, id string) (client.IssuedClient, error) {
	if !p.shows(registrations.id, id, "registration-client-credentials") {
		if err := p.visit(ctx, registrations.at(id, "/client-credentials")); err != nil {
			return client.IssuedClient{}, err
		}
	}
	if err := p.press(ctx, "Get client credentials"); err != nil {
		return client.IssuedClient{}, err
	}
	return result(p.portal, func(r *reading) client.IssuedClient {
		return client.IssuedClient{ClientID: r.need("clientId"), Message: r.text("message")}
	})
}

// CreateDummyGSTIN adds a GSTIN at Add Accounts.
func (p trial) CreateDummyGSTIN(ctx context.Context, stateCode string) (string, error) {
	if err := p.visit(ctx, "/account/dummy-gstins"); err != nil {
		return "", err
	}
	if stateCode != "" { // else the list stays as it is
		if err := p.selects(ctx, "State", "", stateCode); err != nil {
			return "", err
		}
	}
	if err := p.press(ctx, "Add GSTIN"); err != nil {
		return "", err
	}
	return result(p.portal, func(r *reading) string { return r.need("gstin") })
}
