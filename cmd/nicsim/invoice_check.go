package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/settings"
)

// invoiceCheck is what one `nicsim invoice check` was asked to do.
type invoiceCheck struct {
	day, gstin, unknown string
	hsn                 string // file
	json                bool
}

func (p program) checkInvoice() *cobra.Command {
	var c invoiceCheck
	cmd := &cobra.Command{
		Use:   "check [FILE|-]",
		Short: "Say what the IRP would answer to an invoice",
		Long: `Holds the JSON of an invoice, credit note or debit note, from FILE or standard input,
against NIC's schema and rules, offline: every violation with its place in the document, NIC's
code and words, the rule and what would have passed. As at the IRP, rules are asked only
when the schema has no objection. Whether the number is registered already is not known
here, and taxpayers are those of the fixtures.

Exit codes: 0 no violation, 1 violations, 2 wrong use or no JSON.`,
		Example: `  nicsim invoice check invoice.json
  nicsim invoice new | nicsim invoice check
  With your own GSTINs:
    nicsim invoice check --unknown synthesise invoice.json
  For a script:
    nicsim invoice check --json invoice.json | jq -r '.violations[] | .code + " " + .path'`,
		Args: oneInput,
		RunE: func(_ *cobra.Command, args []string) error { return p.runCheckInvoice(c, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.unknown, "unknown", string(settings.RefuseUnknown),
		"what becomes of GSTINs that are not in the fixtures: refuse, or synthesise to `make` taxpayers up")
	flags.StringVar(&c.gstin, "gstin", "", "`GSTIN` that asks (default: the supplier's)")
	flags.StringVar(&c.day, "day", "", "`date` on which it asks (default: today)")
	flags.StringVar(&c.hsn, "hsn-file", "", "`file` with all HSN codes, one a line (default: their chapters are checked)")
	flags.BoolVar(&c.json, "json", false, "print one JSON document instead of text")
	return cmd
}

func (p program) runCheckInvoice(c invoiceCheck, args []string) error {
	facts, err := c.facts()
	if err != nil {
		return err
	}
	text, err := p.input(args)
	if err != nil {
		return err
	}
	report := judgeInvoice(text, facts)
	if i := slices.IndexFunc(report.Violations, func(f violationReport) bool { return f.Rule == "request-json" }); i >= 0 {
		return wrongUse{errors.New(report.Violations[i].Message),
			"an invoice is one JSON object; 'nicsim invoice new' writes one"}
	}
	if c.json {
		err = writeJSON(p.out, report)
	} else {
		err = report.print(page{out: p.out, bold: p.wantsBold()})
	}
	switch {
	case err != nil:
		return fmt.Errorf("writing about the invoice: %w", err)
	case !report.OK:
		return exit{exitNotConformant}
	}
	return nil
}

// facts are those of a world as it begins.
func (c invoiceCheck) facts() (invoice.Facts, error) {
	none := invoice.Facts{}
	unknown := settings.UnknownGSTIN(c.unknown)
	if unknown != settings.RefuseUnknown && unknown != settings.SynthesiseUnknown {
		return none, wrongUse{fmt.Errorf("--unknown: %q is neither refuse nor synthesise", c.unknown),
			"synthesise makes up an active taxpayer for each GSTIN"}
	}
	now, err := dayFlag("day", c.day)
	if err != nil {
		return none, err
	}
	cast, err := fixtures.Load()
	if err != nil {
		return none, err
	}
	facts := invoice.Facts{
		Requester: normalID(c.gstin), Now: now, Settings: invoice.DefaultSettings(),
		Taxpayer: func(gstin string) (invoice.Taxpayer, bool) {
			t, known := taxpayerOf(cast, gstin)
			if !known && unknown == settings.SynthesiseUnknown {
				return invoice.Synthetic(gstin)
			}
			return t, known
		},
	}
	facts.HSN, err = readHSN(c.hsn)
	return facts, err
}

func taxpayerOf(cast fixtures.Fixtures, gstin string) (invoice.Taxpayer, bool) {
	for _, t := range cast.Taxpayers {
		if string(t.GSTIN) == gstin {
			return invoice.Taxpayer{
				GSTIN: gstin, LegalName: t.LegalName, TradeName: t.TradeName, Status: t.Status, Type: t.Type,
				EInvoiceEnabled: t.EInvoiceEnabled, AATOCrore: t.AATOCrore, RegisteredOn: t.RegisteredOn,
				CancelledOn: t.CancelledOn,
				Location:    t.Address.Location, Pincode: strconv.Itoa(t.Address.Pincode),
			}, true
		}
	}
	return invoice.Taxpayer{}, false
}

// judgeInvoice says what the IRP would. Without a requester the supplier asks.
func judgeInvoice(text []byte, facts invoice.Facts) invoiceReport {
	report := invoiceReport{Violations: []violationReport{}, EWayBillViolations: []violationReport{}}
	document, violations := invoice.Parse(text)
	if document == nil {
		report.Violations = violationReports(violations)
		return report
	}
	report.Document = &documentReport{
		Type: document.DocDtls.Typ, Number: document.DocDtls.No, Date: document.DocDtls.Dt, Supply: document.TranDtls.SupTyp,
		Seller: document.SellerDtls.Gstin, Buyer: document.BuyerDtls.Gstin,
		Lines: len(document.ItemList), Total: document.ValDtls.TotInvVal.String(),
	}
	facts.Requester = cmp.Or(facts.Requester, document.SellerDtls.Gstin)
	report.Violations = violationReports(invoice.Check(document, facts))
	if shipment := document.Shipment(); shipment != nil {
		report.EWayBillViolations = violationReports(shipment.Check(facts))
	}
	if report.Registered = len(report.Violations) == 0; report.Registered {
		report.IRN = document.IRN(facts.Now)
	}
	report.OK = report.Registered && len(report.EWayBillViolations) == 0
	return report
}
