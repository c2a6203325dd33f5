package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// reportFile is a report that the run writes at its end.
type reportFile struct {
	flag, name string
	write      func(io.Writer, report.Run) error
}

// reports are the reports that the flags ask for.
func (c conformance) reports() (wanted []reportFile) {
	for _, r := range []reportFile{{"html", c.html, report.Write}, {"junit", c.junit, report.WriteJUnit}} {
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
func (c conformance) writeReports(r steps.Result, began time.Time) error {
	run := report.Run{
		Result: r, Sandbox: c.urls.Sandbox, Production: c.urls.Production, Driver: c.driving.driver, Tags: c.tags,
		Command: c.command(r, c.tags), Began: began, Took: time.Since(began),
	}
	for _, wanted := range c.reports() {
		file, err := os.Create(wanted.name)
		if err == nil {
			err = cmp.Or(wanted.write(file, run), file.Close())
		}
		if err != nil {
			return fmt.Errorf("--%s: %w", wanted.flag, err)
		}
	}
	return nil
}
