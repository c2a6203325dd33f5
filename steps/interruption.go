package steps

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// errNotRun is the outcome of a scenario that had not begun when the run was interrupted.
var errNotRun = errors.New("the run was interrupted before it")

// untilDone writes until its context has ended: godog goes through all that is not run, too.
type untilDone struct {
	ctx context.Context //nolint:containedctx // its end is all that is looked at
	io.Writer
}

func (w untilDone) Write(p []byte) (int, error) {
	if w.ctx.Err() != nil {
		return len(p), nil //nolint:nilerr // nobody need hear of what is not run
	}
	return w.Writer.Write(p)
}

// junitCounts are the attributes of godog's report and of its suites.
type junitCounts struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Skipped  int    `xml:"skipped,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Time     string `xml:"time,attr"`
}

type junitReport struct {
	XMLName xml.Name `xml:"testsuites"`
	junitCounts
	Suites []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	junitCounts
	Cases []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string      `xml:"name,attr"`
	Status  string      `xml:"status,attr"`
	Time    string      `xml:"time,attr"`
	Failure *junitNote  `xml:"failure"`
	Errors  []junitNote `xml:"error"`
	Skipped *junitNote  `xml:"skipped"`
}

type junitNote struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
}

// skipNotRun marks in JUnit reports what was not run. godog gives such a scenario no status, and an
// error for each of its steps.
func skipNotRun(formats []string) error {
	for _, format := range formats {
		name, file, toFile := strings.Cut(format, ":")
		if name != "junit" || !toFile {
			continue
		}
		if err := skipNotRunIn(file); err != nil {
			return fmt.Errorf("marking in %s what was not run: %w", file, err)
		}
	}
	return nil
}

func skipNotRunIn(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var report junitReport
	if err := xml.Unmarshal(text, &report); err != nil {
		return err
	}
	for i := range report.Suites {
		suite := &report.Suites[i]
		for j := range suite.Cases {
			if c := &suite.Cases[j]; c.Status == "" {
				c.Status, c.Errors, c.Skipped = "skipped", nil, &junitNote{Message: "the run was interrupted"}
				suite.Skipped++
				report.Skipped++
			}
		}
	}
	if text, err = xml.MarshalIndent(report, "", "  "); err != nil {
		return err
	}
	return os.WriteFile(file, append([]byte(xml.Header), text...), 0o666) //nolint:gosec // a report, as godog makes it
}
