package scene

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// Flow is what has an OTP: a registration at the trial portal, an API registration, a forgotten
// password or a login at the production portal.
type Flow struct {
	Portal  string // onTrial or onProduction
	Purpose string // of its messages
	GSTIN   string // whose flow it is; empty for a provider
	Mobile  string // where its messages go; empty if the portal shows that masked
	Email   string

	ID    string
	State string
	Sent  client.OTPSent // what the portal said when it sent the newest OTP
	Steps FlowSteps
}

// FlowSteps are what can be done in a flow.
type FlowSteps struct {
	Send   func(ctx context.Context, id string) (client.OTPSent, error)
	Verify func(ctx context.Context, id, otp string) (state string, err error)
	Create func(ctx context.Context, id string, u client.NewAPIUser) error
}

// environment is the flow's portal as the inbox names it.
func (f *Flow) environment() string { return environment(f.Portal) }

func environment(portal string) string {
	if portal == OnTrial {
		return client.EnvironmentSandbox
	}
	return client.EnvironmentProduction
}

// InRegistration performs the steps of a registration at the trial portal.
func InRegistration(p *Person) FlowSteps {
	return FlowSteps{
		Send: p.Trial.SendOTP,
		Verify: func(ctx context.Context, id, otp string) (string, error) {
			verified, err := p.Trial.VerifyOTP(ctx, id, otp)
			if err == nil {
				p.Registration = verified
			}
			return verified.State, err
		},
		Create: func(ctx context.Context, id string, u client.NewAPIUser) (err error) {
			p.Acknowledgement, err = p.Trial.Create(ctx, id, u)
			return err
		},
	}
}

// InAPIRegistration performs the steps of an API registration at the production portal.
func InAPIRegistration(p *Person) FlowSteps {
	return FlowSteps{
		Send: p.Production.ResendOTP,
		Verify: func(ctx context.Context, id, otp string) (string, error) {
			verified, err := p.Production.VerifyOTP(ctx, id, otp)
			return verified.State, err
		},
		Create: func(ctx context.Context, id string, u client.NewAPIUser) (err error) {
			p.APIUser, err = p.Production.Submit(ctx, id, u)
			return err
		},
	}
}

// InLogin performs the steps of a login to the production portal that needs an OTP.
func InLogin(p *Person) FlowSteps {
	return FlowSteps{
		Send: p.Production.ResendLoginOTP,
		Verify: func(ctx context.Context, id, otp string) (string, error) {
			session, err := p.Production.VerifyLoginOTP(ctx, id, otp)
			if err == nil {
				p.Session, p.InProduction = session, true
			}
			return "COMPLETED", err
		},
		Create: func(context.Context, string, client.NewAPIUser) error {
			return fmt.Errorf("the flow of a login creates no API user")
		},
	}
}

// InPasswordReset performs the steps of a forgotten password at the production portal.
func InPasswordReset(p *Person) FlowSteps {
	return FlowSteps{
		Send: p.Production.ResendPasswordResetOTP,
		Verify: func(ctx context.Context, id, otp string) (string, error) {
			verified, err := p.Production.VerifyPasswordResetOTP(ctx, id, otp)
			return verified.State, err
		},
		Create: func(context.Context, string, client.NewAPIUser) error {
			return fmt.Errorf("the flow of a forgotten password creates no API user")
		},
	}
}

// CurrentFlow returns the flow that the person is in.
func (p *Person) CurrentFlow() (*Flow, error) {
	if p.Flow == nil {
		return nil, fmt.Errorf("%s has no flow with an OTP", p.Name)
	}
	return p.Flow, nil
}

// SendOTP asks for an OTP, the first or another one.
func (p *Person) SendOTP(ctx context.Context) error {
	f, err := p.CurrentFlow()
	if err != nil {
		return err
	}
	sent, err := f.Steps.Send(ctx, f.ID)
	if err == nil {
		f.Sent, f.State = sent, sent.State
	}
	return err
}

// EnterOTP submits an OTP.
func (p *Person) EnterOTP(ctx context.Context, otp string) error {
	f, err := p.CurrentFlow()
	if err != nil {
		return err
	}
	state, err := f.Steps.Verify(ctx, f.ID, otp)
	if err == nil {
		f.State = state
	}
	return err
}

// Create makes an API user, and remembers its password.
func (s *Scene) Create(ctx context.Context, p *Person, u client.NewAPIUser) error {
	f, err := p.CurrentFlow()
	if err != nil {
		return err
	}
	s.KeepSecret("a password", u.Password)
	s.KeepSecret("a client secret", u.ClientSecret)
	if err := f.Steps.Create(ctx, f.ID, u); err != nil {
		return err
	}
	p.Passwords[u.Username] = u.Password
	if f.Portal == OnProduction {
		p.Passwords[p.APIUser.Username] = u.Password
	}
	return nil
}
