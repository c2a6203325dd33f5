package world

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// state is what a world keeps of itself in its store.
type state struct {
	Version   int  // counts the changes
	Made      bool // the world was filled, and its first state is whole
	Openings  int  // how often the world was opened
	Chance    string
	CreatedAt time.Time
	UsedAt    time.Time // when the world was opened or closed
	Clock     clock.State
	Settings  json.RawMessage // null until they are changed: then the world has its defaults
	Faults    json.RawMessage // null until there are some
	Situation inForce
	Defects   []string
}

func (s *state) put(tx store.Tx) error {
	s.Version++
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return tx.PutState(data)
}

// restore reads the state of an earlier opening, if there was one, counts this opening and applies the state. A fresh
// world has a condition, or nil.
func (w *World) restore(ctx context.Context, fresh *Condition) (err error) {
	w.state, err = fresh.state(state{CreatedAt: w.CreatedAt, Clock: w.Clock.State(), Defects: w.state.Defects,
		Made: w.state.Made})
	if err != nil {
		return err
	}
	err = w.Store.Update(ctx, func(tx store.Tx) error {
		data, err := tx.State()
		if err == nil {
			err = json.Unmarshal(data, &w.state)
		}
		if err != nil && !store.IsMissing(err) {
			return err
		}
		w.state.Openings++
		w.state.UsedAt = w.LastUsedAt()
		return w.state.put(tx)
	})
	if err != nil {
		return fmt.Errorf("reading its state: %w", err)
	}
	apply, err := w.prepare(w.state)
	if err != nil {
		return err
	}
	apply(w.Faults.Replace)
	w.CreatedAt = w.state.CreatedAt
	if w.state.Chance != "" {
		w.roll(w.Dice.Child("import " + w.state.Chance))
	}
	if n := w.state.Openings; n > 1 { // what was drawn before is in the store, and must not be drawn again
		w.roll(w.Dice.Child("opening " + strconv.Itoa(n)))
	}
	return nil
}

// prepare returns a function that applies a state. It gives the faults to Replace or to Adopt.
func (w *World) prepare(s state) (apply func(faults func([]fault.Live)), err error) {
	set := w.Defaults()
	if len(s.Settings) > 0 {
		set.Rules = nil
		if err := json.Unmarshal(s.Settings, &set); err != nil {
			return nil, fmt.Errorf("reading its settings: %w", err)
		}
	}
	var faults []fault.Live
	if len(s.Faults) > 0 {
		if err := json.Unmarshal(s.Faults, &faults); err != nil {
			return nil, fmt.Errorf("reading its faults: %w", err)
		}
	}
	defects, err := defect.NewSet(s.Defects, w.reached)
	return func(change func([]fault.Live)) {
		w.defects.Store(defects)
		w.settings.Store(&set)
		change(faults)
		w.Clock.Restore(s.Clock)
	}, err
}

// roll gives the world its dice.
func (w *World) roll(d *dice.Dice) {
	w.Dice, w.Passwords, w.Faults.Chance = d, password.NewHasher(d), d.Stream("fault").Float64
}

// change keeps a changed state and then applies it. The changes of a world are made one after the other.
func (w *World) change(ctx context.Context, f func(*state) (apply func(), err error)) error {
	w.changing.Lock()
	defer w.changing.Unlock()
	w.used.Store(true)
	if w.shared {
		return w.changeShared(ctx, f)
	}
	next := w.state
	apply, err := f(&next)
	if err != nil {
		return err
	}
	if err := w.Store.Update(ctx, next.put); err != nil {
		return w.notKept(err)
	}
	w.state = next
	apply()
	return nil
}

func (w *World) notKept(err error) error {
	return fmt.Errorf("keeping the state of world %s: %w", w.Name, err)
}

// ChangeClock changes the clock and keeps its state. When f returns an error, the clock is unchanged.
func (w *World) ChangeClock(ctx context.Context, f func(*clock.Clock) error) error {
	return w.change(ctx, func(s *state) (func(), error) {
		changed := w.Clock.Copy()
		err := f(changed)
		s.Clock = changed.State()
		return func() { w.Clock.Restore(s.Clock) }, err
	})
}

// ChangeSettings lets f edit a copy of the settings, and enforces and keeps that from the next request on. When f
// returns an error, the settings are unchanged.
func (w *World) ChangeSettings(ctx context.Context, f func(*settings.Settings) error) (settings.Settings, error) {
	var next settings.Settings
	err := w.change(ctx, func(s *state) (func(), error) {
		next = w.Settings().Clone()
		if err := f(&next); err != nil {
			return nil, err
		}
		var err error
		s.Settings, err = json.Marshal(next)
		return func() { w.settings.Store(&next) }, err
	})
	return next, err
}

// SetSettings replaces the settings.
func (w *World) SetSettings(ctx context.Context, s settings.Settings) error {
	_, err := w.ChangeSettings(ctx, func(now *settings.Settings) error { *now = s; return nil })
	return err
}

// SetDefects replaces the defects of the world, and keeps them. The error is a [*defect.UnknownError] for a name that
// no defect has.
func (w *World) SetDefects(ctx context.Context, names []string) error {
	return w.change(ctx, func(s *state) (func(), error) {
		next, err := defect.NewSet(names, w.reached)
		s.Defects = next.Names()
		return func() { w.defects.Store(next) }, err
	})
}

// ChangeFaults lets f edit the rules of the faults, and keeps them. A rule that stays keeps its counts. When f returns
// an error, the rules are unchanged.
func (w *World) ChangeFaults(ctx context.Context, f func([]fault.Live) ([]fault.Live, error)) error {
	return w.change(ctx, func(s *state) (func(), error) {
		next, err := f(w.Faults.List())
		if err != nil {
			return nil, err
		}
		s.Faults, err = json.Marshal(next)
		return func() { w.Faults.Replace(next) }, err
	})
}

// KeepFaults keeps the counts of the faults, so that a world that is opened again goes on counting. It does nothing for
// a world that has ended, which has no faults and may be open again.
func (w *World) KeepFaults(ctx context.Context) error {
	if w.ended.Load() {
		return nil
	}
	return w.ChangeFaults(ctx, func(now []fault.Live) ([]fault.Live, error) { return now, nil })
}

// Synchronise updates NIC's copy of a taxpayer from the GST common portal, which ends its stale records.
func (w *World) Synchronise(ctx context.Context, env nic.Environment, gstin string) error {
	if !w.Faults.Armed() {
		return nil
	}
	w.Faults.Synchronise(fault.When{Environment: env, GSTIN: gstin})
	return w.KeepFaults(ctx)
}
