package steps

import (
	"bytes"
	"context"
	"fmt"
	"image/png"

	"github.com/nicsim/nicsim/client"
)

// captchaSteps are the captcha of both portals by itself, whatever form it stands on.
type captchaSteps struct {
	*scenario
	captchas []seenCaptcha
}

func (g *captchaSteps) register(r registrar) {
	r.Step(expression(`{who} asks the {portal} portal for a captcha`), g.ask)
	r.Step(expression(`{who} has a captcha of the {portal} portal`), g.has)
	r.Step(expression(`{who} has used a captcha of the {portal} portal`), g.hasUsed)
	r.Step(expression(`{who} answers the captcha of the {portal} portal wrongly`), g.answerWrongly)
	r.Step(expression(`{who} answers that captcha rightly(?: once more)?`), g.answerRightly)
	r.Step(expression(`{who} answers a captcha that the {portal} portal never gave`), g.answerUnknown)
	r.Step(expression(`{who} looks at that captcha's picture`), g.look)
	r.Step(expression(`{who} sees a captcha whose picture is a PNG`), g.isPNG)
	r.Step(expression(`{who} is shown two captchas`), g.two)
	r.Step(expression(`their pictures and their answers differ`), g.differ)
}

func (g *captchaSteps) ask(ctx context.Context, who, portal string) error {
	return g.does(who, func(p *person) error { return g.see(ctx, p, portal, client.FormLogin) })
}

// has reads the answer at once: later it may be spent or too old to be read.
func (g *captchaSteps) has(ctx context.Context, who, portal string) error {
	return g.does(who, func(p *person) error {
		_, err := g.open(ctx, p, portal, client.FormLogin)
		return err
	})
}

func (g *captchaSteps) hasUsed(ctx context.Context, who, portal string) error {
	if err := g.has(ctx, who, portal); err != nil {
		return err
	}
	return g.mustRefuse(g.submitAnswer(ctx, g.named, g.named.captchaAnswer), "login-failed")
}

// submitAnswer tries the answer at Login, for somebody who does not exist.
func (g *captchaSteps) submitAnswer(ctx context.Context, p *person, answer client.CaptchaAnswer) error {
	_, err := p.portalOf(p.captchaPortal).Login(ctx, client.Login{
		Username: "nobody_here", Password: wrongPassword, Captcha: answer,
	})
	return err
}

func (g *captchaSteps) answerWrongly(ctx context.Context, who, portal string) error {
	return g.does(who, func(p *person) error {
		answer, err := g.open(ctx, p, portal, client.FormLogin)
		if err != nil {
			return err
		}
		answer.Answer = wrongAnswer(answer.Answer)
		return g.submitAnswer(ctx, p, answer)
	})
}

func (g *captchaSteps) answerRightly(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return g.submitAnswer(ctx, p, p.captchaAnswer) })
}

// unknownID is a well-formed identifier that no portal gives.
const unknownID = "00000000-0000-4000-8000-000000000000"

func (g *captchaSteps) answerUnknown(ctx context.Context, who, portal string) error {
	return g.does(who, func(p *person) error {
		p.captchaPortal = portal
		return g.submitAnswer(ctx, p, client.CaptchaAnswer{CaptchaID: unknownID, Answer: "ABCDEF"})
	})
}

func (g *captchaSteps) look(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error {
		_, err := p.portalOf(p.captchaPortal).CaptchaImage(ctx, p.captcha)
		return err
	})
}

func (g *captchaSteps) isPNG(ctx context.Context, who string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	p, err := g.person(who)
	if err != nil {
		return err
	}
	picture, err := p.portalOf(p.captchaPortal).CaptchaImage(ctx, p.captcha)
	if err != nil {
		return err
	}
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return fmt.Errorf("decoding the picture: %w", err)
	}
	const smallest = 30 // pixels, below which nobody could read it
	if size := decoded.Bounds().Size(); size.X < 2*smallest || size.Y < smallest {
		return fmt.Errorf("the picture has %v pixels", size)
	}
	return nil
}

func (g *captchaSteps) two(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error {
		g.captchas = nil
		for range 2 {
			answer, err := g.open(ctx, p, onTrial, client.FormRegister)
			if err != nil {
				return err
			}
			picture, err := p.trial.CaptchaImage(ctx, p.captcha)
			if err != nil {
				return err
			}
			g.captchas = append(g.captchas, seenCaptcha{picture: picture, answer: answer.Answer})
		}
		return nil
	})
}

func (g *captchaSteps) differ() error {
	if err := g.accepted(); err != nil {
		return err
	}
	first, second := g.captchas[0], g.captchas[1]
	if bytes.Equal(first.picture, second.picture) {
		return fmt.Errorf("the pictures are the same")
	}
	if first.answer == second.answer {
		return fmt.Errorf("the answers are the same")
	}
	return nil
}

// seenCaptcha is a captcha with its picture and what it shows.
type seenCaptcha struct {
	picture []byte
	answer  string
}
