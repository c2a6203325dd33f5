package portal

import (
	"cmp"
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

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

func (g registrationSteps) nameShown(ctx context.Context, firm string) error {
	t, err := g.Taxpayer(ctx, g.Named, firm)
	if err != nil {
		return err
	}
	t, err = g.Control.Taxpayer(ctx, t.GSTIN)
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

func (g registrationSteps) lookAgain(ctx context.Context, p *scene.Person) error {
	f, err := p.Current()
	if err != nil {
		return err
	}
	p.Registration, err = p.Trial.Registration(ctx, f.ID)
	return err
}

func (g registrationSteps) waits() error {
	return scene.Same("state", g.Named.Registration.State, "OTP_SENT")
}
