package admin

import (
	"context"

	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/world"
)

// Situation is the situation of a world, beside all that it can be in.
type Situation struct {
	Name       string                `json:"name"`
	Situations []situation.Situation `json:"situations"`
}

// SituationChange names another situation.
type SituationChange struct {
	Name string `json:"name"`
}

// ReadSituation returns the situation of a world.
func ReadSituation(_ context.Context, w *world.World) (Situation, error) {
	return Situation{w.Situation(), situation.All()}, nil
}

// SetSituation puts a world into another situation. The faults of the former one are removed, and the settings that it
// changed have their values of before, unless they were changed since. The tester's own faults stay.
func SetSituation(ctx context.Context, w *world.World, change SituationChange) (Situation, error) {
	s, err := situation.Named(change.Name)
	if err != nil {
		return Situation{}, refuse("name", "situation-unknown", err.Error())
	}
	if err := limited(w.Enter(ctx, s), "name"); err != nil {
		return Situation{}, err
	}
	return ReadSituation(ctx, w)
}
