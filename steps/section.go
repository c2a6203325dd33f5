package steps

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// verified brings the person as far as the form for the API user.
func (s *scenario) verified(ctx context.Context, p *person, firm, portal string) error {
	if err := s.wait(ctx, p, firm, portal); err != nil {
		return err
	}
	return s.verify(ctx, p)
}

// wait brings the person as far as an OTP that was sent, at either portal.
func (s *scenario) wait(ctx context.Context, p *person, firm, portal string) error {
	if portal == onTrial {
		return s.hasOTPForRegistration(ctx, p, firm)
	}
	return s.startAPIRegistration(ctx, p)
}

func (s *scenario) createAPIUser(ctx context.Context, p *person) error {
	started, err := p.production.StartAPIRegistration(ctx)
	if err != nil {
		return err
	}
	p.flow = &flow{
		portal: onProduction, purpose: client.PurposeAPIUserOTP, gstin: started.GSTIN,
		id: started.ID, state: started.State,
		sent: client.OTPSent{
			State: started.State, SentTo: started.SentTo, ExpiresAt: started.ExpiresAt,
			ResendAfter: started.ResendAfter, AttemptsLeft: started.AttemptsLeft,
		},
		steps: apiRegistrationFlow{p},
	}
	// The portal masks where the OTP went; the record says it in full.
	t, err := s.control.Taxpayer(ctx, started.GSTIN)
	if err != nil {
		return err
	}
	p.flow.mobile, p.flow.email = t.Mobile, t.Email
	return nil
}

// startAPIRegistration logs in, if need be, and clicks Create API User.
func (s *scenario) startAPIRegistration(ctx context.Context, p *person) error {
	if err := s.beLoggedIn(ctx, p); err != nil {
		return err
	}
	return s.createAPIUser(ctx, p)
}

// made performs a whole section for one user.
func (s *scenario) made(ctx context.Context, p *person, username, company, firm, portal string) error {
	if err := s.verified(ctx, p, firm, portal); err != nil {
		return err
	}
	u, err := s.newUser(ctx, p, company)
	if err != nil {
		return err
	}
	u.Username = username
	return s.create(ctx, p, u)
}

// hasOTPForRegistration validates a firm's registered details and sends the OTP.
func (s *scenario) hasOTPForRegistration(ctx context.Context, p *person, firm string) error {
	if err := s.submit(ctx, p, firm, func(*client.Registrant) error { return nil }); err != nil {
		return err
	}
	return p.send(ctx)
}

// verify enters the newest OTP of the person's flow.
func (s *scenario) verify(ctx context.Context, p *person) error {
	otp, err := s.otp(ctx, p, client.ChannelSMS)
	if err != nil {
		return err
	}
	return p.enter(ctx, otp)
}
