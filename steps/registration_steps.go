package steps

import (
	"context"
	"fmt"
	"strings"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/client"
)

// registrationSteps are steps 1.1 to 1.3 of the guide: Register here, the Registration Form and
// Validate.
type registrationSteps struct{ *scenario }

func (g registrationSteps) register(r registrar) {
	r.Step(expression(`{who} clicks Login and then "Register here"`), g.registerHere)
	r.Step(expression(`{who} selects {text} on the Registration Form`), g.selectCategory)
	r.Step(expression(`{who} enters the GSTIN {text}, the Phone number {text}, the Email address {text} and the Captcha`),
		g.fillIn)
	r.Step(expression(`{who} clicks "Validate"`), g.validate)
	r.Step(expression(`{who} (?:validates|has validated) the registered details of {firm}`), g.registered)
	r.Step(expression(`{who} validates the details of {firm} with {text} as (GSTIN|Phone number|Email address)( and a wrong Captcha)?`), g.oneOther)
	r.Step(expression(`{who} validates the details of {firm}, but with:`), g.others)
	r.Step(expression(`{who} validates the registered details of {firm} under {text} by (GSTIN|PAN)`), g.underCategory)
	r.Step(expression(`{who} validates the registered details of {firm} with (a wrong Captcha|the Captcha in the other case|the right answer to that captcha)`), g.withCaptcha)
	r.Step(expression(`{who} has answered a captcha wrongly`), g.hasAnsweredWrongly)
	r.Step(expression(`{who} has been refused (?:with|for the GSTIN) {text}`), g.hasBeenRefused)
	r.Step(expression(`"Send OTP" has become usable`), g.usable)
	r.Step(expression(`"Send OTP" has not become usable`), g.notUsable)
	r.Step(expression(`the registration is that of a "Taxpayer"`), g.ofTaxpayer)
	r.Step(expression(`the legal name and the state of {firm} are shown`), g.nameShown)
	r.Step(expression(`{their} GSTIN {text} is shown`), g.gstinShown)
	r.Step(expression(`{who} looks at {their} registration again`), g.lookAgain)
	r.Step(expression(`the registration waits for the OTP`), g.waits)
}

func (g registrationSteps) registerHere(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return g.see(ctx, p, onTrial, client.FormRegister) })
}

func (g registrationSteps) selectCategory(ctx context.Context, who, category string) error {
	return g.does(who, func(p *person) error {
		p.form = client.Registrant{Category: strings.ToUpper(category)}
		return p.fillsIn(ctx, p.form)
	})
}

func (g registrationSteps) fillIn(ctx context.Context, who, gstin, mobile, email string) error {
	return g.does(who, func(p *person) (err error) {
		p.form.GSTIN, p.form.Mobile, p.form.Email = gstin, mobile, email
		if p.form.Captcha, err = g.answer(ctx, p); err != nil {
			return err
		}
		return p.fillsIn(ctx, p.form)
	})
}

func (g registrationSteps) validate(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return p.validate(ctx) })
}

func (g registrationSteps) registered(ctx context.Context, who, firm string) error {
	return g.change(ctx, who, firm, func(*client.Registrant) error { return nil })
}

func (g registrationSteps) oneOther(ctx context.Context, who, firm, value, field, captcha string) error {
	return g.change(ctx, who, firm, func(r *client.Registrant) error {
		if captcha != "" {
			r.Captcha.Answer = wrongAnswer(r.Captcha.Answer)
		}
		return setField(r, field, value)
	})
}

func (g registrationSteps) others(ctx context.Context, who, firm string, fields *godog.Table) error {
	return g.change(ctx, who, firm, func(r *client.Registrant) error {
		for _, row := range fields.Rows {
			if len(row.Cells) != 2 {
				return fmt.Errorf("a row must have a field and a value")
			}
			if err := setField(r, row.Cells[0].Value, row.Cells[1].Value); err != nil {
				return err
			}
		}
		return nil
	})
}

