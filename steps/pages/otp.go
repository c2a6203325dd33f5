package pages

import (
	"context"
	"net/url"

	"github.com/nicsim/nicsim/client"
)

// flow is a kind of flow with an OTP, as its pages are marked.
type flow struct {
	path string // of its pages
	id   string // the value that names one
	page string // where the OTP is entered
	send string // the button that does
}

var (
	registrations    = flow{"/register/", "registrationId", "registration-otp", "Submit"}
	apiRegistrations = flow{"/api-registrations/", "apiRegistrationId", "api-registration-otp", "Verify OTP"}
	passwordResets   = flow{"/password-resets/", "passwordResetId", "password-reset-otp", "Verify OTP"}
)

// at is the path of a page of a flow.
func (f flow) at(id, page string) string { return f.path + url.PathEscape(id) + page }

// enter types an OTP where it is entered.
func (p *portal) enter(ctx context.Context, f flow, id, otp string) error {
	if err := p.toOTP(ctx, f, id); err != nil {
		return err
	}
	if err := p.fill(ctx, fields{{"OTP", otp}}); err != nil {
		return err
	}
	return p.press(ctx, f.send)
}

// resend asks for another OTP.
func (p *portal) resend(ctx context.Context, f flow, id string) (client.OTPSent, error) {
	if err := p.toOTP(ctx, f, id); err != nil {
		return client.OTPSent{}, err
	}
	return p.sent(ctx, "Resend OTP")
}

func (p *portal) toOTP(ctx context.Context, f flow, id string) error {
	if p.shows(f.id, id, f.page) {
		return nil
	}
	return p.visit(ctx, f.at(id, "/otp"))
}

// sent presses a button that sends an OTP, and reads what the portal says then.
func (p *portal) sent(ctx context.Context, button string) (client.OTPSent, error) {
	if err := p.press(ctx, button); err != nil {
		return client.OTPSent{}, err
	}
	return result(p, func(r *reading) client.OTPSent {
		return client.OTPSent{
			State: r.screen.State(), SentTo: r.screen.Values("sentTo"), ExpiresAt: r.time("expiresAt"),
			ResendAfter: r.time("resendAfter"), AttemptsLeft: r.attempts(),
		}
	})
}
