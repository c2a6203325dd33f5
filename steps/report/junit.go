package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps"
)

// junitSuites is the document in the format of Ant and Jenkins: times in seconds, timestamps in UTC
// without a zone.
type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	junitCounts
	Suites []*junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	junitCounts
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property,omitempty"`
	Cases      []junitCase     `xml:"testcase"`

	began time.Time     // of its first scenario
	took  time.Duration // the sum of its scenarios, which run in parallel
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCounts struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Skipped  int    `xml:"skipped,attr"`
	Time     string `xml:"time,attr"`
}

type junitCase struct {
	ClassName string     `xml:"classname,attr"`
	Name      string     `xml:"name,attr"`
	Time      string     `xml:"time,attr"`
	Failure   *junitNote `xml:"failure"`
	Error     *junitNote `xml:"error"`
	Skipped   *junitNote `xml:"skipped"`
}

type junitNote struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the report as JUnit XML. A feature is a suite and a scenario is a test, whose name
// begins with its id. A failure has the same requests and answers as in the HTML report, with
// secrets masked.
func WriteJUnit(w io.Writer, r Run) error {
	all := junitSuites{junitCounts: junitCounts{Name: "nicsim conformance", Time: seconds(r.Took)}}
	suites := map[string]*junitSuite{}
	for _, o := range r.Outcomes {
		if o.Cause == steps.NotSelected {
			continue
		}
		began := o.Began
		if !o.Performed() {
			began = r.Began
		}
		of := suites[o.Scenario.File]
		if of == nil {
			of = &junitSuite{junitCounts: junitCounts{Name: o.Scenario.File}, began: began,
				Properties: []junitProperty{{"target", r.Target.Name}}}
			suites[of.Name] = of
			all.Suites = append(all.Suites, of)
		}
		if o.Performed() && began.Before(of.began) {
			of.began = began
		}
		of.took += o.Took
		of.add(r.junitCase(o))
	}
	slices.SortFunc(all.Suites, func(a, b *junitSuite) int { return cmp.Compare(a.Name, b.Name) })
	for _, of := range all.Suites {
		of.Tests, of.Time = len(of.Cases), seconds(of.took)
		of.Timestamp = of.began.UTC().Format(junitTime)
		all.Tests, all.Failures, all.Errors, all.Skipped =
			all.Tests+of.Tests, all.Failures+of.Failures, all.Errors+of.Errors, all.Skipped+of.Skipped
	}
	return all.write(w)
}

// Case is a test of a JUnit report that is not about scenarios.
type Case struct {
	Class, Name string
	Took        time.Duration
	Failure     string // one line; empty if the test passed
	Skipped     string // why the test says nothing; empty if it passed or failed
	Details     string // of the failure, or of what was skipped
}

// WriteCases writes tests as JUnit XML, in one suite.
func WriteCases(w io.Writer, suite string, at time.Time, cases []Case) error {
	of := &junitSuite{junitCounts: junitCounts{Name: suite, Tests: len(cases)},
		Timestamp: at.UTC().Format(junitTime)}
	var took time.Duration
	for _, c := range cases {
		took += c.Took
		shown := junitCase{ClassName: c.Class, Name: c.Name, Time: seconds(c.Took)}
		if c.Failure != "" {
			of.Failures++
			shown.Failure = &junitNote{Message: c.Failure, Text: c.Details}
		}
		if c.Skipped != "" {
			of.Skipped++
			shown.Skipped = &junitNote{Message: c.Skipped, Text: c.Details}
		}
		of.Cases = append(of.Cases, shown)
	}
	of.Time = seconds(took)
	return junitSuites{junitCounts: of.junitCounts, Suites: []*junitSuite{of}}.write(w)
}

func (all junitSuites) write(w io.Writer) error {
	text, err := xml.MarshalIndent(all, "", "  ")
	if err == nil {
		_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	}
	if err != nil {
		return fmt.Errorf("writing the JUnit report: %w", err)
	}
	return nil
}

// add adds a case and counts it.
func (s *junitSuite) add(c junitCase) {
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

// junitCase is a scenario as a test. JUnit has no word for a failure that does not make the run fail: an expected
// failure and a warning are skipped tests, with the failure as their text.
func (r Run) junitCase(o steps.Outcome) junitCase {
	s := o.Scenario
	class := strings.ReplaceAll(strings.TrimSuffix(s.File, ".feature"), "/", ".")
	c := junitCase{ClassName: class, Name: s.Key() + " " + s.Name, Time: seconds(o.Took)}
	note := &junitNote{Message: o.Reason, Text: r.failureText(o)}
	switch {
	case o.Verdict == steps.Pass:
	case o.Verdict == steps.Error:
		c.Error = note
	case r.Fails(o):
		c.Failure = note
	default:
		c.Skipped = note
	}
	return c
}

// failureText is what a scenario did that did not pass: what it requires, what was expected and found, its steps, and
// what was sent and answered.
func (r Run) failureText(o steps.Outcome) string {
	if !o.Performed() {
		return ""
	}
	failure := o.Failure()
	var b strings.Builder
	s := o.Scenario
	fmt.Fprintf(&b, "%s:%d, level %s\n\nrequires: %s\n", s.File, s.Line, s.Level(), s.Name)
	for _, source := range r.SourceTexts(o.Scenario) {
		fmt.Fprintf(&b, "source: %s\n", source)
	}
	fmt.Fprintf(&b, "expected: %s\nactual: %s\n\n", failure.Expected, failure.Actual)
	for _, s := range o.Steps {
		fmt.Fprintf(&b, "%s: %s\n", strings.TrimSpace(s.Keyword+" "+s.Text), s.Result)
	}
	return b.String() + "\n" + o.Trace
}

// junitTime is the form of timestamps.
const junitTime = "2006-01-02T15:04:05"

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
