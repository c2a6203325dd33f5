package invoice_test

import (
	"slices"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// NIC's notice of 28/01/2026: of documents dated from 01/02/2026 with a line of certain goods, 2194, 2234 and 2235 are
// not raised.
func TestRetailSalePrice(t *testing.T) {
	const cigarettes = "24022090"
	igst, total := "rsp-tobacco-igst", "rsp-tobacco-total"
	for _, c := range []struct {
		input, hsn, clock, date string
		want                    []string
	}{
		{igst, cigarettes, "2026-02-01 00:00:00", "01/02/2026", nil},
		{total, cigarettes, "2026-02-01 00:00:00", "01/02/2026", nil},
		{igst, cigarettes, "2026-02-02 10:00:00", "31/01/2026", []string{"2235"}},
		{total, cigarettes, "2026-02-02 10:00:00", "31/01/2026", []string{"2235", "2194"}},
		{igst, "240110", "", "27/11/2026", nil},
		{igst, "240399", "", "27/11/2026", nil},
		{igst, "21069020", "", "27/11/2026", nil},
		{igst, "24041100", "", "27/11/2026", nil},
		{igst, "24041900", "", "27/11/2026", nil},
		{igst, "240411", "", "27/11/2026", []string{"2235"}},
		{igst, "24041200", "", "27/11/2026", []string{"2235"}},
		{igst, "210690", "", "27/11/2026", []string{"2235"}},
		{igst, "24051000", "", "27/11/2026", []string{"2235"}},
	} {
		r := recording{input: c.input, clock: c.clock, changes: edits{"ItemList[0].HsnCd": c.hsn, "DocDtls.Dt": c.date}}
		var got []string
		for _, v := range r.judge(t).Violations {
			got = append(got, v.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s with %s of %s: %v; want %v", c.input, c.hsn, c.date, got, c.want)
		}
	}
}

// One line of such goods is enough for all lines, and for CGST and SGST too; notes and other rules are as always.
func TestRetailSalePriceOfOneLine(t *testing.T) {
	doc := sample(t, "B2B")
	first, second := line("1"), line("2")
	second["HsnCd"] = "240220"
	doc["ItemList"] = []any{first, second}
	edits{
		"ItemList[0].CgstAmt": n("7.00"), "ItemList[0].SgstAmt": n("7.00"), "ItemList[0].TotItemVal": n("5000.00"),
		"ValDtls.AssVal": n("9000.00"),
	}.apply(doc)
	codes := func(book rulebook.Book) []string {
		f := facts(t)
		f.Book = book
		var got []string
		for _, v := range judge(t, doc, f) {
			got = append(got, v.Code)
		}
		return slices.Compact(got)
	}
	book := rulebook.New(new(settings.Default()), nic.Sandbox, now)
	for _, code := range []string{"2194", "2234", "2235"} {
		if slices.Contains(codes(book), code) {
			t.Errorf("%s was raised", code)
		}
	}
	off := settings.Default()
	off.Rules = map[string]bool{"rsp-valuation": false}
	for _, code := range []string{"2182", "2194", "2234"} {
		if !slices.Contains(codes(rulebook.New(&off, nic.Sandbox, now)), code) {
			t.Errorf("%s was not raised with the rule switched off", code)
		}
	}
	if !slices.Contains(codes(book), "2182") {
		t.Error("the total of the taxable values was not compared")
	}
}

// The switches of added and withdrawn values work on any day.
func TestSwitchedValues(t *testing.T) {
	for _, c := range []struct {
		rule   string
		change edits
		code   string
		on     bool // the state of the rule that refuses
	}{
		{"rates-40", edits{"ItemList[0].GstRt": n("40")}, "2240", false},
		{"rate-0.5-withdrawn", edits{"ItemList[0].GstRt": n("0.50")}, "2240", true},
		{"place-25-withdrawn", edits{"BuyerDtls.Pos": "25"}, "2243", true},
	} {
		for _, on := range []bool{true, false} {
			doc := sample(t, "B2B")
			c.change.apply(doc)
			f := facts(t)
			f.Book.Rules[c.rule] = on
			refused := slices.ContainsFunc(judge(t, doc, f), func(v invoice.Violation) bool { return v.Code == c.code })
			if refused != (on == c.on) {
				t.Errorf("%s %t: refused with %s: %t", c.rule, on, c.code, refused)
			}
		}
	}
}
