package backstage

import (
	"context"
	"errors"
	"fmt"
)

// isNot asks from another world, since a request to a world makes it.
func (g *worldSteps) isNot(ctx context.Context) error {
	if err := g.endWorld(ctx); err != nil {
		return err
	}
	other, err := g.Elsewhere(ctx)
	if err != nil {
		return err
	}
	if g.worlds, err = other.Control.Worlds(ctx); err != nil {
		return err
	}
	if g.listed() {
		return errors.New("the ended world is still listed")
	}
	return nil
}

func (g *worldSteps) listed() bool {
	for _, w := range g.worlds {
		if w.Name == g.World {
			return true
		}
	}
	return false
}

func (g *worldSteps) isAmong() error {
	if !g.listed() {
		return fmt.Errorf("the world is not among %d worlds", len(g.worlds))
	}
	return nil
}
