package invoice

import (
	"errors"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// Rule is one of NIC's business rules.
type Rule struct {
	Name string
	Code string // NIC's
	Says string // the sentence that the rule enforces
	// V12: validation 12 of Generate IRN; VE, VI, VC, VW: of e-commerce, items, calculation, e-way bill; E: NIC's
	// list of errors
	Source string
	Words  string // the message, if the published text of the code is about another subject
	Hidden string // the check that refuses before this rule always; empty for most rules
	Ends   bool   // a violation of it ends the checks of the e-way bill

	// One of these three. They call no for each violation.
	check    func(c *Case, no refuse)
	line     func(c *Case, l *Line, no refuse) // once for each line; paths are within the line
	shipment func(s *Shipment, no refuse)

	history *rulebook.History // of rules that have been through withHistories
}

// refuse notes a violation: its path, the value that would have passed, and the values for {0}, {1} of NIC's message.
type refuse func(path, want string, fill ...string)

// refuseAt is the check of a rule with one condition: broken. fill returns the values for {0}, {1}.
func refuseAt[T any](path, want string, broken func(T) bool, fill ...func(T) string) func(T, refuse) {
	return func(subject T, no refuse) {
		if broken(subject) {
			no(path, want, filled(subject, fill)...)
		}
	}
}

// refuseLine is [refuseAt] for a member of a line.
func refuseLine(member, want string, broken func(*Case, *Line) bool, fill ...func(*Line) string) func(*Case, *Line,
	refuse) {
	return func(c *Case, l *Line, no refuse) {
		if broken(c, l) {
			no(member, want, filled(l, fill)...)
		}
	}
}

// refuseTransport is [refuseAt] for a member of the transport.
func refuseTransport(member, want string, broken func(*Shipment) bool) func(*Shipment, refuse) {
	return func(s *Shipment, no refuse) {
		if broken(s) {
			no(s.transportAt+member, want)
		}
	}
}

func filled[T any](subject T, fill []func(T) string) []string {
	var values []string
	for _, value := range fill {
		values = append(values, value(subject))
	}
	return values
}

// Values for NIC's messages.

func (c *Case) seller() string { return c.SellerDtls.Gstin }
func (c *Case) buyer() string  { return c.BuyerDtls.Gstin }
func (l *Line) serial() string { return l.SlNo }
func (l *Line) hsn() string    { return l.HsnCd }

// Rules returns every rule in the order in which they are applied, those of e-way bills last.
func Rules() []Rule {
	return slices.Concat(documentRules, partyRules, placeRules, pinRules, supplyRules, lineRules, taxRules, totalRules,
		ewayBillRules, transportRules, distanceRules)
}

// invoiceRules are those that decide whether a document gets an IRN.
var invoiceRules = withHistories(documentRules, partyRules, placeRules, pinRules, supplyRules, lineRules, taxRules,
	totalRules)

// withHistories joins lists of rules, and finds the histories of the rules.
func withHistories(lists ...[]Rule) []Rule {
	rules := slices.Concat(lists...)
	for i := range rules {
		rules[i].history = rulebook.HistoryOf(rules[i].Name)
	}
	return rules
}

// Check applies the business rules to a document and returns every violation, in the order of the rules. It
// does not check whether the number is registered already. The e-way bill part has its own check, see
// [Shipment.Check].
//
// The same code and message may come for several lines; [Distinct] leaves one of each.
func Check(d *Document, f Facts) []Violation {
	c := newCase(d, f)
	w := writer{book: c.Facts.Book}
	no := w.refuse
	for i := range invoiceRules {
		w.rule = &invoiceRules[i]
		switch {
		case !c.Facts.Book.InForce(w.rule.history):
		case w.rule.check != nil:
			w.line = -1
			w.rule.check(c, no)
		default:
			for n := range d.ItemList {
				w.line = n
				w.rule.line(c, &d.ItemList[n], no)
			}
		}
	}
	return w.violations
}

// row is the rule as a book and a list of all rules have it.
func (r *Rule) row() rulebook.Rule {
	return rulebook.Rule{Name: r.Name, Code: r.Code, Says: r.Says, Source: r.Source, Hidden: r.Hidden}
}

// Rows returns the rules as a list of all rules has them, and the amendments.
func Rows() []rulebook.Rule {
	rows := slices.Clone(amendments)
	for _, r := range Rules() {
		rows = append(rows, r.row())
	}
	return rows
}

// writer collects the violations that checks refuse for.
type writer struct {
	book       rulebook.Book
	violations []Violation
	rule       *Rule // that is being applied
	line       int   // index of the line that it is applied to; -1 for rules that are not about one
}

func (w *writer) refuse(path, want string, fill ...string) {
	if w.book.LeavesOut(w.rule.Name) {
		return
	}
	message, published := nic.FillMessage(w.rule.Code, fill...)
	switch {
	case w.rule.Words != "":
		message = w.rule.Words
	case !published:
		message = w.rule.Says // SIM: NIC's words are not public
	}
	if w.line >= 0 {
		path = lineAt(w.line, path)
	}
	w.violations = append(w.violations, Violation{Code: w.rule.Code, Message: message, Path: path, Rule: w.rule.Name,
		Want: want})
}

// Distinct keeps the first of the violations with the same code and message. NIC's answer has no paths that
// would distinguish them.
func Distinct(violations []Violation) []Violation {
	type wire struct{ code, message string }
	seen := map[wire]bool{}
	var distinct []Violation
	for _, f := range violations {
		if w := (wire{f.Code, f.Message}); !seen[w] {
			seen[w] = true
			distinct = append(distinct, f)
		}
	}
	return distinct
}

// breaksShape reports whether an error of nic is about more than a check character.
func breaksShape(err error) bool {
	syntax, ok := errors.AsType[*nic.SyntaxError](err)
	return ok && syntax.Rule != nic.RuleCheckCharacter
}

// oneOf writes a list of values for Want.
func oneOf(values ...string) string { return "one of " + strings.Join(values, ", ") }
