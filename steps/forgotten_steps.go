package steps

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// forgottenSteps are Forgot Username and Forgot Password of the production portal.
type forgottenSteps struct{ *scenario }

func (g forgottenSteps) register(r registrar) {
	r.Step(expression(`{who} asks to be reminded of the username of {firm}(?: at {text})?`), g.remind)
	r.Step(expression(`{who} asks production to remind {firm} of its username`), g.remindWhom)
	r.Step(expression(`{who} (?:asks|has asked) for a new password of {text}(?: for {firm})?(?: at {text})?`), g.reset)
	r.Step(expression(`{who} has verified the OTP for a new password of {text}`), g.hasVerified)
	r.Step(expression(`{who} (?:chooses|has chosen) the new password {text}( and re-enters another)?`), g.choose)
	r.Step(expression(`{who} chooses the new password that (?:she|he) had`), g.chooseFormer)
}

func (g forgottenSteps) remindWhom(ctx context.Context, who, firm string) error {
	return g.remind(ctx, who, firm, "")
}

func (g forgottenSteps) remind(ctx context.Context, who, firm, mobile string) error {
	return g.does(who, func(p *person) error {
		t, err := g.taxpayer(ctx, p, firm)
		if err != nil {
			return err
		}
		form := client.ForgottenUsername{GSTIN: t.GSTIN, Mobile: t.Mobile}
		if mobile != "" {
			form.Mobile = mobile
		}
		if form.Captcha, err = g.open(ctx, p, onProduction, client.FormForgotUsername); err != nil {
			return err
		}
		_, err = p.production.RemindUsername(ctx, form)
		return err
	})
}

func (g forgottenSteps) reset(ctx context.Context, who, username, firm, mobile string) error {
	return g.does(who, func(p *person) error { return g.start(ctx, p, username, firm, mobile) })
}

// start fills in Forgot Password. No firm and no mobile mean those that are right.
func (g forgottenSteps) start(ctx context.Context, p *person, username, firm, mobile string) error {
	if firm == "" {
		firm = "Dakshin"
	}
	t, err := g.taxpayer(ctx, p, firm)
	if err != nil {
		return err
	}
	form := client.ForgottenPassword{Username: username, GSTIN: t.GSTIN, Mobile: t.Mobile}
	if mobile != "" {
		form.Mobile = mobile
	}
	if form.Captcha, err = g.open(ctx, p, onProduction, client.FormForgotPassword); err != nil {
		return err
	}
	started, err := p.production.StartPasswordReset(ctx, form)
	if err != nil {
		return err
	}
	p.flow = &flow{
		portal: onProduction, purpose: client.PurposePasswordResetOTP,
		gstin: t.GSTIN, mobile: t.Mobile, email: t.Email,
		id: started.ID, state: started.State, steps: passwordResetFlow{p},
	}
	p.login = username
	return nil
}

func (g forgottenSteps) hasVerified(ctx context.Context, who, username string) error {
	return g.does(who, func(p *person) error {
		if err := g.start(ctx, p, username, "", ""); err != nil {
			return err
		}
		return g.verify(ctx, p)
	})
}

func (g forgottenSteps) choose(ctx context.Context, who, password, other string) error {
	confirm := password
	if other != "" {
		confirm = anotherPassword
	}
	return g.set(ctx, who, client.NewPassword{New: password, Confirm: confirm})
}

func (g forgottenSteps) chooseFormer(ctx context.Context, who string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	former := g.password(p, p.login)
	return g.set(ctx, who, client.NewPassword{New: former, Confirm: former})
}

func (g forgottenSteps) set(ctx context.Context, who string, n client.NewPassword) error {
	return g.does(who, func(p *person) error {
		f, err := p.current()
		if err != nil {
			return err
		}
		g.keepSecret("a password", n.New)
		return p.production.SetNewPassword(ctx, f.id, n)
	})
}
