package irp

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g apiCallSteps) askElsewhere(ctx context.Context, p *scene.Person, portal, firm string) error {
	users := g.of(p).byPortal
	there, here := users[portal], users[otherPortal[portal]]
	if there == nil || here == nil {
		return fmt.Errorf("%s is not logged in to both portals' APIs", p.Name)
	}
	t, err := g.Taxpayer(ctx, p, firm)
	if err != nil {
		return err
	}
	h := there.headers()
	h["AuthToken"] = here.login.Token
	_, err = g.read(ctx, there, gstinPath+t.GSTIN, h)
	return err
}

func (g apiCallSteps) askOtherWorld(ctx context.Context, p *scene.Person, firm string) error {
	u, err := g.loggedIn(p)
	if err != nil {
		return err
	}
	t, err := g.Taxpayer(ctx, p, firm)
	if err != nil {
		return err
	}
	other, err := g.Elsewhere(ctx)
	if err != nil {
		return err
	}
	_, err = (&calls{Scene: other}).read(ctx, u, gstinPath+t.GSTIN, u.headers())
	return err
}
