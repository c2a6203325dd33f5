package steps

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/internal/count"
)

// Result is the result of a run. It has an outcome for every scenario of the features, performed or not.
type Result struct {
	Seed     int64     // of the order of scenarios; Options.Seed repeats it
	Strict   bool      // a failure at the level should counts like one at the level must
	Outcomes []Outcome // in the order of the features
	Stopped  string    // why the run ended early; empty if it did not
}

// Of returns the outcomes with one of the verdicts.
func (r Result) Of(verdicts ...Verdict) []Outcome {
	return r.where(func(o Outcome) bool { return slices.Contains(verdicts, o.Verdict) })
}

// Count is the number of outcomes with a verdict.
func (r Result) Count(v Verdict) int { return len(r.Of(v)) }

// Performed returns the outcomes of the scenarios that were performed.
func (r Result) Performed() []Outcome { return r.where(Outcome.Performed) }

// NotPerformed returns the outcomes of the scenarios that were not performed for a cause.
func (r Result) NotPerformed(c Cause) []Outcome {
	return r.where(func(o Outcome) bool { return o.Cause == c })
}

// Fails reports whether an outcome is a failure that makes the run fail. One at the level should does not, unless the
// run is strict.
func (r Result) Fails(o Outcome) bool {
	return o.Verdict == Fail && (r.Strict || o.Surprise || o.Scenario.Level() != features.Should)
}

// Failures returns the failures that make the run fail. Errors are not among them.
func (r Result) Failures() []Outcome { return r.where(r.Fails) }

// Warnings returns the failures that do not make the run fail.
func (r Result) Warnings() []Outcome {
	return r.where(func(o Outcome) bool { return o.Verdict == Fail && !r.Fails(o) })
}

func (r Result) where(holds func(Outcome) bool) (found []Outcome) {
	for _, o := range r.Outcomes {
		if holds(o) {
			found = append(found, o)
		}
	}
	return found
}

// OK reports whether the run came to its end, performed a scenario, and found no error and no failure that counts.
func (r Result) OK() bool {
	return r.Stopped == "" && len(r.Performed()) > 0 && len(r.Failures()) == 0 && r.Count(Error) == 0
}

// String summarises the result in one line.
func (r Result) String() string {
	selected := len(r.Performed()) + len(r.NotPerformed(RunEnded))
	line := fmt.Sprintf("%s: %d passed, %d failed", count.Of(selected, "scenario"), r.Count(Pass), r.Count(Fail))
	if n := len(r.Warnings()); n > 0 {
		line += fmt.Sprintf(" (%d of them at the level should)", n)
	}
	// Scenarios that the tags do not select are not counted.
	for _, part := range []struct {
		n    int
		text string
	}{
		{r.Count(FailedAsExpected), "failed as expected"},
		{r.Count(Error), "with an error"},
		{len(r.where(func(o Outcome) bool { return o.Verdict == Skipped && o.Cause == RunEnded })), "not run"},
		{len(r.NotPerformed(TargetLacks)), "skipped because the target lacks what they need"},
		{r.Count(Disabled) - len(r.NotPerformed(NotSelected)), "disabled by options"},
	} {
		if part.n > 0 {
			line += fmt.Sprintf(", %d %s", part.n, part.text)
		}
	}
	return line + fmt.Sprintf(" (seed %d)", r.Seed)
}

// ErrNothingSelected is the error of a run that selects no scenario. Such a run does not succeed.
var ErrNothingSelected = errors.New("no scenario was selected")

// ErrNothingByPages is the ErrNothingSelected of tags that select only scenarios about the JSON itself.
var ErrNothingByPages = fmt.Errorf("%w for a driver of web pages", ErrNothingSelected)

// nothingSelected is the error of a run that performs no scenario.
func (r Result) nothingSelected(tags string) error {
	for _, c := range []Cause{TargetLacks, OtherDay, OnlyJSON} {
		all := r.NotPerformed(c)
		if len(all) == 0 {
			continue
		}
		why := ErrNothingSelected
		if c == OnlyJSON {
			why = ErrNothingByPages
		}
		return fmt.Errorf("%w: %d of %d that the tags select are left out, such as %s: %s", why,
			len(all), len(r.Outcomes)-len(r.NotPerformed(NotSelected)), all[0].Scenario.Key(), all[0].Reason)
	}
	if strings.TrimSpace(tags) != "" {
		return fmt.Errorf("%w: none has the tags %q", ErrNothingSelected, tags)
	}
	return fmt.Errorf("%w: there is none", ErrNothingSelected)
}

// tally collects the outcomes of scenarios, which run in parallel.
type tally struct {
	mu       sync.Mutex         // guards outcomes
	outcomes map[string]Outcome // by the scenario's key
	watch    func(done, of int, o Outcome)
	of       int // scenarios to perform
}

func (t *tally) end(o Outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.outcomes[o.Scenario.Key()] = o
	if t.watch != nil && !errors.Is(o.Err, errNotRun) {
		t.watch(len(t.outcomes), t.of, o)
	}
}

// outcome is the outcome of a scenario, and whether it has ended.
func (t *tally) outcome(s features.Scenario) (o Outcome, ended bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o, ended = t.outcomes[s.Key()]
	return o, ended
}

// fill puts the outcomes of performed scenarios into the result. A scenario without an outcome is an error of the
// suite. If the run ended early, the scenarios that it did not perform are skipped.
func (r *Result) fill(t *tally, lost error) {
	for i := range r.Outcomes {
		if r.Outcomes[i].Cause != "" {
			continue
		}
		o, ended := t.outcome(r.Outcomes[i].Scenario)
		switch {
		case errors.Is(o.Err, errNotRun), lost != nil && (!ended || o.Err != nil && o.noAnswer):
			o = Outcome{Scenario: r.Outcomes[i].Scenario, Verdict: Skipped, Cause: RunEnded, noAnswer: o.noAnswer}
		case !ended:
			o = Outcome{Scenario: r.Outcomes[i].Scenario, Verdict: Error, Reason: "it was selected and not performed"}
		}
		r.Outcomes[i] = o
	}
	switch {
	case lost != nil:
		r.lose(lost)
	case len(r.NotPerformed(RunEnded)) > 0:
		r.stop("the run was interrupted")
	}
}

// stop says why the run ended early, of the run and of each scenario that was not performed.
func (r *Result) stop(why string) {
	r.Stopped = why
	for i := range r.Outcomes {
		if r.Outcomes[i].Cause == RunEnded {
			r.Outcomes[i].Reason = "not run: " + why
		}
	}
}

// lose ends the run because its target cannot be reached. That is one error, of the first scenario that noticed it,
// or else of the first scenario that was to be performed.
func (r *Result) lose(why error) {
	r.stop(why.Error())
	noticed := func(o Outcome) bool { return o.Cause == RunEnded && o.noAnswer }
	i := slices.IndexFunc(r.Outcomes, noticed)
	if i < 0 {
		i = slices.IndexFunc(r.Outcomes, func(o Outcome) bool { return o.Cause == RunEnded })
	}
	if i >= 0 {
		r.Outcomes[i].Verdict, r.Outcomes[i].Err, r.Outcomes[i].Reason = Error, why, why.Error()
	}
}
