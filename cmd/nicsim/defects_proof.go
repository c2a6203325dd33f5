package main

import (
	"cmp"
	"slices"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/defect"
)

// proof decides which scenario is performed with which defect.
type proof struct {
	all       bool // every pair of a defect and a scenario that comes to its place
	trials    []*trial
	scenarios []features.Scenario // that come to the place of a defect
	killers   map[string]bool     // the keys of the scenarios that have found a defect
}

// trial is the proof of one defect.
type trial struct {
	foundDefect

	open  map[string]bool // the keys of the scenarios that may find it and were not performed with it
	about int             // how many of them are about its rule
	broad bool            // many scenarios come to its place
}

func newProof(affected map[string][]features.Scenario, all bool) *proof {
	p := &proof{all: all, killers: map[string]bool{}}
	known := map[string]bool{}
	for _, d := range defect.Catalogue() {
		t := &trial{foundDefect: foundDefect{Defect: d}, open: map[string]bool{}, broad: len(affected[d.Name]) > atOnce}
		for _, s := range affected[d.Name] {
			t.open[s.Key()] = true
			if t.isAbout(s) {
				t.about++
			}
			if !known[s.Key()] {
				known[s.Key()] = true
				p.scenarios = append(p.scenarios, s)
			}
		}
		p.trials = append(p.trials, t)
	}
	return p
}

// round gives scenarios a defect each, by their keys. It is empty when nothing is left to try.
func (p *proof) round() map[string]*trial {
	fewestFirst := slices.Clone(p.trials)
	slices.SortStableFunc(fewestFirst, func(a, b *trial) int { return cmp.Compare(len(a.open), len(b.open)) })
	round, given := map[string]*trial{}, map[*trial]int{}
	for _, s := range p.scenarios {
		key := s.Key()
		for _, t := range fewestFirst {
			if !t.open[key] || !p.wants(t, s, given[t]) {
				continue
			}
			delete(t.open, key)
			given[t]++
			if t.isAbout(s) {
				t.about--
			}
			round[key] = t
			break
		}
	}
	return round
}

// wants reports whether a scenario is to be performed with a defect, after it was given to so many others.
func (p *proof) wants(t *trial, s features.Scenario, given int) bool {
	if p.all || !t.broad || s.Level() == features.Must && !p.killers[s.Key()] {
		return true
	}
	if t.byItsRule() || given >= atOnce {
		return false
	}
	return t.isAbout(s) || t.about == 0 && len(t.KilledBy) == 0
}

// found notes that a scenario has found a defect.
func (p *proof) found(t *trial, s features.Scenario) {
	t.KilledBy = append(t.KilledBy, s)
	p.killers[s.Key()] = true
}

// results returns the defects in the order of the catalogue.
func (p *proof) results() (list []foundDefect) {
	for _, t := range p.trials {
		slices.SortFunc(t.KilledBy, func(a, b features.Scenario) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Row, b.Row))
		})
		list = append(list, t.foundDefect)
	}
	return list
}
