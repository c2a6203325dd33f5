// Package judge judges a client of the e-Invoice API by the journal of a world in which its team ran it: by rules that
// each have a source, and by NIC's go-live sheet. It has functions over entries of the journal, which it reads as
// package drill does.
package judge

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/drill"
)

// Outcome is what a rule comes to. Its texts are those of the results of nicsim conformance.
type Outcome string

// The outcomes. A rule is skipped if no call was seen that it is about.
const (
	Pass    Outcome = "pass"
	Fail    Outcome = "fail"
	Skipped Outcome = "skipped"
)

// The levels of a rule. A failure at the level should is a warning, unless the run is strict.
const (
	Must   = "must"
	Should = "should"
)

// Drill is the verdict of a drill, as nicsim drill --result writes it.
type Drill struct {
	Name   string `json:"name"`
	Passed bool   `json:"passed"`
}

// Evidence is what is known of a client.
type Evidence struct {
	Requests []client.Request // the journal, in any order
	Drills   []Drill          // none if the client was not drilled
}

// Rule is what a client must keep.
type Rule struct {
	Name   string
	Level  string
	Says   string // what is required, in a sentence
	Source string // why

	judge func(*seen) finding
}

// finding is what a rule found: how often it applied, or why it did not, and where it was broken.
type finding struct {
	applied int
	skipped string
	broken  []string
}

func (f *finding) breaks(c call, format string, values ...any) {
	f.broken = append(f.broken, fmt.Sprintf("request %d, %s: ", c.ID, c.name)+fmt.Sprintf(format, values...))
}

// Result is a rule with what became of it.
type Result struct {
	Name     string   `json:"name"`
	Level    string   `json:"level"`
	Title    string   `json:"title"`
	Source   string   `json:"source"`
	Outcome  Outcome  `json:"outcome"`
	Reason   string   `json:"reason"`   // why it did not pass; empty if it passed
	Findings []string `json:"findings"` // where the rule was broken, the first ones
	Broken   int      `json:"broken"`   // how often it was broken
}

// Verdict is what a client did in a world.
type Verdict struct {
	Rules        []Result
	Sheet        []Row
	Calls        int // of the e-Invoice API
	First, Last  time.Time
	GSTINs       []string
	Environments []string
	Clients      []string // values of User-Agent
	Cut          bool     // the journal had more calls than it keeps
}

// mostFindings is how many findings of a rule are listed.
const mostFindings = 10

// Judge judges a client by every rule.
func Judge(e Evidence) Verdict {
	s := see(e)
	v := Verdict{Calls: len(s.calls), Sheet: sheet(s.calls), Cut: s.cut}
	for _, c := range s.calls {
		if v.First.IsZero() {
			v.First = c.At
		}
		v.Last = c.At
		v.GSTINs = withNew(v.GSTINs, c.header("Gstin"))
		v.Environments = withNew(v.Environments, c.Environment)
		v.Clients = withNew(v.Clients, c.header("User-Agent"))
	}
	for _, r := range rules {
		f := r.judge(s)
		result := Result{Name: r.Name, Level: r.Level, Title: r.Says, Source: r.Source, Outcome: Pass,
			Findings: append([]string{}, f.broken[:min(mostFindings, len(f.broken))]...), Broken: len(f.broken)}
		switch {
		case len(f.broken) > 0:
			result.Outcome, result.Reason = Fail, f.broken[0]
		case f.applied == 0:
			result.Outcome, result.Reason = Skipped, cmp.Or(f.skipped, "no such call was seen")
		}
		v.Rules = append(v.Rules, result)
	}
	return v
}

// Count counts the rules of an outcome.
func (v Verdict) Count(o Outcome) (n int) {
	for _, r := range v.Rules {
		if r.Outcome == o {
			n++
		}
	}
	return n
}

// OK reports whether no rule was broken at the level must, or at any level if the run is strict.
func (v Verdict) OK(strict bool) bool {
	return !slices.ContainsFunc(v.Rules, func(r Result) bool { return r.Outcome == Fail && (strict || r.Level == Must) })
}

// withNew adds a text that is not empty, hidden or known.
func withNew(all []string, text string) []string {
	if text == "" || text == hidden || slices.Contains(all, text) {
		return all
	}
	return append(all, text)
}

// hidden is what the journal has in place of a secret.
const hidden = "***"

// seen is the journal as the rules read it.
type seen struct {
	requests []client.Request // the oldest first
	calls    []call           // of the e-Invoice API, the oldest first
	drills   []Drill
	cut      bool
}

// call is a call of the e-Invoice API.
type call struct {
	client.Request
	name string
}

func see(e Evidence) *seen {
	s := &seen{requests: drill.InOrder(e.Requests), drills: e.Drills}
	s.cut = len(s.requests) > 0 && s.requests[0].ID > 1
	for _, r := range s.requests {
		if name := drill.CallOf(r.Method, r.Path); name != "" && r.Environment != client.EnvironmentGSP {
			s.calls = append(s.calls, call{r, name})
		}
	}
	return s
}

// code is NIC's code of a refusal; "" of a call that was not refused.
func (c call) code() string {
	if c.Reason == nil {
		return ""
	}
	return cmp.Or(c.Reason.NICCode, c.Reason.Code)
}

// succeeded reports whether the client got the answer of a call that succeeded.
func (c call) succeeded() bool { return c.Status == 200 && c.Reason == nil && len(c.Faults) == 0 }

// header is the value of a header, "" without it. NIC takes names with a hyphen for those with an underscore.
func (c call) header(name string) string {
	at := slices.IndexFunc(c.Headers, func(h client.Header) bool {
		return strings.EqualFold(strings.ReplaceAll(h.Name, "-", "_"), strings.ReplaceAll(name, "-", "_"))
	})
	if at < 0 {
		return ""
	}
	return c.Headers[at].Value
}

// read reads a body of the journal into a value. It reports whether the journal has that body.
func read(body json.RawMessage, into any) bool {
	var left struct{ BytesNotShown int }
	return len(body) > 0 && json.Unmarshal(body, &left) == nil && left.BytesNotShown == 0 &&
		json.Unmarshal(body, into) == nil
}
