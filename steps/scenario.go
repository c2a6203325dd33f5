package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/client"
)

// scenario is the state of one scenario: its world, its people, and what came of their last act.
type scenario struct {
	target  Target
	world   string          // name of its world; "" at a target without control API
	control *client.Control // nil without control API
	trace   *trace
	people  map[string]*person
	named   *person           // whom "she" and "he" mean
	other   *scenario         // another world, once a step has looked there
	secrets map[string]string // what no portal may show, and what it is

	verdict
}

func newScenario(t Target) *scenario {
	return &scenario{target: t, trace: &trace{}, people: map[string]*person{}, secrets: map[string]string{}}
}

// enter makes the world of that name; it does nothing at a target without control API.
func (s *scenario) enter(ctx context.Context, world string) error {
	if s.target.Control == "" {
		return nil
	}
	s.world = world
	return s.enterWorld(ctx)
}

// leave closes what people looked at and ends the world, and the other one.
func (s *scenario) leave(ctx context.Context) error {
	var errs []error
	for w := s; w != nil; w = w.other {
		errs = append(errs, w.closePortals())
		if w.control == nil {
			continue
		}
		if err := w.leaveWorld(ctx); err != nil {
			errs = append(errs, fmt.Errorf("ending the world: %w", err))
		}
	}
	return errors.Join(errs...)
}

// enterWorld makes the world anew: a run that was killed may have left one of that name.
func (s *scenario) enterWorld(ctx context.Context) (err error) {
	s.control, err = client.NewControl(inWorld(s.target.Control, s.world), s.http(onControl))
	if err != nil {
		return err
	}
	return s.leaveWorld(ctx)
}

// leaveWorld ends the world. That there is none is as good.
func (s *scenario) leaveWorld(ctx context.Context) error {
	err := s.control.DeleteWorld(ctx, s.world)
	var refusal *client.Problem
	if errors.As(err, &refusal) && refusal.Status == http.StatusNotFound {
		return nil
	}
	return err
}

// http are the client options for a listener: everything is recorded.
func (s *scenario) http(listener string) client.Options {
	return client.Options{
		HTTP:      &http.Client{Transport: s.trace.via(listener, s.target.Transport)},
		UserAgent: "nicsim-conformance",
	}
}

// base is the base URL of a portal in the scenario's world.
func (s *scenario) base(listener string) string {
	if listener == onTrial {
		return inWorld(s.target.Sandbox, s.world)
	}
	return inWorld(s.target.Production, s.world)
}

// keepSecret notes what no portal may show.
func (s *scenario) keepSecret(kind, secret string) {
	if secret != "" {
		s.secrets[secret] = kind
	}
}

func inWorld(base, world string) string {
	if world == "" {
		return base
	}
	return base + "/w/" + world
}

// elsewhere is another world, with the same people in it.
func (s *scenario) elsewhere(ctx context.Context) (*scenario, error) {
	if s.other == nil {
		other := newScenario(s.target)
		other.trace, other.secrets = s.trace, s.secrets
		if err := other.enter(ctx, s.world+"-b"); err != nil {
			return nil, err
		}
		s.other = other
	}
	return s.other, nil
}

// now is the time at the target: that of the world's clock or, without a control API, of the wall.
func (s *scenario) now(ctx context.Context) (time.Time, error) {
	if s.control == nil {
		return time.Now(), nil
	}
	clock, err := s.control.Clock(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("asking for the time: %w", err)
	}
	return clock.Now, nil
}

// advance puts the world's clock forward.
func (s *scenario) advance(ctx context.Context, by time.Duration) error {
	if _, err := s.control.Advance(ctx, by); err != nil {
		return fmt.Errorf("advancing the clock: %w", err)
	}
	return nil
}

// Target is what scenarios are performed against. Sandbox, Production and Control are base URLs.
type Target struct {
	Sandbox, Production string
	Control             string // empty without a control API
	Driver              Driver
	Transport           http.RoundTripper
}
