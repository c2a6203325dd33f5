package main

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// impact has the flags of one `nicsim rules impact`.
type impact struct {
	judging
	period
	keepDates, json bool
	junit           string // file
}

func (p program) ruleImpact() *cobra.Command {
	var c impact
	cmd := &cobra.Command{
		Use:   "impact --from DAY --to DAY [FILE|-]...",
		Short: "Say which of your invoices pass on one day and not on another",
		Long: `Judges each invoice by the rules of both days, and prints those that pass on one of them only: the
violations, with their places, NIC's codes, the rules and the values that would have passed. A file has
one invoice, or an array; FILE[0] is the first of an array.

The invoices are judged as if they were issued on the judged day: their dates are moved, so that the
date of the document is that day and all other dates keep their distance to it. So an invoice does not
fail because time has passed. --keep-dates judges the dates as they are, for documents that wait.

An invoice fails if it would not be registered, or would be without the e-way bill that it asks for.
GSTINs that are not in the fixtures are taken as active taxpayers.

Exit codes: 0 all that pass on --from pass on --to, 1 one does not, 2 wrong use or no JSON.`,
		Example: `  nicsim rules impact --from 2026-01-31 --to 2026-02-02 invoices.json
  nicsim rules impact --from 2026-05-01 --to 2026-08-01 --announced --environment production *.json
  For CI:
    nicsim rules impact --from 2026-05-01 --to 2026-08-01 --announced --junit impact.xml *.json`,
		RunE: func(_ *cobra.Command, args []string) error { return p.runImpact(c, args) },
	}
	flags := cmd.Flags()
	c.period.add(flags)
	c.ruleFlags.add(flags)
	flags.BoolVar(&c.keepDates, "keep-dates", false, "judge the dates of the invoices as they are")
	c.judging.add(flags, settings.SynthesiseUnknown)
	flags.StringVar(&c.junit, "junit", "", "write a JUnit report to this `file`")
	flags.BoolVar(&c.json, "json", false, "print one JSON document instead of text")
	return cmd
}

func (p program) runImpact(c impact, args []string) error {
	from, to, err := c.days()
	if err != nil {
		return err
	}
	environments, err := c.chosen()
	if err != nil {
		return err
	}
	if err := c.prepare(); err != nil {
		return err
	}
	payloads, err := p.payloads(args)
	if err == nil {
		err = createAll([]output{{flag: "junit", name: c.junit}})
	}
	if err != nil {
		return err
	}
	report := impactReport{From: settings.DateOf(from), To: settings.DateOf(to), Announced: c.announced,
		KeptDates: c.keepDates, Invoices: []impactRow{}}
	changed := c.changed(from, to, environments)
	for _, each := range payloads {
		rows := inEach(environments, func(env nic.Environment) impactRow {
			row, failed := c.compare(each, env, from, to)
			if failed == nil && row.differs() {
				row.Changed, failed = c.causes(row, env, to, changed[env])
			}
			err = cmp.Or(err, failed)
			return row
		})
		if err != nil {
			return err
		}
		for _, row := range rows {
			row.value.Environment = row.environment
			report.Invoices = append(report.Invoices, row.value)
		}
	}
	if err := writeAll([]output{{"junit", c.junit, report.writeJUnit}}); err != nil {
		return err
	}
	if err := p.report(c.json, report); err != nil || !report.breaks() {
		return err
	}
	return exit{exitNotConformant}
}

// outcome of an invoice on two days.
const (
	passes = "passes" // on both
	fails  = "fails"  // on both
	breaks = "breaks" // passes on the first day only
	clears = "clears" // passes on the second day only
)

// compare judges an invoice on both days.
func (c *impact) compare(each payload, env nic.Environment, from, to time.Time) (impactRow, error) {
	before, err := c.judgeOn(each.text, env, from)
	if err != nil {
		return impactRow{}, err
	}
	after, err := c.judgeOn(each.text, env, to)
	if err != nil {
		return impactRow{}, err
	}
	outcome := map[[2]bool]string{{true, true}: passes, {true, false}: breaks, {false, true}: clears}
	return impactRow{
		payload: each, Changed: []string{}, Document: cmp.Or(after.Document, before.Document),
		Outcome:  cmp.Or(outcome[[2]bool{before.OK, after.OK}], fails),
		OnlyFrom: missing(before, after), OnlyTo: missing(after, before),
	}, nil
}

// changed returns the rules of the first day, in each environment, that are not the same on the second.
func (c *impact) changed(from, to time.Time, environments []nic.Environment) map[nic.Environment][]admin.Rule {
	before, after := c.rulesOn(from, environments), c.rulesOn(to, environments)
	changed := map[nic.Environment][]admin.Rule{}
	for env, rules := range before {
		for i, was := range rules {
			is := after[env][i]
			if is.Simulated && (was.InForce != is.InForce || !maps.Equal(was.Figures, is.Figures)) {
				changed[env] = append(changed[env], was)
			}
		}
	}
	return changed
}

// causes returns those of the changed rules that make the difference: they have a violation that only one day has, or
// the answer of the second day is another when they are as on the first.
func (c *impact) causes(row impactRow, env nic.Environment, to time.Time, changed []admin.Rule) ([]string, error) {
	names := []string{}
	answer, err := c.judgeOn(row.text, env, to)
	if err != nil {
		return nil, err
	}
	for _, was := range changed {
		asBefore := *c
		asBefore.switched = map[string]bool{was.Name: was.InForce}
		other, err := asBefore.judgeOn(row.text, env, to)
		if err != nil {
			return nil, err
		}
		if len(missing(answer, other))+len(missing(other, answer)) > 0 ||
			slices.ContainsFunc(slices.Concat(row.OnlyFrom, row.OnlyTo),
				func(v violationReport) bool { return v.Rule == was.Name }) {
			names = append(names, was.Name)
		}
	}
	return names, nil
}

func (c *impact) judgeOn(text string, env nic.Environment, day time.Time) (invoiceReport, error) {
	if !c.keepDates {
		text = dated(text, day)
	}
	return c.judge(text, env, day)
}

// missing returns the violations that another judgement does not have.
func missing(of, other invoiceReport) []violationReport {
	known := slices.Concat(other.Violations, other.EWayBillViolations)
	return slices.DeleteFunc(slices.Concat([]violationReport{}, of.Violations, of.EWayBillViolations),
		func(v violationReport) bool {
			return slices.ContainsFunc(known, func(k violationReport) bool {
				return k.Code == v.Code && k.Path == v.Path && k.Rule == v.Rule
			})
		})
}
