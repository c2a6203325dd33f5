// Package gsp registers the sentences about a GSP (GST Suvidha Provider): the guide's last step, in which a taxpayer
// enters the credentials there.
package gsp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// Register registers the sentences of this package, to be performed in a scene.
func Register(r *scene.Registry, s *scene.Scene) {
	r.Acts = []needs.Need{needs.GSP}
	defer func() { r.Acts = nil }()
	r.Register(&enteringSteps{Scene: s})
}

// enteringSteps are about the details that a person enters.
type enteringSteps struct {
	*scene.Scene
	now client.Connection // as the GSP answered last
}

func (g *enteringSteps) Register(r *scene.Registry) {
	const entering = ` the API user {text} for (Sandbox|Production) at the GSP {text}`
	r.Act(`{who} (?:enters|has entered)`+entering, g.enter)
	r.Act(`{who} enters`+entering+`, with a wrong password`, g.enterWrongPassword)
	r.Act(`{who} enters`+entering+`, with the GSTIN of (Deccan|"[0-9A-Z]{15}")`, g.enterGSTIN)
	r.Act(`{who} corrects the password at the GSP`, g.correct)
	r.Act(`{who} has the GSP test them again`, g.test)
	r.Act(`{who} removes them at the GSP`, g.remove)
	r.Then(`{their} details are (Active|Not tested)`, g.are)
	r.Then(`{their} details are Inactive, for NIC's (\d{4}) {text}`, g.areInactive).NIC(1)
	r.Then(`the GSP names the cause {text}`, g.namesCause)
	r.Step(`the GSP {text} has them as Active`, g.hasActive, needs.GSP)
	r.Then(`the GSP {text} has none of {their} details`, g.hasNone, needs.GSP)
	r.Then(`the GSP has logged in at NIC once, with the Client ID {text}`, g.loggedIn, needs.Journal)
	r.Then(`the production portal has no invoice`, g.noInvoice, needs.Invoices)
}

// environments are the words of the sentences for the environments.
var environments = map[string]string{
	"Sandbox": client.EnvironmentSandbox, "Production": client.EnvironmentProduction,
}

func (g *enteringSteps) enter(ctx context.Context, p *scene.Person, username, environment, company string) error {
	return g.entered(ctx, p, client.NewConnection{CompanyName: company, Environment: environments[environment],
		GSTIN: scene.GivenTaxpayers[p.Firm].GSTIN, Username: username, Password: scene.APIPassword})
}

func (g *enteringSteps) enterWrongPassword(ctx context.Context, p *scene.Person, username, environment,
	company string) error {
	return g.entered(ctx, p, client.NewConnection{CompanyName: company, Environment: environments[environment],
		GSTIN: scene.GivenTaxpayers[p.Firm].GSTIN, Username: username, Password: scene.WrongPassword})
}

func (g *enteringSteps) enterGSTIN(ctx context.Context, p *scene.Person, username, environment, company,
	of string) error {
	return g.entered(ctx, p, client.NewConnection{CompanyName: company, Environment: environments[environment],
		GSTIN:    cmp.Or(scene.GivenTaxpayers[of].GSTIN, strings.Trim(of, `"`)),
		Username: username, Password: scene.APIPassword})
}

func (g *enteringSteps) entered(ctx context.Context, p *scene.Person, n client.NewConnection) error {
	g.KeepSecret("API password", n.Password)
	return g.keep(p.GSP.Enter(ctx, n))
}

// keep notes what the GSP answered. A refusal leaves what was there.
func (g *enteringSteps) keep(c client.Connection, err error) error {
	if err == nil {
		g.now = c
	}
	return err
}

func (g *enteringSteps) correct(ctx context.Context, p *scene.Person) error {
	return g.keep(p.GSP.Change(ctx, g.now.ID, g.now.Username, scene.APIPassword))
}

