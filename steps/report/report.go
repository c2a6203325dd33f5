// Package report writes the result of a run: as HTML for people, as JUnit XML for CI systems, as JSON and as Cucumber
// messages for programs, and as a badge.
//
// The HTML has a summary, what failed with the exchanges, the guide step by step, the error codes that were shown,
// every scenario, and the pictures of the browser driver. It loads no other file and runs no script.
package report

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/steps"
)

// Run is the run of a report.
type Run struct {
	steps.Result
	Target   TargetInfo
	Version  string // of nicsim
	Platform string // Go's version, operating system and processor
	Driver   string // as the flag names it
	Tags     string
	On       string // the day, as in 2025-03-15; empty for today
	Command  string // that repeats the run
	Began    time.Time
	Took     time.Duration
	Codes    []Code // NIC's lists of error codes
	Defects  []Defect
}

// Code is one of NIC's error codes.
type Code struct{ Code, Words, Group string }

// words is the text of one of NIC's codes, "" if it is not on the lists.
func (r Run) words(code string) string {
	for _, c := range r.Codes {
		if c.Code == code {
			return c.Words
		}
	}
	return ""
}

//go:embed report.html report.css badge.svg
var files embed.FS

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report.html").Funcs(template.FuncMap{
		"style": func() (template.CSS, error) {
			css, err := files.ReadFile("report.css")
			return template.CSS(css), err //nolint:gosec // our own style sheet
		},
		"inRun":  inRun,
		"took":   took,
		"when":   func(t time.Time) string { return t.Format("2 January 2006, 15:04:05 MST") },
		"class":  func(result string) string { return strings.ReplaceAll(result, " ", "-") },
		"pretty": pretty,
		"share":  func(n, of int) string { return fmt.Sprintf("%.2f", 100*float64(n)/float64(max(1, of))) },
	}).ParseFS(files, "report.html"))
})

// opened is how many failures are shown unfolded.
const opened = 10

// shown is an outcome with its run, which knows the words of NIC's codes.
type shown struct {
	Run
	Outcome outcome
	Kind    string // the part of the report
	Open    bool
}

func inRun(of view, number int, o outcome) shown {
	return shown{of.Run, o, badKind(of.Result, o.Outcome), number < opened}
}

// took writes a duration to the millisecond.
func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// pretty breaks a JSON document into lines; any other text is returned unchanged.
func pretty(text string) string {
	var lines bytes.Buffer
	if json.Indent(&lines, []byte(text), "", "  ") != nil {
		return text
	}
	return lines.String()
}

// Write writes the report as HTML.
func Write(w io.Writer, r Run) error {
	if err := page().Execute(w, r.view()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// Tone is pass, fail or none: what the run comes to.
func (r Run) Tone() string {
	switch {
	case r.OK():
		return "pass"
	case len(r.Failures()) > 0:
		return "fail"
	}
	return "none"
}

// Headline is the result in words.
func (r Run) Headline() string {
	failed, errors := len(r.Failures()), r.Count(steps.Error)
	performed := count.Of(len(r.Performed()), "scenario")
	switch {
	case r.Stopped != "":
		return "Incomplete: the run ended early"
	case failed > 0:
		return fmt.Sprintf("%d of %s failed", failed, performed)
	case errors > 0:
		return fmt.Sprintf("Incomplete: %d of %s ended with an error", errors, performed)
	case r.Count(steps.FailedAsExpected)+len(r.Warnings()) > 0:
		return "No scenario failed that must pass"
	case len(r.Performed()) == 1:
		return "The scenario passed"
	}
	return fmt.Sprintf("All %s passed", performed)
}

// Tile is a number of scenarios with a word.
type Tile struct {
	Class string
	N     int
	Word  string
}

// Tiles are the counts of the run. Those that are zero are left out, but for passed and failed.
func (r Run) Tiles() (tiles []Tile) {
	for i, t := range []Tile{
		{"pass", r.Count(steps.Pass), "passed"}, {"fail", len(r.Failures()), "failed"},
		{"error", r.Count(steps.Error), "with an error"}, {"warn", len(r.Warnings()), "warnings"},
		{"expected", r.Count(steps.FailedAsExpected), "failed as expected"}, {"none", r.Count(steps.Skipped), "skipped"},
		{"none", r.Count(steps.Disabled), "disabled"},
	} {
		if i < 2 || t.N > 0 {
			tiles = append(tiles, t)
		}
	}
	return tiles
}

// SourceTexts are the sources of a scenario in words.
func (r Run) SourceTexts(s features.Scenario) (all []string) {
	for _, source := range steps.Sources(s) {
		all = append(all, features.SourceText(source, r.words))
	}
	return all
}
