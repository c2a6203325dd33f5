// Package rulebook answers one question: is this rule in force here?
//
// A rule is a row of a table in the package that makes the check. The [Edition]s of a rule, from editions.csv, say from
// when to when NIC enforced it, in which environment, and with which figures. A [Book] says which rules hold for one
// environment of one world on one day, and has the figures that they compare with.
package rulebook

import (
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// Rule describes a check of the portals or of the API.
type Rule struct {
	Name   string // in the setting rules, and in editions.csv
	Code   string // NIC's; empty where NIC publishes none
	Says   string // what must hold
	Source string // where NIC says so, or SIM
	Hidden string // what refuses first, so that no client meets the rule; empty when a client can
}

// NotSimulated are rules of NIC that editions.csv has and nicsim does not check. They cannot be switched.
func NotSimulated() []Rule {
	return []Rule{
		{Name: "closure-of-ewaybill", Source: "NIC's advisory 661", Says: "An e-way bill is closed after the delivery."},
		{Name: "sup_gstin", Source: "NIC's note of 2024", Says: "The header sup_gstin names the supplier of the document."},
	}
}

// Book is the rules of one place and day. [New] makes one.
type Book struct {
	*settings.Settings // the figures that are set, and in Rules the rules that are switched
	Environment        nic.Environment
	Day                time.Time   // whose rules are asked for
	Document           time.Time   // the date of the document that is judged; zero when there is none
	Defects            *defect.Set // nil in a world that is right
}

// New returns the rules of an environment at a moment. The setting rulesOn may choose the rules of another day. The
// settings must not change afterwards.
func New(s *settings.Settings, env nic.Environment, now time.Time) Book {
	if day, chosen := s.RulesOn.Time(); chosen {
		now = day
	}
	return Book{Settings: s, Environment: env, Day: now}
}

// For returns the rules that apply to a document of a date. Some rules ask for the date of the document, and not for
// the day of the call.
func (b Book) For(document time.Time) Book {
	b.Document = document
	return b
}

// TokenLifetime is how long a token of the environment is valid.
func (b Book) TokenLifetime() time.Duration {
	if (b.Environment == nic.Production) != b.Wrong(defect.TokenLifetimeSwapped) {
		return time.Duration(b.TokenLifetimeProduction)
	}
	return time.Duration(b.TokenLifetimeSandbox)
}

// Holds reports whether a rule is in force. The setting rules decides first, then a figure of the rule that is set,
// then the timeline. A rule without editions is in force. A rule that a defect leaves out does not hold.
func (b Book) Holds(rule string) bool { return b.InForce(HistoryOf(rule)) && !b.LeavesOut(rule) }

// LeavesOut reports whether a defect of the world leaves a rule out.
func (b Book) LeavesOut(rule string) bool { return b.Defects.LeavesOut(rule) }

// Wrong reports whether the world has a defect, which is one of the constants of package defect.
func (b Book) Wrong(name string) bool { return b.Defects.Has(name) }

// InForce is Holds for the history of a rule, whatever the defects.
func (b Book) InForce(h *History) bool {
	if on, switched := b.Rules[h.rule]; switched {
		return on
	}
	return h.always() || b.figureSet(h) != "" || b.enforces(b.current(h))
}

// enforces reports whether an edition that applies is in force; nil is not.
func (b Book) enforces(e *Edition) bool {
	return e != nil && (e.enforced || e.pending && (b.AnnouncedRules || b.Wrong(defect.AnnouncedInForce)))
}

// current returns the edition that applies; nil if there is none.
func (b Book) current(h *History) *Edition {
	day := b.day()
	for i := len(h.editions) - 1; i >= 0; i-- { // the newest are asked for most
		if e := &h.editions[i]; e.appliesIn(b.Environment) && e.begins <= day && e.includes(b.dateFor(e, day)) {
			return e
		}
	}
	return nil
}

// Covers reports whether the timeline can be asked for a day: from the beginning of e-invoicing to the end of 2099.
func Covers(day time.Time) bool { return day.Unix() >= beginning && day.Year() < 2100 }

// day is the day of the book; a day before e-invoicing has the rules of its beginning.
func (b Book) day() int64 { return max(b.Day.Unix(), beginning) }

// dateFor is the date that counts for an edition.
func (b Book) dateFor(e *Edition, day int64) int64 {
	if e.Counts == DocumentDate && !b.Document.IsZero() {
		return b.Document.Unix()
	}
	return day
}
