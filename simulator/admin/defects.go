package admin

import (
	"context"
	"errors"
	"strings"

	"github.com/nicsim/nicsim/internal/document"
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

// DefectsLike asks whether a defect with a similar name was meant, as in "did you mean otp-any? ". It is empty
// if no name is similar.
func DefectsLike(name string) string {
	var names, similar []string
	for _, d := range defect.Catalogue() {
		names = append(names, d.Name)
		if len(name) > 2 && strings.Contains(d.Name, strings.ToLower(name)) {
			similar = append(similar, d.Name)
		}
	}
	if nearest, ok := document.Nearest(name, names); ok && len(similar) == 0 {
		similar = []string{nearest}
	}
	if len(similar) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(similar[:min(len(similar), 3)], " or ") + "? "
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
		return Defects{}, refuse("names", "value-invalid", unknown.Error()+"; "+DefectsLike(unknown.Name)+
			"GET /control/v1/defects lists them")
	}
	if err != nil {
		return Defects{}, err
	}
	return ReadDefects(ctx, w)
}
