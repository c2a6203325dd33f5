package steps_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps"
)

// filmed is the JSON driver with a camera. It counts the portals that are closed.
type filmed struct {
	steps.JSON
	closed *atomic.Int32
}

func (d filmed) Trial(baseURL string, o client.Options) (steps.TrialPortal, error) {
	p, err := d.JSON.Trial(baseURL, o)
	return &filmedTrial{p, d.closed, 0}, err
}

type filmedTrial struct {
	steps.TrialPortal
	closed *atomic.Int32
	seen   int
}

func (p *filmedTrial) Close() error { p.closed.Add(1); return nil }

// Picture returns a new picture once.
func (p *filmedTrial) Picture(context.Context) ([]byte, error) {
	if p.seen++; p.seen > 1 {
		return nil, nil
	}
	return []byte("the screen"), nil
}

func TestOutcomesHaveStepsAndPictures(t *testing.T) {
	const broken = `
  @S1-02 @must @sim
  Scenario: A wrong id, and more
    When Asha asks the trial portal for a captcha
    Then the answer has the request id "nobody"
    And its time has the offset of India
`
	o := options(t, "Feature: f\n"+good+broken+undefined)
	var closed atomic.Int32 // scenarios run in parallel
	cucumber := filepath.Join(t.TempDir(), "r.json")
	o.Driver, o.Pictures, o.Formats = filmed{closed: &closed}, true, []string{"cucumber:" + cucumber}
	result, err := steps.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"S1-01": {steps.StepPassed, steps.StepPassed},
		"S1-02": {steps.StepPassed, steps.StepFailed, steps.StepNotReached},
		"S1-03": {steps.StepUndefined},
	}
	if len(result.Outcomes) != len(want) {
		t.Fatalf("there are %d outcomes", len(result.Outcomes))
	}
	for _, outcome := range result.Outcomes {
		key := outcome.Scenario.Key()
		if len(outcome.Steps) != len(want[key]) || outcome.Began.IsZero() {
			t.Errorf("%s has the steps %+v", key, outcome.Steps)
			continue
		}
		for i, step := range outcome.Steps {
			if step.Result != want[key][i] || (step.Result == steps.StepFailed) != (step.Err != nil &&
				step.Result != steps.StepUndefined) {
				t.Errorf("%s: %q is %s, %v", key, step.Text, step.Result, step.Err)
			}
			reached, opened := step.Result != steps.StepNotReached, key != "S1-03"
			if pictured := reached && opened; pictured != (step.Picture != nil) || step.Unchanged != (pictured && i > 0) {
				t.Errorf("%s: %q has a picture of %d bytes, unchanged %t", key, step.Text, len(step.Picture), step.Unchanged)
			}
			if (step.NoPicture != "") != (reached && !opened) {
				t.Errorf("%s: %q has no picture since %q", key, step.Text, step.NoPicture)
			}
		}
	}
	if n := closed.Load(); n != 2 { // S1-03 has no action
		t.Errorf("%d portals were closed", n)
	}
	report, err := os.ReadFile(cucumber)
	if err != nil || bytes.Count(report, []byte(base64.StdEncoding.EncodeToString([]byte("the screen")))) != 2 {
		t.Errorf("the cucumber report is %s, %v", report, err)
	}
}

// byPages is a driver of web pages.
type byPages struct{ steps.JSON }

func (byPages) SpeaksJSON() bool { return false }

func TestPagesLeaveTheJSONOut(t *testing.T) {
	const json = `
  @S1-05 @must @sim @json
  Scenario: JSON's own
    When Asha asks the trial portal for a captcha
`
	o := options(t, "Feature: f\n"+good+json+needy)
	o.Driver = byPages{}
	result, err := steps.Run(t.Context(), o)
	if err != nil || count(result) != [...]int{1, 0, 1, 1, 0, 0} || len(result.NotPerformed(steps.OnlyJSON)) != 1 {
		t.Errorf("%s, %v", result, err)
	}
	o.Tags = "@S1-05"
	if _, err := steps.Run(t.Context(), o); err == nil {
		t.Error("a run of nothing was a success")
	}
}

// The exchanges of a scenario that did not pass are at the steps that made them, and the calls have names.
func TestOutcomesHaveExchanges(t *testing.T) {
	twice := strings.Replace(bad, "    Then", "    When Asha asks the trial portal for a captcha\n    Then", 1)
	o := options(t, "Feature: f\n"+good+twice)
	result, err := steps.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	passed, failed := result.Outcomes[0], result.Outcomes[1]
	if len(passed.Calls) != 1 || passed.Calls[0] != "POST /portal/v1/captchas" || len(passed.Steps[0].Exchanges) != 0 {
		t.Errorf("the scenario that passed has %q and %v", passed.Calls, passed.Steps)
	}
	for i, want := range []int{1, 1, 0} {
		if got := failed.Steps[i].Exchanges; len(got) != want || want > 0 && (got[0].Status != 201 || got[0].Got == "") {
			t.Errorf("step %d has the exchanges %v", i, got)
		}
	}
}
