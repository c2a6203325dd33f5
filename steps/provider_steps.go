package steps

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// providerSteps are those of GSPs, ERPs and e-commerce operators: registration by PAN, client
// credentials, dummy GSTINs.
type providerSteps struct{ *scenario }

func (g providerSteps) register(r registrar) {
	r.Step(expression(`{who} has verified the OTP for the registration of (a new|the same) {category}`), g.hasVerified)
	r.Step(expression(`{who} validates the details of a new {category} with {text} as PAN`), g.otherPAN)
	r.Step(expression(`{who} asks for client credentials`), g.ask)
	r.Step(expression(`{who} has got client credentials for a new {category}`), g.hasGot)
	r.Step(expression(`{who} is given a client id of type {text} made from {their} PAN`), g.given)
	r.Step(expression(`an SMS with the client secret reaches {their} registered mobile`), g.secretReaches)
	r.Step(expression(`{who} is signed in to the trial portal as an? {category}`), g.isSignedIn)
	r.Step(expression(`{who} (?:adds|has added) a dummy GSTIN in the state {text}`), g.addDummy)
	r.Step(expression(`{their} dummy GSTINs are {text} and {their} PAN and {text}`), g.dummiesAre)
	r.Step(expression(`{who} creates the API user {text} for the dummy GSTIN`), g.createForDummy)
}

func (g providerSteps) hasVerified(ctx context.Context, who, which, category string) error {
	return g.does(who, func(p *person) error {
		if which == "a new" {
			if err := g.newFirm(ctx, p, category); err != nil {
				return err
			}
		}
		return g.verifyFirm(ctx, p)
	})
}

// newFirm finds a firm of the category that has no client credentials yet.
func (g providerSteps) newFirm(ctx context.Context, p *person, category string) error {
	organisations, err := g.control.Organisations(ctx)
	if err != nil {
		return err
	}
	providers, err := g.control.Providers(ctx)
	if err != nil {
		return err
	}
	for _, o := range organisations {
		if o.Type == category && !slices.ContainsFunc(providers, func(p client.Provider) bool { return p.PAN == o.PAN }) {
			p.firmOfPAN = o
			return nil
		}
	}
	return fmt.Errorf("there is no %s without client credentials", category)
}

// validateFirm registers the person's firm by PAN, as far as Validate.
func (g providerSteps) validateFirm(ctx context.Context, p *person, pan string) error {
	answer, err := g.open(ctx, p, onTrial, client.FormRegister)
	if err != nil {
		return err
	}
	p.form = client.Registrant{
		Category: p.firmOfPAN.Type, PAN: pan, Mobile: p.firmOfPAN.Mobile, Email: p.firmOfPAN.Email, Captcha: answer,
	}
	return p.validate(ctx)
}

func (g providerSteps) verifyFirm(ctx context.Context, p *person) error {
	if err := g.validateFirm(ctx, p, p.firmOfPAN.PAN); err != nil {
		return err
	}
	if err := p.send(ctx); err != nil {
		return err
	}
	return g.verify(ctx, p)
}

func (g providerSteps) otherPAN(ctx context.Context, who, category, pan string) error {
	return g.does(who, func(p *person) error {
		if err := g.newFirm(ctx, p, category); err != nil {
			return err
		}
		return g.validateFirm(ctx, p, pan)
	})
}

func (g providerSteps) ask(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error { return g.issue(ctx, p) })
}

func (g providerSteps) issue(ctx context.Context, p *person) error {
	f, err := p.current()
	if err != nil {
		return err
	}
	p.issued, err = p.trial.ClientCredentials(ctx, f.id)
	return err
}

func (g providerSteps) hasGot(ctx context.Context, who, category string) error {
	return g.does(who, func(p *person) error { return g.got(ctx, p, category) })
}

func (g providerSteps) got(ctx context.Context, p *person, category string) error {
	if err := g.newFirm(ctx, p, category); err != nil {
		return err
	}
	if err := g.verifyFirm(ctx, p); err != nil {
		return err
	}
	if err := g.issue(ctx, p); err != nil {
		return err
	}
	_, err := g.clientSecret(ctx, p)
	return err
}

func (g providerSteps) given(who, category string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	p, err := g.person(who)
	if err != nil {
		return err
	}
	shape := regexp.MustCompile("^" + p.firmOfPAN.PAN[:5] + `\d\d` + category + `[A-Z0-9]{5}$`)
	if !shape.MatchString(p.issued.ClientID) {
		return fmt.Errorf("the client id of %s is %q", p.firmOfPAN.PAN, p.issued.ClientID)
	}
	return nil
}

func (g providerSteps) secretReaches(ctx context.Context) error {
	_, err := g.clientSecret(ctx, g.named)
	return err
}

func (g providerSteps) isSignedIn(ctx context.Context, who, category string) error {
	return g.does(who, func(p *person) error {
		if err := g.got(ctx, p, category); err != nil {
			return err
		}
		secret, err := g.clientSecret(ctx, p)
		if err != nil {
			return err
		}
		return g.signIn(ctx, p, client.Login{ClientID: p.issued.ClientID, ClientSecret: secret})
	})
}

func (g providerSteps) addDummy(ctx context.Context, who, state string) error {
	return g.does(who, func(p *person) error {
		gstin, err := p.trial.CreateDummyGSTIN(ctx, state)
		if err == nil {
			p.dummies = append(p.dummies, gstin)
		}
		return err
	})
}

func (g providerSteps) dummiesAre(state, numbers string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	var want []string
	for _, number := range strings.Split(numbers, ", ") {
		want = append(want, state+g.named.firmOfPAN.PAN+number)
	}
	return same("dummy GSTINs", strings.Join(g.named.dummies, ", "), strings.Join(want, ", "))
}

// createForDummy performs section 1 for the dummy GSTIN with the GSP's own client id.
func (g providerSteps) createForDummy(ctx context.Context, who, username string) error {
	return g.does(who, func(p *person) error {
		if err := g.verified(ctx, p, "the dummy GSTIN", onTrial); err != nil {
			return err
		}
		company, err := g.companyOf(ctx, p.issued.ClientID)
		if err != nil {
			return err
		}
		u, err := g.newUser(ctx, p, company)
		if err != nil {
			return err
		}
		u.Username = username
		return g.create(ctx, p, u)
	})
}

func (g providerSteps) companyOf(ctx context.Context, clientID string) (string, error) {
	providers, err := g.control.Providers(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range providers {
		if p.ClientID == clientID {
			return p.CompanyName, nil
		}
	}
	return "", fmt.Errorf("no provider has the client id %s", clientID)
}
