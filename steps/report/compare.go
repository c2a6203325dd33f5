package report

import "github.com/nicsim/nicsim/steps"

// Change is a scenario whose outcome differs between two runs.
type Change struct {
	Key, Title, Level string
	Before, After     steps.Verdict // empty for a scenario that the run does not know
	Reason            string        // of After
}

// Comparison is what changed from one run to another.
type Comparison struct {
	Broken []Change // passed before, and fails or has an error now
	Mended []Change // failed or had an error before, and passes now
	Failed []Change // fails or has an error now, and was not performed before
	Gone   []Change // passed before, and is not performed now
	Other  []Change // any other change
	Same   int      // scenarios with the same outcome
}

// Compare compares two runs, scenario by scenario. Those of neither run's tags are the same.
func Compare(before, after Document) (c Comparison) {
	old := map[string]Scenario{}
	for _, s := range before.Scenarios {
		old[s.Key()] = s
	}
	for _, s := range after.Scenarios {
		c.add(Change{Key: s.Key(), Title: s.Title, Level: s.Level, Before: old[s.Key()].Outcome, After: s.Outcome,
			Reason: s.Reason})
		delete(old, s.Key())
	}
	for _, s := range before.Scenarios {
		if _, gone := old[s.Key()]; gone {
			c.add(Change{Key: s.Key(), Title: s.Title, Level: s.Level, Before: s.Outcome,
				Reason: "the second run does not know it"})
		}
	}
	return c
}

func (c *Comparison) add(change Change) {
	failed := func(v steps.Verdict) bool { return v == steps.Fail || v == steps.Error }
	performed := func(v steps.Verdict) bool { return failed(v) || v == steps.Pass || v == steps.FailedAsExpected }
	into := &c.Other
	switch b, a := change.Before, change.After; {
	case b == a:
		c.Same++
		return
	case failed(a) && (b == steps.Pass):
		into = &c.Broken
	case a == steps.Pass && (failed(b) || b == steps.FailedAsExpected):
		into = &c.Mended
	case failed(a) && !performed(b):
		into = &c.Failed
	case b == steps.Pass && !performed(a):
		into = &c.Gone
	}
	*into = append(*into, change)
}
