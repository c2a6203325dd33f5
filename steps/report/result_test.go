package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// checkSchema checks a result against the schema that is published.
func checkSchema(t *testing.T, document []byte) error {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("../../docs/result.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}

func written(t *testing.T, r report.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteResult(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// outcomes has a scenario of each verdict.
func outcomes() (all []steps.Outcome) {
	for i, v := range steps.Verdicts {
		o := steps.Outcome{Verdict: v, Took: 1500 * time.Microsecond, Scenario: features.Scenario{
			ID: "REF-" + strings.ToLower(string(v)), Row: i, Name: "It is " + string(v), Tags: []string{"@should", "@nic-2150"},
		}}
		if v != steps.Pass {
			o.Reason = "it is so"
		}
		all = append(all, o)
	}
	return all
}

func TestResultFollowsItsSchema(t *testing.T) {
	t.Parallel()
	r := run()
	r.Outcomes, r.On, r.Stopped = outcomes(), "2025-03-15", "the run was interrupted"
	r.Defects = []report.Defect{{Name: "captcha-reusable", Rule: "captcha-once", KilledBy: []string{"REF-a-2"}}}
	text := written(t, r)
	if err := checkSchema(t, text); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
	got, err := report.ReadResult(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if got.Summary != (report.Summary{Pass: 1, Fail: 1, Skipped: 1, Disabled: 1, ExpectedFailure: 1, Error: 1}) {
		t.Errorf("the summary is %+v", got.Summary)
	}
	want := report.Scenario{ID: "REF-fail", Row: 1, Title: "It is fail", Level: "should", Sources: []string{"nic-2150"},
		Outcome: steps.Fail, Reason: "it is so", DurationMs: 1}
	if diff := cmp.Diff(want, got.Scenarios[1]); diff != "" {
		t.Error(diff)
	}
	if got.Run.Seed != 42 || got.Run.OK || got.Run.Stopped == "" || got.Defects[0].KilledBy[0] != "REF-a-2" {
		t.Errorf("the run is %+v", got.Run)
	}
	for _, broken := range []string{`"outcome": "fail"`, `"reason": "it is so"`, `"row": 1`, `"seed": 42`, `"expectedFailure": 1`} {
		name, _, _ := strings.Cut(broken, ":")
		if err := checkSchema(t, bytes.Replace(text, []byte(broken), []byte(name+`: ""`), 1)); err == nil {
			t.Errorf("the schema takes %s without a value", name)
		}
	}
}

// Two runs with one seed give the same result but for times.
func TestResultIsRepeatable(t *testing.T) {
	t.Parallel()
	var documents [2]report.Document
	for i := range documents {
		sim := simtest.Start(t, simulator.Options{Seed: "42"})
		// Portals that are exchanged make scenarios fail, so that reasons are compared too.
		o := steps.Options{Sandbox: sim.Production, Production: sim.Sandbox, Control: sim.Control, Seed: 42,
			Tags: "@must && @guide-1.3"}
		result, err := steps.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if result.Count(steps.Fail) == 0 {
			t.Errorf("nothing failed: %s", result)
		}
		text := written(t, report.Run{Result: result, Driver: "json", Target: report.TargetInfo{Name: "t"}})
		if err := checkSchema(t, text); err != nil {
			t.Error(err)
		}
		if documents[i], err = report.ReadResult(bytes.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	times := cmp.Options{cmpopts.IgnoreFields(report.RunInfo{}, "Began", "TookMs"),
		cmpopts.IgnoreFields(report.Scenario{}, "DurationMs")}
	if diff := cmp.Diff(documents[0], documents[1], times); diff != "" {
		t.Error(diff)
	}
}

func TestReadResultRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                  "it is not a result",
		`{"version":2,"scenarios":[]}`:      "its version is 2",
		`{"name":"package"}`:                "it is not a result",
		`{"version":1}`:                     "or both scenarios and rules are",
		`{"version":1,"scenarios":[{"id":1`: "it is not a result",
	} {
		if _, err := report.ReadResult(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	document := func(verdicts string) (d report.Document) {
		for i, word := range strings.Fields(verdicts) {
			if word != "-" {
				d.Scenarios = append(d.Scenarios, report.Scenario{ID: "S", Row: i + 1, Outcome: steps.Verdict(word)})
			}
		}
		return d
	}
	c := report.Compare(
		document("pass pass fail expectedFailure skipped -    pass     pass    fail  pass skipped"),
		document("fail error pass pass           fail    fail disabled -       error pass pass"))
	keys := func(changes []report.Change) (all string) {
		for _, change := range changes {
			all += " " + change.Key
		}
		return strings.TrimSpace(all)
	}
	for what, got := range map[string][2]string{
		"broken": {keys(c.Broken), "S-1 S-2"}, "mended": {keys(c.Mended), "S-3 S-4"}, "failed": {keys(c.Failed), "S-5 S-6"},
		"gone": {keys(c.Gone), "S-7 S-8"}, "other": {keys(c.Other), "S-9 S-11"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %q, want %q", what, got[0], got[1])
		}
	}
	if c.Same != 1 {
		t.Errorf("%d are the same", c.Same)
	}
}

func TestBadge(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*report.Run){
		">1 of 3 failed<": func(*report.Run) {},
		">2 passed<":      func(r *report.Run) { r.Outcomes = r.Outcomes[:2] },
		">incomplete<":    func(r *report.Run) { r.Stopped = "interrupted" },
		">1 with an error<": func(r *report.Run) {
			r.Outcomes[2].Verdict = steps.Error
		},
	} {
		r := run()
		spoil(&r)
		var out bytes.Buffer
		if err := report.WriteBadge(&out, r); err != nil || !strings.Contains(out.String(), want) ||
			!strings.HasPrefix(out.String(), "<svg ") || strings.Contains(out.String(), "ZgotmplZ") {
			t.Errorf("%v: the badge lacks %s: %s", err, want, out.String())
		}
	}
}
