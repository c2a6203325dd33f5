package portal

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g *createSteps) hasCreatedInProduction(ctx context.Context, p *scene.Person, username, company string) error {
	return g.Made(ctx, p, username, company, p.Firm, scene.OnProduction)
}

func (g *createSteps) hasCreatedInTrial(ctx context.Context, p *scene.Person, username, company, firm string) error {
	if firm == "" {
		firm = p.Firm
	}
	return g.Made(ctx, p, username, company, firm, scene.OnTrial)
}

// hasCreatedFor requires that the person has a login for that firm.
func (g *createSteps) hasCreatedFor(ctx context.Context, p *scene.Person, username, firm string) error {
	if firm != p.Firm {
		return fmt.Errorf("%s has no login for %s", p.Name, firm)
	}
	return g.Made(ctx, p, username, "", firm, scene.OnProduction)
}

func (g *createSteps) refusedForPassword(ctx context.Context, p *scene.Person, password string) error {
	return g.MustRefuse(g.withPassword(ctx, p, password), "password-policy")
}

func (g *createSteps) refusedForHaste(ctx context.Context, p *scene.Person) error {
	return g.MustRefuse(g.withUsername(ctx, p, "too_early"), "wrong-state")
}

// direct creates an API user with client credentials instead of a company.
func (g *createSteps) direct(ctx context.Context, p *scene.Person, username, credentials string) error {
	f, err := p.Current()
	if err != nil {
		return err
	}
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
