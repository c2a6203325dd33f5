package steps_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/target"
)

// The scenarios of the e-Invoice API run through every gateway: at least 250, and none fails.
func TestSuiteThroughAGateway(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	for _, face := range target.Faces() {
		t.Run(face, func(t *testing.T) {
			result, err := steps.Run(t.Context(), steps.Options{Target: target.Target{Face: face}, Sandbox: sim.Sandbox,
				Production: sim.Production, Control: sim.Control, GSP: sim.GSP, WorldSuffix: "-" + face[:4]})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range result.Of(steps.Fail, steps.Error) {
				t.Errorf("%s: %s\n%s", o.Scenario.Key(), o.Reason, o.Trace)
			}
			if passed := result.Count(steps.Pass); passed < 250 {
				t.Errorf("%d scenarios passed", passed)
			}
			reasons := map[string]int{}
			for _, o := range result.NotPerformed(steps.TargetLacks) {
				reasons[o.Reason]++
			}
			for _, reason := range slices.Sorted(maps.Keys(reasons)) {
				t.Logf("%4d %s", reasons[reason], reason)
			}
			t.Log(result)
		})
	}
}
