package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/steps/report"
)

// impactReport says what a change of the rules means for invoices; its JSON names are a contract.
type impactReport struct {
	From      settings.Date `json:"from"`
	To        settings.Date `json:"to"`
	Announced bool          `json:"announced"`
	KeptDates bool          `json:"keptDates"`
	Invoices  []impactRow   `json:"invoices"`
}

// impactRow is an invoice in one environment, or in both; its JSON names are a contract.
type impactRow struct {
	payload
	Environment string            `json:"environment"`
	Document    *documentReport   `json:"document,omitempty"` // absent if the schema refuses it
	Outcome     string            `json:"outcome"`            // passes, fails, breaks or clears
	Changed     []string          `json:"changed"`            // rules whose change makes the difference
	OnlyFrom    []violationReport `json:"onlyFrom"`           // violations that the other day does not have
	OnlyTo      []violationReport `json:"onlyTo"`
}

func (r impactReport) print(page page) error {
	for _, row := range r.Invoices {
		if !row.differs() {
			continue
		}
		page.title("%s", row.title(r))
		page.entry("", 2, row.changedRules())
		for _, on := range []struct {
			day        settings.Date
			violations []violationReport
		}{{r.From, row.OnlyFrom}, {r.To, row.OnlyTo}} {
			if row.Outcome == fails && len(on.violations) > 0 {
				page.line("  Only on %s:", on.day)
			}
			printViolations(&page, on.violations)
		}
		page.line("")
	}
	page.line("%s", r.summary())
	return page.err
}

// differs reports whether the two days have different violations.
func (r impactRow) differs() bool { return len(r.OnlyFrom)+len(r.OnlyTo) > 0 }

// title names the invoice and says how it fares, as in "b.json[3], INV A/7, sandbox: passes on 2026-05-01, fails on …".
func (r impactRow) title(of impactReport) string {
	name := r.name()
	if d := r.Document; d != nil {
		name += ", " + d.Type + " " + d.Number
	}
	words := map[string]string{
		passes: "passes on both days",
		fails:  "fails on both days",
		breaks: fmt.Sprintf("passes on %s, fails on %s", of.From, of.To),
		clears: fmt.Sprintf("fails on %s, passes on %s", of.From, of.To),
	}
	return fmt.Sprintf("%s, %s: %s", name, environmentWords(r.Environment), words[r.Outcome])
}

func (r impactRow) changedRules() string {
	if len(r.Changed) == 0 {
		return "No rule changed."
	}
	return plural(len(r.Changed), "Changed rule: ", "Changed rules: ") + strings.Join(r.Changed, ", ")
}

func environmentWords(environment string) string {
	if environment == bothEnvironments {
		return "both environments"
	}
	return environment
}

// breaks reports whether an invoice passes on the first day only.
func (r impactReport) breaks() bool {
	return slices.ContainsFunc(r.Invoices, func(row impactRow) bool { return row.Outcome == breaks })
}

// summary counts the invoices. One that fares differently in the environments counts as the first of its outcomes in
// the order of the sentence.
func (r impactReport) summary() string {
	order := []string{breaks, clears, fails, passes}
	rank := map[string]int{} // by name
	for _, row := range r.Invoices {
		at := slices.Index(order, row.Outcome)
		if known, found := rank[row.name()]; !found || at < known {
			rank[row.name()] = at
		}
	}
	var counts [4]int
	for _, at := range rank {
		counts[at]++
	}
	return fmt.Sprintf("Of %s, %d %s only on %s, %d only on %s, %d on both days and %d on neither.",
		count.Of(len(rank), "invoice"), counts[0], plural(counts[0], "passes", "pass"), r.From, counts[1], r.To,
		counts[3], counts[2])
}

// writeJUnit writes a test for each row. An invoice that breaks is a failure.
func (r impactReport) writeJUnit(w io.Writer) error {
	var cases []report.Case
	for _, row := range r.Invoices {
		shown := report.Case{Class: row.Environment, Name: row.name()}
		if row.Outcome == breaks {
			shown.Failure = row.title(r) + ". " + row.changedRules()
			var details strings.Builder
			printViolations(&page{out: &details}, row.OnlyTo)
			shown.Details = details.String()
		}
		cases = append(cases, shown)
	}
	return report.WriteCases(w, fmt.Sprintf("nicsim rules impact %s %s", r.From, r.To), clock.System(), cases)
}
