package portal

import (
	"cmp"
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// createSteps are steps 1.6 to 1.8 and 2.6 to 2.8 of the guide: the form for the API user.
type createSteps struct {
	*scene.Scene
	user client.NewAPIUser // the form as far as it is filled in
}

func (g *createSteps) Register(r *scene.Registry) {
	r.Act(`{who} selects {text} under "Registration through"`, g.selectThrough)
	r.Act(`{who} clicks "Through GSP"`, g.throughGSP)
	r.Act(`{who} selects the (?:Company Name|GSP) {text}`, g.selectCompany)
	r.Act(`{who} enters the Client ID {text}, the Username {text} and a Password and clicks "Create"`,
		g.fillInAndCreate, needs.Own)
	r.Act(`{who} enters the Username {text} and a Password of {their} own for the API and clicks "Submit"`,
		g.fillIn, needs.Own)
	r.Act(`{who} creates the API user {text} through(?: the (ERP|BANK))? {text}`, g.through, needs.Providers)
	r.Act(`{who} creates the API user {text} through DIRECT with (.+)`, g.direct, needs.Providers)
	r.Act(`{who} creates an API user through {text} with the Client ID {text}`, g.withClientID, needs.Providers)
	r.Act(`{who} creates an API user with the Username {text}`, g.withUsername, needs.Providers)
	r.Act(`{who} creates an API user with the Password {text}`, g.withPassword, needs.Providers)
	r.Act(`{who} creates an API user with the Username {text} and the Password {text}`, g.withBoth, needs.Providers)
	r.Act(`{who} creates an API user (without re-entering the|and re-enters another) Password`,
		g.reentering, needs.Providers)
	r.Act(`{who} has created the API user {text}(?: through {text})? at the production portal`,
		g.hasCreatedInProduction, needs.Captcha, needs.OTP, needs.Own)
	r.Act(`{who} has created the API user {text}(?: through {text})?(?: for {firm})? at the trial portal`,
		g.hasCreatedInTrial, needs.Captcha, needs.OTP, needs.Providers)
	r.Act(`{who} has created the API user {text} for {firm} at the production portal`,
		g.hasCreatedFor, needs.Captcha, needs.OTP, needs.Own)
	r.Step(`{who} has been refused for the Password {text}`, g.refusedForPassword, needs.Providers)
	r.Step(`{who} has been refused for creating an API user too early`, g.refusedForHaste, needs.Providers)
}

func (g *createSteps) selectThrough(ctx context.Context, p *scene.Person, through string) (err error) {
	g.user.Through = through
	if err := p.Choose(ctx, through, ""); err != nil {
		return err
	}
	p.Companies, err = p.Trial.Providers(ctx, through)
	return err
}

func (g *createSteps) throughGSP(ctx context.Context, p *scene.Person) (err error) {
	g.user.Through = client.ThroughGSP
	p.Companies, err = p.Production.Providers(ctx, client.ThroughGSP)
	return err
}

func (g *createSteps) selectCompany(ctx context.Context, p *scene.Person, company string) error {
	for _, c := range p.Companies {
		if c.CompanyName == company {
			g.user.CompanyName = company
			return p.Choose(ctx, g.user.Through, company)
		}
	}
	return fmt.Errorf("%q is not offered, only %v", company, p.Companies)
}

func (g *createSteps) fillInAndCreate(ctx context.Context, p *scene.Person, clientID, username string) error {
	g.user.ClientID = clientID
	return g.fillIn(ctx, p, username)
}

func (g *createSteps) fillIn(ctx context.Context, p *scene.Person, username string) error {
	g.user.Username, g.user.Password, g.user.ConfirmPassword = username, scene.APIPassword, scene.APIPassword
	return g.Create(ctx, p, g.user)
}

func (g *createSteps) through(ctx context.Context, p *scene.Person, username, through, company string) error {
	return g.with(ctx, p, company, func(u *client.NewAPIUser) {
		u.Username, u.Through = username, cmp.Or(through, u.Through)
	})
}

func (g *createSteps) withClientID(ctx context.Context, p *scene.Person, company, clientID string) error {
	return g.with(ctx, p, company, func(u *client.NewAPIUser) { u.ClientID = clientID })
}

func (g *createSteps) withUsername(ctx context.Context, p *scene.Person, username string) error {
	return g.withBoth(ctx, p, username, scene.APIPassword)
}

func (g *createSteps) withPassword(ctx context.Context, p *scene.Person, password string) error {
	return g.withBoth(ctx, p, scene.APIUsername, password)
}

func (g *createSteps) withBoth(ctx context.Context, p *scene.Person, username, password string) error {
	return g.with(ctx, p, "", func(u *client.NewAPIUser) {
		u.Username, u.Password, u.ConfirmPassword = username, password, password
	})
}

func (g *createSteps) reentering(ctx context.Context, p *scene.Person, how string) error {
	return g.with(ctx, p, "", func(u *client.NewAPIUser) {
		u.ConfirmPassword = ""
		if how == "and re-enters another" {
			u.ConfirmPassword = scene.AnotherPassword
		}
	})
}

// with fills in the form for a company, changes it, and clicks Create or Submit.
func (g *createSteps) with(ctx context.Context, p *scene.Person, company string, how func(*client.NewAPIUser)) error {
	u, err := g.NewUser(ctx, p, company)
	if err != nil {
		return err
	}
	how(&u)
	return g.Create(ctx, p, u)
}

func (g *createSteps) hasCreatedInProduction(ctx context.Context, p *scene.Person, username, company string) error {
	return g.MakeAPIUser(ctx, p, username, company, p.Firm, scene.OnProduction)
}

func (g *createSteps) hasCreatedInTrial(ctx context.Context, p *scene.Person, username, company, firm string) error {
	return g.MakeAPIUser(ctx, p, username, company, cmp.Or(firm, p.Firm), scene.OnTrial)
}

// hasCreatedFor requires that the person has a login for that firm.
func (g *createSteps) hasCreatedFor(ctx context.Context, p *scene.Person, username, firm string) error {
	if firm != p.Firm {
		return fmt.Errorf("%s has no login for %s", p.Name, firm)
	}
	return g.MakeAPIUser(ctx, p, username, "", firm, scene.OnProduction)
}

func (g *createSteps) refusedForPassword(ctx context.Context, p *scene.Person, password string) error {
	return g.ExpectRefusal(g.withPassword(ctx, p, password), "password-policy")
}

func (g *createSteps) refusedForHaste(ctx context.Context, p *scene.Person) error {
	return g.ExpectRefusal(g.withUsername(ctx, p, "too_early"), "wrong-state")
}

// direct creates an API user with client credentials instead of a company.
func (g *createSteps) direct(ctx context.Context, p *scene.Person, username, credentials string,
	f *scene.Flow) (err error) {
	u := client.NewAPIUser{
		Through: client.ThroughDirect, Username: username, Password: scene.APIPassword, ConfirmPassword: scene.APIPassword,
	}
	if u.ClientID, u.ClientSecret, err = g.Credentials(ctx, credentials); err != nil {
		return err
	}
	if f.Portal == scene.OnTrial {
		u.ClientSecret = "" // the trial portal does not ask for it
	}
	return g.Create(ctx, p, u)
}
