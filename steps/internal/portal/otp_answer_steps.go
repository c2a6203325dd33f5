package portal

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// otpAnswerSteps are what the portals say after an OTP was sent or entered.
type otpAnswerSteps struct{ *scene.Scene }

func (g otpAnswerSteps) Register(r *scene.Registry) {
	r.Then(`the form for the API user is open`, g.formOpen)
	r.Step(`the next OTP opens the form for the API user`, g.nextOpens, needs.Inbox)
	r.Then(`the portal says that it was sent to {text} and {text}`, g.sentTo)
	r.Then(`the OTP is valid for {n} minutes and another can be requested after {n} seconds`, g.lives)
	r.Step(`{n} attempts? (?:is|are) left`, g.attemptsLeft)
	r.Step(`the flow is in {text} and should be in {text}`, g.wrongState)
}

func (g otpAnswerSteps) formOpen() error {
	f, err := g.Named.Current()
	if err != nil {
		return err
	}
	return scene.Same("state", f.State, "OTP_VERIFIED")
}

func (g otpAnswerSteps) nextOpens(ctx context.Context) error {
	if err := g.Verify(ctx, g.Named); err != nil {
		return err
	}
	return scene.Same("state", g.Named.Flow.State, "OTP_VERIFIED")
}

// sentTo compares a mobile as it stands and an e-mail with any number of stars.
func (g otpAnswerSteps) sentTo(mobile, email string) error {
	f, err := g.Named.Current()
	if err != nil {
		return err
	}
	if len(f.Sent.SentTo) != 2 {
		return fmt.Errorf("the portal says that it was sent to %v", f.Sent.SentTo)
	}
	if err := scene.Same("mobile", f.Sent.SentTo[0], mobile); err != nil {
		return err
	}
	stars := regexp.MustCompile(`\*+`)
	return scene.Same("e-mail", stars.ReplaceAllString(f.Sent.SentTo[1], "*"), stars.ReplaceAllString(email, "*"))
}

func (g otpAnswerSteps) lives(ctx context.Context, minutes, seconds int) error {
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	f, err := g.Named.Current()
	if err != nil {
		return err
	}
	if err := scene.Near("the OTP's end", f.Sent.ExpiresAt, now.Add(time.Duration(minutes)*time.Minute)); err != nil {
		return err
	}
	return scene.Near("the time for another", f.Sent.ResendAfter, now.Add(time.Duration(seconds)*time.Second))
}

func (g otpAnswerSteps) attemptsLeft(count int) error {
	if g.Refusal != nil {
		if g.Refusal.AttemptsLeft == nil {
			return fmt.Errorf("the refusal does not say how many attempts are left")
		}
		return scene.Same("attempts left", *g.Refusal.AttemptsLeft, count)
	}
	f, err := g.Named.Current()
	if err != nil {
		return err
	}
	return scene.Same("attempts left", f.Sent.AttemptsLeft, count)
}

func (g otpAnswerSteps) wrongState(state, expected string) error {
	p, err := g.Problem()
	if err != nil {
		return err
	}
	return cmp.Or(
		scene.Same("state", p.State, state),
		scene.Same("expected state", p.Expected, expected),
	)
}
