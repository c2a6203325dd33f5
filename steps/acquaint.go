package steps

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// AccountError is the error of a run whose target refuses its API user.
type AccountError struct{ Err error }

func (e *AccountError) Error() string {
	return fmt.Sprintf("the target does not let its API user in: %v", e.Err)
}

// Unwrap returns the refusal.
func (e *AccountError) Unwrap() error { return e.Err }

// acquaint logs in to a target that has an API user of its own, if a selected scenario needs it, and asks it for the
// parties that were not given. The parties that it does not know are removed.
func (o *Options) acquaint(ctx context.Context, shared *scene.Run, selected []features.Scenario) error {
	wanted := map[needs.Need]bool{}
	for _, s := range selected {
		for _, n := range NeedsOf(s) {
			wanted[n] = true
		}
	}
	if o.Target.Control != "" || !wanted[needs.Account] {
		return nil
	}
	s := scene.New(scene.Target{Target: o.Target, Transport: o.Transport, Patience: o.Patience, Run: shared})
	api, err := s.Account(scene.OnTrial)
	if err != nil {
		return err
	}
	_, err = shared.Login(ctx, scene.OnTrial, api, time.Now())
	lost, unreachable := errors.AsType[*client.Unreachable](err)
	refusal, refused := errors.AsType[*client.APIError](err)
	switch {
	case unreachable:
		return &UnreachableError{Listener: "sandbox API", BaseURL: o.Target.Sandbox.API, Err: lost}
	case refused:
		return &AccountError{hide(refusal, o.hider)}
	case err != nil:
		return nil //nolint:nilerr // the target answers in another way than NIC, and the scenarios say so
	}
	parties := maps.Clone(o.Target.Parties)
	for _, role := range o.presumed {
		if !wanted[needs.Party(role)] {
			continue
		}
		_, err := api.Taxpayer(ctx, parties[role])
		if err != nil || o.Target.Lack(needs.GSTINDetails) != "" {
			delete(parties, role)
		}
	}
	o.Target.Parties = parties
	return nil
}
