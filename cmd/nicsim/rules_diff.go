package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

func (p program) diffRules() *cobra.Command {
	var f ruleFlags
	var between period
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff --from DAY --to DAY",
		Short: "Say which rules changed between two days",
		Long: `Lists what changed after the day --from, up to the day --to: rules that came into force or ended,
figures that changed, and rules whose status changed. Each change has its day and its source. A change
that is the same in sandbox and production is listed once.

Exit codes: 0 listed, also if nothing changed, 2 wrong use.`,
		Example: `  nicsim rules diff --from 2026-01-31 --to 2026-02-02
  nicsim rules diff --from 2026-05-01 --to 2026-08-01 --announced
  nicsim rules diff --from 2025-03-31 --to 2025-04-01 --environment production
  nicsim rules diff --from 2025-01-01 --to 2026-01-01 --json | jq -r '.changes[] | .day + " " + .name'`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			from, to, err := between.days()
			if err != nil {
				return err
			}
			changes, err := f.changes(from, to)
			if err != nil {
				return err
			}
			return p.report(asJSON,
				ruleDiff{settings.DateOf(from), settings.DateOf(to), f.announced, changes, !isTerminal(p.out)})
		},
	}
	between.add(cmd.Flags())
	f.add(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document instead of text")
	return cmd
}

// ruleDiff has the changes between two days; its JSON names are a contract.
type ruleDiff struct {
	From      settings.Date `json:"from"`
	To        settings.Date `json:"to"`
	Announced bool          `json:"announced"`
	Changes   []ruleChange  `json:"changes"`
	wide      bool
}

// ruleChange is a change of a rule on a day; its JSON names are a contract.
type ruleChange struct {
	Day         settings.Date   `json:"day"`
	Environment string          `json:"environment"`
	Name        string          `json:"name"`
	Code        string          `json:"code"`
	Change      string          `json:"change"` // began, ended, figures or status
	Before      ruleState       `json:"before"`
	After       ruleState       `json:"after"`
	Counts      rulebook.Counts `json:"counts"` // the date that is compared with the day
	Simulated   bool            `json:"simulated"`
	Says        string          `json:"says"`
	Reason      string          `json:"reason"`
	Source      string          `json:"source"` // of the day
}

type ruleState struct {
	InForce bool              `json:"inForce"`
	Status  rulebook.Status   `json:"status"` // empty where no edition applies
	Figures map[string]string `json:"figures"`
}

// changes returns the changes after one day up to another, in the order of their days.
func (f *ruleFlags) changes(from, to time.Time) ([]ruleChange, error) {
	environments, err := f.chosen()
	if err != nil {
		return nil, err
	}
	changes := []ruleChange{}
	for _, day := range turningDays(settings.DateOf(from), settings.DateOf(to)) {
		begins, _ := day.Time() // it is a day: editions were read
		before, after := f.rulesOn(begins.Add(-time.Second), environments), f.rulesOn(begins, environments)
		for i := range after[environments[0]] {
			for _, at := range inEach(environments, func(env nic.Environment) ruleChange {
				return changeOf(day, before[env][i], after[env][i])
			}) {
				if at.value.Change != "" {
					at.value.Environment = at.environment
					changes = append(changes, at.value)
				}
			}
		}
	}
	return changes, nil
}

// turningDays are the days after one day up to another on which an edition of a rule begins, or has ended.
func turningDays(after, to settings.Date) []settings.Date {
	days := map[settings.Date]bool{}
	for _, rule := range rulebook.Names() {
		for _, e := range rulebook.Editions(rule) {
			days[e.From] = true
			if last, err := e.Until.Time(); err == nil {
				days[settings.DateOf(last.AddDate(0, 0, 1))] = true
			}
		}
	}
	maps.DeleteFunc(days, func(day settings.Date, _ bool) bool { return day <= after || day > to })
	return slices.Sorted(maps.Keys(days))
}

// changeOf compares a rule on a day with the day before. It returns the zero value if nothing changed.
func changeOf(day settings.Date, earlier, later admin.Rule) ruleChange {
	first, _ := day.Time() // it is a day
	before, after := stateOf(earlier, settings.DateOf(first.Add(-time.Hour))), stateOf(later, day)
	var change string
	switch {
	case !before.InForce && after.InForce:
		change = "began"
	case before.InForce && !after.InForce:
		change = "ended"
	case after.InForce && !maps.Equal(before.Figures, after.Figures):
		change = "figures"
	case before.Status != after.Status:
		change = "status"
	default:
		return ruleChange{}
	}
	return ruleChange{Day: day, Name: later.Name, Code: later.Code, Change: change, Before: before, After: after,
		Counts: later.Counts, Simulated: later.Simulated, Says: later.Says, Reason: later.Reason, Source: later.Dates}
}

func stateOf(r admin.Rule, day settings.Date) ruleState {
	s := ruleState{r.InForce, r.Status, r.Figures}
	if day < r.From || r.Until != "" && r.Until < day {
		s.Status = "" // the nearest edition does not apply
	}
	return s
}

func (d ruleDiff) print(page page) error {
	page.wide = d.wide
	if len(d.Changes) == 0 {
		page.line("No rule changed from %s to %s.", d.From, d.To)
	}
	var rows [][]string
	for _, c := range d.Changes {
		rows = append(rows, []string{string(c.Day), c.Name, cmp.Or(c.Code, "-"), c.Environment, c.words(),
			sentences(c.Says, c.Reason, datesSource(c.Source))})
	}
	page.table(0, rows)
	return page.err
}

// words are the change, as in "aatoThresholdCrore from 100 to 10".
func (c ruleChange) words() string {
	var words string
	switch c.Change {
	case "began":
		words = "came into force"
		if figures := figureWords(c.After.Figures); figures != "" {
			words += " with " + figures
		}
	case "ended":
		words = "ended"
	case "figures":
		var changed []string
		for _, name := range slices.Sorted(maps.Keys(c.After.Figures)) {
			if was, is := c.Before.Figures[name], c.After.Figures[name]; was != is {
				changed = append(changed, name+" from "+was+" to "+is)
			}
		}
		words = strings.Join(changed, ", ")
	default:
		words = stateWords(c.After.InForce, "", true)
	}
	if c.Counts == rulebook.DocumentDate {
		words += " for documents from this day on"
	}
	if c.After.Status != "" && c.After.Status != rulebook.InForce {
		words += " (" + string(c.After.Status) + ")"
	}
	if !c.Simulated {
		words += ", not simulated"
	}
	return words
}
