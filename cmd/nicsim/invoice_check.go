package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/irp/invoice/schema"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// invoiceCheck holds the flags of `nicsim invoice check`.
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
		Long: `Checks the JSON of an invoice, credit note or debit note, from FILE or standard input,
against NIC's schema and rules, offline. It prints every violation with its place in the
document, NIC's code and words, the rule and the value that would have passed. As at the
Invoice Registration Portal (IRP), the rules are applied only to a document without
violations of the schema. The taxpayers are those of the fixtures. The command does not know
which numbers are registered.

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
	flags.StringVar(&c.unknown, "unknown", string(settings.RefuseUnknown),
		"how to treat GSTINs that are not in the fixtures: refuse, or synthesise to `make` taxpayers up")
	flags.StringVar(&c.gstin, "gstin", "", "`GSTIN` of the caller (default: the supplier's)")
	flags.StringVar(&c.day, "day", "", "`date` of the call (default: today)")
	flags.StringVar(&c.hsn, "hsn-file", "", "`file` with all HSN codes, one a line (default: their chapters are checked)")
	flags.BoolVar(&c.json, "json", false, "print one JSON document instead of text")
	return cmd
}

func (p program) runCheckInvoice(c invoiceCheck, args []string) error {
	facts, find, err := c.facts()
	if err != nil {
		return err
	}
	text, err := p.input(args)
	if err != nil {
		return err
	}
	if isSealed(text) {
		return wrongUse{errors.New("the document is sealed: its content is encrypted in Data"),
			"'nicsim open' decrypts it with the session key (SEK); check what it prints"}
	}
	verdict, err := invoice.Judge(text, facts, find)
	if err != nil {
		return fmt.Errorf("checking the invoice: %w", err)
	}
	for _, v := range verdict.Violations {
		if v.Rule == invoice.RuleJSON {
			return wrongUse{fmt.Errorf("invalid JSON at %w", schema.Syntax(string(text))),
				"an invoice is one JSON object; 'nicsim invoice new' writes one"}
		}
	}
	report := reportOf(verdict, facts)
	if err := p.report(c.json, report); err != nil || report.OK {
		return err
	}
	return exit{exitNotConformant}
}

// isSealed reports whether a document is the body of a request or an answer, as it is on the wire.
func isSealed(text []byte) bool {
	var document map[string]json.RawMessage
	if err := json.Unmarshal(text, &document); err != nil {
		return false
	}
	var sealed string
	for name, value := range document {
		if strings.EqualFold(name, "Data") && json.Unmarshal(value, &sealed) == nil {
			return document["DocDtls"] == nil
		}
	}
	return false
}

// facts are those of a new world.
func (c invoiceCheck) facts() (invoice.Facts, invoice.Find, error) {
	none := invoice.Facts{}
	unknown := settings.UnknownGSTIN(c.unknown)
	if unknown != settings.RefuseUnknown && unknown != settings.SynthesiseUnknown {
		return none, nil, wrongUse{fmt.Errorf("--unknown: %q is neither refuse nor synthesise", c.unknown),
			"synthesise makes up an active taxpayer for each GSTIN"}
	}
	now, err := dayFlag("day", c.day)
	if err != nil {
		return none, nil, err
	}
	find := func(gstin string) (invoice.Taxpayer, bool, error) {
		t, known, err := invoice.FindFixture(gstin)
		if !known && err == nil && unknown == settings.SynthesiseUnknown {
			t, known = invoice.Synthetic(gstin)
		}
		return t, known, err
	}
	facts := invoice.Facts{Requester: normalID(c.gstin), Now: now,
		Book: rulebook.New(new(settings.Default()), nic.Sandbox, now)}
	facts.HSN, err = readHSN(c.hsn)
	return facts, find, err
}
