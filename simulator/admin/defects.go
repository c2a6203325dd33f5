package admin

import (
	"context"
	"errors"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/world"
)

// Defects are the ways in which a world is wrong on purpose, and those that can be chosen.
type Defects struct {
	Names     []string        `json:"names"`
	Catalogue []defect.Defect `json:"catalogue"`
}

// ReadDefects returns the defects of a world.
func ReadDefects(_ context.Context, w *world.World) (Defects, error) {
	return Defects{w.Defects().Names(), defect.Catalogue()}, nil
}

// DefectNames is a choice of defects.
type DefectNames struct {
	Names []string `json:"names"`
}

// SetDefects replaces the defects of a world.
func SetDefects(ctx context.Context, w *world.World, chosen DefectNames) (Defects, error) {
	if chosen.Names == nil {
		return Defects{}, refuse("names", "value-invalid", "must be a list of defects; an empty one ends all of them")
	}
	err := w.SetDefects(ctx, chosen.Names)
	if unknown, ok := errors.AsType[*defect.UnknownError](err); ok {
		return Defects{}, refuse("names", "value-invalid", unknown.Error()+"; GET /control/v1/defects lists them")
	}
	if err != nil {
		return Defects{}, err
	}
	return ReadDefects(ctx, w)
}
