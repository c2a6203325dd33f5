package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// ruleSearch has the flags of one `nicsim rules`.
type ruleSearch struct {
	ruleFlags
	on   string
	json bool
}

func (p program) rules() *cobra.Command {
	var r ruleSearch
	cmd := &cobra.Command{
		Use:   "rules [TEXT]",
		Short: "List the rules of a day, or compare days",
		Long: `Lists the rules of the portals, of the API, of invoices and of e-way bills as they are on a day:
the name, NIC's code, the environment, whether the rule is in force, its first and last day, and what
must hold. A rule that differs between sandbox and production has a line for each. In a pipe each rule
is one line, whose columns are separated by two or more blanks.

With TEXT, lists the rules whose name or code contains it. The full name of a rule shows its details:
where NIC says so (SIM: nicsim's own rule), why it is in force or not, and all its editions.

The setting rules of a world switches a rule by its name, as in {"rules":{"hsn-length":false}} for
PATCH /control/v1/settings. Rules that nicsim does not simulate cannot be switched.

Exit codes: 0 listed, 2 wrong use or no such rule.`,
		Example: `  nicsim rules
  nicsim rules --on 2022-09-13 --environment production
  nicsim rules document-age
  nicsim rules 2305
  nicsim rules diff --from 2026-05-01 --to 2026-08-01 --announced
  nicsim rules impact --from 2026-05-01 --to 2026-08-01 --announced invoices.json
  nicsim rules --json | jq -r '.rules[] | select(.inForce | not) | .name'`,
		Args: atMostOne("searches for one text", "' without a text lists all rules"),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.listRules(r, strings.ToLower(strings.Join(args, "")))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&r.on, "on", "", "the rules of this `day` (default: today)")
	r.add(flags)
	flags.BoolVar(&r.json, "json", false, "print one JSON document instead of text")
	cmd.AddCommand(p.diffRules(), p.ruleImpact())
	return cmd
}

// ruleRow is a rule in the list; its JSON names are a contract.
type ruleRow struct {
	Environment string `json:"environment"` // both, where the rule is the same there
	admin.Rule
}

// ruleList is the list of rules; its JSON names are a contract.
type ruleList struct {
	On       settings.Date `json:"on"`
	Rules    []ruleRow     `json:"rules"`
	Editions []editionRow  `json:"editions,omitempty"` // of the one rule that was asked for by its name
	wide     bool
}

// editionRow is an edition of a rule; its JSON names are a contract.
type editionRow struct {
	Environment string            `json:"environment"`
	Status      rulebook.Status   `json:"status"`
	Enforced    bool              `json:"enforced"`
	Announced   settings.Date     `json:"announced"`
	From        settings.Date     `json:"from"`
	Until       settings.Date     `json:"until"`
	Counts      rulebook.Counts   `json:"counts"`
	Figures     map[string]string `json:"figures"`
	Reason      string            `json:"reason"`
	Source      string            `json:"source"`
}

func (p program) listRules(r ruleSearch, text string) error {
	day, err := ruleDay("on", r.on)
	if err != nil {
		return err
	}
	environments, err := r.chosen()
	if err != nil {
		return err
	}
	report := ruleList{On: settings.DateOf(day), wide: !isTerminal(p.out)}
	rules := r.rulesOn(day, environments)
	for i, rule := range rules[environments[0]] {
		named := rule.Name == text
		if !named && !strings.Contains(rule.Name, text) && !strings.Contains(rule.Code, text) {
			continue
		}
		if named {
			report.Rules, report.Editions = nil, editionsOf(text)
		}
		for _, at := range inEach(environments, func(env nic.Environment) admin.Rule { return rules[env][i] }) {
			report.Rules = append(report.Rules, ruleRow{at.environment, at.value})
		}
		if named {
			break
		}
	}
	if len(report.Rules) == 0 {
		return wrongUse{fmt.Errorf("no rule has %q in its name or code", text),
			"'nicsim rules' without a text lists them all"}
	}
	return p.report(r.json, report)
}

func editionsOf(rule string) (rows []editionRow) {
	for _, e := range rulebook.Editions(rule) {
		figures := map[string]string{}
		for _, f := range e.Figures {
			figures[f.Name] = f.Value
		}
		rows = append(rows, editionRow{cmp.Or(string(e.Environment), bothEnvironments), e.Status, e.Enforced(), e.Announced,
			e.From, e.Until, e.Counts, figures, e.Reason, e.Source})
	}
	return rows
}

// rulesOfToday are the rules of the sandbox in a fresh world.
func rulesOfToday() rulebook.Book {
	return new(ruleFlags).book(nic.Sandbox, clock.System())
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
	if l.Editions != nil {
		return l.printDetails(page)
	}
	var rows [][]string
	for _, r := range l.Rules {
		rows = append(rows, []string{r.Name, cmp.Or(r.Code, "-"), r.Environment, stateWords(r.InForce, r.Status, r.Simulated),
			datesWords(r.From, r.Until), r.Says})
	}
	page.table(0, rows)
	return page.err
}

func (l ruleList) printDetails(page page) error {
	r := l.Rules[0]
	page.title("%s", r.Name)
	page.entry("", 2, cmp.Or(r.Code, "no code of NIC's")+": "+r.Says)
	page.entry("", 2, "Source: "+sourceWords(r.Source))
	if r.Hidden != "" {
		page.entry("", 2, "No client meets it: "+r.Hidden)
	}
	for _, r := range l.Rules {
		state := stateWords(r.InForce, r.Status, r.Simulated)
		page.entry("", 2, fmt.Sprintf("%s, %s: %s, %s", l.On, environmentWords(r.Environment), state, r.Why))
	}
	page.line("")
	var rows [][]string
	for _, e := range l.Editions {
		rows = append(rows, []string{e.Environment, datesWords(e.From, e.Until), stateWords(e.Enforced, e.Status, true),
			sentences(figureWords(e.Figures), e.Reason, datesSource(e.Source))})
	}
	page.table(2, rows)
	return page.err
}

// stateWords says whether a rule is in force, as in "not in force (on hold)".
func stateWords(inForce bool, status rulebook.Status, simulated bool) string {
	words := "in force"
	if !inForce {
		words = "not " + words
	}
	if status != "" && status != rulebook.InForce {
		words += " (" + string(status) + ")"
	}
	if !simulated {
		words += ", not simulated"
	}
	return words
}

// datesWords are the first and the last day of an edition, as in 2023-11-01–2025-03-31; - if there is none.
func datesWords(from, until settings.Date) string {
	if from == "" {
		return "-"
	}
	return string(from) + "–" + string(until)
}

// figureWords are figures, as in "aatoThresholdCrore 10, maxDocumentAgeDays 30".
func figureWords(figures map[string]string) string {
	var words []string
	for name, value := range figures {
		words = append(words, name+" "+value)
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}

func datesSource(source string) string {
	if source == "" {
		return "NIC publishes no day"
	}
	return "Source: " + source
}

// sentences joins texts that are not empty.
func sentences(texts ...string) string {
	var said []string
	for _, text := range texts {
		if text != "" {
			said = append(said, strings.TrimSuffix(text, ".")+".")
		}
	}
	return strings.Join(said, " ")
}
