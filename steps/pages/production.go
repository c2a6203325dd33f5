package pages

import (
	"context"
	"net/url"

	"github.com/nicsim/nicsim/client"
)

// production is section 2 of the guide.
type production struct{ *portal }

// ResendLoginOTP asks for another OTP.
func (p production) ResendLoginOTP(ctx context.Context, id string) (client.OTPSent, error) {
	return p.resend(ctx, logins, id)
}

// VerifyLoginOTP enters the OTP of a login.
func (p production) VerifyLoginOTP(ctx context.Context, id, otp string) (client.Session, error) {
	return after[client.Session](ctx, p.portal, "source",
		p.at(logins, id, "otp"), p.fill(fields{{"OTP", otp}}), p.press(logins.send), p.toSession)
}

// StartAPIRegistration clicks API Registration, User Credentials and Create API User.
func (p production) StartAPIRegistration(ctx context.Context) (client.APIRegistration, error) {
	menu := func(ctx context.Context) error {
		if p.shows("api-registration") {
			return nil
		}
		return p.OpenMenu(ctx, "API Registration")
	}
	return after[client.APIRegistration](ctx, p.portal, apiRegistrations.id,
		menu, p.follow("User Credentials"), p.press("Create API User"))
}

// OpenMenu clicks an entry of the menu of a person who is logged in.
func (p production) OpenMenu(ctx context.Context, entry string) error {
	return do(ctx, p.toSession, p.follow(entry))
}

// ResendOTP asks for another OTP.
func (p production) ResendOTP(ctx context.Context, id string) (client.OTPSent, error) {
	return p.resend(ctx, apiRegistrations, id)
}

// VerifyOTP enters the OTP.
func (p production) VerifyOTP(ctx context.Context, id, otp string) (client.APIRegistration, error) {
	return verify[client.APIRegistration](ctx, p.portal, apiRegistrations, id, otp)
}

// Submit clicks the way of registration and fills in the form for the API user.
func (p production) Submit(ctx context.Context, id string, u client.NewAPIUser) (client.APIUser, error) {
	acts, in := []act{p.form(id, u.Through)}, credentials(u)
	if u.Through == client.ThroughDirect {
		in = append(fields{{"Client ID", u.ClientID}, {"Client Secret", u.ClientSecret}}, in...)
	} else if u.CompanyName != "" {
		acts = append(acts, p.selects(labelled(""), "Select "+u.Through, u.CompanyName))
	}
	return after[client.APIUser](ctx, p.portal, "username", append(acts, p.fill(in), p.press("Submit"))...)
}

// ChooseCompany chooses the company on the form of a way of registration, which is open.
func (p production) ChooseCompany(ctx context.Context, through, companyName string) error {
	return p.selects(labelled(""), "Select "+through, companyName)(ctx)
}

// form opens the form of a way of registration, unless it is the screen: its first field shows that.
func (p production) form(id, through string) act {
	way, first := "Through "+through, "Select "+through
	if through == client.ThroughDirect {
		way, first = labelOf(through), "Client Secret"
	}
	return func(ctx context.Context) error {
		if p.shows("api-registration-api-user") && p.screen.Value(apiRegistrations.id) == id {
			if _, err := p.screen.Field(first, ""); err == nil {
				return nil
			}
		}
		return do(ctx, p.at(apiRegistrations, id, "through"), p.follow(way))
	}
}

// APIUsers reads the list of registered API users.
func (p production) APIUsers(ctx context.Context) ([]client.APIUser, error) {
	if err := p.visit("/api-users")(ctx); err != nil {
		return nil, err
	}
	return decodeRows[client.APIUser](p.screen, "api-user")
}

// manage follows the link of an API user in its row of the list. If the list has no such user or the row no such
// link, it opens the page by its address.
func (p production) manage(username, link, page string) act {
	return func(ctx context.Context) error {
		if err := p.visit("/api-users")(ctx); err != nil {
			return err
		}
		for _, row := range p.screen.Rows("api-user") {
			if found, err := p.screen.LinkOf(row, link); err == nil && row.Value("username") == username {
				return p.click(ctx, link, found)
			}
		}
		return p.visit("/api-users/" + url.PathEscape(username) + page)(ctx)
	}
}

// ChangePassword fills in Change Password.
func (p production) ChangePassword(ctx context.Context, username string, c client.PasswordChange) error {
	in := fields{{"Current Password", c.Current}, {"New Password", c.New}}
	return do(ctx, p.manage(username, "Change Password", "/password"), p.fill(in), p.press("Change Password"))
}

// Freeze clicks Freeze, and once more to confirm it.
func (p production) Freeze(ctx context.Context, username string) error {
	return do(ctx, p.manage(username, "Freeze", "/freeze"), p.press("Freeze"))
}

// RemindUsername fills in Forgot Username, which is open.
func (p production) RemindUsername(ctx context.Context, f client.ForgottenUsername) ([]string, error) {
	in := fields{{"GSTIN", f.GSTIN}, {"Phone number", f.Mobile}}
	if err := do(ctx, p.fill(in), p.solve(f.Captcha), p.press("Submit")); err != nil {
		return nil, err
	}
	return p.screen.Values("sentTo"), nil
}

// StartPasswordReset fills in Forgot Password, which is open.
func (p production) StartPasswordReset(ctx context.Context, f client.ForgottenPassword) (client.PasswordReset, error) {
	in := fields{{"Username", f.Username}, {"GSTIN", f.GSTIN}, {"Phone number", f.Mobile}}
	return after[client.PasswordReset](ctx, p.portal, passwordResets.id,
		p.fill(in), p.solve(f.Captcha), p.press("Send OTP"))
}

// ResendPasswordResetOTP asks for another OTP.
func (p production) ResendPasswordResetOTP(ctx context.Context, id string) (client.OTPSent, error) {
	return p.resend(ctx, passwordResets, id)
}

// VerifyPasswordResetOTP enters the OTP.
func (p production) VerifyPasswordResetOTP(ctx context.Context, id, otp string) (client.PasswordReset, error) {
	return verify[client.PasswordReset](ctx, p.portal, passwordResets, id, otp)
}

// SetNewPassword fills in the form that ends the reset.
func (p production) SetNewPassword(ctx context.Context, id string, n client.NewPassword) error {
	in := fields{{"New Password", n.New}, {"Re-enter Password", n.Confirm}}
	return do(ctx, p.at(passwordResets, id, "password"), p.fill(in), p.press("Save"))
}
