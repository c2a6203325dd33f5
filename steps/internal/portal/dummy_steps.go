package portal

import (
	"context"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g providerSteps) addDummy(ctx context.Context, p *scene.Person, state string) error {
	gstin, err := p.Trial.CreateDummyGSTIN(ctx, state)
	if err == nil {
		p.Dummies = append(p.Dummies, gstin)
	}
	return err
}

func (g providerSteps) dummiesAre(state, numbers string) error {
	var want []string
	for _, number := range strings.Split(numbers, ", ") {
		want = append(want, state+g.Named.FirmOfPAN.PAN+number)
	}
	return scene.Same("dummy GSTINs", strings.Join(g.Named.Dummies, ", "), strings.Join(want, ", "))
}

// createForDummy performs section 1 for the dummy GSTIN with the GSP's own client id.
func (g providerSteps) createForDummy(ctx context.Context, p *scene.Person, username string) error {
	if err := g.Verified(ctx, p, "the dummy GSTIN", scene.OnTrial); err != nil {
		return err
	}
	company, err := g.companyOf(ctx, p.Issued.ClientID)
	if err != nil {
		return err
	}
	u, err := g.NewUser(ctx, p, company)
	if err != nil {
		return err
	}
	u.Username = username
	return g.Create(ctx, p, u)
}

func (g providerSteps) companyOf(ctx context.Context, clientID string) (string, error) {
	providers, err := g.Control.Providers(ctx)
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
