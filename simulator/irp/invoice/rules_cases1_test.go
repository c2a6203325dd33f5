package invoice_test

import (
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/settings"
)

var documentCases = map[string][]ruleCase{
	"version": {{breaks: edits{"Version": "1.01"}, want: []string{"2279 Version"}}},
	"document-date": {
		{breaks: onDay("31/02/2026"), want: []string{"2292 DocDtls.Dt"}},
		{breaks: onDay("00/07/2026"), passes: onDay("30/06/2026"), want: []string{"2292 DocDtls.Dt"}},
	},
	"other-date": {
		{breaks: edits{"RefDtls.PrecDocDtls[0].InvNo": "1", "RefDtls.PrecDocDtls[0].InvDt": "30/02/2026"},
			passes: edits{"RefDtls.PrecDocDtls[0].InvNo": "1", "RefDtls.PrecDocDtls[0].InvDt": "28/02/2026"},
			want:   []string{"2293 RefDtls.PrecDocDtls[0].InvDt"}},
		{breaks: edits{"ItemList[0].BchDtls.Nm": "B12", "ItemList[0].BchDtls.ExpDt": "31/04/2027"},
			passes: edits{"ItemList[0].BchDtls.Nm": "B12", "ItemList[0].BchDtls.ExpDt": "30/04/2027"},
			want:   []string{"2293 ItemList[0].BchDtls.ExpDt"}},
		{breaks: edits{"RefDtls.DocPerdDtls.InvStDt": "31/06/2026", "RefDtls.DocPerdDtls.InvEndDt": "31/09/2026"},
			passes: edits{"RefDtls.DocPerdDtls.InvStDt": "01/06/2026", "RefDtls.DocPerdDtls.InvEndDt": "30/09/2026"},
			want:   []string{"2293 RefDtls.DocPerdDtls.InvStDt", "2293 RefDtls.DocPerdDtls.InvEndDt"}},
	},
	"document-date-future": {
		{breaks: onDay("16/07/2026"), passes: onDay("15/07/2026"), want: []string{"2163 DocDtls.Dt"}},
		{ // it is still the 15th in Greenwich
			breaks: onDay("17/07/2026"), passes: onDay("16/07/2026"), want: []string{"2163 DocDtls.Dt"},
			facts: func(f *invoice.Facts) { f.Now = time.Date(2026, time.July, 15, 18, 30, 0, 0, time.UTC) },
		},
	},
	"other-date-future": {
		{breaks: edits{"RefDtls.PrecDocDtls[0].InvNo": "1", "RefDtls.PrecDocDtls[0].InvDt": "16/07/2026"},
			passes: edits{"RefDtls.PrecDocDtls[0].InvNo": "1", "RefDtls.PrecDocDtls[0].InvDt": "15/07/2026"},
			want:   []string{"2307 RefDtls.PrecDocDtls[0].InvDt"}},
		{breaks: edits{"RefDtls.ContrDtls[0].PORefDt": "16/07/2026", "RefDtls.ContrDtls[0].RecAdvDt": "16/07/2026"},
			want: []string{"2307 RefDtls.ContrDtls[0].RecAdvDt", "2307 RefDtls.ContrDtls[0].PORefDt"}},
		{supply: "EXPWP", breaks: edits{"ExpDtls.ShipBDt": "16/07/2026"}, passes: edits{"ExpDtls.ShipBDt": "15/07/2026"},
			want: []string{"2307 ExpDtls.ShipBDt"}},
	},
	"document-date-floor": {{
		breaks: onDay("31/03/2025"), passes: onDay("01/04/2025"), want: []string{"2284 DocDtls.Dt"},
		fills: "IRN cannot be generated for the document date which is prior to 01/04/2025",
	}},
	"document-age": {
		{ // 30 days before the 15th of July is the 15th of June
			breaks: onDay("14/06/2026"), passes: onDay("15/06/2026"), want: []string{"2305 DocDtls.Dt"},
			facts: long(dakshin, func(p *invoice.Taxpayer) { p.AATOCrore = 500 }),
			fills: "IRN cannot be generated with document date prior to 30 days from today for suppliers with turnover " +
				"above 500 Cr",
		},
		{ // credit notes alike, and the supplier below the threshold not at all
			both: edits{"DocDtls.Typ": "CRN", "DocDtls.Dt": "01/05/2026"}, want: []string{"2305 DocDtls.Dt"},
			facts:  func(f *invoice.Facts) { f.Book.AATOThresholdCrore, f.Book.MaxDocumentAgeDays = new(10.0), new(5) },
			passed: long(dakshin, func(p *invoice.Taxpayer) { p.AATOCrore = 9.99 }),
			fills: "IRN cannot be generated with document date prior to 5 days from today for suppliers with turnover " +
				"above 10 Cr",
		},
	},
}

