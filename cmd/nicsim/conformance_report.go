package main

import (
	"cmp"
	"fmt"
	"os"
	"time"

	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// begin makes the file of the report, so that a run is not in vain.
func (c conformance) beginReport() error {
	if c.html == "" {
		return nil
	}
	file, err := os.Create(c.html)
	if err != nil {
		return wrongUse{fmt.Errorf("--html: the report cannot be written: %w", err), "its directory must exist"}
	}
	return file.Close()
}

// writeReport fills the file of the report.
func (c conformance) writeReport(r steps.Result, began time.Time) (err error) {
	if c.html == "" {
		return nil
	}
	file, err := os.Create(c.html)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	defer func() { err = cmp.Or(err, file.Close()) }()
	return report.Write(file, report.Run{
		Result: r, Sandbox: c.urls.Sandbox, Production: c.urls.Production, Driver: c.driving.driver, Tags: c.tags,
		Command: c.command(r, c.tags), Began: began, Took: time.Since(began),
	})
}
