package scene

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// Verified brings the person as far as the form for the API user.
func (s *Scene) Verified(ctx context.Context, p *Person, firm, portal string) error {
	if err := s.Wait(ctx, p, firm, portal); err != nil {
		return err
	}
	return s.Verify(ctx, p)
}

// Wait brings the person as far as an OTP that was sent, at either portal.
func (s *Scene) Wait(ctx context.Context, p *Person, firm, portal string) error {
	if portal == OnTrial {
		return s.HasOTPForRegistration(ctx, p, firm)
	}
	return s.StartAPIRegistration(ctx, p)
}

// CreateAPIUser clicks Create API User at the production portal.
func (s *Scene) CreateAPIUser(ctx context.Context, p *Person) error {
	started, err := p.Production.StartAPIRegistration(ctx)
	if err != nil {
		return err
	}
	p.Flow = &Flow{
		Portal: OnProduction, Purpose: client.PurposeAPIUserOTP, GSTIN: started.GSTIN,
		ID: started.ID, State: started.State,
		Sent: client.OTPSent{
			State: started.State, SentTo: started.SentTo, ExpiresAt: started.ExpiresAt,
			ResendAfter: started.ResendAfter, AttemptsLeft: started.AttemptsLeft,
		},
		Steps: InAPIRegistration(p),
	}
	return nil
}

// StartAPIRegistration logs in, if need be, and clicks Create API User.
func (s *Scene) StartAPIRegistration(ctx context.Context, p *Person) error {
	if err := s.BeLoggedIn(ctx, p); err != nil {
		return err
	}
	return s.CreateAPIUser(ctx, p)
}

// Made performs a whole section for one user.
func (s *Scene) Made(ctx context.Context, p *Person, username, company, firm, portal string) error {
	if err := s.Verified(ctx, p, firm, portal); err != nil {
		return err
	}
	u, err := s.NewUser(ctx, p, company)
	if err != nil {
		return err
	}
	u.Username = username
	return s.Create(ctx, p, u)
}

// HasOTPForRegistration validates a firm's registered details and sends the OTP.
func (s *Scene) HasOTPForRegistration(ctx context.Context, p *Person, firm string) error {
	if err := s.Submit(ctx, p, firm, func(*client.Registrant) error { return nil }); err != nil {
		return err
	}
	return p.Send(ctx)
}

// Verify enters the newest OTP of the person's flow.
func (s *Scene) Verify(ctx context.Context, p *Person) error {
	otp, err := s.OTP(ctx, p, client.ChannelSMS)
	if err != nil {
		return err
	}
	return p.Enter(ctx, otp)
}