var partyCases = map[string][]ruleCase{
	"requester": {
		{facts: requester(deccan), passed: requester(dakshin), want: []string{"2169 SellerDtls.Gstin"}},
		{both: edits{"TranDtls.EcmGstin": orchid}, facts: requester(deccan), passed: requester(orchid),
			want: []string{"2169 SellerDtls.Gstin"}},
	},
	"operator-named": {{
		facts: requester(orchid), passes: edits{"TranDtls.EcmGstin": orchid}, want: []string{"2301 TranDtls.EcmGstin"},
	}},
	"operator-not-named": {{breaks: edits{"TranDtls.EcmGstin": orchid}, want: []string{"2299 TranDtls.EcmGstin"}}},
	"operator-collects-tax": {
		{facts: requester(gulmohar), both: edits{"TranDtls.EcmGstin": gulmohar}, want: []string{"2195 TranDtls.EcmGstin"},
			passed: long(gulmohar, func(p *invoice.Taxpayer) { p.Type = "TCS" })},
		{facts: requester(nobody), breaks: edits{"TranDtls.EcmGstin": nobody}, want: []string{"2195 TranDtls.EcmGstin"},
			passed: requester(dakshin)},
	},
	"supplier-enabled": {
		{facts: requester(nilkantha), both: from(nilkantha, "700001", nil), want: []string{"3026 SellerDtls.Gstin"},
			passed: long(nilkantha, func(p *invoice.Taxpayer) { p.EInvoiceEnabled = true }),
			fills:  "E-Invoice Options are not enabled for this GSTIN -" + nilkantha},
		{facts: requester(nilkantha), both: from(nilkantha, "700001", nil), want: []string{"3026 SellerDtls.Gstin"},
			passes: edits{"TranDtls.EcmGstin": orchid}, passed: requester(orchid)},
	},
	"supplier-not-recipient": {{breaks: edits{"BuyerDtls.Gstin": dakshin}, want: []string{"2211 BuyerDtls.Gstin"}}},
	"supplier-known": {{
		facts: requester(orchid), both: edits{"TranDtls.EcmGstin": orchid}, breaks: edits{"SellerDtls.Gstin": nobody},
		want: []string{"3028 SellerDtls.Gstin"}, fills: "GSTIN -" + nobody + " is invalid.",
	}},
	"recipient-wellformed": {
		{breaks: edits{"BuyerDtls.Gstin": "291111111111111"}, want: []string{"2288 BuyerDtls.Gstin"}},
		{breaks: edits{"BuyerDtls.Gstin": "88ABCPD1234E2Z9", "BuyerDtls.Stcd": "88"},
			want: []string{"2288 BuyerDtls.Gstin", "2260 BuyerDtls.Stcd"}},
	},
	"recipient-known": {
		{breaks: edits{"BuyerDtls.Gstin": nobody}, want: []string{"3028 BuyerDtls.Gstin"},
			fills: "GSTIN -" + nobody + " is invalid."},
		// a dummy that was not made
		{breaks: edits{"BuyerDtls.Gstin": "29AAFCC4321K000"}, want: []string{"3028 BuyerDtls.Gstin"}},
	},
	"ship-to-known": {
		{breaks: shipTo(nobody, "29", "560001"), passes: shipTo("URP", "29", "560001"),
			want: []string{"3028 ShipDtls.Gstin"}},
		{breaks: shipTo(tungabhadra, "29", "560001"), want: []string{"3028 ShipDtls.Gstin"}}, // carries, and receives nothing
	},
	"supplier-active": {
		{facts: requester(sambhar), both: from(sambhar, "302001", nil), want: []string{"3029 SellerDtls.Gstin"},
			passed: long(sambhar, func(p *invoice.Taxpayer) { p.Status = "ACTIVE" }),
			fills:  "GSTIN -" + sambhar + " is inactive or cancelled"},
	},
	"ship-to-active": {
		{breaks: shipTo(ishana, "09", "208001"), passes: shipTo(sambhar, "08", "302001"),
			want: []string{"3029 ShipDtls.Gstin"}},
		{breaks: shipTo(chitra, "27", "411001"), passes: shipTo("", "27", "411001"), want: []string{"3029 ShipDtls.Gstin"}},
	},
	"recipient-active": {
		{breaks: to(ishana, "208001", nil), passes: to(sambhar, "302001", nil), want: []string{"3076 BuyerDtls.Gstin"},
			fills: "GSTIN - " + ishana + " is inactive"},
	},
	"recipient-cancelled-after": {{
		both:   to(chitra, "411001", nil),
		facts:  func(f *invoice.Facts) { f.Book.FloorDate = new(settings.Date("2017-07-01")) },
		breaks: onDay("01/04/2023"), passes: onDay("31/03/2023"), want: []string{"3074 DocDtls.Dt"},
		fills: "GSTIN - " + chitra + " is cancelled and document date - 01/04/2023 is later than DRegistration Date",
	}},
	"recipient-cancelled-day": {{
		both: to(chitra, "411001", onDay("31/03/2023")),
		facts: func(f *invoice.Facts) {
			f.Book.FloorDate = new(settings.Date("2017-07-01"))
			with(f, chitra, func(p *invoice.Taxpayer) { p.CancelledOn = "" })
		},
		passed: long(chitra, func(p *invoice.Taxpayer) { p.CancelledOn = "2023-03-31" }),
		want:   []string{"3075 BuyerDtls.Gstin"},
	}},
	"recipient-registered-before": {{
		both: to(chitra, "411001", nil),
		facts: func(f *invoice.Facts) {
			f.Book.FloorDate = new(settings.Date("2017-07-01"))
			with(f, chitra, func(p *invoice.Taxpayer) { p.RegisteredOn = "2020-01-02" })
		},
		breaks: onDay("01/01/2020"), passes: onDay("02/01/2020"), want: []string{"3077 DocDtls.Dt"},
		// Dakshin itself is older.
		fills: "GSTIN - " + chitra + " is cancelled and document date - 01/01/2020 is earlier than registration date",
	}},
	"recipient-registered-day": {{
		both: to(chitra, "411001", onDay("31/03/2023")),
		facts: func(f *invoice.Facts) {
			f.Book.FloorDate = new(settings.Date("2017-07-01"))
			with(f, chitra, func(p *invoice.Taxpayer) { p.RegisteredOn = "" })
		},
		passed: long(chitra, func(p *invoice.Taxpayer) { p.RegisteredOn = "2017-07-01" }),
		want:   []string{"3078 BuyerDtls.Gstin"},
	}},
	"registered-before-document": {
		{facts: long(dakshin, func(p *invoice.Taxpayer) { p.RegisteredOn = "2026-07-02" }),
			breaks: onDay("01/07/2026"), passes: onDay("02/07/2026"), want: []string{"3079 DocDtls.Dt"}},
		{facts: long(deccan, func(p *invoice.Taxpayer) { p.RegisteredOn = "2026-07-02" }),
			breaks: onDay("01/07/2026"), passes: onDay("02/07/2026"), want: []string{"3079 DocDtls.Dt"}},
	},
	"supplier-not-sez": {{
		facts: long(dakshin, func(p *invoice.Taxpayer) { p.Type = "SEZ" }), want: []string{"2231 SellerDtls.Gstin"},
		passed: long(dakshin, func(p *invoice.Taxpayer) { p.Type = "CTP" }),
		fills:  "Cannot generate e-Invoice as the supplier GSTIN - " + dakshin + " is SEZ",
	}},
	"supplier-type": {
		{facts: long(dakshin, func(p *invoice.Taxpayer) { p.Type = "COM" }), want: []string{"2300 SellerDtls.Gstin"},
			passed: long(dakshin, func(p *invoice.Taxpayer) { p.Type = "REG" })},
		{facts: long(dakshin, func(p *invoice.Taxpayer) { p.Type = "TCS" }), want: []string{"2300 SellerDtls.Gstin"},
			passed: long(dakshin, func(p *invoice.Taxpayer) { p.Type = "SED" }), passes: igst},
	},
}

