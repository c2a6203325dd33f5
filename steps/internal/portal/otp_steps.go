package portal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// otpSteps are steps 1.4, 1.5 and 2.5 of the guide: an OTP is sent and entered, right or wrong.
type otpSteps struct {
	*scene.Scene
	formerOTP string
}

func (g *otpSteps) Register(r *scene.Registry) {
	r.Act(`{who} clicks "Send OTP"`, (*scene.Person).SendOTP)
	r.Act(`{who} has been sent the OTP for the registration of {firm}`, g.StartRegistration, needs.Captcha)
	r.Act(`{who} has verified the OTP for the registration of {firm}`,
		g.hasVerifiedRegistration, needs.Captcha, needs.OTP, needs.Taxpayers)
	r.Act(`{who} waits for an OTP(?: for {firm})? at the {portal} portal`, g.waitsForOTP, needs.Captcha)
	r.Act(`{who} has verified an OTP at the {portal} portal`, g.hasVerifiedAt, needs.Captcha, needs.OTP)
	r.Act(`{who} (?:enters|has entered) the OTP(?: received on the registered mobile and clicks "Submit"| and clicks "Verify OTP")?`,
		g.Verify, needs.OTP)
	r.Act(`{who} enters the OTP received by e-mail`, g.enterEmail, needs.OTP)
	r.Act(`{who} enters {text} as OTP`, (*scene.Person).EnterOTP)
	r.Act(`{who} enters a wrong OTP`, g.enterWrong, needs.OTP)
	r.Step(`{who} has entered a wrong OTP {n} times`, g.hasEnteredWrong, needs.OTP)
	r.Act(`{who} enters the former OTP`, g.enterFormer)
	r.Act(`{who} enters the OTP that {who} received`, g.enterOthers, needs.OTP)
	r.Step(`{who} has entered the OTP {n} minutes late`, g.hasEnteredLate, needs.Clock, needs.OTP)
	r.Step(`{who} (?:asks|has asked) for another OTP after {n} seconds(?:, {n} times)?`,
		g.another, needs.Clock, needs.OTP)
}

func (g *otpSteps) hasVerifiedRegistration(ctx context.Context, p *scene.Person, firm string) error {
	return g.ReachUserForm(ctx, p, firm, scene.OnTrial)
}

func (g *otpSteps) waitsForOTP(ctx context.Context, p *scene.Person, firm, portal string) error {
	return g.ReachOTP(ctx, p, cmp.Or(firm, p.Firm), portal)
}

func (g *otpSteps) hasVerifiedAt(ctx context.Context, p *scene.Person, portal string) error {
	return g.ReachUserForm(ctx, p, p.Firm, portal)
}

func (g *otpSteps) enterEmail(ctx context.Context, p *scene.Person) error {
	otp, err := g.OTP(ctx, p, client.ChannelEmail)
	if err != nil {
		return err
	}
	return p.EnterOTP(ctx, otp)
}

func (g *otpSteps) enterWrong(ctx context.Context, p *scene.Person) error {
	return p.EnterOTP(ctx, g.wrong(ctx, p))
}

// wrong is an OTP that is not the newest; before one was sent, any is.
func (g *otpSteps) wrong(ctx context.Context, p *scene.Person) string {
	right, err := g.OTP(ctx, p, client.ChannelSMS)
	if err != nil {
		right = ""
	}
	return scene.WrongOTP(right)
}

func (g *otpSteps) hasEnteredWrong(ctx context.Context, p *scene.Person, times int) error {
	for i := range times {
		code := "otp-mismatch"
		if i == 2 { // the third is the last
			code = "otp-attempts-exhausted"
		}
		if err := g.ExpectRefusal(p.EnterOTP(ctx, g.wrong(ctx, p)), code); err != nil {
			return err
		}
	}
	return nil
}

func (g *otpSteps) enterFormer(ctx context.Context, p *scene.Person) error {
	return p.EnterOTP(ctx, g.formerOTP)
}

