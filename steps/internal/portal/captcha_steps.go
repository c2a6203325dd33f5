package portal

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image/png"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// captchaSteps test the captcha of both portals, apart from the forms.
type captchaSteps struct {
	*scene.Scene
	pictures [][]byte
	answers  []string
}

func (g *captchaSteps) Register(r *scene.Registry) {
	r.Act(`{who} asks the {portal} portal for a captcha`, g.ask)
	r.Act(`{who} has a captcha of the {portal} portal`, g.has, needs.Captcha)
	r.Step(`{who} has used a captcha of the {portal} portal`, g.hasUsed, needs.Captcha)
	r.Act(`{who} gives a wrong answer to the captcha of the {portal} portal`, g.answerWrongly, needs.Captcha)
	r.Act(`{who} gives the right answer to that captcha(?: again)?`, g.answerRightly)
	r.Act(`{who} answers a captcha that the {portal} portal never gave`, g.answerUnknown)
	r.Act(`{who} looks at that captcha's picture`, g.look)
	r.Then(`{who} sees a captcha whose picture is a PNG`, g.isPNG)
	r.Act(`{who} is shown two captchas`, g.two, needs.Captcha)
	r.Then(`their pictures and their answers differ`, g.differ)
}

func (g *captchaSteps) ask(ctx context.Context, p *scene.Person, portal string) error {
	return g.See(ctx, p, portal, client.FormLogin)
}

// has reads the answer at once: later the captcha may be used or expired.
func (g *captchaSteps) has(ctx context.Context, p *scene.Person, portal string) error {
	_, err := g.Open(ctx, p, portal, client.FormLogin)
	return err
}

func (g *captchaSteps) hasUsed(ctx context.Context, p *scene.Person, portal string) error {
	if err := g.has(ctx, p, portal); err != nil {
		return err
	}
	return g.ExpectRefusal(g.submitAnswer(ctx, p, p.CaptchaAnswer), "login-failed")
}

// submitAnswer tries the answer at Login, with a username that does not exist.
func (g *captchaSteps) submitAnswer(ctx context.Context, p *scene.Person, answer client.CaptchaAnswer) error {
	_, err := p.PortalOf(p.CaptchaPortal).Login(ctx, client.Login{
		Username: "nobody_here", Password: scene.WrongPassword, Captcha: answer,
	})
	return err
}

func (g *captchaSteps) answerWrongly(ctx context.Context, p *scene.Person, portal string) error {
	answer, err := g.Open(ctx, p, portal, client.FormLogin)
	if err != nil {
		return err
	}
	answer.Answer = scene.WrongAnswer(answer.Answer)
	return g.submitAnswer(ctx, p, answer)
}

func (g *captchaSteps) answerRightly(ctx context.Context, p *scene.Person) error {
	return g.submitAnswer(ctx, p, p.CaptchaAnswer)
}

// unknownID is a well-formed identifier that no portal gives.
const unknownID = "00000000-0000-4000-8000-000000000000"

func (g *captchaSteps) answerUnknown(ctx context.Context, p *scene.Person, portal string) error {
	p.CaptchaPortal = portal
	return g.submitAnswer(ctx, p, client.CaptchaAnswer{CaptchaID: unknownID, Answer: "ABCDEF"})
}

func (g *captchaSteps) look(ctx context.Context, p *scene.Person) error {
	_, err := p.PortalOf(p.CaptchaPortal).CaptchaImage(ctx, p.Captcha)
	return err
}

func (g *captchaSteps) isPNG(ctx context.Context, p *scene.Person) error {
	picture, err := p.PortalOf(p.CaptchaPortal).CaptchaImage(ctx, p.Captcha)
	if err != nil {
		return err
	}
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return fmt.Errorf("decoding the picture: %w", err)
	}
	const smallest = 30 // pixels, below which the characters cannot be read
	if size := decoded.Bounds().Size(); size.X < 2*smallest || size.Y < smallest {
		return fmt.Errorf("the picture has %v pixels", size)
	}
	return nil
}

func (g *captchaSteps) two(ctx context.Context, p *scene.Person) error {
	g.pictures, g.answers = nil, nil
	for range 2 {
		answer, err := g.Open(ctx, p, scene.OnTrial, client.FormRegister)
		if err != nil {
			return err
		}
		picture, err := p.Trial.CaptchaImage(ctx, p.Captcha)
		if err != nil {
			return err
		}
		g.pictures, g.answers = append(g.pictures, picture), append(g.answers, answer.Answer)
	}
	return nil
}

func (g *captchaSteps) differ() error {
	return cmp.Or(
		scene.Same("that the pictures are equal", bytes.Equal(g.pictures[0], g.pictures[1]), false),
		scene.Same("that the answers are equal", g.answers[0] == g.answers[1], false),
	)
}
