// Package report writes the result of a run as HTML for people and as JUnit XML for CI systems.
//
// The HTML has a summary, every scenario with its steps, failures first, and the pictures of the browser
// driver. It loads no other file and runs no script.
package report

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

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

var page = template.Must(template.New("report.html").Funcs(template.FuncMap{
	"style": func() (template.CSS, error) {
		css, err := files.ReadFile("report.css")
		return template.CSS(css), err //nolint:gosec // our own style sheet
	},
	"took": took,
	"when": func(t time.Time) string { return t.Format("2 January 2006, 15:04:05 MST") },
	"plain": func(tags []string) string {
		return strings.ReplaceAll(strings.Join(tags, " "), "@", "")
	},
	"class": func(result string) string { return strings.ReplaceAll(result, " ", "-") },
}).ParseFS(files, "report.html"))

// took writes a duration to the millisecond.
func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// Verdicts are the verdicts that the report counts.
func (Run) Verdicts() []steps.Verdict { return steps.Verdicts }

// Write writes the report.
func Write(w io.Writer, r Run) error {
	told, pictures := withShots(r.Performed())
	view := struct {
		Run
		Pictures  template.CSS
		NotPassed []outcome
		Folders   []folder
	}{r, pictures, notPassed(told), byFolder(told)}
	if err := page.Execute(w, view); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func notPassed(all []outcome) []outcome {
	return slices.DeleteFunc(slices.Clone(all), func(o outcome) bool { return o.Err == nil })
}

// folder has the scenarios of a folder of the features that passed.
type folder struct {
	Name   string
	Passed []outcome
}

// titles are the titles of the folders.
var titles = map[string]string{
	"section1": "Section 1: the NIC trial portal", "section2": "Section 2: the production portal",
	"behaviours": "Behaviours", "refusals": "Refusals", "api": "The e-Invoice API",
}

// byFolder sorts passed scenarios by folder, the guide's sections first.
func byFolder(all []outcome) (folders []folder) {
	order := []string{"section1", "section2", "behaviours", "refusals", "api"}
	found := map[string][]outcome{}
	for _, o := range all {
		name, _, _ := strings.Cut(o.Scenario.File, "/")
		if o.Err == nil {
			found[name] = append(found[name], o)
		}
		if !slices.Contains(order, name) {
			order = append(order, name)
		}
	}
	for _, name := range order {
		if passed := found[name]; len(passed) > 0 {
			folders = append(folders, folder{cmp.Or(titles[name], name), passed})
		}
	}
	return folders
}