func (g *enteringSteps) test(ctx context.Context, p *scene.Person) error {
	return g.keep(p.GSP.Test(ctx, g.now.ID))
}

func (g *enteringSteps) remove(ctx context.Context, p *scene.Person) error {
	return p.GSP.Remove(ctx, g.now.ID)
}

// are checks a status without a refusal of NIC.
func (g *enteringSteps) are(status string) error {
	if status == "Active" && g.now.TokenExpiry == "" {
		return fmt.Errorf("the GSP has no expiry of a token: %s", g.now.Detail)
	}
	return cmp.Or(
		scene.Same("status", g.now.Status, strings.ReplaceAll(strings.ToUpper(status), " ", "_")),
		scene.Same("NIC's code", g.now.NICCode, ""),
	)
}

func (g *enteringSteps) areInactive(code, words string) error {
	if g.now.Remedy == "" {
		return fmt.Errorf("the GSP does not say what to do: %s", g.now.Detail)
	}
	return cmp.Or(
		scene.Same("status", g.now.Status, client.ConnectionInactive),
		scene.Same("NIC's code", g.now.NICCode, code),
		scene.Same("NIC's words", g.now.Detail, words),
	)
}

func (g *enteringSteps) namesCause(part string) error {
	if !strings.Contains(g.now.Cause, part) {
		return fmt.Errorf("the cause is %q", g.now.Cause)
	}
	return nil
}

// find returns the details of the person's taxpayer at a GSP.
func (g *enteringSteps) find(ctx context.Context, company string) (client.Connection, bool, error) {
	list, err := g.Named.GSP.Connections(ctx, company)
	at := slices.IndexFunc(list, func(c client.Connection) bool {
		return c.GSTIN == scene.GivenTaxpayers[g.Named.Firm].GSTIN
	})
	if err != nil || at < 0 {
		return client.Connection{}, false, err
	}
	return list[at], true, nil
}

func (g *enteringSteps) hasActive(ctx context.Context, company string) error {
	c, found, err := g.find(ctx, company)
	if err != nil || !found {
		return cmp.Or(err, fmt.Errorf("%s has no such details", company))
	}
	return cmp.Or(scene.Same("status", c.Status, client.ConnectionActive),
		scene.Same("username", c.Username, g.now.Username))
}

func (g *enteringSteps) hasNone(ctx context.Context, company string) error {
	c, found, err := g.find(ctx, company)
	if found {
		return fmt.Errorf("%s has %+v", company, c)
	}
	return cmp.Or(err, g.wereEntered())
}

// wereEntered fails if the scenario entered no details: then it would prove nothing.
func (g *enteringSteps) wereEntered() error {
	if g.now.ID == "" {
		return errors.New("no details were entered")
	}
	return nil
}

// loggedIn checks NIC's side of the journal: one login by that client, and no other call of the API.
func (g *enteringSteps) loggedIn(ctx context.Context, clientID string) error {
	rows, err := g.Control.Requests(ctx, client.RequestFilter{Environment: g.now.Environment})
	if err != nil {
		return err
	}
	var logins int
	for _, r := range rows {
		switch {
		case strings.HasSuffix(r.Path, "/eivital/v1.04/auth"):
			logins++
			sent := slices.IndexFunc(r.Headers, func(h client.Header) bool { return h.Name == "Client_id" })
			if sent < 0 || r.Headers[sent].Value != clientID {
				return fmt.Errorf("the login was sent with %+v", r.Headers)
			}
		case strings.Contains(r.Path, "/ei"):
			return fmt.Errorf("the GSP called %s", r.Path)
		}
	}
	return scene.Same("number of logins", logins, 1)
}

func (g *enteringSteps) noInvoice(ctx context.Context) error {
	list, err := g.Control.Invoices(ctx, client.RecordFilter{Environment: client.EnvironmentProduction})
	if err != nil {
		return err
	}
	return cmp.Or(g.wereEntered(), scene.Same("number of invoices", len(list), 0))
}
