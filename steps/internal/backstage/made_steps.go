package backstage

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// madeSteps make, change and delete records through the control API.
type madeSteps struct {
	*scene.Scene
	record record
}

// record is what can be done with one record. Made and changed are the members that it has then, beside others.
type record struct {
	made, changed any
	make          func(context.Context) error
	incomplete    func(context.Context) error // to make a record with nothing in it
	read          func(context.Context) (any, error)
	change        func(context.Context) error
	remove        func(context.Context) error
}

func (g *madeSteps) Register(r *scene.Registry) {
	step := func(text string, handler any) {
		r.Step(text, handler, needs.Providers, needs.Taxpayers, needs.Logins, needs.APIUsers)
	}
	step(`Girish makes (a provider|an organisation|a taxpayer|a portal login|an API user)`, g.makes)
	step(`it reads as it was made, with its defaults`, g.readsAsMade)
	step(`after a change it reads as it was changed`, g.readsAsChanged)
	step(`it cannot be made twice, nor without its members`, g.isRefused)
	step(`after it was deleted it is not there`, g.isGone)
	r.Step(`the (provider|taxpayer) of an API user cannot be deleted`, g.inUse,
		needs.Providers, needs.Taxpayers, needs.APIUsers)
}

// The records that are made, with numbers that fail the checks of real ones.
const (
	teamClient = "team-client.1"
	teamGSTIN  = "29AWGPV7107B1Z1"
	teamUser   = "stubuser"
)

func (g *madeSteps) makes(ctx context.Context, kind string) error {
	g.record = map[string]func(*client.Control) record{
		"a provider": provider, "an organisation": organisation, "a taxpayer": taxpayer, "a portal login": portalUser,
		"an API user": apiUser,
	}[kind](g.Control)
	if kind == "a portal login" || kind == "an API user" {
		if err := g.Control.AddTaxpayer(ctx, client.Taxpayer{GSTIN: teamGSTIN, LegalName: "Made Up Traders"}); err != nil {
			return err
		}
	}
	if kind == "an API user" {
		p := client.Provider{ClientID: teamClient, ClientSecret: "whatever-they-have"}
		if err := g.Control.AddProvider(ctx, p); err != nil {
			return err
		}
	}
	return g.record.make(ctx)
}

func provider(c *client.Control) record {
	p := client.Provider{ClientID: teamClient, ClientSecret: "whatever-they-have", Through: []string{"ERP"}}
	made := p
	made.CompanyName, made.Type = "Company "+teamClient, "ERP"
	changed := made
	changed.CompanyName, changed.ClientSecret = "Acme", "another"
	return record{
		made: made, changed: changed,
		make:       func(ctx context.Context) error { return c.AddProvider(ctx, p) },
		incomplete: func(ctx context.Context) error { return c.AddProvider(ctx, client.Provider{}) },
		read:       func(ctx context.Context) (any, error) { return c.Provider(ctx, teamClient) },
		change: func(ctx context.Context) error {
			return c.PatchProvider(ctx, teamClient, client.Members{"companyName": "Acme", "clientSecret": "another"})
		},
		remove: func(ctx context.Context) error { return c.DeleteProvider(ctx, teamClient) },
	}
}

func organisation(c *client.Control) record {
	o := client.Organisation{PAN: "AABCA1234F", LegalName: "Acme"}
	made, changed := o, o
	made.Type, changed.Type, changed.Mobile = "GSP", "ECO", "9876500001"
	return record{
		made: made, changed: changed,
		make:       func(ctx context.Context) error { return c.AddOrganisation(ctx, o) },
		incomplete: func(ctx context.Context) error { return c.AddOrganisation(ctx, client.Organisation{}) },
		read:       func(ctx context.Context) (any, error) { return c.Organisation(ctx, o.PAN) },
		change: func(ctx context.Context) error {
			return c.PatchOrganisation(ctx, o.PAN, client.Members{"type": "ECO", "mobile": "9876500001"})
		},
		remove: func(ctx context.Context) error { return c.DeleteOrganisation(ctx, o.PAN) },
	}
}

func taxpayer(c *client.Control) record {
	t := client.Taxpayer{GSTIN: teamGSTIN, LegalName: "Made Up Traders", EInvoiceEnabled: true}
	made := t
	made.TradeName, made.Status, made.TaxpayerType = t.LegalName, "ACTIVE", "REG"
	made.RegisteredOn = "2017-07-01"
	changed := made
	changed.Status = "SUSPENDED"
	return record{
		made: made, changed: changed,
		make:       func(ctx context.Context) error { return c.AddTaxpayer(ctx, t) },
		incomplete: func(ctx context.Context) error { return c.AddTaxpayer(ctx, client.Taxpayer{}) },
		read: func(ctx context.Context) (any, error) {
			t, err := c.Taxpayer(ctx, teamGSTIN)
			t.Address = nil // its members are the simulator's choice
			return t, err
		},
		change: func(ctx context.Context) error {
			return c.PatchTaxpayer(ctx, teamGSTIN, client.TaxpayerChange{Status: new("SUSPENDED")})
		},
		remove: func(ctx context.Context) error { return c.DeleteTaxpayer(ctx, teamGSTIN) },
	}
}

