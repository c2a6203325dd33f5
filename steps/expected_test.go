package steps_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
)

func TestExpectedFailures(t *testing.T) {
	for name, c := range map[string]struct {
		list   string
		counts [6]int
		red    string
		reason string // of S1-02, which fails
	}{
		"none":     {"", [...]int{2, 1, 0, 0, 0, 0}, "S1-02", "instead of nobody"},
		"it fails": {"S1-02 2999-12-31", [...]int{2, 0, 0, 0, 1, 0}, "", "expected until 2999-12-31 (ticket 7): "},
		"it has expired": {"S1-02 2020-01-31", [...]int{2, 1, 0, 0, 0, 0}, "S1-02",
			"was expected to fail until 2020-01-31"},
		"it passes":         {"S1-02 2999-12-31,S1-06-2 2999-12-31", [...]int{1, 1, 0, 0, 1, 0}, "S1-06-2", "ticket 7"},
		"all rows":          {"S1-02 2999-12-31,S1-06 2999-12-31", [...]int{0, 2, 0, 0, 1, 0}, "S1-06-1 S1-06-2", "ticket 7"},
		"one row of a list": {"S1-02-1 2999-12-31", [...]int{2, 1, 0, 0, 0, 0}, "S1-02", "instead of nobody"},
	} {
		o := options(t, "Feature: f\n"+strings.Replace(bad, "@must", "@should", 1)+outline)
		o.Strict = c.red == "S1-02" && !strings.Contains(c.reason, "was expected") // an expired entry counts at each level
		for _, entry := range strings.Split(c.list, ",") {
			if id, expires, given := strings.Cut(entry, " "); given {
				o.Expected = append(o.Expected, steps.ExpectedFailure{ID: id, Reason: "ticket 7", Expires: expires})
			}
		}
		result, err := steps.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if count(result) != c.counts || keys(result.Failures()) != c.red || result.OK() != (c.red == "") {
			t.Errorf("%s: %s, red are %q", name, result, keys(result.Failures()))
		}
		if reason := result.Outcomes[0].Reason; !strings.Contains(reason, c.reason) {
			t.Errorf("%s: the reason is %q", name, reason)
		}
	}
}

func TestReadExpectedFailures(t *testing.T) {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	const good = "- id: REF-otp-expired-1 # a row\n  reason: ticket 7\n  expires: 2026-12-31\n"
	got, err := steps.ReadExpectedFailures("f", []byte(good), catalogue)
	want := steps.ExpectedFailure{ID: "REF-otp-expired-1", Reason: "ticket 7", Expires: "2026-12-31"}
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("read %v, %v", got, err)
	}
	for _, empty := range []string{"", "# none is left\n", "[]"} {
		if got, err := steps.ReadExpectedFailures("f", []byte(empty), catalogue); err != nil || len(got) != 0 {
			t.Errorf("%q is %v, %v", empty, got, err)
		}
	}
	for text, want := range map[string]string{
		strings.Replace(good, "REF-otp-expired-1", "REF-none", 1): `f:1:7: [0].id: must be the id of a scenario; there is no "REF-none"`,
		good + good: "f:4:7: [1].id: is listed twice: REF-otp-expired-1",
		strings.Replace(good, "reason", "why", 1):        "must be given\nf:2:3: [0].why: is not a member here",
		strings.Replace(good, "ticket 7", `""`, 1):       "f:2:11: [0].reason: must be text",
		strings.Replace(good, "2026-12-31", "31.12.", 1): "f:3:12: [0].expires: must be a day",
		strings.Replace(good, "ticket 7", "[a]", 1):      "f:2:11: [0].reason: must be text",
		"id: REF-otp-expired-1\n":                        "f:1:1: must be a list of entries",
		"- 7\n":                                          "f:1:3: [0]: must be an entry",
		"- id: [\n":                                      "f:2:1: is not YAML",
	} {
		_, err := steps.ReadExpectedFailures("f", []byte(text), catalogue)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: the error is %v, want %q", text, err, want)
		}
	}
}
