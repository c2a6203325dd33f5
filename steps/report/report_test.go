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
	behaves := scenario("B01-01", "behaviours/x.feature", "Behaves", "@behaviour-01")
	behaves.Steps = []string{`the API refuses it with 2150 "Duplicate IRN"`}
	return report.Run{
		Result: steps.Result{
			Seed: 42,
			Outcomes: []steps.Outcome{
				{Scenario: behaves, Verdict: steps.Pass, Took: 1500 * time.Millisecond},
				{Scenario: scenario("S1-walk", "section1/x.feature", "Walks", "@walk"), Verdict: steps.Pass,
					Steps: []steps.StepOutcome{
						{Keyword: "When", Text: `she clicks "Validate"`, Result: steps.StepPassed, Took: 12 * time.Millisecond,
							Picture: []byte("webp")},
						{Keyword: "Then", Text: "it stays", Result: steps.StepPassed, Picture: []byte("webp"), Unchanged: true},
					}},
				{Scenario: scenario("S1-02", "section1/x.feature", "Fails <b>"), Verdict: steps.Fail, Reason: "it & failed",
					Err: errors.New("it & failed"), Trace: "trial: POST /portal/v1/captchas", Steps: []steps.StepOutcome{
						{Keyword: "When", Text: "first", Result: steps.StepFailed, Err: errors.New("it & failed"),
							NoPicture: "no page is open", Exchanges: []steps.Exchange{{Listener: "trial", Method: "POST",
								Path: "/portal/v1/captchas", Sent: `{"answer":"***"}`, Status: 422, StatusText: "Unprocessable Entity"}}},
						{Text: "second", Result: steps.StepNotReached},
					}},
				{Scenario: scenario("S1-03", "section1/x.feature", "Is left out"), Verdict: steps.Skipped,
					Cause: steps.TargetLacks, Reason: "the target has no clock"},
				{Scenario: scenario("S1-04", "section1/x.feature", "Is not selected"), Verdict: steps.Disabled,
					Cause: steps.NotSelected, Reason: "the tags do not select it"},
			},
		},
		Target: report.TargetInfo{Name: "our gateway", Sandbox: "http://portal.example"}, Version: "v1.2.3",
		Codes:  []report.Code{{"2150", "Duplicate IRN", "irn"}, {"2172", "For inter-state transaction", "irn"}},
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
		"1 of 3 scenarios failed", "our gateway", "http://portal.example", "browser", "<code>@must</code>", "42",
		"26 November 2026, 12:00:00 UTC", "61.0 s", "nicsim conformance --seed 42", "v1.2.3",
		"<b>2</b> passed", "<b>1</b> failed", "<b>1</b> skipped", "<b>1</b> disabled",
		"Fails &lt;b&gt;", "level <b>must</b>", "section1/x.feature:7",
		"<li>the guide, step 1.3: GSTIN, Phone number", "<dd>When first</dd>", `<dd class="found">it &amp; failed</dd>`,
		"<b>POST</b> <code>/portal/v1/captchas</code>", "  &#34;answer&#34;: &#34;***&#34;\n",
		"<b>422</b> Unprocessable Entity",
		"not reached", "data:image/webp;base64,d2VicA==", `loading="lazy"`,
		"Nothing is shown in the browser: no page is open", "the target has no clock",
		`alt="What the browser showed after: she clicks &#34;Validate&#34;"`, `alt="What the browser showed after: it stays"`,
		"12 ms", "1.5 s", `<a href="#S1-02" class="bad">S1-02</a>`, "1 failed, 2 passed",
		"1 of 2 codes on NIC’s lists", "Duplicate IRN",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for mark, want := range map[string]int{"base64,d2VicA==": 1, `<img class="shot-1"`: 2, "unchanged</span>": 1} {
		if n := strings.Count(text, mark); n != want {
			t.Errorf("the report has %q %d times, want %d", mark, n, want)
		}
	}
	if n := strings.Count(text, `id="S1-02"`); n != 1 {
		t.Errorf("what failed is told %d times", n)
	}
	last := -1
	for _, part := range []string{"The run", ">Failures ", `id="S1-02"`, ">The guide, step by step<", `id="left-out"`,
		">Section 1: the NIC trial portal <", `id="S1-walk" open`, ">Behaviours <", `id="B01-01"`} {
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
			if (a.Key == "src" || a.Key == "href") && !strings.HasPrefix(a.Val, "data:") && !strings.HasPrefix(a.Val, "#") {
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

// Each folder of the features has a title in the table of sections.
func TestSectionsHaveTitles(t *testing.T) {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	var all steps.Result
	for _, s := range catalogue.Scenarios {
		all.Outcomes = append(all.Outcomes, steps.Outcome{Scenario: s})
	}
	for _, row := range report.Sections(all) {
		if row.Title == row.Name {
			t.Errorf("%s has no title", row.Name)
		}
	}
}
