package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

func TestMessages(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	// The portals are exchanged, so that walks fail. There is no control API, so that others are skipped.
	result, err := steps.Run(t.Context(), steps.Options{Sandbox: sim.Production, Production: sim.Sandbox,
		Tags: "@S1-01,@S1-walk,@B25-05"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := report.WriteMessages(&out, report.Run{Result: result}); err != nil {
		t.Fatal(err)
	}
	pickles, tests, stepOf, results := map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}
	var first, last messages.Envelope
	for i, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var e messages.Envelope
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		switch {
		case e.Pickle != nil:
			pickles[e.Pickle.Id] = e.Pickle.Name
		case e.TestCase != nil:
			tests[e.TestCase.Id] = pickles[e.TestCase.PickleId]
		case e.TestCaseStarted != nil:
			stepOf[e.TestCaseStarted.Id] = tests[e.TestCaseStarted.TestCaseId]
		case e.TestStepFinished != nil:
			results[stepOf[e.TestStepFinished.TestCaseStartedId]] += string(e.TestStepFinished.TestStepResult.Status) + " "
		}
		if i == 0 {
			first = e
		}
		last = e
	}
	if first.Meta == nil || last.TestRunFinished == nil || last.TestRunFinished.Success != result.OK() {
		t.Errorf("it begins with %+v and ends with %+v", first, last)
	}
	if len(results) != 3 {
		t.Errorf("there are %d scenarios: %v", len(results), results)
	}
	for _, o := range result.Outcomes {
		got := results[o.Scenario.Name]
		var fits bool
		switch o.Verdict {
		case steps.Pass:
			fits = got == strings.Repeat("PASSED ", len(o.Steps))
		case steps.Fail:
			fits = strings.Count(got, "FAILED") == 1
		case steps.Skipped:
			fits = got == strings.Repeat("SKIPPED ", len(o.Scenario.Steps))
		default:
			fits = got == ""
		}
		if !fits {
			t.Errorf("%s is %s, and its steps are %s", o.Scenario.Key(), o.Verdict, got)
		}
	}
}
