package steps

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// flow is what has an OTP: a registration at the trial portal, an API registration or a forgotten
// password at the production portal.
type flow struct {
	portal  string // onTrial or onProduction
	purpose string // of its messages
	gstin   string // whose flow it is; empty for a provider
	mobile  string // where its SMS go
	email   string

	id    string
	state string
	sent  client.OTPSent // what the portal said when it sent the newest OTP
	steps flowSteps
}

// flowSteps are what can be done in a flow.
type flowSteps interface {
	send(ctx context.Context, id string) (client.OTPSent, error)
	verify(ctx context.Context, id, otp string) (state string, err error)
	create(ctx context.Context, id string, u client.NewAPIUser) error
}

// environment is the flow's portal as the inbox names it.
func (f *flow) environment() string {
	if f.portal == onTrial {
		return client.EnvironmentSandbox
	}
	return client.EnvironmentProduction
}

type registrationFlow struct{ p *person }

func (r registrationFlow) send(ctx context.Context, id string) (client.OTPSent, error) {
	return r.p.trial.SendOTP(ctx, id)
}

func (r registrationFlow) verify(ctx context.Context, id, otp string) (string, error) {
	verified, err := r.p.trial.VerifyOTP(ctx, id, otp)
	if err == nil {
		r.p.registration = verified
	}
	return verified.State, err
}

func (r registrationFlow) create(ctx context.Context, id string, u client.NewAPIUser) (err error) {
	r.p.acknowledgement, err = r.p.trial.Create(ctx, id, u)
	return err
}

type apiRegistrationFlow struct{ p *person }

func (r apiRegistrationFlow) send(ctx context.Context, id string) (client.OTPSent, error) {
	return r.p.production.ResendOTP(ctx, id)
}

func (r apiRegistrationFlow) verify(ctx context.Context, id, otp string) (string, error) {
	verified, err := r.p.production.VerifyOTP(ctx, id, otp)
	return verified.State, err
}

func (r apiRegistrationFlow) create(ctx context.Context, id string, u client.NewAPIUser) (err error) {
	r.p.apiUser, err = r.p.production.Submit(ctx, id, u)
	return err
}

type passwordResetFlow struct{ p *person }

func (r passwordResetFlow) send(ctx context.Context, id string) (client.OTPSent, error) {
	return r.p.production.ResendPasswordResetOTP(ctx, id)
}

func (r passwordResetFlow) verify(ctx context.Context, id, otp string) (string, error) {
	verified, err := r.p.production.VerifyPasswordResetOTP(ctx, id, otp)
	return verified.State, err
}

func (passwordResetFlow) create(context.Context, string, client.NewAPIUser) error {
	return fmt.Errorf("a forgotten password makes no API user")
}

// current is the flow that the person is in.
func (p *person) current() (*flow, error) {
	if p.flow == nil {
		return nil, fmt.Errorf("%s is in no flow with an OTP", p.name)
	}
	return p.flow, nil
}

// send asks for an OTP, the first or another.
func (p *person) send(ctx context.Context) error {
	f, err := p.current()
	if err != nil {
		return err
	}
	sent, err := f.steps.send(ctx, f.id)
	if err == nil {
		f.sent, f.state = sent, sent.State
	}
	return err
}

// enter submits an OTP.
func (p *person) enter(ctx context.Context, otp string) error {
	f, err := p.current()
	if err != nil {
		return err
	}
	state, err := f.steps.verify(ctx, f.id, otp)
	if err == nil {
		f.state = state
	}
	return err
}

// create makes an API user, and remembers its password.
func (s *scenario) create(ctx context.Context, p *person, u client.NewAPIUser) error {
	f, err := p.current()
	if err != nil {
		return err
	}
	s.keepSecret("a password", u.Password)
	s.keepSecret("a client secret", u.ClientSecret)
	if err := f.steps.create(ctx, f.id, u); err != nil {
		return err
	}
	p.passwords[u.Username] = u.Password
	if f.portal == onProduction {
		p.passwords[p.apiUser.Username] = u.Password
	}
	return nil
}
