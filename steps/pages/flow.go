package pages

import (
	"context"
	"net/url"

	"github.com/nicsim/nicsim/client"
)

// flow is a kind of flow with an OTP, as its pages are marked.
type flow struct {
	name string // data-page of its first page, and the beginning of the others'
	path string // of its pages
	id   string // name of the value that identifies a flow
	send string // the button that sends the OTP
}

var (
	registrations    = flow{"registration", "/register/", "registrationId", "Submit"}
	apiRegistrations = flow{"api-registration", "/api-registrations/", "apiRegistrationId", "Verify OTP"}
	passwordResets   = flow{"password-reset", "/password-resets/", "passwordResetId", "Verify OTP"}
	logins           = flow{"login", "/logins/", "loginId", "Verify OTP"}
)

// at opens a page of a flow, "" for the first, unless it is the screen.
func (p *portal) at(f flow, id, page string) act {
	name, path := f.name, f.path+url.PathEscape(id)
	if page != "" {
		name, path = name+"-"+page, path+"/"+page
	}
	return func(ctx context.Context) error {
		if p.shows(name) && p.screen.Value(f.id) == id {
			return nil
		}
		return p.visit(path)(ctx)
	}
}

// verify enters an OTP and reads the flow.
func verify[T any](ctx context.Context, p *portal, f flow, id, otp string) (T, error) {
	return after[T](ctx, p, f.id, p.at(f, id, "otp"), p.fill(fields{{"OTP", otp}}), p.press(f.send))
}

// resend asks for another OTP.
func (p *portal) resend(ctx context.Context, f flow, id string) (client.OTPSent, error) {
	return after[client.OTPSent](ctx, p, "", p.at(f, id, "otp"), p.press("Resend OTP"))
}
