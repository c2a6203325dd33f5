package main

import (
	"io/fs"
	"testing"
	"time"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
)

// TestSuiteOnOtherDays performs the scenarios of the API on days with other rules than today's. The race
// detector would find nothing in it that it does not find in TestConformance.
func TestSuiteOnOtherDays(t *testing.T) {
	api, err := fs.Sub(features.Files(), "api")
	if err != nil {
		t.Fatal(err)
	}
	sim := simtest.Start(t, simulator.Options{})
	for _, day := range []string{"2020-11-02", "2024-06-20", "2026-01-30"} {
		on, err := time.ParseInLocation(time.DateOnly, day, nic.IST)
		if err != nil {
			t.Fatal(err)
		}
		result := conform(t, steps.Options{
			Sandbox: sim.Sandbox, Production: sim.Production, Control: sim.Control, FS: api, On: on.Add(12 * time.Hour),
		})
		if len(result.NotPerformed(steps.OtherDay)) == 0 {
			t.Errorf("on %s, no scenario of another day was left out", day)
		}
	}
}
