package pages

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// production is section 2 of the guide.
type production struct{ *portal }

// StartAPIRegistration clicks API Registration, User Credentials and Create API User.
func (p production) StartAPIRegistration(ctx context.Context) (client.APIRegistration, error) {
	if !p.shows("", "", "api-registration") {
		if err := p.OpenMenu(ctx, "API Registration"); err != nil {
			return client.APIRegistration{}, err
		}
	}
	if err := p.follow(ctx, "User Credentials"); err != nil {
		return client.APIRegistration{}, err
	}
	if err := p.press(ctx, "Create API User"); err != nil {
		return client.APIRegistration{}, err
	}
	return p.apiRegistration()
}

// OpenMenu clicks an entry of the menu of a person who is logged in.
func (p production) OpenMenu(ctx context.Context, entry string) error {
	if !p.shows("", "", "session") {
		if err := p.visit(ctx, p.session); err != nil {
			return err
		}
	}
	return p.follow(ctx, entry)
}

func (p production) apiRegistration() (client.APIRegistration, error) {
	return result(p.portal, func(r *reading) client.APIRegistration {
		return client.APIRegistration{
			ID: r.need("apiRegistrationId"), State: r.screen.State(), GSTIN: r.text("gstin"), SentTo: r.screen.Values("sentTo"),
			ExpiresAt: r.time("expiresAt"), ResendAfter: r.time("resendAfter"), AttemptsLeft: r.attempts(),
		}
	})
}

// ResendOTP asks for another OTP.
func (p production) ResendOTP(ctx context.Context, id string) (client.OTPSent, error) {
	return p.resend(ctx, apiRegistrations, id)
}

// VerifyOTP enters the OTP.
func (p production) VerifyOTP(ctx context.Context, id, otp string) (client.APIRegistration, error) {
	if err := p.enter(ctx, apiRegistrations, id, otp); err != nil {
		return client.APIRegistration{}, err
	}
	return p.apiRegistration()
}

// Submit clicks the way of registration and fills in the form for the API user.
func (p production) Submit(ctx context.Context, id string, u client.NewAPIUser) (client.APIUser, error) {
	way, known := map[string]string{
		client.ThroughGSP: "Through GSP", client.ThroughERP: "Through ERP", client.ThroughDirect: "Direct",
	}[u.Through]
	if !known {
		return client.APIUser{}, fmt.Errorf("the portal has no way %q to register", u.Through)
	}
	first := "Select " + u.Through
	if u.Through == client.ThroughDirect {
		first = "Client Secret"
	}
	if err := p.toForm(ctx, id, way, first); err != nil {
		return client.APIUser{}, err
	}
	in := credentials(u)
	if u.Through == client.ThroughDirect {
		in = append(fields{{"Client ID", u.ClientID}, {"Client Secret", u.ClientSecret}}, in...)
	} else if u.CompanyName != "" {
		if err := p.ChooseCompany(ctx, u.Through, u.CompanyName); err != nil {
			return client.APIUser{}, err
		}
	}
	if err := p.fill(ctx, in); err != nil {
		return client.APIUser{}, err
	}
	if err := p.press(ctx, "Submit"); err != nil {
		return client.APIUser{}, err
	}
	return result(p.portal, func(r *reading) client.APIUser {
		return client.APIUser{
			Username: r.need("username"), Through: r.text("registrationThrough"), CompanyName: r.text("companyName"),
			CreatedAt: r.time("createdAt"), State: r.screen.State(), GSTIN: r.text("gstin"), Message: r.text("message"),
		}
	})
}

// ChooseCompany chooses the company on the form of a way of registration, which is open.
func (p production) ChooseCompany(ctx context.Context, through, companyName string) error {
	return p.selects(ctx, "Select "+through, "", companyName)
}

// toForm goes to the form of a way of registration, which is known by its first field.
func (p production) toForm(ctx context.Context, id, way, first string) error {
	if p.shows(apiRegistrations.id, id, "api-registration-api-user") {
		if _, err := p.screen.Field(first, ""); err == nil {
			return nil
		}
	}
	if !p.shows(apiRegistrations.id, id, "api-registration-through") {
		if err := p.visit(ctx, apiRegistrations.at(id, "/through")); err != nil {
			return err
		}
	}
	return p.follow(ctx, way)
}
