package report_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

func run() report.Run {
	scenario := func(id, file, name string, tags ...string) features.Scenario {
		return features.Scenario{ID: id, File: file, Line: 7, Name: name, Tags: append(tags, "@must", "@guide-1.3")}
	}
	return report.Run{
		Result: steps.Result{
			Seed: 42,
			Outcomes: []steps.Outcome{
				{Scenario: scenario("B01-01", "behaviours/x.feature", "Behaves"), Verdict: steps.Pass, Took: 1500 * time.Millisecond},
				{Scenario: scenario("S1-walk", "section1/x.feature", "Walks", "@walk"), Verdict: steps.Pass, Steps: []steps.StepOutcome{
					{Keyword: "When", Text: `she clicks "Validate"`, Result: steps.StepPassed, Took: 12 * time.Millisecond,
						Picture: []byte("webp")},
					{Keyword: "Then", Text: "it stays", Result: steps.StepPassed, Picture: []byte("webp"), Unchanged: true},
				}},
				{Scenario: scenario("S1-02", "section1/x.feature", "Fails <b>"), Verdict: steps.Fail, Reason: "it & failed",
					Err: errors.New("it & failed"), Trace: "trial: GET /", Steps: []steps.StepOutcome{
						{Keyword: "When", Text: "first", Result: steps.StepFailed, Err: errors.New("it & failed"),
							NoPicture: "no page is open"},
						{Text: "second", Result: steps.StepNotReached},
					}},
				{Scenario: scenario("S1-03", "section1/x.feature", "Is left out"), Verdict: steps.Skipped,
					Cause: steps.TargetLacks, Reason: "the target has no clock"},
				{Scenario: scenario("S1-04", "section1/x.feature", "Is not selected"), Verdict: steps.Disabled,
					Cause: steps.NotSelected, Reason: "the tags do not select it"},
			},
		},
		Target: report.TargetInfo{Name: "our gateway", Sandbox: "http://portal.example"}, Version: "v1.2.3",
		Driver: "browser", Tags: "@must", Command: "nicsim conformance --seed 42",
		Began: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC), Took: 61 * time.Second,
	}
}

func TestReportHasTheResults(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := report.Write(&out, run()); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{
		"3 scenarios: 2 passed, 1 failed", "http://portal.example", "a simulator of the run’s own", "browser", "<code>@must</code>",
		"42",
		"26 November 2026, 12:00:00 UTC", "61.0 s", "nicsim conformance --seed 42",
		"<b>1</b> skipped", "S1-02", "Fails &lt;b&gt;",
		"<b>must</b> · guide-1.3 · section1/x.feature:7",
		"it &amp; failed", "trial: GET /", "not reached", "data:image/webp;base64,d2VicA==", `loading="lazy"`,
		"Nothing is shown in the browser: no page is open",
		`alt="What the browser showed after: she clicks &#34;Validate&#34;"`, `alt="What the browser showed after: it stays"`,
		"12 ms", "1.5 s",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for mark, want := range map[string]int{"base64,d2VicA==": 1, `<img class="shot-1"`: 2, ">unchanged<": 1} {
		if n := strings.Count(text, mark); n != want {
			t.Errorf("the report has %q %d times, want %d", mark, n, want)
		}
	}
	if n := strings.Count(text, `id="S1-02"`); n != 1 {
		t.Errorf("what failed is told %d times", n)
	}
	last := -1
	for _, part := range []string{"Summary", ">Failed<", `id="S1-02"`, "Section 1: the NIC trial portal",
		`id="S1-walk" open`, ">Behaviours<", `id="B01-01"`} {
		at := strings.Index(text, part)
		if at < last {
			t.Errorf("%q stands before what should come first", part)
		}
		last = at
	}
}

// A report is one file: it has no script, and refers to no other address.
func TestReportIsSelfContained(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := report.Write(&out, run()); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "link") {
			t.Errorf("it has <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if (a.Key == "src" || a.Key == "href") && !strings.HasPrefix(a.Val, "data:") {
				t.Errorf("it loads %s", a.Val)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestReportThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if err := report.Write(full{}, run()); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("the error is %v", err)
	}
}
