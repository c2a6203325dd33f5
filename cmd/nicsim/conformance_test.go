package main

import (
	"testing"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
)

// TestConformance performs every scenario of the features against a simulator, each as a subtest.
func TestConformance(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	result := conform(t, steps.Options{
		Sandbox: sim.Sandbox, Production: sim.Production, Control: sim.Control,
		Adjust: func(o *godog.Options) { o.TestingT = t },
	})
	if result.LeftOut > 0 {
		t.Errorf("%d scenarios were left out", result.LeftOut)
	}
}

// TestConformanceWithoutControl is how a target is judged that has no control API: as far as one
// gets without reading a captcha or an OTP.
func TestConformanceWithoutControl(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	result := conform(t, steps.Options{Sandbox: sim.Sandbox, Production: sim.Production})
	if result.LeftOut == 0 {
		t.Error("no scenario was left out")
	}
}

// TestConformanceTwice shows that a run leaves nothing behind that the next one trips over.
func TestConformanceTwice(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	for range 2 {
		conform(t, steps.Options{
			Sandbox: sim.Sandbox, Production: sim.Production, Control: sim.Control,
			Tags: "@walk,@B06-01,@B26-02",
		})
	}
}

func conform(t *testing.T, o steps.Options) steps.Result {
	t.Helper()
	result, err := steps.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(result)
	for _, f := range result.Failures {
		t.Errorf("%s %s:%d: %v\n%s", f.Scenario.Key(), f.Scenario.File, f.Scenario.Line, f.Err, f.Trace)
	}
	return result
}
