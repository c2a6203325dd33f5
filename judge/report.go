package judge

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/nicsim/nicsim/internal/count"
)

// Report is a verdict with what a reader must know of its run. It has no secrets: the journal masks them.
type Report struct {
	Verdict
	World   string // empty: the default one
	Control string // base URL
	Version string // of nicsim
	Strict  bool
	Judged  time.Time
}

// document is the report as JSON. docs/judge.schema.json describes it.
type document struct {
	Version int            `json:"version"`
	Run     runInfo        `json:"run"`
	Summary map[string]int `json:"summary"`
	Rules   []Result       `json:"rules"`
	GoLive  []sheetRow     `json:"goLive"`
}

type runInfo struct {
	Nicsim       string    `json:"nicsim"`
	Control      string    `json:"control"`
	World        string    `json:"world,omitempty"`
	Strict       bool      `json:"strict"`
	OK           bool      `json:"ok"`
	Judged       time.Time `json:"judged"`
	First        time.Time `json:"first"`
	Last         time.Time `json:"last"`
	Calls        int       `json:"calls"`
	Incomplete   bool      `json:"incomplete"` // the journal no longer has the first calls
	GSTINs       []string  `json:"gstins"`
	Environments []string  `json:"environments"`
	Clients      []string  `json:"clients"`
}

type sheetRow struct {
	Row
	MissingSuccesses int `json:"missingSuccesses"`
	MissingFailures  int `json:"missingFailures"`
}

// WriteResult writes the report as a JSON document.
func (r Report) WriteResult(w io.Writer) error {
	list := func(of []string) []string { return append([]string{}, of...) }
	d := document{
		Version: 1,
		Run: runInfo{r.Version, r.Control, r.World, r.Strict, r.OK(r.Strict), r.Judged, r.First, r.Last, r.Calls, r.Cut,
			list(r.GSTINs), list(r.Environments), list(r.Clients)},
		Summary: map[string]int{"pass": r.Count(Pass), "fail": r.Count(Fail), "skipped": r.Count(Skipped), "disabled": 0,
			"expectedFailure": 0, "error": 0},
	}
	for _, rule := range r.Rules {
		rule.Findings = list(rule.Findings)
		d.Rules = append(d.Rules, rule)
	}
	for _, row := range r.Sheet {
		d.GoLive = append(d.GoLive, sheetRow{row, row.MissingSuccesses(), row.MissingFailures()})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(d); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

//go:embed report.html
var files embed.FS

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report.html").Funcs(template.FuncMap{
		"when":  func(t time.Time) string { return t.In(india).Format("2 January 2006, 15:04:05 MST") },
		"count": count.Of,
		"list":  func(of []string) string { return cmp.Or(strings.Join(of, ", "), "not known") },
	}).ParseFS(files, "report.html"))
})

// WriteHTML writes the report as one HTML page, without scripts and other files.
func (r Report) WriteHTML(w io.Writer) error {
	if err := page().Execute(w, r); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// Headline is the verdict in words.
func (r Report) Headline() string {
	failed, warned := r.Failed(), r.Warned()
	switch {
	case r.Calls == 0:
		return "No call of the e-Invoice API was seen"
	case failed > 0:
		return fmt.Sprintf("The client broke %d of %s", failed, count.Of(len(r.Rules)-r.Count(Skipped), "rule"))
	case warned > 0:
		return fmt.Sprintf("The client broke no rule that it must keep; warnings: %d", warned)
	case r.Count(Pass) == 1:
		return "The client kept the one rule that could be judged"
	}
	return fmt.Sprintf("The client kept all %d rules that could be judged", r.Count(Pass))
}

// Failed counts the rules that fail the run.
func (r Report) Failed() (n int) {
	for _, each := range r.Rules {
		if r.Fails(each) {
			n++
		}
	}
	return n
}

// Warned counts the rules that were broken and do not fail the run.
func (r Report) Warned() int { return r.Count(Fail) - r.Failed() }

// Fails reports whether a result fails the run. Another failure is a warning.
func (r Report) Fails(of Result) bool { return of.Outcome == Fail && (r.Strict || of.Level == Must) }

// Word is the outcome of a result for people.
func (r Report) Word(of Result) string {
	if of.Outcome == Fail && !r.Fails(of) {
		return "warning"
	}
	return string(of.Outcome)
}
