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

// reportFile is a report that the run writes at its end.
type reportFile struct {
	flag, name string
	write      func(io.Writer, report.Run) error
}

// allReports are the reports with the names that the flags give them; one that is not wanted has none.
func (c conformance) allReports() []reportFile {
	return []reportFile{
		{"html", c.html, report.Write},
		{"junit", c.junit, report.WriteJUnit},
		{"result", c.result, report.WriteResult},
		{"messages", c.messages, report.WriteMessages},
		{"badge", c.badge, report.WriteBadge},
	}
}

// reports are the reports that the flags ask for.
func (c conformance) reports() (wanted []reportFile) {
	for _, r := range c.allReports() {
		if r.name != "" {
			wanted = append(wanted, r)
		}
	}
	return wanted
}

// createReports makes the files before the run, so that a name that cannot be written is found first.
func (c conformance) createReports() error {
	for _, r := range c.reports() {
		file, err := os.Create(r.name)
		if err == nil {
			err = file.Close()
		}
		if err != nil {
			return wrongUse{fmt.Errorf("--%s: the report cannot be written: %w", r.flag, err), "its directory must exist"}
		}
	}
	return nil
}

// writeReports fills the files.
func (c conformance) writeReports(r report.Run) error {
	for _, wanted := range c.reports() {
		file, err := os.Create(wanted.name)
		if err == nil {
			err = cmp.Or(wanted.write(file, r), file.Close())
		}
		if err != nil {
			return fmt.Errorf("--%s: %w", wanted.flag, err)
		}
	}
	return nil
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
