package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// defectMatrix says which scenarios find which defects.
type defectMatrix struct {
	Sound   steps.Result  // of the simulator without a defect
	Defects []foundDefect // in the order of the catalogue; none if a scenario fails without a defect
}

// foundDefect is a defect with the scenarios that fail because of it, in the order of the features.
type foundDefect struct {
	defect.Defect

	KilledBy []features.Scenario
}

// byItsRule reports whether one of the scenarios is at the level must and about the broken rule.
func (d foundDefect) byItsRule() bool { return slices.ContainsFunc(d.KilledBy, d.isAbout) }

func (d foundDefect) isAbout(s features.Scenario) bool {
	return s.Level() == features.Must && s.IsAbout(d.Source)
}

// killers returns the keys of the scenarios that find the defect.
func (d foundDefect) killers() []string {
	keys := make([]string, len(d.KilledBy))
	for i, s := range d.KilledBy {
		keys[i] = s.Key()
	}
	return keys
}

// reported returns the defects as the reports have them.
func (m defectMatrix) reported() []report.Defect {
	list := make([]report.Defect, 0, len(m.Defects))
	for _, d := range m.Defects {
		list = append(list, report.Defect{Name: d.Name, Rule: d.Rule, KilledBy: d.killers()})
	}
	return list
}

// survivors returns the defects that no scenario finds.
func (m defectMatrix) survivors() (names []string) {
	for _, d := range m.Defects {
		if len(d.KilledBy) == 0 {
			names = append(names, d.Name)
		}
	}
	return names
}

// idle returns the scenarios at the level must that find no defect.
func (m defectMatrix) idle() (idle []features.Scenario) {
	killers := map[string]bool{}
	for _, d := range m.Defects {
		for _, s := range d.KilledBy {
			killers[s.Key()] = true
		}
	}
	for _, o := range m.Sound.Performed() {
		if s := o.Scenario; s.Level() == features.Must && !killers[s.Key()] {
			idle = append(idle, s)
		}
	}
	return idle
}

// atOnce is how many scenarios about a rule are performed before a run looks whether one of them has found the defect.
const atOnce = 40

// proveDefects performs the selected scenarios against a simulator without defects, and then again in worlds with one
// defect. A defect can change only the scenarios whose calls come to its place, so only these are performed with it.
// Without all, a defect that many scenarios come to is tried with those about its rule until one finds it, and with
// those that have found no other defect.
func (p program) proveDefects(ctx context.Context, options steps.Options, all bool) (defectMatrix, error) {
	var reached reachedBy
	sound, err := p.inWorlds(ctx, options, nil, reached.note)
	m := defectMatrix{Sound: sound}
	if err != nil || !sound.OK() {
		return m, err
	}
	proof := newProof(reached.scenarios(sound), all)
	for {
		round := proof.round()
		if len(round) == 0 {
			break
		}
		inWorld := map[string]string{}
		for key, d := range round {
			inWorld[worldPrefix(key)] = d.Name
		}
		options.Only = func(s features.Scenario) bool { return round[s.Key()] != nil }
		result, err := p.inWorlds(ctx, options, func(world string) []string {
			if name := inWorld[strings.TrimSuffix(world, "-b")]; name != "" {
				return []string{name}
			}
			return nil
		}, nil)
		if err != nil {
			return m, fmt.Errorf("performing scenarios with defects: %w", err)
		}
		for _, o := range result.Of(steps.Fail) {
			proof.found(round[o.Scenario.Key()], o.Scenario)
		}
	}
	m.Defects = proof.results()
	return m, nil
}

// inWorlds performs scenarios against a simulator of their own.
func (p program) inWorlds(ctx context.Context, options steps.Options, defects func(world string) []string,
	reached func(world, defect string)) (steps.Result, error) {
	urls, stop, err := p.start(ctx, simulator.Options{
		Seed: strconv.FormatInt(options.Seed, 10), DefectsIn: defects, Reached: reached, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return steps.Result{}, err
	}
	defer stop()
	options.Control, options.Sandbox, options.Production = urls.Control, urls.Sandbox, urls.Production
	options.GSP = urls.GSP
	options.Out = io.Discard
	return steps.Run(ctx, options)
}

// worldPrefix is the name of the world of a scenario, without the end that a further world of it has.
func worldPrefix(key string) string {
	return strings.TrimSuffix(steps.WorldName(key, ""), "-b")
}

// reachedBy has the worlds, by the names of defects, whose calls came to the places of the defects.
type reachedBy struct {
	mu     sync.Mutex // guards worlds
	worlds map[string]map[string]bool
}

func (r *reachedBy) note(world, defect string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.worlds == nil {
		r.worlds = map[string]map[string]bool{}
	}
	if r.worlds[defect] == nil {
		r.worlds[defect] = map[string]bool{}
	}
	r.worlds[defect][world] = true
}

// scenarios returns the scenarios that came to the place of each defect, in the order of the features.
func (r *reachedBy) scenarios(of steps.Result) map[string][]features.Scenario {
	affected := map[string][]features.Scenario{}
	for name, worlds := range r.worlds {
		began := map[string]bool{} // without the ends of the names of further worlds
		for world := range worlds {
			began[strings.TrimSuffix(world, "-b")] = true
		}
		for _, o := range of.Performed() {
			if began[worldPrefix(o.Scenario.Key())] {
				affected[name] = append(affected[name], o.Scenario)
			}
		}
	}
	return affected
}
