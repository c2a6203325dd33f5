// Package fault injects failures into the requests to a world's portals and their API, so that NIC fails when a test
// says so. It knows no HTTP: a fault is data. Package httpd performs the kinds that concern the wire, and packages
// irpapi and portal perform the others.
//
// [Parse] reads a [Rule], a [Set] holds the rules of a world, and [Take] decides whether a fault of a kind fires for a
// request. Each kind is a type with a file of its own, and [Kinds] describes all of them.
package fault

import (
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Rule is a fault as it was set: the requests that it concerns, what happens to them, and how often.
type Rule struct {
	Name  string
	When  When
	Does  Effect
	Often Often
}

// In returns the rule as one of a situation, whose name and a dot are before its own. A tester's rule has no dot.
func (r Rule) In(situation string) *Rule {
	r.Name = situation + "." + r.Name
	return &r
}

// Situation returns the name of the situation that the rule is of, or an empty text for a tester's own.
func (r *Rule) Situation() string {
	situation, _, _ := cutSituation(r.Name)
	return situation
}

// cutSituation splits the name of a rule. It is not ok if the name has no situation.
func cutSituation(name string) (situation, own string, ok bool) {
	if situation, own, ok = strings.Cut(name, "."); !ok {
		return "", name, false
	}
	return situation, own, true
}

// When chooses requests. A member that is empty chooses all.
type When struct {
	Environment nic.Environment   `json:"environment,omitempty"`
	Call        string            `json:"call,omitempty"`
	GSTIN       string            `json:"gstin,omitempty"`
	User        string            `json:"user,omitempty"`
	ClientID    string            `json:"clientId,omitempty"`
	Header      map[string]string `json:"header,omitempty"`
}

// matches reports whether a request is chosen. Without an environment, a rule chooses requests to NIC, not to a GSP.
func (w *When) matches(p *Point) bool {
	if w.Environment == "" && p.Environment == nic.GSP {
		return false
	}
	if w.Environment != "" && w.Environment != p.Environment || w.Call != "" && w.Call != p.Call {
		return false
	}
	for name, value := range w.Header {
		if p.Header(name) != value {
			return false
		}
	}
	if w.GSTIN == "" && w.User == "" && w.ClientID == "" {
		return true
	}
	c := p.Caller()
	same := func(wanted, got string) bool { return wanted == "" || strings.EqualFold(wanted, got) }
	return same(w.GSTIN, c.GSTIN) && same(w.User, c.User) && same(w.ClientID, c.ClientID)
}

// Often says for which of the requests that a rule matches its fault fires. The zero value is all of them.
type Often struct {
	Next        int     `json:"next,omitzero"`        // the next requests, as many as that
	Every       int     `json:"every,omitzero"`       // each whose number is a multiple
	From        int     `json:"from,omitzero"`        // all from that number on
	Probability float64 `json:"probability,omitzero"` // each with this probability
}

// fires decides about a matched request; number counts matched requests from 1.
func (o Often) fires(number, fired int, chance func() float64) bool {
	switch {
	case o.Next > 0:
		return fired < o.Next
	case o.Every > 0:
		return number%o.Every == 0
	case o.From > 0:
		return number >= o.From
	case o.Probability > 0:
		return chance() < o.Probability
	}
	return true
}

// Caller is who sends a request, as far as that is known before the request is performed.
type Caller struct{ GSTIN, User, ClientID string }

// Point is a request, as rules see it.
type Point struct {
	Environment nic.Environment
	Call        string
	Header      func(name string) string
	Caller      func() Caller // called when a rule asks for it
}
