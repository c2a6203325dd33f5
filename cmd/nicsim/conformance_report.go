package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// reports are the reports of a run, with the names that the flags give them.
func (c conformance) reports(r report.Run) []output {
	of := func(write func(io.Writer, report.Run) error) func(io.Writer) error {
		return func(w io.Writer) error { return write(w, r) }
	}
	return []output{
		{"html", c.html, of(report.Write)}, {"junit", c.junit, of(report.WriteJUnit)},
		{"result", c.result, of(report.WriteResult)}, {"messages", c.messages, of(report.WriteMessages)},
		{"badge", c.badge, of(report.WriteBadge)},
	}
}

// run is the run as the reports show it.
func (c conformance) run(r steps.Result, began time.Time) report.Run {
	run := report.Run{
		Result:   r,
		Target:   report.TargetInfo{Name: c.target.Name},
		Version:  thisBuild().name(),
		Platform: fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH),
		Driver:   c.driving.driver, Tags: c.tags, On: c.on, Command: c.command(r, c.tags),
		Began: began, Took: time.Since(began),
	}
	if !c.own() {
		run.Target = report.TargetInfo{
			Name:       c.target.Name,
			Sandbox:    cmp.Or(c.urls.Sandbox, c.target.Sandbox.API, c.target.Sandbox.Portal),
			Production: cmp.Or(c.urls.Production, c.target.Production.API, c.target.Production.Portal),
			Control:    cmp.Or(c.urls.Control, c.target.Control),
		}
	}
	for _, code := range nic.ErrorCodes() {
		run.Codes = append(run.Codes, report.Code{Code: code.Code, Words: code.Message, Group: code.Group})
	}
	return run
}

// readExpected reads the list of expected failures.
func readExpected(name string) ([]steps.ExpectedFailure, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	catalogue, err := features.Read(features.Files())
	if err != nil {
		return nil, err
	}
	return steps.ReadExpectedFailures(name, text, catalogue)
}
