package scene

import (
	"cmp"
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/target"
)

// Password is the right one, of a portal login or of an API user.
func (s *Scene) Password(p *Person, username string) string {
	return cmp.Or(portalPasswords[username], p.Passwords[username], APIPassword)
}

// LogIn logs the person in to the production portal.
func (s *Scene) LogIn(ctx context.Context, p *Person, username, password string) error {
	answer, err := s.Open(ctx, p, OnProduction, client.FormLogin)
	if err != nil {
		return err
	}
	return s.SubmitLogin(ctx, p, client.Login{Username: username, Password: password, Captcha: answer})
}

// SubmitLogin logs the person in to the production portal with a form that is filled in.
func (s *Scene) SubmitLogin(ctx context.Context, p *Person, l client.Login) error {
	s.KeepSecret("a password", l.Password)
	session, err := p.Production.Login(ctx, l)
	if err != nil {
		return err
	}
	if pending := session.Pending; pending != nil {
		p.Flow = &Flow{
			Portal: OnProduction, Purpose: client.PurposeLoginOTP, GSTIN: pending.GSTIN,
			ID: pending.ID, State: pending.State, Sent: pending.OTPSent, Steps: InLogin(p),
		}
		return nil
	}
	p.Session, p.InProduction = session, true
	return nil
}

// EnsureLoggedIn logs the person in for the taxpayer whose books it keeps, unless the person is logged in.
func (s *Scene) EnsureLoggedIn(ctx context.Context, p *Person) error {
	if p.InProduction {
		return nil
	}
	if err := s.LogIn(ctx, p, p.Login, s.Password(p, p.Login)); err != nil || p.InProduction {
		return err
	}
	return s.Verify(ctx, p)
}

// SignIn opens Login at the trial portal and submits it.
func (s *Scene) SignIn(ctx context.Context, p *Person, l client.Login) error {
	form := client.FormLogin
	if l.ClientID != "" {
		form = client.FormLoginClientID
	}
	answer, err := s.Open(ctx, p, OnTrial, form)
	if err != nil {
		return err
	}
	s.KeepSecret("a password", l.Password)
	s.KeepSecret("a client secret", l.ClientSecret)
	l.Captcha = answer
	session, err := p.Trial.Login(ctx, l)
	if err == nil {
		p.Session = session
	}
	return err
}

// Open goes to a form of a portal and reads the captcha's answer from the control API.
func (s *Scene) Open(ctx context.Context, p *Person, portal string, f client.Form) (client.CaptchaAnswer, error) {
	if err := s.See(ctx, p, portal, f); err != nil {
		return client.CaptchaAnswer{}, err
	}
	return s.Answer(ctx, p)
}

// See goes to a form of a portal.
func (s *Scene) See(ctx context.Context, p *Person, portal string, f client.Form) error {
	captcha, err := p.PortalOf(portal).Open(ctx, f)
	if err != nil {
		return err
	}
	p.Captcha, p.CaptchaPortal = captcha, portal
	return nil
}

// Answer reads the picture of the captcha that the person sees.
func (s *Scene) Answer(ctx context.Context, p *Person) (client.CaptchaAnswer, error) {
	text, err := s.captchaAnswer(ctx, p)
	if err != nil {
		return client.CaptchaAnswer{}, fmt.Errorf("reading the captcha's answer: %w", err)
	}
	s.KeepSecret("a captcha's answer", text)
	p.CaptchaAnswer = client.CaptchaAnswer{CaptchaID: p.Captcha.ID, Answer: text}
	return p.CaptchaAnswer, nil
}

// captchaAnswer reads the answer from the control API or, without one, asks for it.
func (s *Scene) captchaAnswer(ctx context.Context, p *Person) (string, error) {
	if s.Control != nil {
		return s.Control.CaptchaAnswer(ctx, p.Captcha.ID)
	}
	return s.Target.Ask(ctx, target.Question{
		Kind: target.AskCaptcha, Portal: environment(p.CaptchaPortal), CaptchaID: p.Captcha.ID, Image: p.Captcha.Image,
	})
}

// OTP reads the newest OTP that reached the person's registered mobile or, by "email", the address.
func (s *Scene) OTP(ctx context.Context, p *Person, channel string) (string, error) {
	f, err := p.CurrentFlow()
	if err != nil {
		return "", err
	}
	to := f.Mobile
	if channel == client.ChannelEmail {
		to = f.Email
	}
	if s.Control == nil {
		otp, err := s.Target.Ask(ctx, target.Question{
			Kind: target.AskOTP, Portal: f.environment(), Purpose: f.Purpose, GSTIN: f.GSTIN, Channel: channel,
			Mobile: f.Mobile, Email: f.Email, SentTo: f.Sent.SentTo,
		})
		s.KeepSecret("an OTP", otp)
		return otp, err
	}
	messages, err := s.Control.Inbox(ctx, client.InboxFilter{
		To: to, GSTIN: f.GSTIN, Purpose: f.Purpose, Environment: f.environment(),
	})
	if err != nil {
		return "", fmt.Errorf("reading the inbox: %w", err)
	}
	for _, m := range messages {
		if m.Channel == channel && m.OTP != "" {
			s.KeepSecret("an OTP", m.OTP)
			return m.OTP, nil
		}
	}
	return "", fmt.Errorf("no OTP of %s reached %s by %s", f.Purpose, cmp.Or(to, f.GSTIN), channel)
}

// WrongOTP makes an OTP that is not the newest one: its first digit is another.
func WrongOTP(right string) string {
	if right == "" {
		return "000000"
	}
	return string('0'+(right[0]-'0'+1)%10) + right[1:]
}

// ClientSecret reads the SMS that brought the person's client secret.
func (s *Scene) ClientSecret(ctx context.Context, p *Person) (string, error) {
	messages, err := s.Control.Inbox(ctx, client.InboxFilter{
		To: p.FirmOfPAN.Mobile, Purpose: client.PurposeClientCredentials, Environment: client.EnvironmentSandbox,
	})
	if err != nil {
		return "", err
	}
	if len(messages) != 1 {
		return "", fmt.Errorf("%d messages with a client secret reached %s", len(messages), p.FirmOfPAN.Mobile)
	}
	m := messages[0]
	s.KeepSecret("a client secret", m.Secret)
	if m.Channel != client.ChannelSMS || m.Secret == "" {
		return "", fmt.Errorf("the message of %s is not an SMS with a secret", m.Purpose)
	}
	return m.Secret, nil
}
