package world

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/situation"
)

// inForce is the situation of a world, and what it changed.
type inForce struct {
	Name     string              // empty: calm
	Replaced map[string]Replaced // by setting
}

// Replaced are the values of a setting that a situation changed, as text.
type Replaced struct {
	Before string `json:"before"`
	During string `json:"during"`
}

// leave gives settings the values that they had before the situation. A value that was changed since stays.
func (i inForce) leave(s *settings.Settings) error {
	for _, d := range settings.All() {
		if was, ok := i.Replaced[d.Name]; ok && d.Of(*s) == was.During {
			if err := d.Set(s, was.Before); err != nil {
				return fmt.Errorf("leaving the situation %s: %w", i.Name, err)
			}
		}
	}
	return nil
}

// enter applies a situation to settings and remembers what it changed.
func enter(to situation.Situation, s *settings.Settings) (inForce, error) {
	now := inForce{Name: to.Name, Replaced: map[string]Replaced{}}
	before := s.Clone()
	if err := to.Apply(s); err != nil {
		return now, err
	}
	for _, d := range settings.All() {
		if was, is := d.Of(before), d.Of(*s); was != is {
			now.Replaced[d.Name] = Replaced{was, is}
		}
	}
	return now, nil
}

// Situation returns the name of the situation that the world is in.
func (w *World) Situation() string {
	w.changing.Lock()
	defer w.changing.Unlock()
	if name := w.state.Situation.Name; name != "" {
		return name
	}
	return situation.Calm
}

// CalmSettings returns the settings that the world would have if it were calm.
func (w *World) CalmSettings() (settings.Settings, error) {
	w.changing.Lock()
	defer w.changing.Unlock()
	s := w.Settings().Clone()
	return s, w.state.Situation.leave(&s)
}

// Enter puts a situation in place of the one that the world is in: its faults, and its settings. The tester's own
// faults stay, and come before those of the situation. The error is [fault.ErrTooMany] or [fault.ErrTooLong] if they
// are too many together.
func (w *World) Enter(ctx context.Context, to situation.Situation) error {
	return w.enter(ctx, to, func(l fault.Live) bool { return l.Rule.Situation() == "" })
}

// begin puts the situation of a fresh world in force.
func (w *World) begin(ctx context.Context, name string) error {
	s, err := situation.Named(name)
	if err != nil {
		return fmt.Errorf("the situation: %w", err)
	}
	return w.Enter(ctx, s)
}

// ClearFaults removes every fault. The world is calm then.
func (w *World) ClearFaults(ctx context.Context) error {
	calm, err := situation.Named(situation.Calm)
	if err != nil {
		return err
	}
	return w.enter(ctx, calm, func(fault.Live) bool { return false })
}

func (w *World) enter(ctx context.Context, to situation.Situation, stays func(fault.Live) bool) error {
	return w.change(ctx, func(s *state) (func(), error) {
		figures := w.Settings().Clone()
		if err := s.Situation.leave(&figures); err != nil {
			return nil, err
		}
		now, err := enter(to, &figures)
		if err != nil {
			return nil, err
		}
		if len(s.Situation.Replaced)+len(now.Replaced) > 0 {
			if s.Settings, err = json.Marshal(figures); err != nil {
				return nil, err
			}
		}
		s.Situation = now
		faults := slices.DeleteFunc(w.Faults.List(), func(l fault.Live) bool { return !stays(l) })
		for _, r := range to.Rules() {
			faults = append(faults, fault.Live{Rule: r})
		}
		if s.Faults, err = fault.Written(faults); err != nil {
			return nil, err
		}
		return func() { w.settings.Store(&figures); w.Faults.Replace(faults) }, nil
	})
}
