package steps

import (
	"context"
	"fmt"
	"regexp"
	"time"
)

// otpAnswerSteps are what the portals say after an OTP was sent or entered.
type otpAnswerSteps struct{ *scenario }

func (g otpAnswerSteps) register(r registrar) {
	r.Step(expression(`the form for the API user is open`), g.formOpen)
	r.Step(expression(`the next OTP opens the form for the API user`), g.nextOpens)
	r.Step(expression(`the portal says that it was sent to {text} and {text}`), g.sentTo)
	r.Step(expression(`the OTP lives {n} minutes and another may be had after {n} seconds`), g.lives)
	r.Step(expression(`{n} attempts? (?:is|are) left`), g.attemptsLeft)
	r.Step(expression(`the flow is in {text} and should be in {text}`), g.wrongState)
}

func (g otpAnswerSteps) formOpen() error {
	if err := g.accepted(); err != nil {
		return err
	}
	f, err := g.named.current()
	if err != nil {
		return err
	}
	return same("state", f.state, "OTP_VERIFIED")
}

func (g otpAnswerSteps) nextOpens(ctx context.Context) error {
	if err := g.verify(ctx, g.named); err != nil {
		return err
	}
	return same("state", g.named.flow.state, "OTP_VERIFIED")
}

// sentTo compares a mobile as it stands and an e-mail with any number of stars.
func (g otpAnswerSteps) sentTo(mobile, email string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	f, err := g.named.current()
	if err != nil {
		return err
	}
	if len(f.sent.SentTo) != 2 {
		return fmt.Errorf("the portal says that it was sent to %v", f.sent.SentTo)
	}
	if err := same("mobile", f.sent.SentTo[0], mobile); err != nil {
		return err
	}
	stars := regexp.MustCompile(`\*+`)
	return same("e-mail", stars.ReplaceAllString(f.sent.SentTo[1], "*"), stars.ReplaceAllString(email, "*"))
}

func (g otpAnswerSteps) lives(ctx context.Context, minutes, seconds int) error {
	if err := g.accepted(); err != nil {
		return err
	}
	now, err := g.now(ctx)
	if err != nil {
		return err
	}
	f, err := g.named.current()
	if err != nil {
		return err
	}
	if err := near("the OTP's end", f.sent.ExpiresAt, now.Add(time.Duration(minutes)*time.Minute)); err != nil {
		return err
	}
	return near("the time for another", f.sent.ResendAfter, now.Add(time.Duration(seconds)*time.Second))
}

func (g otpAnswerSteps) attemptsLeft(count int) error {
	if g.refusal != nil {
		if g.refusal.AttemptsLeft == nil {
			return fmt.Errorf("the refusal does not say how many attempts are left")
		}
		return same("attempts left", *g.refusal.AttemptsLeft, count)
	}
	f, err := g.named.current()
	if err != nil {
		return err
	}
	return same("attempts left", f.sent.AttemptsLeft, count)
}

func (g otpAnswerSteps) wrongState(state, expected string) error {
	p, err := g.problem()
	if err != nil {
		return err
	}
	if err := same("state", p.State, state); err != nil {
		return err
	}
	return same("expected state", p.Expected, expected)
}
