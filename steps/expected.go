package steps

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// ExpectedFailure is a scenario that is known to fail at a target.
type ExpectedFailure struct {
	ID      string // of a scenario, which stands for all rows of an outline; or of one row, as in REF-otp-expired-2
	Reason  string
	Expires string // the last day on which the failure is expected, as in 2026-12-31
}

// ReadExpectedFailures reads a list of expected failures as YAML: a sequence of entries with the members id, reason
// and expires. All are required. An error names the line.
func ReadExpectedFailures(text []byte, c features.Catalogue) ([]ExpectedFailure, error) {
	var entries []yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&entries); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("it is not a list of entries with id, reason and expires: %w", err)
	}
	known := map[string]bool{}
	for _, s := range c.Scenarios {
		known[s.ID], known[s.Key()] = true, true
	}
	var all []ExpectedFailure
	listed := map[string]int{} // the line
	for _, n := range entries {
		e, err := readExpected(n)
		line, twice := listed[e.ID]
		switch {
		case err != nil:
		case !known[e.ID]:
			err = fmt.Errorf("id: there is no scenario %q", e.ID)
		case twice:
			err = fmt.Errorf("id: %s is on line %d already", e.ID, line)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n.Line, err)
		}
		listed[e.ID] = n.Line
		all = append(all, e)
	}
	return all, nil
}

func readExpected(n yaml.Node) (e ExpectedFailure, err error) {
	if n.Kind != yaml.MappingNode {
		return e, errors.New("it is not an entry with id, reason and expires")
	}
	members := map[string]*string{"id": &e.ID, "reason": &e.Reason, "expires": &e.Expires}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i].Value, n.Content[i+1]
		into := members[name]
		switch {
		case into == nil:
			return e, fmt.Errorf("%s: there is no such member; an entry has id, reason and expires", name)
		case value.Kind != yaml.ScalarNode:
			return e, fmt.Errorf("%s: it is not a text", name)
		}
		*into = strings.TrimSpace(value.Value)
	}
	for _, name := range []string{"id", "reason", "expires"} {
		if *members[name] == "" {
			return e, fmt.Errorf("%s: it is missing", name)
		}
	}
	if _, err := time.Parse(time.DateOnly, e.Expires); err != nil {
		return e, fmt.Errorf("expires: %q is not a day, as in 2026-12-31", e.Expires)
	}
	return e, nil
}

// expect applies the list of expected failures to the scenarios that were performed. A listed scenario that passes,
// and one that fails after its entry has expired, is a failure that counts at every level.
func (r *Result) expect(all []ExpectedFailure) {
	listed := map[string]ExpectedFailure{}
	for _, e := range all {
		listed[e.ID] = e
	}
	today := time.Now().In(scene.InIndia).Format(time.DateOnly)
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		e, found := listed[o.Scenario.Key()]
		if !found {
			e, found = listed[o.Scenario.ID]
		}
		switch {
		case !found:
		case o.Verdict == Pass:
			o.Verdict, o.Surprise = Fail, true
			o.Reason = fmt.Sprintf("it passed, but it is listed as an expected failure (%s); remove it from the list", e.Reason)
		case o.Verdict == Fail && today > e.Expires:
			o.Surprise = true
			o.Reason = fmt.Sprintf("it was expected to fail until %s (%s), and still fails: %s", e.Expires, e.Reason, o.Reason)
		case o.Verdict == Fail:
			o.Verdict = FailedAsExpected
			o.Reason = fmt.Sprintf("expected until %s (%s): %s", e.Expires, e.Reason, o.Reason)
		}
	}
}
