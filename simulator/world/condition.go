package world

import (
	"context"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/store"
)

// Condition is how a world is, beside its records, its clock and its settings.
type Condition struct {
	Situation string              // empty: calm
	Replaced  map[string]Replaced // by setting: what the situation changed
	Faults    []fault.Live        // with their counts; those of the situation too
	Defects   []string
	Chance    string // of a world that is made: what it draws depends on this, on its name and on the seed
}

// Inspect calls f with the records of the world and with its condition, which belong together.
func (w *World) Inspect(ctx context.Context, f func(store.Reader, Condition) error) error {
	w.changing.Lock()
	defer w.changing.Unlock()
	is := w.state.Situation
	c := Condition{is.Name, is.Replaced, w.Faults.List(), w.Defects().Names(), w.state.Chance}
	return w.Store.View(ctx, func(r store.Reader) error { return f(r, c) })
}

// state returns the state of a fresh world of the condition.
func (c *Condition) state(s state) (state, error) {
	if c == nil {
		return s, nil
	}
	s.Situation, s.Defects, s.Chance = inForce{c.Situation, c.Replaced}, c.Defects, c.Chance
	if len(c.Faults) == 0 {
		return s, nil
	}
	var err error
	s.Faults, err = fault.Written(c.Faults)
	return s, err
}
