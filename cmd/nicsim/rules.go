package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// ruleRow is a rule in the list; its JSON names are a contract.
type ruleRow struct {
	Name    string `json:"name"` // switches it in the setting rules
	Code    string `json:"code"` // NIC's; empty where NIC publishes none
	InForce bool   `json:"inForce"`
	Off     string `json:"off,omitempty"`    // why it is not in force
	Hidden  string `json:"hidden,omitempty"` // what refuses first
	Says    string `json:"says"`             // what must hold
	Source  string `json:"source"`
}

// ruleList is the list of rules; its JSON name is a contract.
type ruleList struct {
	Rules []ruleRow `json:"rules"`
	wide  bool
}

func (p program) rules() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rules [TEXT]",
		Short: "List the rules that a world can switch",
		Long: `Lists the rules of the portals, of the API, of invoices and of e-way bills: the name, NIC's
code, what must hold, where NIC says so (SIM: nicsim's own rule), and whether the rule is in force in a
fresh world. With TEXT, lists the rules whose name or code contains it.

The setting rules of a world switches a rule by its name, as in {"rules":{"hsn-length":false}} for
PATCH /control/v1/settings.

Exit codes: 0 listed, 2 no such rule.`,
		Example: `  nicsim rules
  nicsim rules password
  nicsim rules 2305
  nicsim rules --json | jq -r '.rules[] | select(.inForce | not) | .name'`,
		Args: atMostOne("searches for one text", "' without a text lists all rules"),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.listRules(strings.ToLower(strings.Join(args, "")), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document instead of text")
	return cmd
}

func (p program) listRules(text string, asJSON bool) error {
	book := rulesOfToday()
	report := ruleList{wide: !p.onTerminal()}
	for _, r := range admin.Rules() {
		if strings.Contains(r.Name, text) || strings.Contains(r.Code, text) {
			report.Rules = append(report.Rules, ruleRow{r.Name, r.Code, book.Holds(r.Name), whyOff(book, r), r.Hidden, r.Says,
				r.Source})
		}
	}
	if len(report.Rules) == 0 {
		return wrongUse{fmt.Errorf("no rule has %q in its name or code", text),
			"'nicsim rules' without a text lists them all"}
	}
	return p.report(asJSON, report)
}

// rulesOfToday are the rules of the sandbox in a fresh world.
func rulesOfToday() rulebook.Book {
	return rulebook.New(new(settings.Default()), nic.Sandbox, clock.System())
}

// whyOff says why a rule is not in force; "" if it is.
func whyOff(book rulebook.Book, r rulebook.Rule) string {
	if s := book.Standing(r.Name); !s.InForce {
		return s.Why
	}
	return ""
}

func (l ruleList) print(page page) error {
	page.wide = l.wide
	for _, r := range l.Rules {
		state := "in force"
		if !r.InForce {
			state = "not in force: " + r.Off
		}
		page.title("%s", r.Name)
		page.entry("", 2, cmp.Or(r.Code, "no code of NIC's")+", "+state)
		page.entry("", 2, r.Says)
		if r.Hidden != "" {
			page.entry("", 2, "No client meets it: "+r.Hidden)
		}
		page.entry("", 2, "Source: "+sourceWords(r.Source))
	}
	return page.err
}
