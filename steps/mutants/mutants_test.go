//go:build mutants

// Package mutants performs the scenarios for make mutants, which judges mutants of the simulator by them. It ends at
// the first scenario that does not pass.
package mutants

import (
	"context"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
)

// TestPortals performs the scenarios of the portals.
func TestPortals(t *testing.T) { perform(t, func(s features.Scenario) bool { return !ofAPI(s) }) }

// TestAPI performs the scenarios of the e-Invoice API.
func TestAPI(t *testing.T) { perform(t, ofAPI) }

// ofAPI reports whether most of what a scenario does is done at the API.
func ofAPI(s features.Scenario) bool {
	return strings.HasPrefix(s.File, "api/") || s.File == "faults/api.feature" || s.File == "faults/limits.feature"
}

func perform(t *testing.T, only func(features.Scenario) bool) {
	sim := simtest.Start(t, simulator.Options{Seed: "mutants"})
	ctx, end := context.WithCancel(t.Context())
	result, err := steps.Run(ctx, steps.Options{
		Control: sim.Control, Sandbox: sim.Sandbox, Production: sim.Production, Seed: 1, Only: only,
		Watch: func(_, _ int, o steps.Outcome) {
			if o.Verdict == steps.Fail || o.Verdict == steps.Error {
				end()
			}
		},
	})
	end()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Of(steps.Fail, steps.Error) {
		t.Errorf("%s: %s", o.Scenario.Key(), o.Reason)
	}
}
