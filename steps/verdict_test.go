package steps_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/steps"
)

// count counts the outcomes by verdict, in the order of steps.Verdicts: pass, fail, skipped, disabled, expected
// failure, error.
func count(r steps.Result) (n [6]int) {
	for i, v := range steps.Verdicts {
		n[i] = r.Count(v)
	}
	return n
}

func keys(outcomes []steps.Outcome) string {
	var all []string
	for _, o := range outcomes {
		all = append(all, o.Scenario.Key())
	}
	return strings.Join(all, " ")
}

func TestRunCounts(t *testing.T) {
	cases := map[string]struct {
		feature, tags string
		counts        [6]int
		red           string
	}{
		"one that passes":                 {feature: good, counts: [...]int{1, 0, 0, 0, 0, 0}},
		"rows of an outline":              {feature: outline, counts: [...]int{2, 0, 0, 0, 0, 0}},
		"one that fails":                  {feature: good + bad, counts: [...]int{1, 1, 0, 0, 0, 0}, red: "S1-02"},
		"an unknown step":                 {feature: good + undefined, counts: [...]int{1, 0, 0, 0, 0, 1}, red: "S1-03"},
		"a refusal without a step for it": {feature: unseen, counts: [...]int{0, 1, 0, 0, 0, 0}, red: "S1-05"},
		"one that needs control":          {feature: good + needy, counts: [...]int{1, 0, 1, 0, 0, 0}},
		"some disabled by tag":            {feature: good + bad, tags: "~@S1-02", counts: [...]int{1, 0, 0, 1, 0, 0}},
		"or, and one needs control": {feature: good + bad + needy, tags: "@S1-01,@should",
			counts: [...]int{1, 0, 1, 1, 0, 0}},
		"by what they need":     {feature: good + needy, tags: "~@needs-settings", counts: [...]int{1, 0, 0, 1, 0, 0}},
		"by what they need not": {feature: good + needy, tags: "@must && ~@needs-clock", counts: [...]int{1, 0, 0, 1, 0, 0}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			o := options(t, "Feature: f\n"+c.feature)
			o.Tags = c.tags
			result, err := steps.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if got := count(result); got != c.counts {
				t.Errorf("the counts are %v, want %v: %s", got, c.counts, result)
			}
			if got := keys(append(result.Failures(), result.Of(steps.Error)...)); got != c.red || result.OK() != (got == "") {
				t.Errorf("%q are red, want %q; OK is %t", got, c.red, result.OK())
			}
			for _, o := range result.Outcomes {
				if (o.Reason == "") != (o.Verdict == steps.Pass) || o.Performed() == (o.Cause != "") {
					t.Errorf("%s is %s because of %q, %q", o.Scenario.Key(), o.Verdict, o.Cause, o.Reason)
				}
			}
		})
	}
}

// A failure at the level should is a warning, unless the run is strict.
func TestLevels(t *testing.T) {
	for strict, ok := range map[bool]bool{false: true, true: false} {
		o := options(t, "Feature: f\n"+good+strings.Replace(bad, "@must", "@should", 1))
		o.Strict = strict
		result, err := steps.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if count(result) != [...]int{1, 1, 0, 0, 0, 0} || result.OK() != ok ||
			len(result.Warnings()) == len(result.Failures()) {
			t.Errorf("strict %t: %s, OK %t", strict, result, result.OK())
		}
	}
}

// An error of the suite is not a failure of the target.
func TestErrorsOfTheSuite(t *testing.T) {
	o := options(t, "Feature: f\n"+good)
	o.Control = serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError) // no world can be made
	}))
	result, err := steps.Run(t.Context(), o)
	if err != nil || count(result) != [...]int{0, 0, 0, 0, 0, 1} || result.OK() {
		t.Errorf("%s, %v", result, err)
	}
}
