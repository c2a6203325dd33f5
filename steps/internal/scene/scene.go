// Package scene holds the state of one scenario while it is performed: its world, its people with their
// portals, the trace of all exchanges, and the answer to the last act. The packages portal, irp and
// backstage register the sentences that work on it.
package scene

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/target"
)

// Scene is the state of one scenario: its world, its people, and the answer to their last act.
type Scene struct {
	Target  Target
	World   string          // name of its world; "" at a target without control API
	Control *client.Control // nil without control API
	Trace   *Trace
	People  map[string]*Person
	Named   *Person           // "she" and "he" mean this person
	Other   *Scene            // another world, once a step has looked there
	Secrets map[string]string // what no portal may show, and what it is

	verdict
	gateways gateways
}

// New returns the scene of a scenario that has not begun.
func New(t Target) *Scene {
	return &Scene{Target: t, Trace: &Trace{hider: t.Hider()}, People: map[string]*Person{}, Secrets: map[string]string{}}
}

// Enter makes the world of that name; it does nothing at a target without control API.
func (s *Scene) Enter(ctx context.Context, world string) error {
	if s.Target.Control == "" {
		return nil
	}
	s.World = world
	return s.enterWorld(ctx)
}

// Leave closes what people looked at and ends the world, and the other one.
func (s *Scene) Leave(ctx context.Context) error {
	var errs []error
	for w := s; w != nil; w = w.Other {
		errs = append(errs, w.closePortals())
		if w.Control == nil {
			continue
		}
		if err := w.leaveWorld(ctx); err != nil {
			errs = append(errs, fmt.Errorf("ending the world: %w", err))
		}
	}
	return errors.Join(errs...)
}

// enterWorld makes an empty world. A run that was killed may have left a world of that name.
func (s *Scene) enterWorld(ctx context.Context) (err error) {
	options := s.HTTP(OnControl)
	options.ControlToken = string(s.Target.ControlToken)
	s.Control, err = client.NewControl(InWorld(s.Target.Control, s.World), options)
	if err != nil {
		return err
	}
	if err := s.leaveWorld(ctx); err != nil || s.Target.Begin.IsZero() {
		return err
	}
	// It is not in the trace: no step asked for it, or needs it.
	untraced, err := client.NewControl(InWorld(s.Target.Control, s.World),
		client.Options{HTTP: &http.Client{Transport: s.Target.Transport}, ControlToken: string(s.Target.ControlToken)})
	if err != nil {
		return err
	}
	return untraced.SetClock(ctx, client.Clock{Mode: client.ClockReal, Now: s.Target.Begin})
}

// leaveWorld ends the world. It returns no error if there is no such world.
func (s *Scene) leaveWorld(ctx context.Context) error {
	err := s.Control.DeleteWorld(ctx, s.World)
	if refusal, ok := errors.AsType[*client.Problem](err); ok && refusal.Status == http.StatusNotFound {
		return nil
	}
	return err
}

// HTTP are the client options for a listener: everything is recorded.
func (s *Scene) HTTP(listener string) client.Options {
	return client.Options{
		HTTP:      &http.Client{Transport: s.Trace.Via(listener, s.Target.Transport), Timeout: s.Target.Patience},
		UserAgent: "nicsim-conformance",
	}
}

// At returns the environment of a portal.
func (s *Scene) At(listener string) *target.Environment { return s.Target.At(listener == OnProduction) }

// Base is the base URL of a portal in the scenario's world.
func (s *Scene) Base(listener string) string { return InWorld(s.At(listener).Portal, s.World) }

// KeepSecret notes what no portal may show.
func (s *Scene) KeepSecret(kind, secret string) {
	if secret != "" {
		s.Secrets[secret] = kind
	}
}

// InWorld is the base URL of a listener in a world; an empty name stands for no world.
func InWorld(base, world string) string {
	if world == "" {
		return base
	}
	return base + "/w/" + world
}

// Elsewhere is another world, with the same people in it.
func (s *Scene) Elsewhere(ctx context.Context) (*Scene, error) {
	if s.Other == nil {
		other := New(s.Target)
		other.Trace, other.Secrets = s.Trace, s.Secrets
		if err := other.Enter(ctx, s.World+"-b"); err != nil {
			return nil, err
		}
		s.Other = other
	}
	return s.Other, nil
}

// Now is the time at the target: that of the world's clock or, without a control API, of the wall.
func (s *Scene) Now(ctx context.Context) (time.Time, error) {
	if s.Control == nil {
		return time.Now(), nil
	}
	clock, err := s.Control.Clock(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("asking for the time: %w", err)
	}
	return clock.Now, nil
}

// Advance puts the world's clock forward.
func (s *Scene) Advance(ctx context.Context, by time.Duration) error {
	if _, err := s.Control.Advance(ctx, by); err != nil {
		return fmt.Errorf("advancing the clock: %w", err)
	}
	return nil
}

// Target is what a scenario is performed against, and how.
type Target struct {
	target.Target
	Begin     time.Time // what each world's clock shows when its scenario begins; zero: the target's time
	Driver    Driver
	Transport http.RoundTripper
	Patience  time.Duration // how long a call may take; 0: as long as the client waits
	Run       *Run          // what the scenarios of a run share
	Ask       target.Ask    // answers questions at a target without control API
}
