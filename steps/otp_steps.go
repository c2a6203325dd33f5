package steps

import (
	"context"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/client"
)

// otpSteps are steps 1.4, 1.5 and 2.5 of the guide: an OTP is sent and entered, rightly and wrongly.
type otpSteps struct {
	*scenario
	formerOTP string
}

func (g *otpSteps) register(r registrar) {
	r.Step(expression(`{who} clicks "Send OTP"`), g.send)
	r.Step(expression(`{who} has been sent the OTP for the registration of {firm}`), g.hasRegistrationOTP)
	r.Step(expression(`{who} has verified the OTP for the registration of {firm}`), g.hasVerifiedRegistration)
	r.Step(expression(`{who} waits for an OTP(?: for {firm})? at the {portal} portal`), g.waitsForOTP)
	r.Step(expression(`{who} has verified an OTP at the {portal} portal`), g.hasVerifiedAt)
	r.Step(expression(`{who} (?:enters|has entered) the OTP(?: received on the registered mobile and clicks "Submit"| and clicks "Verify OTP")?`), g.enterSMS)
	r.Step(expression(`{who} enters the OTP received by e-mail`), g.enterEmail)
	r.Step(expression(`{who} enters {text} as OTP`), g.enterText)
	r.Step(expression(`{who} enters a wrong OTP`), g.enterWrong)
	r.Step(expression(`{who} has entered a wrong OTP {n} times`), g.hasEnteredWrong)
	r.Step(expression(`{who} enters the former OTP`), g.enterFormer)
	r.Step(expression(`{who} enters the OTP that {who} received`), g.enterOthers)
	r.Step(expression(`{who} has entered the OTP {n} minutes late`), g.hasEnteredLate)
	r.Step(expression(`{who} (?:asks|has asked) for another OTP after {n} seconds(?:, {n} times)?`), g.another)
}

func (g *otpSteps) send(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return p.send(ctx) })
}

func (g *otpSteps) hasRegistrationOTP(ctx context.Context, who, firm string) error {
	return g.does(who, func(p *person) error { return g.hasOTPForRegistration(ctx, p, firm) })
}

func (g *otpSteps) hasVerifiedRegistration(ctx context.Context, who, firm string) error {
	return g.does(who, func(p *person) error { return g.verified(ctx, p, firm, onTrial) })
}

func (g *otpSteps) waitsForOTP(ctx context.Context, who, firm, portal string) error {
	return g.does(who, func(p *person) error {
		if firm == "" {
			firm = p.firm
		}
		return g.wait(ctx, p, firm, portal)
	})
}

func (g *otpSteps) hasVerifiedAt(ctx context.Context, who, portal string) error {
	return g.does(who, func(p *person) error { return g.verified(ctx, p, p.firm, portal) })
}

func (g *otpSteps) enterSMS(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return g.verify(ctx, p) })
}

func (g *otpSteps) enterEmail(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error {
		otp, err := g.otp(ctx, p, client.ChannelEmail)
		if err != nil {
			return err
		}
		return p.enter(ctx, otp)
	})
}

func (g *otpSteps) enterText(ctx context.Context, who, otp string) error {
	return g.does(who, func(p *person) error { return p.enter(ctx, otp) })
}

func (g *otpSteps) enterWrong(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return p.enter(ctx, g.wrong(ctx, p)) })
}

// wrong is an OTP that is not the newest; before one was sent, any is.
func (g *otpSteps) wrong(ctx context.Context, p *person) string {
	right, err := g.otp(ctx, p, client.ChannelSMS)
	if err != nil {
		right = ""
	}
	return wrongOTP(right)
}

func (g *otpSteps) hasEnteredWrong(ctx context.Context, who string, times int) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	for i := range times {
		code := "otp-mismatch"
		if i == 2 { // the third is the last
			code = "otp-attempts-exhausted"
		}
		if err := g.mustRefuse(p.enter(ctx, g.wrong(ctx, p)), code); err != nil {
			return err
		}
	}
	return nil
}

func (g *otpSteps) enterFormer(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return p.enter(ctx, g.formerOTP) })
}

func (g *otpSteps) enterOthers(ctx context.Context, who, other string) error {
	received, err := g.person(other)
	if err != nil {
		return err
	}
	otp, err := g.otp(ctx, received, client.ChannelSMS)
	if err != nil {
		return err
	}
	p, err := g.person(who)
	if err != nil {
		return err
	}
	own, err := g.otp(ctx, p, client.ChannelSMS)
	if err != nil {
		return err
	}
	if otp == own { // one in a million
		return fmt.Errorf("by chance both received the same OTP")
	}
	return g.act(p.enter(ctx, otp))
}

func (g *otpSteps) hasEnteredLate(ctx context.Context, who string, minutes int) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	if err := g.advance(ctx, time.Duration(minutes)*time.Minute); err != nil {
		return err
	}
	return g.mustRefuse(g.verify(ctx, p), "otp-expired")
}

func (g *otpSteps) another(ctx context.Context, who string, seconds int, times string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	rounds, err := optionalCount(times)
	if err != nil {
		return err
	}
	for range rounds {
		// Not always there is one: the SMS may be lost, the flow dead.
		if former, err := g.otp(ctx, p, client.ChannelSMS); err == nil {
			g.formerOTP = former
		}
		if err := g.advance(ctx, time.Duration(seconds)*time.Second); err != nil {
			return err
		}
		if err := g.act(p.send(ctx)); err != nil || g.refusal != nil {
			return err
		}
	}
	return nil
}