var placeCases = map[string][]ruleCase{
	"supplier-state": {{breaks: edits{"SellerDtls.Stcd": "40"},
		want: []string{"2259 SellerDtls.Stcd", "2258 SellerDtls.Stcd",
			"2174 ItemList[0].CgstAmt", "2235 ItemList[0].IgstAmt"}}},
	"supplier-state-of-gstin": {{
		breaks: edits{"SellerDtls.Stcd": "27", "SellerDtls.Pin": n("411001")},
		want:   []string{"2258 SellerDtls.Stcd", "2174 ItemList[0].CgstAmt", "2235 ItemList[0].IgstAmt"},
	}, { // one digit is as good as two
		both: from(gulmohar, "110005", nil), facts: requester(gulmohar),
		breaks: edits{"SellerDtls.Stcd": "8", "SellerDtls.Pin": n("302001")}, passes: edits{"SellerDtls.Stcd": "7"},
		want: []string{"2258 SellerDtls.Stcd"},
	}},
	"recipient-state": {{breaks: edits{"BuyerDtls.Stcd": "28"},
		want: []string{"2260 BuyerDtls.Stcd", "2265 BuyerDtls.Stcd"}}},
	"recipient-state-of-gstin": {{breaks: edits{"BuyerDtls.Stcd": "27", "BuyerDtls.Pin": n("411001")},
		want: []string{"2265 BuyerDtls.Stcd"}}},
	"export-recipient-state": {{supply: "EXPWP", breaks: edits{"BuyerDtls.Stcd": "29"},
		want:  []string{"2261 BuyerDtls.Stcd"},
		fills: "The recipient state code is incorrect for EXPWP transaction"}},
	"domestic-recipient-state": {{breaks: edits{"BuyerDtls.Stcd": "96"}, want: []string{"2269 BuyerDtls.Stcd"},
		fills: "Recipient state code is incorrect for transaction type B2B"}},
	"place-of-supply": {
		{both: igst, breaks: edits{"BuyerDtls.Pos": "28"}, passes: edits{"BuyerDtls.Pos": "26"},
			want: []string{"2243 BuyerDtls.Pos"}},
		{both: igst, breaks: edits{"BuyerDtls.Pos": "98"}, passes: edits{"BuyerDtls.Pos": "97"},
			want: []string{"2243 BuyerDtls.Pos"}},
	},
	"export-place-of-supply": {{supply: "EXPWOP", breaks: edits{"BuyerDtls.Pos": "29"},
		want:  []string{"2232 BuyerDtls.Pos"},
		fills: "POS is incorrect for EXPWOP transaction"}},
	"domestic-place-of-supply": {
		{supply: "SEZWP", breaks: edits{"BuyerDtls.Pos": "96"}, want: []string{"2242 BuyerDtls.Pos"},
			fills: "Recipient POS is incorrect for transaction type SEZWP"},
		{supply: "DEXP", both: igst, breaks: edits{"BuyerDtls.Pos": "96"}, passes: edits{"BuyerDtls.Pos": "27"},
			want: []string{"2242 BuyerDtls.Pos"}},
	},
	"b2b-place-of-supply": {{
		both: merge(igst, service, edits{"BuyerDtls.Pos": "96"}), passes: edits{"ItemList[0].HsnCd": "996511"},
		want: []string{"2303 BuyerDtls.Pos"},
	}},
	"ship-or-dispatch-state": {
		{breaks: shipTo("", "28", "533001"), passes: shipTo("", "37", "533001"), want: []string{"2200 ShipDtls.Stcd"},
			fills: "State code 28 is invalid for dispatch details or ship details"},
		{breaks: dispatch("50", "560001"), passes: dispatch("29", "560001"), want: []string{"2200 DispDtls.Stcd"}},
	},
	"domestic-ship-to-state": {{breaks: shipTo("", "96", "560001"), passes: shipTo("", "29", "560001"),
		want: []string{"2271 ShipDtls.Stcd"}}},
	"ship-to-gstin-differs": {{
		facts: switched("ship-to-gstin-differs"), both: merge(shipTo(deccan, "29", "560001"), byRoad),
		passes: edits{"ShipDtls.Gstin": "URP"}, want: []string{"2323 ShipDtls.Gstin"},
	}},
	"ship-to-gstin-state": {{
		facts: switched("ship-to-gstin-state"), both: merge(shipTo(backwater, "29", "560001"), byRoad),
		passes: edits{"ShipDtls.Stcd": "32", "ShipDtls.Pin": n("682001")}, want: []string{"2325 ShipDtls.Stcd"},
	}},
	"ship-to-gstin-sent": {{
		facts: switched("ship-to-gstin-sent"), both: merge(shipTo("", "29", "560001"), byRoad),
		passes: edits{"ShipDtls.Gstin": "URP"}, want: []string{"5002 ShipDtls.Gstin"},
		fills: "The Ship To GSTIN field is required.",
	}},
}

