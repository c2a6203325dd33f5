package scene

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

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
	text, err := s.Control.CaptchaAnswer(ctx, p.Captcha.ID)
	if err != nil {
		return client.CaptchaAnswer{}, fmt.Errorf("reading the captcha's answer: %w", err)
	}
	s.KeepSecret("a captcha's answer", text)
	p.CaptchaAnswer = client.CaptchaAnswer{CaptchaID: p.Captcha.ID, Answer: text}
	return p.CaptchaAnswer, nil
}
