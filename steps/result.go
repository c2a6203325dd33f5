package steps

import (
	"errors"
	"fmt"
	"sync"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/needs"
)

// Result is what a run found.
type Result struct {
	Seed     int64 // that shuffled the scenarios; give it to Options.Seed for the same order
	Selected int   // scenarios to perform
	Passed   int
	Failed   int
	LeftOut  int                // selected by tags, but their sentences need a control API and there is none
	Lacking  map[needs.Need]int // how many of those left out need that; many need several
	// LeftOutJSON are selected by tags, but speak of the JSON itself, and the driver goes by pages.
	LeftOutJSON int
	// NotRun are selected, but the run was interrupted before they began, or the target was lost before
	// they ended.
	NotRun   []features.Scenario
	Failures []Failure // in the order in which the scenarios stand in the features
	Outcomes []Outcome // of all scenarios that were performed, in the same order
}

// leaveOut counts a scenario that lacks something.
func (r *Result) leaveOut(lacking []needs.Need) {
	if r.Lacking == nil {
		r.Lacking = map[needs.Need]int{}
	}
	r.LeftOut++
	for _, n := range lacking {
		r.Lacking[n]++
	}
}

// OK tells whether something was performed and all of it passed.
func (r Result) OK() bool { return r.Selected > 0 && r.Failed == 0 && r.Passed == r.Selected }

// String sums the result up in a line.
func (r Result) String() string {
	line := fmt.Sprintf("%d scenarios: %d passed, %d failed", r.Selected, r.Passed, r.Failed)
	if n := len(r.NotRun); n > 0 {
		line += fmt.Sprintf(", %d not run", n)
	}
	if r.LeftOut > 0 {
		line += fmt.Sprintf(", %d left out for want of a control API", r.LeftOut)
	}
	if r.LeftOutJSON > 0 {
		line += fmt.Sprintf(", %d left out since they speak of the JSON itself", r.LeftOutJSON)
	}
	return line + fmt.Sprintf(" (seed %d)", r.Seed)
}

// Failure is a scenario that did not pass: a step failed, or is not registered.
type Failure struct {
	Scenario features.Scenario
	Err      error
	Trace    string // what was sent and answered, secrets masked
}

// ErrNothingSelected is the error of a run in which no scenario was performed: a run that proves
// nothing is not a success.
var ErrNothingSelected = errors.New("no scenario was selected")

// ErrNothingByPages is an ErrNothingSelected: all that the tags select speak of the JSON itself.
var ErrNothingByPages = fmt.Errorf("%w for a driver that goes by pages", ErrNothingSelected)

// tally collects the ends of scenarios, which run side by side.
type tally struct {
	mu       sync.Mutex         // guards what follows
	outcomes map[string]Outcome // by the scenario's key
}

func (t *tally) end(o Outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.outcomes[o.Scenario.Key()] = o
}

// result counts. A selected scenario that never ended has failed. When the target was lost, a scenario
// that got no answer proves nothing, and counts as not run.
func (t *tally) result(seed int64, selected []features.Scenario, leftOut Result, lost bool) Result {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := leftOut
	r.Seed, r.Selected = seed, len(selected)
	for _, s := range selected {
		outcome, ended := t.outcomes[s.Key()]
		if !ended {
			outcome = Outcome{Scenario: s, Err: errors.New("it was not performed")}
		}
		if errors.Is(outcome.Err, errNotRun) || lost && outcome.Err != nil && (!ended || outcome.noAnswer) {
			r.NotRun = append(r.NotRun, s)
			continue
		}
		r.Outcomes = append(r.Outcomes, outcome)
		if outcome.Err != nil {
			r.Failed++
			r.Failures = append(r.Failures, Failure{Scenario: s, Err: outcome.Err, Trace: outcome.Trace})
			continue
		}
		r.Passed++
	}
	return r
}
