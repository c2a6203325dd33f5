package steps

import (
	"slices"
	"sync"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/backstage"
	"github.com/nicsim/nicsim/steps/internal/irp"
	"github.com/nicsim/nicsim/steps/internal/portal"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// register registers all sentences, to be performed in a scene.
func register(s *scene.Scene) *scene.Registry {
	r := scene.NewRegistry(s)
	portal.Register(r, s)
	irp.Register(r, s)
	backstage.Register(r, s)
	return r
}

// Needs returns what the sentences of each scenario need of a target beside its two portals, sorted, by the
// scenario's id. The rows of an outline have the needs of all of them.
func Needs(c features.Catalogue) map[string][]needs.Need {
	byID := map[string][]needs.Need{}
	for _, s := range c.Scenarios {
		for _, step := range s.Steps {
			byID[s.ID] = needs.Union(byID[s.ID], meaning(step).Needs)
		}
	}
	return byID
}

// Refusals returns the codes of the portals' refusals that the sentences of a scenario expect.
func Refusals(s features.Scenario) (codes []string) {
	for _, step := range s.Steps {
		codes = append(codes, meaning(step).Refusals...)
	}
	return codes
}

// NICCodes returns the codes of NIC's lists that the sentences of a scenario expect, sorted. They include
// those that come with each refusal by a portal.
func NICCodes(s features.Scenario) (codes []string) {
	for _, step := range s.Steps {
		codes = append(codes, meaning(step).NIC...)
	}
	for _, code := range Refusals(s) {
		if r, known := features.FindRefusal(code); known && len(r.NIC) == 1 {
			codes = append(codes, r.NIC[0])
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(codes)))
}

// meaning reads a sentence; the zero Meaning stands for one that is not registered. Scenarios repeat
// sentences, and reading one tries all expressions, so it remembers.
func meaning(sentence string) scene.Meaning {
	if known, ok := meanings.Load(sentence); ok {
		return known.(scene.Meaning)
	}
	m, _ := all().Meaning(sentence)
	meanings.Store(sentence, m)
	return m
}

var (
	all      = sync.OnceValue(func() *scene.Registry { return register(scene.New(scene.Target{})) })
	meanings sync.Map
)
