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
	r := &scene.Registry{}
	for _, group := range slices.Concat(portal.Groups(s), irp.Groups(s), backstage.Groups(s)) {
		group.Register(r)
	}
	return r
}

// Needs returns what the sentences of a scenario need of a target beside its two portals, sorted.
func Needs(s features.Scenario) []needs.Need {
	var all []needs.Need
	for _, step := range s.Steps {
		all = append(all, meaning(step).Needs...)
	}
	return needs.Union(all)
}

// Expected returns the codes that the sentences of a scenario expect: those of the portals' refusals, and
// those of NIC's lists. A refusal with one code of NIC's counts as both.
func Expected(s features.Scenario) (refusals, nic []string) {
	for _, step := range s.Steps {
		m := meaning(step)
		refusals, nic = append(refusals, m.Refusals...), append(nic, m.NIC...)
		for _, code := range m.Refusals {
			if r, known := features.FindRefusal(code); known && len(r.NIC) == 1 {
				nic = append(nic, r.NIC[0])
			}
		}
	}
	return refusals, slices.Compact(slices.Sorted(slices.Values(nic)))
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
