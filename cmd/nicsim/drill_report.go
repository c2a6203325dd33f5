package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/steps/report"
)

// drillList are the drills; its JSON names are a contract.
type drillList struct {
	Drills []drillEntry `json:"drills"`
}

type drillEntry struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Happens string `json:"happens"`
	Must    string `json:"must"`
}

func entryOf(d drill.Drill) drillEntry { return drillEntry{d.Name, d.Title, d.Happens, d.Must} }

func newDrillList(all []drill.Drill) (list drillList) {
	for _, d := range all {
		list.Drills = append(list.Drills, entryOf(d))
	}
	return list
}

func (l drillList) print(out page) error {
	out.width = reportWidth
	for _, d := range l.Drills {
		out.heading("%s: %s", d.Name, d.Title)
		out.entry("  NIC", 10, d.Happens)
		out.entry("  client", 10, d.Must)
	}
	return out.err
}

// drillReport is a run of drills; its JSON names are a contract.
type drillReport struct {
	OK     bool          `json:"ok"`
	Drills []drillResult `json:"drills"`

	began time.Time
}

type drillResult struct {
	drillEntry
	Passed     bool              `json:"passed"`
	Violations []drill.Violation `json:"violations"`
	Calls      []drill.Call      `json:"calls"`
	DurationMS int64             `json:"durationMs"`
	Output     string            `json:"output,omitempty"` // the last lines of the command's
}

func (r *drillReport) add(v drill.Verdict, took time.Duration, tail string) {
	result := drillResult{entryOf(v.Drill), v.Passed(), append([]drill.Violation{}, v.Violations...),
		append([]drill.Call{}, v.Calls...), took.Milliseconds(), tail}
	r.Drills = append(r.Drills, result)
	r.OK = v.Passed() && (r.OK || len(r.Drills) == 1)
}

func (r drillReport) print(out page) error {
	out.width = reportWidth
	rows := [][]string{{"DRILL", "VERDICT", "CALLS", "WHY"}}
	passed := 0
	for _, d := range r.Drills {
		verdict := "failed"
		if d.Passed {
			verdict = "passed"
			passed++
		}
		rows = append(rows, []string{d.Name, verdict, fmt.Sprint(len(d.Calls)), d.why()})
	}
	out.table(0, rows)
	for _, d := range r.Drills {
		if !d.Passed {
			d.print(&out)
		}
	}
	out.line("")
	out.line("%d of %s passed", passed, count.Of(len(r.Drills), "drill"))
	return out.err
}

// why is the reason of the verdict in a line or two.
func (d drillResult) why() string {
	var texts []string
	for _, v := range d.Violations {
		texts = append(texts, v.Says)
	}
	if d.Passed {
		for _, c := range d.Calls {
			texts = append(texts, c.Name)
		}
		return strings.Join(texts, ", ")
	}
	return strings.Join(texts, "; ")
}

// mostCalls is how many calls are shown of a drill.
const mostCalls = 12

// print explains a drill that failed.
func (d drillResult) print(out *page) {
	const column = 11
	out.heading("%s: %s", d.Name, d.Title)
	out.entry("  NIC", column, d.Happens)
	out.entry("  client", column, d.Must)
	var calls, rules []string
	for i, c := range d.Calls {
		if i == mostCalls {
			calls = append(calls, fmt.Sprintf("and %d more", len(d.Calls)-i))
			break
		}
		calls = append(calls, fmt.Sprintf("%s  %s %s", c.At.Format("15:04:05.000"), c.Name, c.Outcome))
	}
	for _, v := range d.Violations {
		rules = append(rules, v.Rule+": "+v.Source)
	}
	out.entries("  calls", column, calls...)
	out.entries("  rules", column, rules...)
	out.entries("  output", column, slices.Collect(strings.Lines(d.Output))...)
}

// writeResult writes the run as the JSON document of --json.
func (r drillReport) writeResult(w io.Writer) error { return writeJSON(w, r) }

// writeJUnit writes the run as JUnit XML, a test for each drill.
func (r drillReport) writeJUnit(w io.Writer) error {
	var cases []report.Case
	for _, d := range r.Drills {
		c := report.Case{Class: "drill", Name: d.Name + " " + d.Title,
			Took: time.Duration(d.DurationMS) * time.Millisecond}
		if !d.Passed {
			var details strings.Builder
			d.print(&page{out: &details, width: pageWidth})
			c.Failure, c.Details = d.why(), details.String()
		}
		cases = append(cases, c)
	}
	return report.WriteCases(w, "nicsim drill", r.began, cases)
}
