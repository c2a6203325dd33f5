package pages

import (
	"cmp"
	"context"
	"net/url"

	"github.com/nicsim/nicsim/client"
)

// trial is section 1 of the guide.
type trial struct{ *portal }

// labels are the words of choices that differ from their names in JSON.
var labels = map[string]string{
	client.CategoryTaxpayer: "Taxpayer", client.CategoryECO: "E-Commerce Operator", client.ThroughDirect: "Direct",
}

func labelOf(choice string) string { return cmp.Or(labels[choice], choice) }

// Validate fills in the Registration Form that is open, and presses Validate.
func (p trial) Validate(ctx context.Context, r client.Registrant) (client.Registration, error) {
	return after[client.Registration](ctx, p.portal, registrations.id,
		p.category(r), p.fill(contact(r)), p.solve(r.Captcha), p.press("Validate"))
}

// FillIn enters the known values of a registrant into the Registration Form that is open. The category must
// be known.
func (p trial) FillIn(ctx context.Context, r client.Registrant) error {
	acts := []act{p.category(r), p.fill(contact(r).known())}
	if r.Captcha != (client.CaptchaAnswer{}) {
		acts = append(acts, p.solve(r.Captcha))
	}
	return do(ctx, acts...)
}

// category enters the GSTIN and chooses the category. A form may have the GSTIN for taxpayers alone, so it is
// filled in before another category is chosen.
func (p trial) category(r client.Registrant) act {
	return func(ctx context.Context) error {
		return do(ctx, p.fill(fields{{"GSTIN", r.GSTIN}}.known()), p.choose(labelOf(r.Category)))
	}
}

// contact are the fields of a registrant beside category and GSTIN.
func contact(r client.Registrant) fields {
	return append(fields{{"PAN", r.PAN}}.known(), fields{{"Phone number", r.Mobile}, {"Email address", r.Email}}...)
}

// Registration opens the page that the registration has reached.
func (p trial) Registration(ctx context.Context, id string) (client.Registration, error) {
	first := p.visit(registrations.path + url.PathEscape(id))
	return after[client.Registration](ctx, p.portal, registrations.id, first, p.goOn)
}

// goOn follows the link of a page whose step is done already.
func (p trial) goOn(ctx context.Context) error {
	if !p.shows("done") {
		return nil
	}
	for e := range p.screen.elements("a") {
		if Within(e.Node, "main") != nil {
			return p.click(ctx, Text(e.Node), e)
		}
	}
	return p.screen.missing("link", "on", nil)
}

// SendOTP presses Send OTP or, once one was sent, Resend OTP.
func (p trial) SendOTP(ctx context.Context, id string) (client.OTPSent, error) {
	if !p.shows("registration-otp") {
		if err := p.at(registrations, id, "")(ctx); err != nil {
			return client.OTPSent{}, err
		}
		if _, err := p.screen.Button("Send OTP"); err == nil {
			return after[client.OTPSent](ctx, p.portal, "", p.press("Send OTP"))
		}
	}
	return p.resend(ctx, registrations, id)
}

// VerifyOTP enters the OTP.
func (p trial) VerifyOTP(ctx context.Context, id, otp string) (client.Registration, error) {
	return verify[client.Registration](ctx, p.portal, registrations, id, otp)
}

// Create fills in the form for the API user.
func (p trial) Create(ctx context.Context, id string, u client.NewAPIUser) (client.Acknowledgement, error) {
	return after[client.Acknowledgement](ctx, p.portal, "acknowledgementNo",
		p.at(registrations, id, "api-user"), p.company(u.Through, u.CompanyName),
		p.fill(append(fields{{"Client ID", u.ClientID}}, credentials(u)...)), p.press("Create"))
}

// ChooseCompany chooses the way of registration and the company, if one is given, on the form for the
// API user, which is open.
func (p trial) ChooseCompany(ctx context.Context, through, companyName string) error {
	return p.company(through, companyName)(ctx)
}

func (p trial) company(through, name string) act {
	return func(ctx context.Context) error {
		if err := p.choose(labelOf(through))(ctx); err != nil || name == "" || through == client.ThroughDirect {
			return err
		}
		return p.selects(labelled("through "+through), "Company Name", name)(ctx)
	}
}

func credentials(u client.NewAPIUser) fields {
	return fields{{"Username", u.Username}, {"Password", u.Password}, {"Re-enter Password", u.ConfirmPassword}}
}

// ClientCredentials asks for the credentials of a provider.
func (p trial) ClientCredentials(ctx context.Context, id string) (client.IssuedClient, error) {
	return after[client.IssuedClient](ctx, p.portal, "clientId",
		p.at(registrations, id, "client-credentials"), p.press("Get client credentials"))
}

// CreateDummyGSTIN adds a GSTIN at Add Accounts. Without a state code the list stays as it is.
func (p trial) CreateDummyGSTIN(ctx context.Context, stateCode string) (string, error) {
	acts := []act{p.visit("/account/dummy-gstins")}
	if stateCode != "" {
		acts = append(acts, p.selects(labelled(""), "State", stateCode))
	}
	made, err := after[struct{ GSTIN string }](ctx, p.portal, "gstin", append(acts, p.press("Add GSTIN"))...)
	return made.GSTIN, err
}
