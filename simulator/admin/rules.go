package admin

import (
	"context"
	"slices"

	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/world"
)

// Rules returns every rule that the setting rules can switch.
func Rules() []rulebook.Rule { return slices.Concat(portal.Rules(), irp.Rules(), invoice.Rows()) }

// Rule is a rule with its dates, as it is on one day in one environment.
type Rule struct {
	Name      string            `json:"name"`
	Code      string            `json:"code"`      // NIC's; empty where NIC publishes none
	InForce   bool              `json:"inForce"`   // for a rule that is not simulated: whether NIC enforces it
	Why       string            `json:"why"`       // it is in force, or not
	Simulated bool              `json:"simulated"` // false: nicsim does not check it
	Status    rulebook.Status   `json:"status"`    // empty if the environment does not have the rule
	Figures   map[string]string `json:"figures"`   // by the name of the setting
	Announced settings.Date     `json:"announced"`
	From      settings.Date     `json:"from"`
	Until     settings.Date     `json:"until"`  // the last day; empty while no end is known
	Counts    rulebook.Counts   `json:"counts"` // the date that is compared with from and until
	Reason    string            `json:"reason"` // for the status, or for a day that NIC does not publish
	Says      string            `json:"says"`   // what must hold
	Hidden    string            `json:"hidden"` // what refuses first, so that no client meets the rule
	Source    string            `json:"source"`
	Dates     string            `json:"dates"` // the source of the dates; empty where NIC publishes none
}

// RulesOf returns every rule as a book has it, those that are not simulated last.
func RulesOf(b rulebook.Book) []Rule {
	var rules []Rule
	add := func(r rulebook.Rule, simulated bool) {
		s := b.Standing(r.Name)
		shown := Rule{Name: r.Name, Code: r.Code, InForce: s.InForce, Why: s.Why, Simulated: simulated,
			Figures: map[string]string{}, Says: r.Says, Hidden: r.Hidden, Source: r.Source}
		if e := s.Edition; e != nil {
			shown.Status, shown.Announced, shown.From, shown.Until = e.Status, e.Announced, e.From, e.Until
			shown.Counts, shown.Reason, shown.Dates = e.Counts, e.Reason, e.Source
		}
		for _, f := range s.Figures {
			shown.Figures[f.Name] = f.Value
		}
		rules = append(rules, shown)
	}
	for _, r := range Rules() {
		add(r, true)
	}
	for _, r := range rulebook.NotSimulated() {
		add(r, false)
	}
	return rules
}

// RuleList is the rules of a world in one environment on one day.
type RuleList struct {
	Environment nic.Environment `json:"environment"`
	On          settings.Date   `json:"on"`
	Rules       []Rule          `json:"rules"`
}

// ReadRules returns the rules of a world, with its settings. An empty environment is the sandbox; an empty day is the
// one whose rules the world enforces now.
func ReadRules(_ context.Context, w *world.World, environment, on string) (RuleList, error) {
	env := nic.Sandbox
	var err error
	if environment != "" {
		if env, err = Environment(environment); err != nil {
			return RuleList{}, err
		}
	}
	book := w.Book(env)
	if on != "" {
		day, err := settings.Date(on).Time()
		if err != nil || !rulebook.Covers(day) {
			return RuleList{}, refuse("on", "value-invalid", "must be a day from 2020-10-01 to 2099-12-31")
		}
		book.Day = day
	}
	return RuleList{env, settings.DateOf(book.Day), RulesOf(book)}, nil
}
