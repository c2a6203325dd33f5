package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
)

// sampleInvoice has the flags of one `nicsim invoice new`.
type sampleInvoice struct {
	supply, number, day string
	seller, buyer       string // GSTINs
	out                 string // file
}

// supplies are the types of supply for which NIC registers invoices.
var supplies = []string{"B2B", "SEZWP", "SEZWOP", "EXPWP", "EXPWOP", "DEXP"}

func (p program) newInvoice() *cobra.Command {
	var s sampleInvoice
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Write a small valid invoice",
		Long: `Writes the smallest invoice of a type of supply that breaks no rule, in NIC's format
INV-01: one line of goods at 18 percent, between taxpayers of the fixtures. Flags that
would make an invoice that 'nicsim invoice check' refuses are wrong use.

Supplies: B2B to a business, SEZWP and SEZWOP to a special economic zone with and without
payment of tax, EXPWP and EXPWOP exports likewise, DEXP deemed exports.

A number is registered once: give another --number for a second invoice of the day.

Exit codes: 0 written, 2 wrong use.`,
		Example: `  nicsim invoice new
  nicsim invoice new --supply EXPWP -o export.json
  nicsim invoice new --buyer 27ABCCD1234E1Z5 --number A/77 | nicsim invoice check`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.runNewInvoice(s) },
	}
	flags := cmd.Flags()
	flags.StringVar(&s.supply, "supply", "", "`type` of supply: "+strings.Join(supplies, ", ")+" (default B2B)")
	flags.StringVar(&s.number, "number", "", "document `number` (default: made from the day)")
	flags.StringVar(&s.day, "day", "", "`date` of the document (default: today)")
	flags.StringVar(&s.seller, "seller", "", "`GSTIN` of the supplier, one of the fixtures (default "+defaultGSTIN+")")
	flags.StringVar(&s.buyer, "buyer", "", "`GSTIN` of the recipient, one of the fixtures (default: one that suits the supply)")
	flags.StringVarP(&s.out, "out", "o", "", "write to this `file` (default: standard output)")
	return cmd
}

func (p program) runNewInvoice(s sampleInvoice) error {
	supply := strings.ToUpper(cmp.Or(s.supply, "B2B"))
	if err := oneOf("supply", supply, supplies...); err != nil {
		return err
	}
	today, err := dayFlag("day", s.day)
	if err != nil {
		return err
	}
	sample := invoice.Sample{Supply: supply, Today: today, Number: s.number}
	for _, party := range []struct {
		flag, gstin string
		trader      *invoice.Trader
	}{{"seller", s.seller, &sample.Seller}, {"buyer", s.buyer, &sample.Buyer}} {
		if party.gstin == "" {
			continue
		}
		if *party.trader, err = invoice.FixtureTrader(normalID(party.gstin)); err != nil {
			return wrongUse{fmt.Errorf("--%s: %w", party.flag, err), "'nicsim fixtures --what taxpayers' lists them"}
		}
	}
	document, err := sample.Document()
	if err != nil {
		return wrongUse{err, "'nicsim invoice new --help' lists the types of supply"}
	}
	if err := s.judge(document); err != nil {
		return err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, document.JSON(), "", "  "); err != nil {
		return fmt.Errorf("making a sample: %w", err)
	}
	text.WriteByte('\n')
	if s.out != "" {
		if err := os.WriteFile(s.out, text.Bytes(), 0o644); err != nil { //nolint:gosec // a made-up invoice
			return wrongUse{fmt.Errorf("--out: %w", err), "--out takes a file that can be written, in a folder that exists"}
		}
		return nil
	}
	if _, err := p.out.Write(text.Bytes()); err != nil {
		return fmt.Errorf("writing the invoice: %w", err)
	}
	return nil
}

// judge refuses a document that 'nicsim invoice check' would refuse on its day. The error names the flag
// that led to the violation, and the rule.
func (s sampleInvoice) judge(document *invoice.Document) error {
	now, err := dayFlag("day", s.day)
	if err != nil {
		return err
	}
	facts := invoice.Facts{Now: now, Book: new(ruleFlags).book(nic.Sandbox, now)}
	if today := clock.System().In(nic.IST); now.After(today) {
		facts.Now = today // a document of a later day is refused today
	}
	verdict, err := invoice.Judge(document.JSON(), facts, invoice.FindFixture)
	if err != nil || verdict.Registers() {
		return err
	}
	first, flag, value := verdict.Violations[0], "day", "today"
	for _, f := range []struct{ flag, value, path string }{ // the last one that fits counts; all decide the taxes
		{"day", s.day, ""}, {"supply", s.supply, ""}, {"buyer", s.buyer, ""}, {"seller", s.seller, ""},
		{"supply", s.supply, "TranDtls"}, {"buyer", s.buyer, "BuyerDtls"}, {"seller", s.seller, "SellerDtls"},
		{"number", s.number, "DocDtls.No"}, {"day", s.day, "DocDtls.Dt"},
	} {
		if f.value != "" && strings.HasPrefix(first.Path, f.path) {
			flag, value = f.flag, f.value
		}
	}
	hint := cmp.Or(sayingOf(first.Rule), "it takes "+first.Want)
	if first.Rule == "recipient-not-sez" {
		hint = "--supply SEZWP or SEZWOP fits a recipient in an SEZ"
	}
	return wrongUse{fmt.Errorf("--%s: NIC refuses an invoice with %q: %s %s (%s, rule %s)", flag, value, first.Code,
		strings.TrimSpace(first.Message), first.Path, first.Rule), hint}
}