func (g *otpSteps) enterOthers(ctx context.Context, p, other *scene.Person) error {
	otp, err := g.OTP(ctx, other, client.ChannelSMS)
	if err != nil {
		return err
	}
	own, err := g.OTP(ctx, p, client.ChannelSMS)
	if err != nil {
		return err
	}
	if otp == own { // one in a million
		return errors.New("both received the same OTP by chance")
	}
	return p.EnterOTP(ctx, otp)
}

func (g *otpSteps) hasEnteredLate(ctx context.Context, p *scene.Person, minutes int) error {
	if err := g.Advance(ctx, time.Duration(minutes)*time.Minute); err != nil {
		return err
	}
	return g.ExpectRefusal(g.Verify(ctx, p), "otp-expired")
}

func (g *otpSteps) another(ctx context.Context, p *scene.Person, seconds int, times string) error {
	rounds, err := strconv.Atoi(cmp.Or(times, "1"))
	if err != nil {
		return err
	}
	for range rounds {
		// There may be no OTP: the SMS was lost, or the flow has ended.
		if former, err := g.OTP(ctx, p, client.ChannelSMS); err == nil {
			g.formerOTP = former
		}
		if err := g.Advance(ctx, time.Duration(seconds)*time.Second); err != nil {
			return err
		}
		if err := g.Act(p.SendOTP(ctx)); err != nil || g.Refusal != nil {
			return err
		}
	}
	return nil
}

// otpAnswerSteps are what the portals say after an OTP was sent or entered.
type otpAnswerSteps struct{ *scene.Scene }

func (g otpAnswerSteps) Register(r *scene.Registry) {
	r.Then(`the form for the API user is open`, g.formOpen)
	r.Step(`the next OTP opens the form for the API user`, g.nextOpens, needs.OTP)
	r.Then(`the portal says that it was sent to {text} and {text}`, g.sentTo)
	r.Then(`the OTP is valid for {n} minutes and another can be requested after {n} seconds`, g.lives)
	r.Step(`{n} attempts? (?:is|are) left`, g.attemptsLeft)
	r.Step(`the flow is in {text} and should be in {text}`, g.wrongState)
}

func (g otpAnswerSteps) formOpen(f *scene.Flow) error {
	return scene.Same("state", f.State, "OTP_VERIFIED")
}

func (g otpAnswerSteps) nextOpens(ctx context.Context) error {
	if err := g.Verify(ctx, g.Named); err != nil {
		return err
	}
	return scene.Same("state", g.Named.Flow.State, "OTP_VERIFIED")
}

// sentTo compares a mobile as it stands and an e-mail with any number of stars.
func (g otpAnswerSteps) sentTo(mobile, email string, f *scene.Flow) error {
	if len(f.Sent.SentTo) != 2 {
		return fmt.Errorf("the portal says that it was sent to %v", f.Sent.SentTo)
	}
	stars := regexp.MustCompile(`\*+`)
	return cmp.Or(
		scene.Same("mobile", f.Sent.SentTo[0], mobile),
		scene.Same("e-mail", stars.ReplaceAllString(f.Sent.SentTo[1], "*"), stars.ReplaceAllString(email, "*")),
	)
}

func (g otpAnswerSteps) lives(minutes, seconds int, f *scene.Flow, now time.Time) error {
	return cmp.Or(
		scene.Near("the OTP's end", f.Sent.ExpiresAt, now.Add(time.Duration(minutes)*time.Minute)),
		scene.Near("the time for another", f.Sent.ResendAfter, now.Add(time.Duration(seconds)*time.Second)),
	)
}

func (g otpAnswerSteps) attemptsLeft(count int, f *scene.Flow) error {
	if g.Refusal != nil {
		if g.Refusal.AttemptsLeft == nil {
			return fmt.Errorf("the refusal does not say how many attempts are left")
		}
		return scene.Same("attempts left", *g.Refusal.AttemptsLeft, count)
	}
	return scene.Same("attempts left", f.Sent.AttemptsLeft, count)
}

func (g otpAnswerSteps) wrongState(state, expected string, p *client.Problem) error {
	return cmp.Or(
		scene.Same("state", p.State, state),
		scene.Same("expected state", p.Expected, expected),
	)
}