// byRoad asks for an e-way bill.
var byRoad = edits{
	"EwbDtls.TransMode": "1", "EwbDtls.Distance": n("0"), "EwbDtls.VehNo": "KA01AB1234", "EwbDtls.VehType": "R",
}

var pinCases = map[string][]ruleCase{
	"recipient-pin": {{breaks: edits{"BuyerDtls.Pin": absent}, want: []string{"2244 BuyerDtls.Pin"},
		fills: "Recipient pincode is not provided for the transaction - B2B"},
		{supply: "SEZWP", breaks: edits{"BuyerDtls.Pin": nil}, want: []string{"2244 BuyerDtls.Pin"}}},
	"recipient-pin-in-india": {
		{breaks: edits{"BuyerDtls.Pin": n("999999")}, want: []string{"2274 BuyerDtls.Pin"},
			fills: "Recipient PIN code cannot be 999999 for B2B transaction."},
		{both: igst, breaks: edits{"BuyerDtls.Pin": n("999999"), "BuyerDtls.Pos": "27"},
			passes: edits{"BuyerDtls.Gstin": "97ABCPD1234E2Z4", "BuyerDtls.Stcd": "97", "BuyerDtls.Pos": "97",
				"BuyerDtls.Pin": n("999999")},
			facts: long("97ABCPD1234E2Z4", func(p *invoice.Taxpayer) { p.Status, p.Type = "ACTIVE", "REG" }),
			want:  []string{"2274 BuyerDtls.Pin"}},
	},
	"supplier-pin-in-india": {
		{breaks: edits{"SellerDtls.Pin": n("999999")}, want: []string{"2276 SellerDtls.Pin"}},
		{breaks: edits{"SellerDtls.Pin": n("999999")}, passes: from(offshore, "999999", nil), passed: requester(offshore),
			want: []string{"2276 SellerDtls.Pin"}},
	},
	"dispatch-pin-in-india": {{breaks: dispatch("29", "999999"), passes: dispatch("97", "999999"),
		want: []string{"2273 DispDtls.Pin"}}},
	"ship-to-pin-in-india": {{breaks: shipTo("", "29", "999999"), passes: shipTo("", "97", "999999"),
		want: []string{"2272 ShipDtls.Pin"}},
		{supply: "SEZWP", breaks: shipTo("", "29", "999999"), passes: shipTo("", "29", "560001"),
			want: []string{"2272 ShipDtls.Pin"}}},
	"export-recipient-pin": {
		{supply: "EXPWP", breaks: edits{"BuyerDtls.Pin": n("560001")}, passes: edits{"BuyerDtls.Pin": absent},
			want: []string{"2275 BuyerDtls.Pin"}}},
	"pin-exists": {
		{breaks: edits{"SellerDtls.Pin": n("100001")}, want: []string{"3038 SellerDtls.Pin"},
			fills: "Seller details Details:Pincode-100001 does not exists"},
		{breaks: edits{"BuyerDtls.Pin": n("650001")}, passes: edits{"BuyerDtls.Pin": n("591001")},
			want: []string{"3038 BuyerDtls.Pin"}},
		{breaks: dispatch("29", "900001"), passes: dispatch("97", "110001"), want: []string{"3038 DispDtls.Pin"}},
	},
	"pin-of-state": {
		{both: edits{"BuyerDtls.Gstin": dakshinPune, "BuyerDtls.Stcd": "27"}, breaks: edits{"BuyerDtls.Pin": n("560001")},
			passes: edits{"BuyerDtls.Pin": n("400001")}, want: []string{"3039 BuyerDtls.Pin"},
			fills: "Pincode -560001 of Buyer does not belong to his/her State - 27"},
		{breaks: edits{"SellerDtls.Pin": n("110001")}, want: []string{"3039 SellerDtls.Pin"}},
		{ // 160 is Chandigarh's and Punjab's
			breaks: dispatch("3", "110001"), passes: dispatch("3", "160001"), want: []string{"3039 DispDtls.Pin"}},
	},
	"ship-to-pin-exists": {{breaks: shipTo("", "29", "100001"), passes: shipTo("", "29", "560001"),
		want:  []string{"3040 ShipDtls.Pin"},
		fills: "Buyer or Ship Details:Pincode - 100001 does not exists"}},
	"ship-to-pin-of-state": {{breaks: shipTo("", "29", "110001"), passes: shipTo("", "25", "110001"),
		want:  []string{"3041 ShipDtls.Pin"},
		fills: "Buyer or Ship Details:Pincode -110001 does not belong to the state-29"}},
}

