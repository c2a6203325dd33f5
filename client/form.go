package client

import "context"

// Form is a form of a portal that begins with a captcha.
type Form string

// The forms, named as the links that open them.
const (
	FormRegister       Form = "Register here"        // sandbox portal
	FormLogin          Form = "Login"                // both portals, by username
	FormLoginClientID  Form = "Login with Client ID" // sandbox portal, for providers
	FormForgotUsername Form = "Forgot Username"      // production portal
	FormForgotPassword Form = "Forgot Password"      // production portal

	FormUpdateGSTIN Form = "Update from GST Common Portal" // both portals
)

// Open asks for the captcha of a form. A captcha of the JSON is good for any form, one on a web page
// for the form that it stands in.
func (p portal) Open(ctx context.Context, _ Form) (Captcha, error) { return p.NewCaptcha(ctx) }
