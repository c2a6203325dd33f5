package steps

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// createSteps are steps 1.6 to 1.8 and 2.6 to 2.8 of the guide: the form for the API user.
type createSteps struct {
	*scenario
	user client.NewAPIUser // the form as far as it is filled in
}

func (g *createSteps) register(r registrar) {
	r.Step(expression(`{who} selects {text} under "Registration through"`), g.selectThrough)
	r.Step(expression(`{who} clicks "Through GSP"`), g.throughGSP)
	r.Step(expression(`{who} selects the (?:Company Name|GSP) {text}`), g.selectCompany)
	r.Step(expression(`{who} enters the Client ID {text}, the Username {text} and a Password and clicks "Create"`),
		g.fillInAndCreate)
	r.Step(expression(`{who} enters the Username {text} and a Password of {their} own for the API and clicks "Submit"`),
		g.fillInAndSubmit)
	r.Step(expression(`{who} creates the API user {text} through {text}`), g.through)
	r.Step(expression(`{who} creates the API user {text} through the (ERP|BANK) {text}`), g.throughOther)
	r.Step(expression(`{who} creates the API user {text} through DIRECT with (.+)`), g.direct)
	r.Step(expression(`{who} creates an API user through {text} with the Client ID {text}`), g.withClientID)
	r.Step(expression(`{who} creates an API user with the Username {text}`), g.withUsername)
	r.Step(expression(`{who} creates an API user with the Password {text}`), g.withPassword)
	r.Step(expression(`{who} creates an API user with the Username {text} and the Password {text}`), g.withBoth)
	r.Step(expression(`{who} creates an API user (without re-entering the|and re-enters another) Password`), g.reentering)
	r.Step(expression(`{who} has created the API user {text}(?: through {text})? at the production portal`),
		g.hasCreatedInProduction)
	r.Step(expression(`{who} has created the API user {text}(?: through {text})?(?: for {firm})? at the trial portal`),
		g.hasCreatedInTrial)
	r.Step(expression(`{who} has created the API user {text} for {firm} at the production portal`), g.hasCreatedFor)
	r.Step(expression(`{who} has been refused for the Password {text}`), g.refusedForPassword)
	r.Step(expression(`{who} has been refused for creating an API user too early`), g.refusedForHaste)
}

func (g *createSteps) selectThrough(ctx context.Context, who, through string) error {
	return g.does(who, func(p *person) (err error) {
		g.user.Through = through
		if err := p.chooses(ctx, through, ""); err != nil {
			return err
		}
		p.companies, err = p.trial.Providers(ctx, through)
		return err
	})
}

func (g *createSteps) throughGSP(ctx context.Context, who string) error {
	return g.does(who, func(p *person) (err error) {
		g.user.Through = client.ThroughGSP
		p.companies, err = p.production.Providers(ctx, client.ThroughGSP)
		return err
	})
}

func (g *createSteps) selectCompany(ctx context.Context, who, company string) error {
	return g.does(who, func(p *person) error {
		for _, c := range p.companies {
			if c.CompanyName == company {
				g.user.CompanyName = company
				return p.chooses(ctx, g.user.Through, company)
			}
		}
		return fmt.Errorf("%q is not offered, only %v", company, p.companies)
	})
}

func (g *createSteps) fillInAndCreate(ctx context.Context, who, clientID, username string) error {
	return g.does(who, func(p *person) error {
		g.user.ClientID = clientID
		return g.fillIn(ctx, p, username)
	})
}

func (g *createSteps) fillInAndSubmit(ctx context.Context, who, username string) error {
	return g.does(who, func(p *person) error { return g.fillIn(ctx, p, username) })
}

func (g *createSteps) fillIn(ctx context.Context, p *person, username string) error {
	g.user.Username, g.user.Password, g.user.ConfirmPassword = username, apiPassword, apiPassword
	return g.create(ctx, p, g.user)
}

func (g *createSteps) through(ctx context.Context, who, username, company string) error {
	return g.with(ctx, who, company, func(u *client.NewAPIUser) { u.Username = username })
}

func (g *createSteps) throughOther(ctx context.Context, who, username, through, company string) error {
	return g.with(ctx, who, company, func(u *client.NewAPIUser) { u.Username, u.Through = username, through })
}

func (g *createSteps) withClientID(ctx context.Context, who, company, clientID string) error {
	return g.with(ctx, who, company, func(u *client.NewAPIUser) { u.ClientID = clientID })
}

func (g *createSteps) withUsername(ctx context.Context, who, username string) error {
	return g.with(ctx, who, "", func(u *client.NewAPIUser) { u.Username = username })
}

func (g *createSteps) withPassword(ctx context.Context, who, password string) error {
	return g.with(ctx, who, "", func(u *client.NewAPIUser) { u.Password, u.ConfirmPassword = password, password })
}

func (g *createSteps) withBoth(ctx context.Context, who, username, password string) error {
	return g.with(ctx, who, "", func(u *client.NewAPIUser) {
		u.Username, u.Password, u.ConfirmPassword = username, password, password
	})
}

func (g *createSteps) reentering(ctx context.Context, who, how string) error {
	return g.with(ctx, who, "", func(u *client.NewAPIUser) {
		u.ConfirmPassword = ""
		if how == "and re-enters another" {
			u.ConfirmPassword = anotherPassword
		}
	})
}

// with fills in the form for a company, changes it, and clicks Create or Submit.
func (g *createSteps) with(ctx context.Context, who, company string, how func(*client.NewAPIUser)) error {
	return g.does(who, func(p *person) error {
		u, err := g.newUser(ctx, p, company)
		if err != nil {
			return err
		}
		how(&u)
		return g.create(ctx, p, u)
	})
}

func (g *createSteps) hasCreatedInProduction(ctx context.Context, who, username, company string) error {
	return g.does(who, func(p *person) error { return g.made(ctx, p, username, company, p.firm, onProduction) })
}

func (g *createSteps) hasCreatedInTrial(ctx context.Context, who, username, company, firm string) error {
	return g.does(who, func(p *person) error {
		if firm == "" {
			firm = p.firm
		}
		return g.made(ctx, p, username, company, firm, onTrial)
	})
}

// hasCreatedFor is for somebody who keeps the books of that firm: the login decides.
func (g *createSteps) hasCreatedFor(ctx context.Context, who, username, firm string) error {
	return g.does(who, func(p *person) error {
		if firm != p.firm {
			return fmt.Errorf("%s has no login for %s", p.name, firm)
		}
		return g.made(ctx, p, username, "", firm, onProduction)
	})
}

func (g *createSteps) refusedForPassword(ctx context.Context, who, password string) error {
	if err := g.withPassword(ctx, who, password); err != nil {
		return err
	}
	return g.forgive("password-policy")
}

func (g *createSteps) refusedForHaste(ctx context.Context, who string) error {
	if err := g.withUsername(ctx, who, "too_early"); err != nil {
		return err
	}
	return g.forgive("wrong-state")
}

// direct creates an API user with client credentials instead of a company.
func (g *createSteps) direct(ctx context.Context, who, username, credentials string) error {
	return g.does(who, func(p *person) error {
		f, err := p.current()
		if err != nil {
			return err
		}
		u := client.NewAPIUser{
			Through: client.ThroughDirect, Username: username, Password: apiPassword, ConfirmPassword: apiPassword,
		}
		if u.ClientID, u.ClientSecret, err = g.credentials(ctx, credentials); err != nil {
			return err
		}
		if f.portal == onTrial {
			u.ClientSecret = "" // the trial portal does not ask for it
		}
		return g.create(ctx, p, u)
	})
}