var supplyCases = map[string][]ruleCase{
	"domestic-recipient": {{breaks: edits{"BuyerDtls.Gstin": "URP"}, want: []string{"2212 BuyerDtls.Gstin"},
		fills: "The recipient GSTIN cannot be URP for supply type B2B"}},
	"export-recipient": {{supply: "EXPWP", breaks: edits{"BuyerDtls.Gstin": deccan},
		want: []string{"2248 BuyerDtls.Gstin"}}},
	"sez-recipient": {
		{supply: "SEZWP", breaks: to(gulmohar, "110005", nil), passes: to(vamsa, "530001", nil),
			want:  []string{"2247 BuyerDtls.Gstin"},
			fills: "Recepient should be SEZ for transaction SEZWP"}, //nolint:misspell // NIC's own slip
		{supply: "SEZWOP", breaks: edits{"BuyerDtls.Gstin": deccan, "BuyerDtls.Stcd": "29", "BuyerDtls.Pin": n("580020"),
			"BuyerDtls.Pos": "29"},
			want: []string{"2247 BuyerDtls.Gstin"}},
	},
	"recipient-not-sez": {
		{breaks: to(zinnia, "600045", nil), passes: to(gulmohar, "110005", nil), want: []string{"2246 TranDtls.SupTyp"},
			fills: "Recepient cannot be SEZ for - B2B transaction"}, //nolint:misspell // NIC's own slip
		{supply: "DEXP", breaks: to(vamsa, "530001", nil), passes: to(gulmohar, "110005", nil),
			want: []string{"2246 TranDtls.SupTyp"}},
	},
	"deemed-export-recipient": {{supply: "DEXP", both: to(mandovi, "403001", nil), passes: edits{"TranDtls.SupTyp": "B2B"},
		want: []string{"2298 BuyerDtls.Gstin"}}},
	"reverse-charge-supply": {
		{supply: "DEXP", breaks: edits{"TranDtls.RegRev": "Y"}, passes: edits{"TranDtls.RegRev": "N"},
			want: []string{"2162 TranDtls.RegRev"}},
		{supply: "EXPWP", breaks: edits{"TranDtls.RegRev": "Y"}, want: []string{"2162 TranDtls.RegRev"}},
		{both: edits{"TranDtls.RegRev": "Y"}, breaks: edits{"TranDtls.SupTyp": "DEXP"},
			want: []string{"2162 TranDtls.RegRev"}},
	},
	"reverse-charge-recipient": {{both: to(harbour, "400051", nil), breaks: edits{"TranDtls.RegRev": "Y"},
		passes: edits{"TranDtls.RegRev": "N"},
		want:   []string{"2297 TranDtls.RegRev"}}},
	"igst-on-intra-supply": {{supply: "SEZWP", both: edits{"TranDtls.RegRev": "Y"},
		breaks: edits{"TranDtls.IgstOnIntra": "Y"},
		want:   []string{"2268 TranDtls.IgstOnIntra"}}},
	"igst-on-intra-state": {{both: merge(igst, edits{"TranDtls.RegRev": "Y", "TranDtls.IgstOnIntra": "Y"}),
		breaks: edits{"BuyerDtls.Pos": "27"},
		want:   []string{"2262 TranDtls.IgstOnIntra"}}},
	"igst-on-intra-reverse-charge": {{both: merge(igst, edits{"TranDtls.IgstOnIntra": "Y"}),
		passes: edits{"TranDtls.RegRev": "Y"},
		want:   []string{"2294 TranDtls.RegRev"}}},
	"port": {{supply: "EXPWP", breaks: edits{"ExpDtls.Port": "INXXX9"}, passes: edits{"ExpDtls.Port": "inabg1"},
		want: []string{"2201 ExpDtls.Port"}}},
	"country": {{supply: "EXPWP", breaks: edits{"ExpDtls.CntCode": "ZZ"}, passes: edits{"ExpDtls.CntCode": "AE"},
		want: []string{"2202 ExpDtls.CntCode"}},
		{breaks: edits{"ItemList[0].OrgCntry": "QQ"}, passes: edits{"ItemList[0].OrgCntry": "in"},
			want: []string{"2202 ItemList[0].OrgCntry"}}},
	"export-country": {
		{supply: "EXPWP", facts: switched("export-country"), breaks: edits{"ExpDtls.CntCode": absent},
			passes: edits{"ExpDtls.CntCode": "AE"}, want: []string{"2202 ExpDtls.CntCode"},
			fills: "The country code is mandatory for exports."},
		{supply: "EXPWOP", facts: switched("export-country"), breaks: edits{"ExpDtls": absent},
			passes: edits{"ExpDtls.CntCode": "AE"}, want: []string{"2202 ExpDtls.CntCode"}},
	},
	"currency": {{supply: "EXPWP", breaks: edits{"ExpDtls.ForCur": "XYZ"}, passes: edits{"ExpDtls.ForCur": "USD"},
		want: []string{"2203 ExpDtls.ForCur"}}},
}
