package steps

import (
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/backstage"
	"github.com/nicsim/nicsim/steps/internal/gsp"
	"github.com/nicsim/nicsim/steps/internal/irp"
	"github.com/nicsim/nicsim/steps/internal/portal"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// register registers all sentences for a scene.
func register(s *scene.Scene) *scene.Registry {
	r := scene.NewRegistry(s)
	portal.Register(r, s)
	irp.Register(r, s)
	gsp.Register(r, s)
	backstage.Register(r, s)
	return r
}

// Needs returns the needs of each scenario by its id, sorted: those of all its rows.
func Needs(c features.Catalogue) map[string][]needs.Need {
	byID := map[string][]needs.Need{}
	for _, s := range c.Scenarios {
		byID[s.ID] = needs.Union(byID[s.ID], NeedsOf(s))
	}
	return byID
}

// NeedsOf returns the needs of one scenario or row, sorted.
func NeedsOf(s features.Scenario) (all []needs.Need) {
	users := map[string]bool{}
	for _, step := range s.Steps {
		needed := meaning(step).Needs
		who, _, _ := strings.Cut(step, " ")
		if person[who] && (slices.Contains(needed, needs.Account) || slices.Contains(needed, needs.ProductionAccount)) {
			users[who] = true
		}
		all = append(all, needed...)
	}
	if len(users) > 1 {
		all = append(all, needs.SecondAccount)
	}
	return needs.Union(all)
}

// person are the people with names; she and he are one of them.
var person = map[string]bool{"Asha": true, "Girish": true, "Mallory": true}

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

// Sources returns the sources of a scenario: those of its tags, without the @, and each of NIC's codes that it
// expects, as in nic-2150.
func Sources(s features.Scenario) []string {
	var all []string
	for _, tag := range s.Sources() {
		all = append(all, strings.TrimPrefix(tag, "@"))
	}
	for _, code := range NICCodes(s) {
		if source := "nic-" + code; !slices.Contains(all, source) {
			all = append(all, source)
		}
	}
	return all
}

// meaning returns the meaning of a sentence, the zero Meaning for an unregistered one. It caches meanings,
// because a look-up tries all expressions.
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
