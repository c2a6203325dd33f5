package steps

import (
	"fmt"
	"time"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// ExpectedFailure is a scenario that is known to fail at a target.
type ExpectedFailure struct {
	ID      string // of a scenario, which stands for all rows of an outline; or of one row, as in REF-otp-expired-2
	Reason  string
	Expires string // the last day on which the failure is expected, as in 2026-12-31
}

// expectedSchema is the schema of a list of expected failures. A file without entries is a list, too.
const expectedSchema = `{
	"type": ["array", "null"], "title": "a list of entries with id, reason and expires",
	"items": {
		"type": "object", "title": "an entry with id, reason and expires", "required": ["id", "reason", "expires"],
		"properties": {
			"id": {"type": "string", "title": "the id of a scenario", "minLength": 1},
			"reason": {"type": "string", "title": "text", "minLength": 1},
			"expires": {"type": "string", "title": "a day, as in 2026-12-31", "minLength": 1}
		}
	}
}`

// ReadExpectedFailures reads a list of expected failures as YAML or JSON: entries with the members id, reason and
// expires. All are required. The error has the file's name with the line and column of every mistake.
func ReadExpectedFailures(file string, text []byte, c features.Catalogue) ([]ExpectedFailure, error) {
	r := document.Reader{File: file, Strict: true}
	v, _ := r.Read(text, document.MustSchema([]byte(expectedSchema), ""))
	if r.Err() != nil {
		return nil, r.Err()
	}
	var all []ExpectedFailure
	if err := document.Store(v, &all); err != nil {
		return nil, err
	}
	known, listed := map[string]bool{}, map[string]bool{}
	for _, s := range c.Scenarios {
		known[s.ID], known[s.Key()] = true, true
	}
	for i, e := range all {
		entry := fmt.Sprintf("[%d].", i)
		if !known[e.ID] {
			r.Add(entry+"id", document.Invalid, fmt.Sprintf("must be the id of a scenario; there is no %q", e.ID))
		}
		if listed[e.ID] {
			r.Add(entry+"id", document.Invalid, "is listed twice: "+e.ID)
		}
		if _, err := time.Parse(time.DateOnly, e.Expires); err != nil {
			r.Add(entry+"expires", document.Invalid, "must be a day, as in 2026-12-31")
		}
		listed[e.ID] = true
	}
	return all, r.Err()
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
