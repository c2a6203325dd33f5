package invoice_test

import (
	"fmt"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

// line is one more line of goods, 100 rupees at 18 percent within the state, with its totals left out.
func line(slNo string) map[string]any {
	return map[string]any{
		"SlNo": slNo, "IsServc": "N", "HsnCd": "847130", "Qty": n("1"), "Unit": "NOS", "UnitPrice": n("0"), "TotAmt": n("0"),
		"AssAmt": n("0"), "GstRt": n("18"), "TotItemVal": n("0"),
	}
}

// lines are further lines that are worth nothing.
func lines(count int) []any {
	var all []any
	for i := range count {
		all = append(all, line(fmt.Sprint(i+1)))
	}
	return all
}

// nothing is the totals of lines that are worth nothing.
var nothing = edits{"ValDtls": map[string]any{"AssVal": n("0"), "TotInvVal": n("0")}}

var lineCases = map[string][]ruleCase{
	"some-line": {{both: nothing, breaks: edits{"ItemList": []any{}}, passes: edits{"ItemList": lines(1)},
		want: []string{"2228 ItemList"}}},
	"not-too-many-lines": {{both: nothing, breaks: edits{"ItemList": lines(1001)}, passes: edits{"ItemList": lines(1000)},
		want: []string{"2173 ItemList"}}},
	"line-numbers-differ": {
		{both: nothing, breaks: edits{"ItemList": []any{line("1"), line("2"), line("01")}},
			passes: edits{"ItemList": []any{line("1"), line("10")}},
			want:   []string{"2233 ItemList[2].SlNo"}},
	},
	"hsn": {
		{both: nothing, breaks: edits{"ItemList": lines(3), "ItemList[0].HsnCd": "7701", "ItemList[2].HsnCd": "00112233"},
			passes: edits{"ItemList": lines(3)},
			facts:  func(f *invoice.Facts) { f.Book.Rules = map[string]bool{"hsn-length": false} },
			want:   []string{"2176 ItemList[0].HsnCd"}, fills: "HSN code(s)-00112233,7701 is invalid"},
		{breaks: edits{"ItemList[0].HsnCd": "847130"}, passes: edits{"ItemList[0].HsnCd": "84713010"},
			want:  []string{"2176 ItemList[0].HsnCd"},
			facts: func(f *invoice.Facts) { f.HSN = master("84713010\n") }},
	},
	"hsn-length": {
		{breaks: edits{"ItemList[0].HsnCd": "8471"}, passes: edits{"ItemList[0].HsnCd": "84713010"},
			want:  []string{"2176 ItemList[0].HsnCd"},
			fills: "HSN code(s)-8471 is invalid"},
		{both: edits{"ItemList[0].HsnCd": "8471"}, want: []string{"2176 ItemList[0].HsnCd"},
			facts:  long(dakshin, func(p *invoice.Taxpayer) { p.AATOCrore = 5 }),
			passed: long(dakshin, func(p *invoice.Taxpayer) { p.AATOCrore = 4.99 })},
	},
	"goods-are-goods": {{breaks: edits{"ItemList[0].HsnCd": "998313"}, passes: service,
		want:  []string{"3047 ItemList[0].HsnCd"},
		fills: "The HSN - 998313 does not belong to Goods"}},
	"services-are-services": {{both: service, breaks: edits{"ItemList[0].HsnCd": "847130"},
		want:  []string{"3048 ItemList[0].HsnCd"},
		fills: "The HSN - 847130 does not belong to Service"}},
	"quantity": {
		{breaks: edits{"ItemList[0].Qty": absent}, passes: edits{"ItemList[0].Qty": n("0")},
			want:  []string{"2238 ItemList[0].Qty"},
			fills: "For Sl. No 1, Quantity is not passed"},
		{both: edits{"ItemList[0].Qty": nil}, passes: service, want: []string{"2238 ItemList[0].Qty"}},
	},
	"unit": {
		{both: edits{"ItemList[0].Unit": absent}, passes: service, want: []string{"2239 ItemList[0].Unit"},
			fills: "For Sl. No 1, Unit Quantity Code (UQC) is not passed"},
	},
	"unit-code": {{both: nothing, breaks: edits{"ItemList": lines(3), "ItemList[1].Unit": "XXX",
		"ItemList[2].Unit": "ABC"},
		passes: edits{"ItemList": lines(3), "ItemList[1].Unit": "kgs"}, want: []string{"2177 ItemList[1].Unit"},
		fills: "Unit Quantity Code(s)-ABC,XXX is/are not as per master"}},
	"rate": {
		{both: edits{"ItemList": []any{line("7")}, "ValDtls": nothing["ValDtls"]},
			breaks: edits{"ItemList[0].GstRt": n("0.3")},
			passes: edits{"ItemList[0].GstRt": n("0.250")}, want: []string{"2240 ItemList[0].GstRt"},
			fills: "For Sl. No 7, GST rate of tax is incorrect or not as notified"},
		{both: edits{"ItemList": []any{line("7")}, "ValDtls": nothing["ValDtls"]}, breaks: edits{"ItemList[0].GstRt": n("2")},
			passes: edits{"ItemList[0].GstRt": n("40.0")}, want: []string{"2240 ItemList[0].GstRt"}},
	},
	"gross-amount": {{facts: switched("gross-amount"), breaks: edits{"ItemList[0].Qty": n("2")},
		passes: edits{"ItemList[0].Qty": n("1.001")},
		want:   []string{"2192 ItemList[0].TotAmt"},
		fills:  "TotAmt value should be equal to (Qty * UnitPrice) for HSN 847130"}},
	"taxable-value": {
		{breaks: edits{"ItemList[0].TotAmt": n("1002.00")}, passes: edits{"ItemList[0].TotAmt": n("1001.99")},
			want:  []string{"2193 ItemList[0].AssAmt"},
			fills: "For Sl. No. 1, Taxable Value (AssAmt) value is not equal to (TotAmt - Discount)"},
		{breaks: edits{"ItemList[0].Discount": n("10")},
			passes: edits{"ItemList[0].Discount": n("10"), "ItemList[0].TotAmt": n("1010")},
			want:   []string{"2193 ItemList[0].AssAmt"}},
	},
}

// both are CGST and SGST of the line, with totals that go with them.
func halves(cgst, sgst, total string) edits {
	return edits{
		"ItemList[0].CgstAmt": n(cgst), "ItemList[0].SgstAmt": n(sgst), "ValDtls.CgstVal": n(cgst),
		"ValDtls.SgstVal":        n(sgst),
		"ItemList[0].TotItemVal": n(total), "ValDtls.TotInvVal": n(total),
	}
}

// whole is IGST of the line, with totals that go with it.
func whole(igst, total string) edits {
	return edits{
		"ItemList[0].IgstAmt": n(igst), "ValDtls.IgstVal": n(igst), "ItemList[0].TotItemVal": n(total),
		"ValDtls.TotInvVal": n(total),
	}
}

func cess(rate, amount, total string) edits {
	return edits{"ItemList[0].CesRt": n(rate), "ItemList[0].CesAmt": n(amount), "ValDtls.CesVal": n(amount),
		"ItemList[0].TotItemVal": n(total), "ValDtls.TotInvVal": n(total)}
}

func stateCess(rate, amount, total string) edits {
	return edits{"ItemList[0].StateCesRt": n(rate), "ItemList[0].StateCesAmt": n(amount), "ValDtls.StCesVal": n(amount),
		"ItemList[0].TotItemVal": n(total), "ValDtls.TotInvVal": n(total)}
}

var creditNote = edits{"DocDtls.Typ": "CRN"}

var taxCases = map[string][]ruleCase{
	"no-igst-within-state": {
		{breaks: whole("1", "1181"), passes: whole("0", "1180"), want: []string{"2172 ItemList[0].IgstAmt"}},
		{both: igst, want: []string{"2172 ItemList[0].IgstAmt", "2234 ItemList[0].CgstAmt"},
			passes: edits{"TranDtls.IgstOnIntra": "Y", "TranDtls.RegRev": "Y"}},
		{both: igst, want: []string{"2172 ItemList[0].IgstAmt", "2234 ItemList[0].CgstAmt"}, // a developer charges IGST
			passed: long(dakshin, func(p *invoice.Taxpayer) { p.Type = "SED" })},
	},
	"only-igst-between-states": {
		{both: edits{"BuyerDtls.Pos": "27"}, passes: igst,
			want: []string{"2174 ItemList[0].CgstAmt", "2235 ItemList[0].IgstAmt"}},
		{supply: "EXPWP", breaks: halves("90", "90", "1180"), passes: halves("0", "0", "1180"),
			want: []string{"2174 ItemList[0].CgstAmt",
				"2194 ItemList[0].TotItemVal"}},
		{supply: "SEZWP", breaks: merge(halves("0", "0.01", "1180.01")), passes: halves("0", "0", "1180"),
			want: []string{"2174 ItemList[0].SgstAmt", "2227 ItemList[0].SgstAmt"}},
	},
	"cgst-is-sgst": {{breaks: halves("90.00", "90.01", "1180.01"), passes: halves("90.0", "90", "1180"),
		want:  []string{"2227 ItemList[0].SgstAmt"},
		fills: "For Sl. No 1, SGST and CGST amounts are not equal"}},
	"cgst-and-sgst": {
		{breaks: halves("91.01", "91.01", "1182.02"), passes: halves("91.00", "91.00", "1182"),
			want:  []string{"2234 ItemList[0].CgstAmt"},
			fills: "For Sl. No 1, SGST and CGST amount passed does not match with taxable value and tax rate"},
		{breaks: halves("88.99", "88.99", "1177.98"), passes: halves("89", "89", "1178"),
			want: []string{"2234 ItemList[0].CgstAmt"}},
		{breaks: halves("91", "91.01", "1182.01"), want: []string{"2227 ItemList[0].SgstAmt", "2234 ItemList[0].SgstAmt"}},
		{both: halves("50", "50", "1100"), passes: creditNote, want: []string{"2234 ItemList[0].CgstAmt"}},
	},
	"igst": {
		{supply: "SEZWP", breaks: whole("181.01", "1181.01"), passes: whole("181", "1181"),
			want:  []string{"2235 ItemList[0].IgstAmt"},
			fills: "For Sl. No 1, IGST amount passed is not matching with taxable value and tax rate"},
		{supply: "EXPWOP", breaks: whole("10", "1010"), passes: whole("180", "1180"),
			want: []string{"2235 ItemList[0].IgstAmt"}},
		{supply: "EXPWP", both: whole("0", "1000"), passes: edits{"TranDtls.SupTyp": "EXPWOP"},
			want: []string{"2235 ItemList[0].IgstAmt"}},
		{supply: "SEZWP", both: whole("0", "1000"), passes: edits{"TranDtls.SupTyp": "SEZWOP"},
			want: []string{"2235 ItemList[0].IgstAmt"}},
		{supply: "SEZWP", both: whole("5", "1005"), passes: edits{"DocDtls.Typ": "DBN"},
			want: []string{"2235 ItemList[0].IgstAmt"}},
	},
	"cess": {
		{breaks: cess("5", "51.01", "1231.01"), passes: cess("5", "51", "1231"), want: []string{"2266 ItemList[0].CesAmt"},
			fills: "For Sl. No 1, Cess amount passed does not match with the calculated value"},
		{both: cess("5", "10", "1190"), passes: creditNote, want: []string{"2266 ItemList[0].CesAmt"}},
	},
	"state-cess": {
		{breaks: stateCess("1", "11.01", "1191.01"), passes: stateCess("1", "11", "1191"),
			want:  []string{"2267 ItemList[0].StateCesAmt"},
			fills: "For Sl. No 1, State Cess amount passed is not as per calculated value"},
		{both: stateCess("1", "50", "1230"), passes: creditNote, want: []string{"2267 ItemList[0].StateCesAmt"}},
	},
	"line-total": {
		{breaks: edits{"ItemList[0].TotItemVal": n("1181.01"), "ValDtls.TotInvVal": n("1181.01")},
			passes: edits{"ItemList[0].TotItemVal": n("1181"), "ValDtls.TotInvVal": n("1181")},
			want:   []string{"2194 ItemList[0].TotItemVal"},
			fills:  "For Sl. No 1, Total item value does not match with taxable and tax values of that item"},
		{ // every addend counts
			breaks: edits{"ItemList[0].CesNonAdvlAmt": n("4"), "ItemList[0].StateCesNonAdvlAmt": n("5"),
				"ItemList[0].OthChrg": n("6"),
				"ValDtls.CesVal":      n("4"), "ValDtls.StCesVal": n("5")},
			passes: edits{"ItemList[0].CesNonAdvlAmt": n("4"), "ItemList[0].StateCesNonAdvlAmt": n("5"),
				"ItemList[0].OthChrg": n("6"),
				"ValDtls.CesVal":      n("4"), "ValDtls.StCesVal": n("5"), "ItemList[0].TotItemVal": n("1195"),
				"ValDtls.TotInvVal": n("1195")},
			want: []string{"2194 ItemList[0].TotItemVal"},
		},
		{both: edits{"ItemList[0].TotItemVal": n("1000"), "ValDtls.TotInvVal": n("1000")},
			passes: edits{"TranDtls.RegRev": "Y"},
			want:   []string{"2194 ItemList[0].TotItemVal"}},
		{ // reverse charge lets the taxes be left out, and nothing else
			both:   edits{"TranDtls.RegRev": "Y", "ItemList[0].OthChrg": n("50")},
			breaks: edits{"ItemList[0].TotItemVal": n("1000"), "ValDtls.TotInvVal": n("1000")},
			passes: edits{"ItemList[0].TotItemVal": n("1050"), "ValDtls.TotInvVal": n("1050")},
			want:   []string{"2194 ItemList[0].TotItemVal"}},
		{supply: "EXPWP", breaks: whole("180", "1090"), passes: whole("180", "1000"),
			want: []string{"2194 ItemList[0].TotItemVal"}},
	},
}

var totalCases = map[string][]ruleCase{
	"total-taxable-value": {{breaks: edits{"ValDtls.AssVal": n("1001.01")}, passes: edits{"ValDtls.AssVal": n("999")},
		want: []string{"2182 ValDtls.AssVal"}}},
	"total-sgst": {{breaks: edits{"ValDtls.SgstVal": n("91.01")}, passes: edits{"ValDtls.SgstVal": n("91")},
		want: []string{"2183 ValDtls.SgstVal"}}},
	"total-cgst": {{breaks: edits{"ValDtls.CgstVal": absent}, want: []string{"2184 ValDtls.CgstVal"}},
		{breaks: edits{"ValDtls.CgstVal": n("88.99")}, passes: edits{"ValDtls.CgstVal": n("89")},
			want: []string{"2184 ValDtls.CgstVal"}}},
	"total-igst": {{supply: "EXPWP", breaks: edits{"ValDtls.IgstVal": n("0")},
		passes: edits{"ValDtls.IgstVal": n("180.99")}, want: []string{"2185 ValDtls.IgstVal"}}},
	"total-cess": {{both: merge(cess("5", "50", "1234"), edits{"ItemList[0].CesNonAdvlAmt": n("4")}),
		passes: edits{"ValDtls.CesVal": n("54")},
		want:   []string{"2186 ValDtls.CesVal"}}},
	"total-state-cess": {{both: merge(stateCess("1", "10", "1195"), edits{"ItemList[0].StateCesNonAdvlAmt": n("5")}),
		passes: edits{"ValDtls.StCesVal": n("15")},
		want:   []string{"2187 ValDtls.StCesVal"}}},
	"total-value": {
		{breaks: edits{"ValDtls.TotInvVal": n("1178.99")}, passes: edits{"ValDtls.TotInvVal": n("1179")},
			want: []string{"2189 ValDtls.TotInvVal"}},
		{both: edits{"ValDtls.Discount": n("100"), "ValDtls.OthChrg": n("30"), "ValDtls.RndOffAmt": n("-5.5")},
			passes: edits{"ValDtls.TotInvVal": n("1104.50")}, want: []string{"2189 ValDtls.TotInvVal"}},
	},
}
