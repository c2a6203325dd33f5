package report_test

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/report"
)

// counts are the attributes of the root and of each suite.
type counts struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Skipped  int    `xml:"skipped,attr"`
	Time     string `xml:"time,attr"`
}

type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	counts
	Suites []struct {
		counts
		Timestamp string `xml:"timestamp,attr"`
		Cases     []struct {
			ClassName string `xml:"classname,attr"`
			Name      string `xml:"name,attr"`
			Time      string `xml:"time,attr"`
			Failure   *struct {
				Message string `xml:"message,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
			Skipped *struct {
				Message string `xml:"message,attr"`
			} `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func TestJUnitHasTheStructureThatCIReads(t *testing.T) {
	t.Parallel()
	r := run()
	for i := range r.Outcomes { // not in the order of the features, as scenarios run in parallel
		r.Outcomes[i].Began = r.Began.Add(time.Duration(10-i) * time.Second)
	}
	r.Outcomes[2].Took = 2 * time.Second
	late := features.Scenario{ID: "B01-02", Row: 3, File: "behaviours/x.feature", Name: "Is late"}
	r.Outcomes = append(r.Outcomes,
		steps.Outcome{Scenario: late, Verdict: steps.Skipped, Cause: steps.RunEnded, Reason: "not run"},
		steps.Outcome{Scenario: late, Verdict: steps.Error, Reason: "a step is unknown", Began: r.Began.Add(time.Hour)})
	var out bytes.Buffer
	if err := report.WriteJUnit(&out, r); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "<?xml version=") {
		t.Errorf("it begins with %.20s", out.String())
	}
	var found suites
	if err := xml.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatal(err)
	}
	if want := (counts{"nicsim conformance", 6, 1, 1, 2, "61.000"}); found.counts != want {
		t.Errorf("the root has %+v, want %+v", found.counts, want)
	}
	if len(found.Suites) != 2 {
		t.Fatalf("there are %d suites", len(found.Suites))
	}
	behaviours, section := found.Suites[0], found.Suites[1]
	if want := (counts{"behaviours/x.feature", 3, 0, 1, 1, "1.500"}); behaviours.counts != want {
		t.Errorf("a suite has %+v, want %+v", behaviours.counts, want)
	}
	if want := (counts{"section1/x.feature", 3, 1, 0, 1, "2.000"}); section.counts != want {
		t.Errorf("a suite has %+v, want %+v", section.counts, want)
	}
	if behaviours.Timestamp != "2026-11-26T12:00:10" || section.Timestamp != "2026-11-26T12:00:08" {
		t.Errorf("the suites began at %s and %s", behaviours.Timestamp, section.Timestamp)
	}
	notRun := behaviours.Cases[1]
	if notRun.Name != "B01-02-3 Is late" ||
		notRun.Skipped == nil || notRun.Skipped.Message == "" || notRun.Failure != nil {
		t.Errorf("a scenario that was not run is %+v", notRun)
	}
	failed := section.Cases[1]
	if failed.Name != "S1-02 Fails <b>" || failed.ClassName != "section1.x" || failed.Time != "2.000" ||
		failed.Failure == nil || failed.Failure.Message != "it & failed" {
		t.Fatalf("a scenario that failed is %+v", failed)
	}
	for _, want := range []string{"section1/x.feature:7", "When first: failed", "second: not reached",
		"trial: POST /portal/v1/captchas",
		"requires: Fails <b>\nsource: the guide, step 1.3", "expected: When first\nactual: it & failed\n"} {
		if !strings.Contains(failed.Failure.Text, want) {
			t.Errorf("the failure lacks %q: %s", want, failed.Failure.Text)
		}
	}
	number := regexp.MustCompile(`^\d+\.\d{3}$`)
	for _, s := range found.Suites {
		sum := 0.0
		for _, c := range s.Cases {
			took, err := strconv.ParseFloat(c.Time, 64)
			if err != nil || !number.MatchString(c.Time) {
				t.Errorf("%s took %q", c.Name, c.Time)
			}
			sum += took
		}
		if s.Time != strconv.FormatFloat(sum, 'f', 3, 64) {
			t.Errorf("%s took %s, its scenarios %.3f", s.Name, s.Time, sum)
		}
	}
}

func TestJUnitThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if err := report.WriteJUnit(full{}, run()); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("the error is %v", err)
	}
}
