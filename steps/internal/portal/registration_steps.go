package portal

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// registrationSteps are steps 1.1 to 1.3 of the guide: Register here, the Registration Form and
// Validate.
type registrationSteps struct{ *scene.Scene }

func (g registrationSteps) Register(r *scene.Registry) {
	r.Act(`{who} clicks Login and then "Register here"`, g.registerHere)
	r.Act(`{who} selects {text} on the Registration Form`, g.selectCategory)
	r.Act(`{who} enters the GSTIN {text}, the Phone number {text}, the Email address {text} and the Captcha`,
		g.fillIn, needs.Captcha)
	r.Act(`{who} clicks "Validate"`, (*scene.Person).Validate)
	r.Act(`{who} (?:validates|has validated) the registered details of {firm}`,
		g.registered, needs.Captcha, needs.Taxpayers)
	r.Act(`{who} validates the details of {firm} with {text} as (GSTIN|Phone number|Email address)( and a wrong Captcha)?`,
		g.oneOther, needs.Captcha, needs.Taxpayers)
	r.Act(`{who} validates the details of {firm}, but with:`, g.others, needs.Captcha)
	r.Act(`{who} validates the registered details of {firm} under {text} by (GSTIN|PAN)`,
		g.underCategory, needs.Captcha)
	r.Act(`{who} validates the registered details of {firm} with (a wrong Captcha|the Captcha in the other case|the right answer to that captcha)`,
		g.withCaptcha, needs.Captcha)
	r.Step(`{who} has given a wrong answer to a captcha`, g.hasAnsweredWrongly, needs.Captcha)
	r.Step(`{who} has been refused as {text}`, g.hasBeenRefused, needs.Captcha).Refusal(2)
	r.Step(`{who} has been refused for the GSTIN {text}`, g.hasBeenRefusedFor, needs.Captcha)
	r.Then(`"Send OTP" has become usable`, g.usable)
	r.Step(`"Send OTP" has not become usable`, g.notUsable)
	r.Then(`the registration is that of a "Taxpayer"`, g.ofTaxpayer)
	r.Then(`the legal name and the state of {firm} are shown`, g.nameShown, needs.Taxpayers)
	r.Then(`{their} GSTIN {text} is shown`, g.gstinShown)
	r.Act(`{who} looks at {their} registration again`, g.lookAgain)
	r.Then(`the registration waits for the OTP`, g.waits)
}

func (g registrationSteps) registerHere(ctx context.Context, p *scene.Person) error {
	return g.See(ctx, p, scene.OnTrial, client.FormRegister)
}

func (g registrationSteps) selectCategory(ctx context.Context, p *scene.Person, category string) error {
	p.Form = client.Registrant{Category: strings.ToUpper(category)}
	return p.FillIn(ctx, p.Form)
}

func (g registrationSteps) fillIn(ctx context.Context, p *scene.Person, gstin, mobile, email string) (err error) {
	p.Form.GSTIN, p.Form.Mobile, p.Form.Email = gstin, mobile, email
	if p.Form.Captcha, err = g.Answer(ctx, p); err != nil {
		return err
	}
	return p.FillIn(ctx, p.Form)
}

func (g registrationSteps) registered(ctx context.Context, p *scene.Person, firm string) error {
	return g.Submit(ctx, p, firm, func(*client.Registrant) error { return nil })
}

func (g registrationSteps) oneOther(ctx context.Context, p *scene.Person, firm, value, field, captcha string) error {
	return g.Submit(ctx, p, firm, func(r *client.Registrant) error {
		if captcha != "" {
			r.Captcha.Answer = scene.WrongAnswer(r.Captcha.Answer)
		}
		return scene.SetField(r, field, value)
	})
}

func (g registrationSteps) others(ctx context.Context, p *scene.Person, firm string, fields *godog.Table) error {
	return g.Submit(ctx, p, firm, func(r *client.Registrant) error {
		for _, row := range fields.Rows {
			if len(row.Cells) != 2 {
				return fmt.Errorf("a row must have a field and a value")
			}
			if err := scene.SetField(r, row.Cells[0].Value, row.Cells[1].Value); err != nil {
				return err
			}
		}
		return nil
	})
}

