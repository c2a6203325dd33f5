package main

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator/nic"
)

// invoiceCheck has the flags of one `nicsim invoice check`.
type invoiceCheck struct {
	judging
	on   string
	json bool
}

func (p program) checkInvoice() *cobra.Command {
	var c invoiceCheck
	cmd := &cobra.Command{
		Use:   "check [FILE|-]...",
		Short: "Say what the IRP would answer to an invoice",
		Long: `Checks the JSON of invoices, credit notes and debit notes, from files or standard input,
against NIC's schema and rules, offline. It prints every violation with its place in the
document, NIC's code and words, the rule and the value that would have passed. As at the
Invoice Registration Portal (IRP), the rules are applied only to a document without
violations of the schema. The taxpayers are those of the fixtures. The command does not know
which numbers are registered.

A file has one document, or an array of documents. Each gets a verdict; FILE[0] is the first
of an array.

With --on, the documents are judged at noon of that day, in Indian time, by the rules of that
day: a later date is in the future, and ages end there.

Exit codes: 0 no violation, 1 violations, 2 wrong use or no JSON.`,
		Example: `  nicsim invoice check invoice.json
  nicsim invoice new | nicsim invoice check
  nicsim invoice check --on 2026-02-02 --environment production january.json february.json
  With your own GSTINs:
    nicsim invoice check --unknown synthesise invoice.json
  For a script:
    nicsim invoice check --json invoice.json | jq -r '.violations[] | .code + " " + .path'`,
		RunE: func(_ *cobra.Command, args []string) error { return p.runCheckInvoice(c, args) },
	}
	flags := cmd.Flags()
	c.add(flags, "refuse")
	flags.StringVar(&c.on, "on", "", "judge on this `day` (default: today); --day is the same flag")
	flags.StringVar(&c.environment, "environment", string(nic.Sandbox), "`environment`: sandbox or production")
	c.addAnnounced(flags)
	flags.BoolVar(&c.json, "json", false, "print one JSON document instead of text")
	flags.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "day" {
			name = "on"
		}
		return pflag.NormalizedName(name)
	})
	return cmd
}

func (p program) runCheckInvoice(c invoiceCheck, args []string) error {
	if err := oneOf("environment", c.environment, string(nic.Sandbox), string(nic.Production)); err != nil {
		return err
	}
	now, err := dayFlag("on", c.on)
	if err != nil {
		return err
	}
	payloads, err := p.payloads(args)
	if err != nil {
		return err
	}
	var report checkReport
	if report.Invoices, err = c.judgeAll(payloads, now); err != nil {
		return err
	}
	report.OK = true
	for _, r := range report.Invoices {
		report.OK = report.OK && r.OK
	}
	if len(payloads) == 1 && payloads[0].Index == nil {
		err = p.report(c.json, report.Invoices[0].invoiceReport)
	} else {
		err = p.report(c.json, report)
	}
	if err != nil || report.OK {
		return err
	}
	return exit{exitNotConformant}
}

func (c invoiceCheck) judgeAll(payloads []payload, now time.Time) ([]payloadReport, error) {
	if err := c.prepare(); err != nil {
		return nil, err
	}
	var reports []payloadReport
	for _, each := range payloads {
		report, err := c.judge(each.text, nic.Environment(c.environment), now)
		if err != nil {
			return nil, err
		}
		reports = append(reports, payloadReport{each, report})
	}
	return reports, nil
}

// checkReport has the answers to several invoices; its JSON names are a contract.
type checkReport struct {
	OK       bool            `json:"ok"` // all are
	Invoices []payloadReport `json:"invoices"`
}

type payloadReport struct {
	payload
	invoiceReport
}

func (r checkReport) print(page page) error {
	passed := 0
	for _, each := range r.Invoices {
		page.heading("%s", each.name())
		if err := each.print(page); err != nil {
			return err
		}
		if each.OK {
			passed++
		}
	}
	page.line("")
	page.line("%d of %d without a violation", passed, len(r.Invoices))
	return page.err
}
