package portal

import (
	"context"
	"errors"
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
	r.Act(`{who} clicks "Send OTP"`, g.send)
	r.Act(`{who} has been sent the OTP for the registration of {firm}`, g.hasRegistrationOTP, needs.Captcha)
	r.Act(`{who} has verified the OTP for the registration of {firm}`,
		g.hasVerifiedRegistration, needs.Captcha, needs.Inbox, needs.Taxpayers)
	r.Act(`{who} waits for an OTP(?: for {firm})? at the {portal} portal`, g.waitsForOTP, needs.Captcha)
	r.Act(`{who} has verified an OTP at the {portal} portal`, g.hasVerifiedAt, needs.Captcha, needs.Inbox)
	r.Act(`{who} (?:enters|has entered) the OTP(?: received on the registered mobile and clicks "Submit"| and clicks "Verify OTP")?`,
		g.enterSMS, needs.Inbox)
	r.Act(`{who} enters the OTP received by e-mail`, g.enterEmail, needs.Inbox)
	r.Act(`{who} enters {text} as OTP`, g.enterText)
	r.Act(`{who} enters a wrong OTP`, g.enterWrong, needs.Inbox)
	r.Step(`{who} has entered a wrong OTP {n} times`, g.hasEnteredWrong, needs.Inbox)
	r.Act(`{who} enters the former OTP`, g.enterFormer)
	r.Act(`{who} enters the OTP that {who} received`, g.enterOthers, needs.Inbox)
	r.Step(`{who} has entered the OTP {n} minutes late`, g.hasEnteredLate, needs.Clock, needs.Inbox)
	r.Step(`{who} (?:asks|has asked) for another OTP after {n} seconds(?:, {n} times)?`,
		g.another, needs.Clock, needs.Inbox)
}

func (g *otpSteps) send(ctx context.Context, p *scene.Person) error {
	return p.Send(ctx)
}

func (g *otpSteps) hasRegistrationOTP(ctx context.Context, p *scene.Person, firm string) error {
	return g.HasOTPForRegistration(ctx, p, firm)
}

func (g *otpSteps) hasVerifiedRegistration(ctx context.Context, p *scene.Person, firm string) error {
	return g.Verified(ctx, p, firm, scene.OnTrial)
}

func (g *otpSteps) waitsForOTP(ctx context.Context, p *scene.Person, firm, portal string) error {
	if firm == "" {
		firm = p.Firm
	}
	return g.Wait(ctx, p, firm, portal)
}

func (g *otpSteps) hasVerifiedAt(ctx context.Context, p *scene.Person, portal string) error {
	return g.Verified(ctx, p, p.Firm, portal)
}

func (g *otpSteps) enterSMS(ctx context.Context, p *scene.Person) error {
	return g.Verify(ctx, p)
}

func (g *otpSteps) enterEmail(ctx context.Context, p *scene.Person) error {
	otp, err := g.OTP(ctx, p, client.ChannelEmail)
	if err != nil {
		return err
	}
	return p.Enter(ctx, otp)
}

func (g *otpSteps) enterText(ctx context.Context, p *scene.Person, otp string) error {
	return p.Enter(ctx, otp)
}

func (g *otpSteps) enterWrong(ctx context.Context, p *scene.Person) error {
	return p.Enter(ctx, g.wrong(ctx, p))
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
		if err := g.MustRefuse(p.Enter(ctx, g.wrong(ctx, p)), code); err != nil {
			return err
		}
	}
	return nil
}

func (g *otpSteps) enterFormer(ctx context.Context, p *scene.Person) error {
	return p.Enter(ctx, g.formerOTP)
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
	return p.Enter(ctx, otp)
}

func (g *otpSteps) hasEnteredLate(ctx context.Context, p *scene.Person, minutes int) error {
	if err := g.Advance(ctx, time.Duration(minutes)*time.Minute); err != nil {
		return err
	}
	return g.MustRefuse(g.Verify(ctx, p), "otp-expired")
}

func (g *otpSteps) another(ctx context.Context, p *scene.Person, seconds int, times string) error {
	rounds, err := scene.OptionalCount(times)
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
		if err := g.Act(p.Send(ctx)); err != nil || g.Refusal != nil {
			return err
		}
	}
	return nil
}