func (g registrationSteps) underCategory(ctx context.Context, who, firm, category, by string) error {
	return g.change(ctx, who, firm, func(r *client.Registrant) error {
		r.Category = category
		if by == "PAN" {
			r.PAN, r.GSTIN = r.GSTIN[2:12], "" // a GSTIN is state code, PAN and three more
		}
		return nil
	})
}

func (g registrationSteps) withCaptcha(ctx context.Context, who, firm, how string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	former := p.captchaAnswer
	return g.change(ctx, who, firm, func(r *client.Registrant) error {
		switch how {
		case "a wrong Captcha":
			r.Captcha.Answer = wrongAnswer(r.Captcha.Answer)
		case "the Captcha in the other case":
			r.Captcha.Answer = otherCase(r.Captcha.Answer)
		default:
			r.Captcha = former
		}
		return nil
	})
}

func (g registrationSteps) hasAnsweredWrongly(ctx context.Context, who string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	err = g.submit(ctx, p, "Dakshin", func(r *client.Registrant) error {
		r.Captcha.Answer = wrongAnswer(r.Captcha.Answer)
		return nil
	})
	return g.mustRefuse(err, "captcha-mismatch")
}

// hasBeenRefused validates Dakshin as on record, or with another GSTIN, and expects a refusal.
func (g registrationSteps) hasBeenRefused(ctx context.Context, who, why string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	if why == "mobile-blank" {
		return g.mustRefuse(g.submit(ctx, p, "Dakshin", func(*client.Registrant) error { return nil }), why)
	}
	err = g.submit(ctx, p, "Dakshin", func(r *client.Registrant) error { return setField(r, "GSTIN", why) })
	return g.mustRefuse(err, "gstin-invalid")
}

func (g registrationSteps) usable() error {
	if err := g.accepted(); err != nil {
		return err
	}
	r := g.named.registration
	if r.ID == "" || r.State != "VALIDATED" {
		return fmt.Errorf("the registration is in %q", r.State)
	}
	if len(r.SentTo) != 0 {
		return fmt.Errorf("the portal says that something was sent to %v", r.SentTo)
	}
	return nil
}

func (g registrationSteps) notUsable() error {
	if g.named.registration.ID != "" {
		return fmt.Errorf("there is a registration, in %q", g.named.registration.State)
	}
	return nil
}

func (g registrationSteps) ofTaxpayer() error {
	if err := g.accepted(); err != nil {
		return err
	}
	return same("category", g.named.registration.Category, client.CategoryTaxpayer)
}

func (g registrationSteps) nameShown(ctx context.Context, firm string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	t, err := g.taxpayer(ctx, g.named, firm)
	if err != nil {
		return err
	}
	t, err = g.control.Taxpayer(ctx, t.GSTIN)
	if err != nil {
		return err
	}
	r := g.named.registration
	if t.LegalName == "" {
		return fmt.Errorf("the record has no legal name")
	}
	if err := same("legal name", r.LegalName, t.LegalName); err != nil {
		return err
	}
	if err := same("trade name", r.TradeName, t.TradeName); err != nil {
		return err
	}
	return same("state code", r.StateCode, t.GSTIN[:2])
}

func (g registrationSteps) gstinShown(gstin string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	return same("GSTIN", g.named.registration.GSTIN, gstin)
}

func (g registrationSteps) lookAgain(ctx context.Context, who string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	f, err := p.current()
	if err != nil {
		return err
	}
	p.registration, err = p.trial.Registration(ctx, f.id)
	return g.act(err)
}

func (g registrationSteps) waits() error {
	if err := g.accepted(); err != nil {
		return err
	}
	return same("state", g.named.registration.State, "OTP_SENT")
}

// change validates a firm's registered details, changed somehow, and leaves a refusal to a Then.
func (g registrationSteps) change(ctx context.Context, who, firm string, how func(*client.Registrant) error) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	return g.act(g.submit(ctx, p, firm, how))
}
