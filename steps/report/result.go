package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nicsim/nicsim/steps"
)

// Document is the result of a run as JSON, for programs. docs/result.schema.json describes it. Documents of two runs
// with one seed differ in Began, TookMs and DurationMs. Without a control API they differ, too, in the Reason of a
// failure that quotes the number of a document: each run sends new ones.
type Document struct {
	Version   int        `json:"version"` // of the schema: 1
	Run       RunInfo    `json:"run"`
	Summary   Summary    `json:"summary"`
	Scenarios []Scenario `json:"scenarios"` // all of the features, in their order
	Defects   []Defect   `json:"defects,omitempty"`

	OfClient bool `json:"-"` // a result of nicsim judge; the scenarios are its rules
}

// RunInfo says what was run.
type RunInfo struct {
	Nicsim  string     `json:"nicsim"` // its version
	Seed    int64      `json:"seed"`
	Target  TargetInfo `json:"target"`
	Driver  string     `json:"driver"`
	Tags    string     `json:"tags,omitempty"`
	On      string     `json:"on,omitempty"` // the day, as in 2025-03-15
	Strict  bool       `json:"strict"`
	OK      bool       `json:"ok"`
	Stopped string     `json:"stopped,omitempty"` // why the run ended early
	Began   time.Time  `json:"began"`
	TookMs  int64      `json:"tookMs"`
}

// TargetInfo names the target and its base URLs, which are empty for a simulator of the run's own.
type TargetInfo struct {
	Name       string `json:"name"`
	Sandbox    string `json:"sandbox,omitempty"`
	Production string `json:"production,omitempty"`
	Control    string `json:"control,omitempty"`
}

// Summary counts the scenarios by verdict.
type Summary struct {
	Pass            int `json:"pass"`
	Fail            int `json:"fail"`
	Skipped         int `json:"skipped"`
	Disabled        int `json:"disabled"`
	ExpectedFailure int `json:"expectedFailure"`
	Error           int `json:"error"`
}

// Scenario is the outcome of a scenario.
type Scenario struct {
	ID         string        `json:"id"`
	Row        int           `json:"row"` // of an outline, from 1; 0 for a scenario
	Title      string        `json:"title"`
	Level      string        `json:"level"`
	Sources    []string      `json:"sources"`
	Outcome    steps.Verdict `json:"outcome"`
	Reason     string        `json:"reason"` // empty if it passed
	DurationMs int64         `json:"durationMs"`
}

// Key names a scenario, with its row in an outline, as in REF-otp-expired-2.
func (s Scenario) Key() string {
	if s.Row == 0 {
		return s.ID
	}
	return fmt.Sprintf("%s-%d", s.ID, s.Row)
}

// Defect is a deviation that was put into the simulator on purpose, and the scenarios that noticed it.
type Defect struct {
	Name     string   `json:"name"`
	Rule     string   `json:"rule"`
	KilledBy []string `json:"killedBy"` // keys of scenarios; empty if the defect survived
}

// documentVersion is the version of the schema that this package writes and reads.
const documentVersion = 1

// document is the run as a document.
func (r Run) document() Document {
	d := Document{
		Version: documentVersion,
		Run: RunInfo{
			Nicsim: r.Version, Seed: r.Seed,
			Target: r.Target, Driver: r.Driver, Tags: r.Tags, On: r.On, Strict: r.Strict, OK: r.OK(), Stopped: r.Stopped,
			Began: r.Began, TookMs: r.Took.Milliseconds(),
		},
		Summary: Summary{
			Pass: r.Count(steps.Pass), Fail: r.Count(steps.Fail), Skipped: r.Count(steps.Skipped),
			Disabled: r.Count(steps.Disabled), ExpectedFailure: r.Count(steps.FailedAsExpected), Error: r.Count(steps.Error),
		},
		Scenarios: make([]Scenario, 0, len(r.Outcomes)),
		Defects:   r.Defects,
	}
	for _, o := range r.Outcomes {
		d.Scenarios = append(d.Scenarios, Scenario{
			ID: o.Scenario.ID, Row: o.Scenario.Row, Title: o.Scenario.Name, Level: o.Scenario.Level(),
			Sources: steps.Sources(o.Scenario), Outcome: o.Verdict, Reason: o.Reason, DurationMs: o.Took.Milliseconds(),
		})
	}
	return d
}

// WriteResult writes the result as a JSON document.
func WriteResult(w io.Writer, r Run) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r.document()); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// ReadResult reads a document that WriteResult wrote, or the result of nicsim judge, whose rules become scenarios.
func ReadResult(from io.Reader) (Document, error) {
	var d struct {
		Document
		Rules []struct {
			Name string `json:"name"`
			Scenario
		} `json:"rules"`
	}
	if err := json.NewDecoder(from).Decode(&d); err != nil {
		return d.Document, fmt.Errorf("%w: %w", errNoResult, err)
	}
	switch {
	case d.Version == 0 || d.Scenarios == nil && d.Rules == nil:
		return d.Document, fmt.Errorf("%w: version is missing, or both scenarios and rules are", errNoResult)
	case d.Version != documentVersion:
		return d.Document, fmt.Errorf("its version is %d, and this nicsim reads version %d", d.Version, documentVersion)
	}
	d.OfClient = d.Scenarios == nil
	for _, rule := range d.Rules {
		rule.ID = rule.Name
		d.Scenarios = append(d.Scenarios, rule.Scenario)
	}
	return d.Document, nil
}

var errNoResult = errors.New("it is not a result of nicsim conformance or nicsim judge")
