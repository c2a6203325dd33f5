package steps

import (
	"errors"
	"fmt"
	"sync"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/needs"
)

// Result is the result of a run.
type Result struct {
	Seed     int64 // of the order of scenarios; Options.Seed repeats it
	Selected int   // scenarios to perform
	Passed   int
	Failed   int
	LeftOut  int                // selected by tags, but they need a control API and there is none
	Lacking  map[needs.Need]int // how many of those left out need that; many need several
	// LeftOutJSON are selected by tags, but are about the JSON itself, and the driver uses web pages.
	LeftOutJSON int
	// LeftOutDay are selected by tags, but NIC does not enforce on the day of the run what they tell.
	LeftOutDay int
	// NotRun are selected, but the run was interrupted before they began, or the target was lost before
	// they ended.
	NotRun   []features.Scenario
	Failures []Outcome // in the order of the features
	Outcomes []Outcome // of all scenarios that were performed, in the same order
}

// leaveOut counts a scenario whose needs the target does not meet.
func (r *Result) leaveOut(lacking []needs.Need) {
	if r.Lacking == nil {
		r.Lacking = map[needs.Need]int{}
	}
	r.LeftOut++
	for _, n := range lacking {
		r.Lacking[n]++
	}
}

// OK reports whether at least one scenario was selected and all passed.
func (r Result) OK() bool { return r.Selected > 0 && r.Failed == 0 && r.Passed == r.Selected }

// String summarises the result in one line.
func (r Result) String() string {
	line := fmt.Sprintf("%d scenarios: %d passed, %d failed", r.Selected, r.Passed, r.Failed)
	if n := len(r.NotRun); n > 0 {
		line += fmt.Sprintf(", %d not run", n)
	}
	if r.LeftOut > 0 {
		line += fmt.Sprintf(", %d left out because they need a control API", r.LeftOut)
	}
	if r.LeftOutJSON > 0 {
		line += fmt.Sprintf(", %d left out because they are about the JSON itself", r.LeftOutJSON)
	}
	if r.LeftOutDay > 0 {
		line += fmt.Sprintf(", %d left out because they are about another day", r.LeftOutDay)
	}
	return line + fmt.Sprintf(" (seed %d)", r.Seed)
}

// ErrNothingSelected is the error of a run that selects no scenario. Such a run does not succeed.
var ErrNothingSelected = errors.New("no scenario was selected")

// ErrNothingByPages is the ErrNothingSelected of tags that select only scenarios about the JSON itself.
var ErrNothingByPages = fmt.Errorf("%w for a driver of web pages", ErrNothingSelected)

// tally collects the outcomes of scenarios, which run in parallel.
type tally struct {
	mu       sync.Mutex         // guards outcomes
	outcomes map[string]Outcome // by the scenario's key
}

func (t *tally) end(o Outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.outcomes[o.Scenario.Key()] = o
}

// result counts the outcomes. A selected scenario without an outcome has failed. When the target was lost, a
// scenario that got no answer counts as not run.
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
			r.Failures = append(r.Failures, outcome)
		}
	}
	r.Failed = len(r.Failures)
	r.Passed = len(r.Outcomes) - r.Failed
	return r
}
