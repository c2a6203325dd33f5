package steps

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// Form is a form of a portal that begins with a captcha.
type Form string

// The forms, named as the links that open them.
const (
	FormRegister       Form = "Register here"   // trial portal
	FormLogin          Form = "Login"           // both portals
	FormForgotUsername Form = "Forgot Username" // production portal
	FormForgotPassword Form = "Forgot Password" // production portal
)

// Driver reaches the portals in one way: by their JSON, by their web pages, in a real browser. The
// base URL may end in /w/{world}. Each portal that it makes is one person's, with a session of its
// own. Its errors wrap a *client.Problem where a portal refused.
type Driver interface {
	Trial(baseURL string, o client.Options) (TrialPortal, error)
	Production(baseURL string, o client.Options) (ProductionPortal, error)
}

// portal is what both portals offer alike.
type portal interface {
	// Open goes to a form and sees its captcha.
	Open(ctx context.Context, f Form) (client.Captcha, error)
	CaptchaImage(ctx context.Context, c client.Captcha) ([]byte, error)
	Providers(ctx context.Context, through string) ([]client.Company, error)
	Login(ctx context.Context, l client.Login) (client.Session, error)
	Session(ctx context.Context) (client.Session, error)
	Logout(ctx context.Context) error
}

// TrialPortal is section 1 of the guide.
type TrialPortal interface {
	portal
	Validate(ctx context.Context, r client.Registrant) (client.Registration, error)
	Registration(ctx context.Context, id string) (client.Registration, error)
	SendOTP(ctx context.Context, id string) (client.OTPSent, error)
	VerifyOTP(ctx context.Context, id, otp string) (client.Registration, error)
	Create(ctx context.Context, id string, u client.NewAPIUser) (client.Acknowledgement, error)
	ClientCredentials(ctx context.Context, id string) (client.IssuedClient, error)
	CreateDummyGSTIN(ctx context.Context, stateCode string) (string, error)
}

// ProductionPortal is section 2 of the guide.
type ProductionPortal interface {
	portal
	StartAPIRegistration(ctx context.Context) (client.APIRegistration, error)
	ResendOTP(ctx context.Context, id string) (client.OTPSent, error)
	VerifyOTP(ctx context.Context, id, otp string) (client.APIRegistration, error)
	Submit(ctx context.Context, id string, u client.NewAPIUser) (client.APIUser, error)
	APIUsers(ctx context.Context) ([]client.APIUser, error)
	ChangePassword(ctx context.Context, username string, c client.PasswordChange) error
	Freeze(ctx context.Context, username string) error
	RemindUsername(ctx context.Context, f client.ForgottenUsername) ([]string, error)
	StartPasswordReset(ctx context.Context, f client.ForgottenPassword) (client.PasswordReset, error)
	ResendPasswordResetOTP(ctx context.Context, id string) (client.OTPSent, error)
	VerifyPasswordResetOTP(ctx context.Context, id, otp string) (client.PasswordReset, error)
	SetNewPassword(ctx context.Context, id string, n client.NewPassword) error
}

// JSON is the driver that speaks the portals' JSON.
type JSON struct{}

// Trial reaches the trial portal.
func (JSON) Trial(baseURL string, o client.Options) (TrialPortal, error) {
	s, err := client.NewSandbox(baseURL, o)
	return jsonTrial{s}, err
}

// Production reaches the production portal.
func (JSON) Production(baseURL string, o client.Options) (ProductionPortal, error) {
	p, err := client.NewProduction(baseURL, o)
	return jsonProduction{p}, err
}

type jsonTrial struct{ *client.Sandbox }

// Open asks for a captcha, which in JSON is good for any form.
func (p jsonTrial) Open(ctx context.Context, _ Form) (client.Captcha, error) {
	return p.NewCaptcha(ctx)
}

type jsonProduction struct{ *client.Production }

// Open asks for a captcha, which in JSON is good for any form.
func (p jsonProduction) Open(ctx context.Context, _ Form) (client.Captcha, error) {
	return p.NewCaptcha(ctx)
}