func portalUser(c *client.Control) record {
	made := client.PortalUser{Username: "made_up", GSTIN: teamGSTIN, Source: client.SourceEInvoice}
	changed := made
	changed.Frozen = true
	return record{
		made: made, changed: changed,
		make: func(ctx context.Context) error {
			return c.AddPortalUser(ctx, client.PortalUser{Username: made.Username, Password: "any", GSTIN: teamGSTIN})
		},
		incomplete: func(ctx context.Context) error { return c.AddPortalUser(ctx, client.PortalUser{}) },
		read:       func(ctx context.Context) (any, error) { return c.PortalUser(ctx, made.Username) },
		change:     func(ctx context.Context) error { return c.FreezePortalUser(ctx, made.Username, true) },
		remove:     func(ctx context.Context) error { return c.DeletePortalUser(ctx, made.Username) },
	}
}

func apiUser(c *client.Control) record {
	u := client.APIUserRecord{Environment: client.EnvironmentSandbox, Username: teamUser, Password: "stubpass",
		GSTIN: teamGSTIN, ClientID: teamClient}
	made := u
	made.Password, made.RegistrationThrough, made.CompanyName = "", "GSP", "Company "+teamClient
	changed := made
	changed.Frozen = true
	return record{
		made: made, changed: changed,
		make:       func(ctx context.Context) error { return c.AddAPIUser(ctx, u) },
		incomplete: func(ctx context.Context) error { return c.AddAPIUser(ctx, client.APIUserRecord{}) },
		read: func(ctx context.Context) (any, error) {
			got, err := c.APIUser(ctx, u.Environment, teamUser)
			got.CreatedAt = made.CreatedAt // it is the time of the world
			return got, err
		},
		change: func(ctx context.Context) error {
			return c.PatchAPIUser(ctx, u.Environment, teamUser, client.Members{"frozen": true, "password": "another"})
		},
		remove: func(ctx context.Context) error { return c.DeleteAPIUser(ctx, u.Environment, teamUser) },
	}
}

func (g *madeSteps) readsAs(ctx context.Context, want any) error {
	got, err := g.record.read(ctx)
	if err == nil && !reflect.DeepEqual(got, want) {
		err = fmt.Errorf("it reads as %+v, not as %+v", got, want)
	}
	return err
}

func (g *madeSteps) readsAsMade(ctx context.Context) error { return g.readsAs(ctx, g.record.made) }

func (g *madeSteps) readsAsChanged(ctx context.Context) error {
	if err := g.record.change(ctx); err != nil {
		return err
	}
	return g.readsAs(ctx, g.record.changed)
}

func (g *madeSteps) isRefused(ctx context.Context) error {
	if err := refusedWith(g.record.make(ctx), http.StatusConflict); err != nil {
		return fmt.Errorf("made twice: %w", err)
	}
	if err := refusedWith(g.record.incomplete(ctx), http.StatusUnprocessableEntity); err != nil {
		return fmt.Errorf("made without its members: %w", err)
	}
	return nil
}

func (g *madeSteps) isGone(ctx context.Context) error {
	if err := g.record.remove(ctx); err != nil {
		return err
	}
	if _, err := g.record.read(ctx); refusedWith(err, http.StatusNotFound) != nil {
		return fmt.Errorf("it is still there: %w", err)
	}
	return refusedWith(g.record.remove(ctx), http.StatusNotFound)
}

func (g *madeSteps) inUse(ctx context.Context, what string) error {
	if what == "provider" {
		return refusedWith(g.Control.DeleteProvider(ctx, teamClient), http.StatusConflict)
	}
	return refusedWith(g.Control.DeleteTaxpayer(ctx, teamGSTIN), http.StatusConflict)
}

// refusedWith wants a refusal of the control API, which is a problem document with a code.
func refusedWith(err error, status int) error {
	p, ok := errors.AsType[*client.Problem](err)
	if !ok || p.Status != status || p.Code == "" {
		return fmt.Errorf("instead of a refusal with the status %d: %v", status, err) //nolint:errorlint // it may be nil
	}
	return nil
}
