package scene

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// Driver reaches the portals in one way: by their JSON, by their web pages, in a real browser. The
// base URL may end in /w/{world}. Each portal that it makes is one person's, with a session of its
// own. Its errors wrap a *client.Problem where a portal refused.
//
// A portal that holds something is an io.Closer; a portal with a screen is a Camera. The maker of
// a driver closes it after its portals.
type Driver interface {
	Trial(baseURL string, o client.Options) (TrialPortal, error)
	Production(baseURL string, o client.Options) (ProductionPortal, error)
	GSP(baseURL string, o client.Options) (GSP, error)
	// SpeaksJSON reports whether it can do what only a program can. Scenarios with the tag @json are
	// left out with a driver that does what a person can do on a page.
	SpeaksJSON() bool
	Close() error
}

// Camera is a portal that a person looks at.
type Camera interface {
	// Picture is a WebP of the screen, nil if it shows nothing new since the last one.
	Picture(ctx context.Context) ([]byte, error)
}

// Portal is what both portals offer alike.
type Portal interface {
	client.Portal
	Login(ctx context.Context, l client.Login) (client.Session, error)
	Session(ctx context.Context) (client.Session, error)
	Logout(ctx context.Context) error
	UpdateGSTIN(ctx context.Context, u client.GSTINUpdate) (string, error)
}

// TrialPortal is section 1 of the guide.
type TrialPortal interface {
	Portal
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
	Portal
	ResendLoginOTP(ctx context.Context, id string) (client.OTPSent, error)
	VerifyLoginOTP(ctx context.Context, id, otp string) (client.Session, error)
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

// GSP is the guide's last step: the place at a GSP where credentials are entered.
type GSP interface {
	Enter(ctx context.Context, n client.NewConnection) (client.Connection, error)
	Change(ctx context.Context, id, username, password string) (client.Connection, error)
	Test(ctx context.Context, id string) (client.Connection, error)
	Connections(ctx context.Context, companyName string) ([]client.Connection, error)
	Remove(ctx context.Context, id string) error
}
