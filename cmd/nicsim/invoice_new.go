package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/settings"
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
	flags.SortFlags = false
	flags.StringVar(&s.supply, "supply", "B2B", "`type` of supply: "+strings.Join(supplies, ", "))
	flags.StringVar(&s.number, "number", "", "document `number` (default: made from the day)")
	flags.StringVar(&s.day, "day", "", "`date` of the document (default: today)")
	flags.StringVar(&s.seller, "seller", "", "`GSTIN` of the supplier, one of the fixtures (default "+defaultGSTIN+")")
	flags.StringVar(&s.buyer, "buyer", "", "`GSTIN` of the recipient, one of the fixtures (default: one that suits the supply)")
	flags.StringVarP(&s.out, "out", "o", "", "write to this `file` (default: standard output)")
	return cmd
}

func (p program) runNewInvoice(s sampleInvoice) error {
	supply := strings.ToUpper(s.supply)
	if !slices.Contains(supplies, supply) {
		return wrongUse{fmt.Errorf("--supply: there is no type of supply %q", s.supply), "choose from " + strings.Join(supplies, ", ")}
	}
	today, err := dayFlag("day", s.day)
	if err != nil {
		return err
	}
	cast, err := fixtures.Load()
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
		var known bool
		if *party.trader, known = traderOf(cast, normalID(party.gstin)); !known {
			return wrongUse{fmt.Errorf("--%s: the fixtures have no taxpayer %s", party.flag, party.gstin),
				"'nicsim fixtures --what taxpayers' lists them"}
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
			return wrongUse{fmt.Errorf("--out: %w", err), ""}
		}
		return nil
	}
	if _, err := p.out.Write(text.Bytes()); err != nil {
		return fmt.Errorf("writing the invoice: %w", err)
	}
	return nil
}

// flagOfPath are the flags that decide a part of the document.
var flagOfPath = []struct{ path, flag string }{
	{"DocDtls.No", "number"}, {"DocDtls.Dt", "day"}, {"SellerDtls", "seller"}, {"BuyerDtls", "buyer"},
	{"TranDtls.SupTyp", "supply"},
}

// judge refuses a document that 'nicsim invoice check' would refuse on its day. The error names the flag
// that led to the violation, and the rule.
func (s sampleInvoice) judge(document *invoice.Document) error {
	facts, err := invoiceCheck{day: s.day, unknown: string(settings.RefuseUnknown)}.facts()
	if err != nil {
		return err
	}
	violations := judgeInvoice(document.JSON(), facts).Violations
	if len(violations) == 0 {
		return nil
	}
	first := violations[0]
	given := map[string]string{
		"number": s.number, "day": s.day, "seller": s.seller, "buyer": s.buyer, "supply": s.supply,
	}
	flag := "day"                                                    // today, if no flag was given
	for _, f := range []string{"day", "supply", "buyer", "seller"} { // taxes follow from the parties
		if given[f] != "" {
			flag = f
		}
	}
	for _, f := range flagOfPath {
		if strings.HasPrefix(first.Path, f.path) && given[f.flag] != "" {
			flag = f.flag
		}
	}
	return wrongUse{fmt.Errorf("--%s: NIC refuses an invoice with %q: %s %s (%s, rule %s)", flag,
		cmp.Or(given[flag], "today"), first.Code, strings.TrimSpace(first.Message), first.Path, first.Rule),
		cmp.Or(sayingOf(first.Rule), "it takes "+first.Want)}
}

// fixtureTrader takes a party to an invoice from the builtin fixtures.
func fixtureTrader(gstin string) (invoice.Trader, error) {
	cast, err := fixtures.Load()
	if err != nil {
		return invoice.Trader{}, err
	}
	trader, known := traderOf(cast, gstin)
	if !known {
		return invoice.Trader{}, fmt.Errorf("no taxpayer %s in the fixtures", gstin)
	}
	return trader, nil
}

// traderOf makes a party to an invoice of a taxpayer of the fixtures.
func traderOf(cast fixtures.Fixtures, gstin string) (invoice.Trader, bool) {
	for _, t := range cast.Taxpayers {
		if string(t.GSTIN) == gstin {
			a := t.Address
			return invoice.Trader{
				GSTIN: gstin, Name: t.LegalName, Address: a.Building + ", " + a.Street, Location: a.Location,
				PIN: strconv.Itoa(a.Pincode),
			}, true
		}
	}
	return invoice.Trader{}, false
}
