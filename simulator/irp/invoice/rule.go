package invoice

import (
	"errors"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Rule is one of NIC's business rules.
type Rule struct {
	Name   string
	Code   string // NIC's
	Says   string // what must hold
	Source string // V12: validation 12 of Generate IRN; VE, VI, VC, VW: of e-commerce, items, calculation, e-way bill
	Off    string // why it is not in force unless Settings.Switched says so; empty when it is
	Hidden string // what refuses first, so that no client meets the rule; empty when one can

	// One of these three. They call no for each thing that does not fit.
	check    func(c *Case, no refuse)
	line     func(c *Case, l *Line, no refuse) // once for each line; paths are within the line
	shipment func(s *Shipment, no refuse)
}

// refuse notes a fault: where, what would have passed, and what goes into {0}, {1} of NIC's message.
type refuse func(path, want string, fill ...string)

// Rules returns every rule in the order in which they are applied, those of e-way bills last.
func Rules() []Rule {
	return slices.Concat(documentRules, partyRules, placeRules, pinRules, supplyRules, lineRules, taxRules, totalRules,
		ewayBillRules, transportRules, distanceRules)
}

// invoiceRules are those that decide whether a document gets an IRN.
var invoiceRules = slices.Concat(documentRules, partyRules, placeRules, pinRules, supplyRules, lineRules, taxRules, totalRules)

// Check applies the business rules to a document that [Parse] has passed, and returns every fault, in
// the order of the rules. None means that it may be registered, unless the same number is registered
// already, which is not asked here. The e-way bill part has its own check, see [Shipment.Check].
//
// The same code and message may come for several lines; [Distinct] leaves one of each.
func Check(d *Document, f Facts) []Fault {
	c := newCase(d, f)
	var faults []Fault
	for i := range invoiceRules {
		r := &invoiceRules[i]
		if !r.inForce(f.Settings) {
			continue
		}
		if r.check != nil {
			r.check(c, r.refusing(&faults, nil))
			continue
		}
		n := 0
		no := r.refusing(&faults, &n)
		for n = range d.ItemList {
			r.line(c, &d.ItemList[n], no)
		}
	}
	return faults
}

func (r *Rule) inForce(s Settings) bool {
	if on, switched := s.Switched[r.Name]; switched {
		return on
	}
	return r.Off == ""
}

// refusing is what a rule's check notes its faults with. line is the index of the line that is being
// checked, for rules of lines.
func (r *Rule) refusing(faults *[]Fault, line *int) refuse {
	return func(path, want string, fill ...string) {
		message, published := nic.FillMessage(r.Code, fill...)
		if !published {
			message = r.Says // SIM: NIC's words are not public
		}
		if line != nil {
			path = lineAt(*line, path)
		}
		*faults = append(*faults, Fault{Code: r.Code, Message: message, Path: path, Rule: r.Name, Want: want})
	}
}

// Distinct leaves the first of all faults with the same code and message: NIC's answer has no paths
// that would tell them apart.
func Distinct(faults []Fault) []Fault {
	type wire struct{ code, message string }
	seen := map[wire]bool{}
	var distinct []Fault
	for _, f := range faults {
		if w := (wire{f.Code, f.Message}); !seen[w] {
			seen[w] = true
			distinct = append(distinct, f)
		}
	}
	return distinct
}

// breaksShape tells whether an error of nic is about more than a check character.
func breaksShape(err error) bool {
	syntax, ok := errors.AsType[*nic.SyntaxError](err)
	return ok && syntax.Rule != nic.RuleCheckCharacter
}

// oneOf writes a list of values for Want.
func oneOf(values ...string) string { return "one of " + strings.Join(values, ", ") }
