package portal

import (
	"context"
	"fmt"
	"slices"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g *acknowledgementSteps) clickTwice(ctx context.Context, p *scene.Person, username string) error {
	f, err := p.Current()
	if err != nil {
		return err
	}
	u, err := g.NewUser(ctx, p, "")
	if err != nil {
		return err
	}
	u.Username = username
	// Each click has its own place for the answer.
	var clicks [2]scene.Person
	next := make(chan *scene.Person, 2)
	for i := range clicks {
		clicks[i] = scene.Person{Trial: p.Trial, Production: p.Production}
		next <- &clicks[i]
	}
	first, second := scene.ClickTwice(func() error {
		click := <-next
		if f.Portal == scene.OnTrial {
			return scene.InRegistration(click).Create(ctx, f.ID, u)
		}
		return scene.InAPIRegistration(click).Create(ctx, f.ID, u)
	})
	g.clicks = nil
	for _, err := range []error{first, second} {
		code, err := scene.RefusedWith(err)
		if err != nil {
			return err
		}
		g.clicks = append(g.clicks, code)
	}
	return nil
}

func (g *acknowledgementSteps) oneMade(code string) error {
	got := slices.Sorted(slices.Values(g.clicks))
	if !slices.Equal(got, []string{"", code}) {
		return fmt.Errorf("the two clicks were refused as %q", g.clicks)
	}
	return nil
}