func (g registrationSteps) underCategory(ctx context.Context, p *scene.Person, firm, category, by string) error {
	return g.Submit(ctx, p, firm, func(r *client.Registrant) error {
		r.Category = category
		if by == "PAN" {
			r.PAN, r.GSTIN = r.GSTIN[2:12], "" // a GSTIN is state code, PAN and three more
		}
		return nil
	})
}

func (g registrationSteps) withCaptcha(ctx context.Context, p *scene.Person, firm, how string) error {
	former := p.CaptchaAnswer
	return g.Submit(ctx, p, firm, func(r *client.Registrant) error {
		switch how {
		case "a wrong Captcha":
			r.Captcha.Answer = scene.WrongAnswer(r.Captcha.Answer)
		case "the Captcha in the other case":
			r.Captcha.Answer = scene.OtherCase(r.Captcha.Answer)
		default:
			r.Captcha = former
		}
		return nil
	})
}

func (g registrationSteps) hasAnsweredWrongly(ctx context.Context, p *scene.Person) error {
	return g.refused(ctx, p, "captcha-mismatch", func(r *client.Registrant) error {
		r.Captcha.Answer = scene.WrongAnswer(r.Captcha.Answer)
		return nil
	})
}

// hasBeenRefused validates Dakshin as on record.
func (g registrationSteps) hasBeenRefused(ctx context.Context, p *scene.Person, code string) error {
	return g.refused(ctx, p, code, func(*client.Registrant) error { return nil })
}

func (g registrationSteps) hasBeenRefusedFor(ctx context.Context, p *scene.Person, gstin string) error {
	return g.refused(ctx, p, "gstin-invalid", func(r *client.Registrant) error {
		return scene.SetField(r, "GSTIN", gstin)
	})
}

// refused validates Dakshin's details, changed somehow, and expects a refusal.
func (g registrationSteps) refused(ctx context.Context, p *scene.Person, code string,
	how func(*client.Registrant) error) error {
	return g.ExpectRefusal(g.Submit(ctx, p, "Dakshin", how), code)
}

func (g registrationSteps) usable() error {
	r := g.Named.Registration
	if r.ID == "" || r.State != "VALIDATED" {
		return fmt.Errorf("the registration is in %q", r.State)
	}
	if len(r.SentTo) != 0 {
		return fmt.Errorf("the portal sent something to %v", r.SentTo)
	}
	return nil
}

func (g registrationSteps) notUsable() error {
	if g.Named.Registration.ID != "" {
		return fmt.Errorf("there is a registration, in %q", g.Named.Registration.State)
	}
	return nil
}

func (g registrationSteps) ofTaxpayer() error {
	return scene.Same("category", g.Named.Registration.Category, client.CategoryTaxpayer)
}

func (g registrationSteps) nameShown(ctx context.Context, firm client.Taxpayer) error {
	t, err := g.Control.Taxpayer(ctx, firm.GSTIN)
	if err != nil {
		return err
	}
	r := g.Named.Registration
	if t.LegalName == "" {
		return fmt.Errorf("the record has no legal name")
	}
	return cmp.Or(
		scene.Same("legal name", r.LegalName, t.LegalName),
		scene.Same("trade name", r.TradeName, t.TradeName),
		scene.Same("state code", r.StateCode, t.GSTIN[:2]),
	)
}

func (g registrationSteps) gstinShown(gstin string) error {
	return scene.Same("GSTIN", g.Named.Registration.GSTIN, gstin)
}

func (g registrationSteps) lookAgain(ctx context.Context, p *scene.Person, f *scene.Flow) (err error) {
	p.Registration, err = p.Trial.Registration(ctx, f.ID)
	return err
}

func (g registrationSteps) waits() error {
	return scene.Same("state", g.Named.Registration.State, "OTP_SENT")
}
