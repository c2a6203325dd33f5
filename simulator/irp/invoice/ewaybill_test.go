package invoice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

// ewbCase is the smallest change to an invoice that is shipped by road which breaks a rule of e-way
// bills, and one that does not.
type ewbCase struct {
	supply string
	both   edits
	breaks edits
	passes edits
	facts  func(*invoice.Facts)
	passed func(*invoice.Facts)
	want   []string
	fills  string
}

// by is a mode of transport with nothing that another mode needs.
func by(mode string, more edits) edits {
	return merge(edits{"EwbDtls": map[string]any{"TransMode": mode, "Distance": n("0")}}, more)
}

var (
	byRail = by("2", edits{"EwbDtls.TransDocNo": "FSJWT123456789", "EwbDtls.TransDocDt": "15/07/2026"})
	byShip = by("4", edits{"EwbDtls.TransDocNo": "BL/1", "EwbDtls.VehType": "O"})
)

// receipts are numbers of railway receipts that are refused, next to one that is accepted.
func receipts(good string, bad ...string) (cases []ewbCase) {
	for _, number := range bad {
		cases = append(cases, ewbCase{both: byRail, breaks: edits{"EwbDtls.TransDocNo": number},
			passes: edits{"EwbDtls.TransDocNo": good}, want: []string{"4042 EwbDtls.TransDocNo"}, fills: "Invalid RR number"})
	}
	return cases
}

// partA names the transporter and nothing else.
var partA = edits{"EwbDtls": map[string]any{"TransId": gulmohar, "Distance": n("0")}}

func sent(km string) edits { return edits{"EwbDtls.Distance": n(km)} }

func buyerPIN(pin string) edits { return edits{"BuyerDtls.Pin": n(pin)} }

// port is the ship-to of an export.
var port = shipTo("", "33", "600001")

var ewbCases = map[string][]ewbCase{
	"ewb-document": {
		{breaks: edits{"DocDtls.Typ": "CRN"}, want: []string{"4010 DocDtls.Typ"}},
		{breaks: edits{"DocDtls.Typ": "DBN"}, want: []string{"4010 DocDtls.Typ"}},
	},
	"ewb-goods": {{both: nothing, breaks: merge(edits{"ItemList": lines(1)}, service),
		passes: merge(edits{"ItemList": lines(2)}, service),
		want:   []string{"4009 ItemList"}}},
	"ewb-age": {{
		breaks: onDay("15/01/2026"), passes: onDay("16/01/2026"), want: []string{"4043 DocDtls.Dt"},
		fills: "You cannot generate e-waybill with document date earlier than 180 days",
	}},
	"ewb-not-blocked": {
		{facts: long(deccan, func(p *invoice.Taxpayer) { p.EWayBillBlocked = true }), want: []string{"4015 BuyerDtls.Gstin"},
			passed: long(deccan, func(p *invoice.Taxpayer) { p.EWayBillBlocked = false }),
			fills:  "EWayBill will not be generated for blocked User -" + deccan},
		{facts: long(dakshin, func(p *invoice.Taxpayer) { p.EWayBillBlocked = true }),
			want:   []string{"4015 SellerDtls.Gstin"},
			passed: long(dakshin, func(p *invoice.Taxpayer) { p.EWayBillBlocked = false })},
	},
	"ewb-export-ship-to": {{supply: "EXPWP", both: sent("330"), passes: port, want: []string{"4031 ShipDtls"}}},
	"ewb-ship-to-state": {{supply: "EXPWP", breaks: shipTo("", "96", "600001"), passes: port,
		want: []string{"4032 ShipDtls.Stcd"}}},
	"ewb-ship-to-pin": {{supply: "EXPWP", both: merge(port, sent("330")), breaks: edits{"ShipDtls.Pin": n("999999")},
		want: []string{"4033 ShipDtls.Pin"}}},
	"ewb-dispatch-state": {{breaks: dispatch("96", "560001"), passes: dispatch("29", "560001"),
		want: []string{"4035 DispDtls.Stcd"}}},
	"ewb-dispatch-pin": {{both: sent("440"), breaks: dispatch("97", "999999"), want: []string{"4036 DispDtls.Pin"}}},
	"ewb-ship-to-gstin-differs": {{
		facts: switched("ewb-ship-to-gstin-differs"), both: shipTo(deccan, "29", "580020"),
		passes: edits{"ShipDtls.Gstin": "URP"}, want: []string{"4073 ShipDtls.Gstin"},
	}, {
		facts: switched("ewb-ship-to-gstin-differs"), both: shipTo(deccan, "29", "580020"),
		passes: edits{"ShipDtls.Gstin": backwater}, want: []string{"4073 ShipDtls.Gstin"},
	}, {
		facts: switched("ewb-ship-to-gstin-differs"), breaks: shipTo(deccan, "29", "580020"),
		want: []string{"4073 ShipDtls.Gstin"},
	}},

	"ewb-something-sent": {{breaks: edits{"EwbDtls": map[string]any{"Distance": n("0")}}, passes: partA,
		want: []string{"4019 EwbDtls.TransId"}}},
	"ewb-part-a": {{breaks: edits{"EwbDtls": map[string]any{"Distance": n("0"), "TransName": "Trishul"}},
		passes: edits{"EwbDtls": map[string]any{"Distance": n("0"), "TransName": "Trishul", "TransId": gulmohar}},
		want:   []string{"4027 EwbDtls.TransId"}}},
	"ewb-transporter": {
		{breaks: edits{"EwbDtls.TransId": nobody}, passes: edits{"EwbDtls.TransId": gulmohar},
			want: []string{"4018 EwbDtls.TransId"}},
		{breaks: edits{"EwbDtls.TransId": "88AAACT1234H1ZL"}, passes: edits{"EwbDtls.TransId": tungabhadra},
			want: []string{"4018 EwbDtls.TransId"}},
	},
	"ewb-mode": {
		{breaks: edits{"EwbDtls.TransMode": absent}, want: []string{"4028 EwbDtls.TransMode"}},
		{breaks: by("", edits{"EwbDtls.TransDocNo": "LR1"}), want: []string{"4028 EwbDtls.TransMode"}},
	},
	"ewb-vehicle-number": {{breaks: edits{"EwbDtls.VehNo": absent}, want: []string{"4011 EwbDtls.VehNo"}}},
	"ewb-vehicle-type": {{breaks: edits{"EwbDtls.VehType": absent}, passes: edits{"EwbDtls.VehType": "O"},
		want: []string{"4022 EwbDtls.VehType"}}},
	"ewb-vehicle-number-format": {
		{breaks: edits{"EwbDtls.VehNo": "1234567"}, passes: edits{"EwbDtls.VehNo": "ka123456"},
			want: []string{"4014 EwbDtls.VehNo"}},
		{breaks: edits{"EwbDtls.VehNo": "KA01AB123"}, passes: edits{"EwbDtls.VehNo": "22BH1234AA"},
			want: []string{"4014 EwbDtls.VehNo"}},
		{breaks: edits{"EwbDtls.VehNo": "KAAA"}, passes: edits{"EwbDtls.VehNo": "ABC1234"},
			want: []string{"4014 EwbDtls.VehNo"}},
		{breaks: edits{"EwbDtls.VehNo": "TR12"}, passes: edits{"EwbDtls.VehNo": "TR29AB1234"},
			want: []string{"4014 EwbDtls.VehNo"}},
	},
	"ewb-over-dimensional": {
		{both: byRail, breaks: edits{"EwbDtls.VehType": "O"}, passes: edits{"EwbDtls.VehType": "R"},
			want: []string{"4024 EwbDtls.VehType"}},
		{both: by("3", edits{"EwbDtls.TransDocNo": "AW1", "EwbDtls.TransDocDt": "15/07/2026"}),
			breaks: edits{"EwbDtls.VehType": "O"}, want: []string{"4024 EwbDtls.VehType"}},
	},
	"ewb-ship-vehicle-type": {
		{both: byShip, breaks: edits{"EwbDtls.VehType": "R"}, want: []string{"4039 EwbDtls.VehType"}},
		{both: byShip, breaks: edits{"EwbDtls.VehType": absent}, want: []string{"4039 EwbDtls.VehType"}},
	},
	"ewb-ship-number": {{breaks: by("4", edits{"EwbDtls.VehType": "O"}), passes: by("4",
		edits{"EwbDtls.VehType": "O", "EwbDtls.VehNo": "KA01AB1234"}), want: []string{"4040 EwbDtls.TransDocNo"}}},
	"ewb-document-number": {{both: byRail, breaks: edits{"EwbDtls.TransDocNo": absent},
		want: []string{"4012 EwbDtls.TransDocNo"}}},
	"ewb-railway-receipt": slices.Concat(
		receipts("PNZM2020307306", "PNZM202030730", "PNZM20203073061", "PN20203073061", "2020307306", "RR/2211"),
		receipts("PNZM2020-307306", "PNZM202030-7306", "P2020-307306", "LR-2020-307306"),
		receipts("FSJWT123456789", "FSJWT12345678", "FSJWT1234567890", "F123456789", "FABCDEF12345678", "FS12345678"),
		receipts("FSJ123456789", "FSJ1234567890", "PSJ123456789", "SJ123456789"),
		receipts("FABCDE123456789", "FABCDE-12345678"),
		receipts("L123456789", "L12345678", "L1234567890", "LNZM123456789", "123456789"),
		receipts("pnzm2020307306", "LR1")),
	"ewb-document-date": {{both: byRail, breaks: edits{"EwbDtls.TransDocDt": absent},
		want: []string{"4023 EwbDtls.TransDocDt"}}},
	"ewb-document-date-format": {{both: byRail, breaks: edits{"EwbDtls.TransDocDt": "31/06/2026"},
		want: []string{"4017 EwbDtls.TransDocDt"}}},
	"ewb-document-date-future": {{both: byRail, breaks: edits{"EwbDtls.TransDocDt": "16/07/2026"},
		want: []string{"4016 EwbDtls.TransDocDt"}}},
	"ewb-document-date-order": {{both: byRail, breaks: edits{"EwbDtls.TransDocDt": "14/07/2026"},
		passes: edits{"EwbDtls.TransDocDt": "14/07/2026", "DocDtls.Dt": "14/07/2026"},
		want:   []string{"4021 EwbDtls.TransDocDt"}}},

	"ewb-distance-abroad": {{both: shipTo("", "97", "999999"), breaks: sent("0"),
		passes: edits{"ShipDtls.Pin": n("560002")},
		want:   []string{"4033 ShipDtls.Pin", "4034 EwbDtls.Distance"}}},
	"ewb-distance-same-pin": {{both: buyerPIN("560001"), breaks: sent("0"), passes: sent("1"),
		want: []string{"4029 EwbDtls.Distance"}}},
	"ewb-distance-unknown": {{both: shipTo("", "35", "744101"), breaks: sent("0"), passes: sent("4000"),
		want: []string{"4030 EwbDtls.Distance"},
		fills: "The distance between the pincodes 560001 and 744101 is not available in the system, you need to pass the " +
			"actual distance."}},
	"ewb-distance-low": {
		{both: buyerPIN("591001"), breaks: sent("1"), passes: sent("0"), want: []string{"4013 EwbDtls.Distance"}},
		// The system's distance is 100 km.
		{both: buyerPIN("565001"), breaks: sent("89"), passes: sent("90"), want: []string{"4013 EwbDtls.Distance"}},
	},
	"ewb-distance-high": {
		{both: buyerPIN("591001"), breaks: sent("4000"), passes: sent("0"), want: []string{"4038 EwbDtls.Distance"}},
		{both: buyerPIN("560001"), breaks: sent("101"), passes: sent("100"), want: []string{"4038 EwbDtls.Distance"}},
		// The system's distance is 40 km.
		{both: buyerPIN("560092"), breaks: sent("45"), passes: sent("44"), want: []string{"4038 EwbDtls.Distance"}},
	},
}

func TestEachRuleOfEWayBills(t *testing.T) {
	cases := ewbCases
	seen := 0
	for _, r := range invoice.Rules() {
		if !strings.HasPrefix(r.Name, "ewb-") || r.Name == "ewb-vehicle-type-value" { // which has its own test
			continue
		}
		t.Run(r.Name, func(t *testing.T) {
			if len(cases[r.Name]) == 0 {
				t.Fatal("no case breaks it")
			}
			for _, c := range cases[r.Name] {
				c.run(t, r)
			}
		})
		seen++
	}
	if seen != len(cases) {
		t.Errorf("%d rules and cases for %d", seen, len(cases))
	}
}

func (c ewbCase) run(t *testing.T, r invoice.Rule) {
	t.Helper()
	if c.supply == "" {
		c.supply = "B2B"
	}
	f := facts(t)
	if c.facts != nil {
		c.facts(&f)
	}
	violations := ship(t, c.supply, f, byRoad, merge(c.both, c.breaks))
	wantViolations(t, violations, c.want...)
	i := slices.IndexFunc(violations, func(f invoice.Violation) bool { return f.Rule == r.Name })
	if i < 0 || violations[i].Code != r.Code || violations[i].Want == "" {
		t.Errorf("%s is not among %+v", r.Name, violations)
	} else if c.fills != "" && violations[i].Message != c.fills {
		t.Errorf("message %q, want %q", violations[i].Message, c.fills)
	}
	if c.passed != nil {
		c.passed(&f)
	}
	wantViolations(t, ship(t, c.supply, f, byRoad, merge(c.both, c.passes)))
}

// ship judges the e-way bill part of a sample with changes, one after the other. None of them may
// cost the IRN.
func ship(t *testing.T, supply string, f invoice.Facts, changes ...edits) []invoice.Violation {
	t.Helper()
	doc := sample(t, supply)
	for _, e := range changes {
		e.apply(doc)
	}
	d, violations := invoice.Parse(encode(t, doc))
	if violations != nil {
		t.Fatal(violations)
	}
	for _, violation := range invoice.Check(d, f) {
		if violation.Rule != "ship-to-pin-of-state" && violation.Rule != "ship-to-pin-exists" {
			t.Errorf("costs the IRN: %v", violation)
		}
	}
	return d.Shipment().Check(f)
}

func TestShipmentOfADocumentThatAsksForNone(t *testing.T) {
	d, err := invoice.Sample{Today: now}.Document()
	if err != nil {
		t.Fatal(err)
	}
	if d.Shipment() != nil {
		t.Error("it has one")
	}
}

func TestEWayBillRequest(t *testing.T) {
	export, err := invoice.Sample{Supply: "EXPWP", Today: now}.Document()
	if err != nil {
		t.Fatal(err)
	}
	request := func(text string) []invoice.Violation {
		t.Helper()
		r, violations := invoice.ParseEWayBill([]byte(strings.ReplaceAll(text, "IRN", strings.Repeat("ab", 32))))
		if (r == nil) == (violations == nil) {
			t.Fatalf("got %v and %v", r, violations)
		}
		if violations != nil {
			return violations
		}
		return r.Shipment(export).Check(facts(t))
	}
	const place = `"Addr1":"Gate 3","Loc":"Chennai","Pin":600001,"Stcd":"33"`
	for text, want := range map[string]string{
		`{"Irn":"IRN","Distance":0,"TransMode":"1","VehNo":"KA01AB1234","VehType":"R","ExpShipDtls":{` + place +
			`}}`: "",
		`{"Irn":"IRN","Distance":"0","TransMode":"2","TrnDocNo":"PNZM2020307306","TrnDocDt":"15/07/2026","ExpShipDtls":{` + place +
			`}}`: "",
		`{"Irn":"IRN","Distance":0,"TransMode":"2","TransDocNo":"L123456789","TrnDocNO":"","TransDocDt":"15/07/2026","ExpShipDtls":{` + place + `}}`: "",
		`{"Irn":"IRN","Distance":500,"TransMode":"1","VehNo":"KA01AB1234","VehType":"R"}`:                                                            "4031 ExpShipDtls",
		`{"Irn":"IRN","Distance":0,"TransMode":"1","VehNo":"KA01AB1234","VehType":"X","ExpShipDtls":{` + place +
			`}}`: "4020 VehType",
		`{"Irn":"IRN","Distance":0,"TransMode":"2","TransDocNo":"L123456789","TransDocDt":"2026-07-15","ExpShipDtls":{` + place +
			`}}`: "4017 TransDocDt",
		`{"Irn":"IRN","Distance":0,"TransId":"07ABCFG5678H1Z4","ExpShipDtls":{"Addr1":"x","Loc":"Chennai","Pin":999999,"Stcd":"96"},"DispDtls":{"Nm":"Yard","Addr1":"x","Loc":"Hosur","Pin":560002,"Stcd":"29"}}`: "4032 ExpShipDtls.Stcd;4033 ExpShipDtls.Pin;4034 Distance",
		`{"Distance":4001,"TransMode":"5","ExpShipDtls":{}}`: "5002 Irn;5002 Distance;5002 TransMode;5002 " +
			"ExpShipDtls.Addr1;5002 ExpShipDtls.Loc;5002 ExpShipDtls.Pin;5002 ExpShipDtls.Stcd",
		`{"Irn":"xyz","Distance":-1}`: "5002 Irn;5002 Irn;5002 Distance",
		``:                            "2255",
		`[`:                           "5002",
	} {
		if got := strings.Join(brief(request(text)), ";"); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// Places that a request names take the place of the document's; those that it does not stay.
func TestEWayBillRequestNamesPlaces(t *testing.T) {
	doc := sample(t, "B2B")
	merge(shipTo("", "33", "600001"), dispatch("27", "411001")).apply(doc)
	d, violations := invoice.Parse(encode(t, doc))
	if violations != nil {
		t.Fatal(violations)
	}
	const start = `{"Irn":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","Distance":0,"TransId":"07ABCFG5678H1Z4"`
	for more, pins := range map[string][2]int{
		`}`: {411001, 600001},
		`,"DispDtls":{"Nm":"Yard","Addr1":"x","Loc":"Hosur","Pin":560002,"Stcd":"29"}}`: {560002, 600001},
		`,"ExpShipDtls":{"Addr1":"x","Loc":"Kochi","Pin":682001,"Stcd":"32"}}`:          {411001, 682001},
	} {
		r, violations := invoice.ParseEWayBill([]byte(start + more))
		if violations != nil {
			t.Fatal(violations)
		}
		want, _ := invoice.Distance(pins[0], pins[1])
		if km, _ := r.Shipment(d).Kilometres(); km != want {
			t.Errorf("%s: %d km, want %d", more, km, want)
		}
	}
}

func TestShipmentsPlaces(t *testing.T) {
	for _, c := range []struct {
		supply       string
		places       edits
		kilometresOf [2]int
	}{
		{"B2B", nil, [2]int{560001, 580020}},
		{"B2B", shipTo("", "33", "600001"), [2]int{560001, 600001}},
		{"B2B", dispatch("27", "411001"), [2]int{411001, 580020}},
		{"EXPWOP", merge(shipTo("", "33", "600001"), dispatch("27", "411001")), [2]int{411001, 600001}},
	} {
		doc := sample(t, c.supply)
		merge(byRoad, c.places).apply(doc)
		d, violations := invoice.Parse(encode(t, doc))
		if violations != nil {
			t.Fatal(violations)
		}
		s := d.Shipment()
		want, _ := invoice.Distance(c.kilometresOf[0], c.kilometresOf[1])
		if km, computed := s.Kilometres(); km != want || !computed {
			t.Errorf("%v: %d km, want %d", c.places, km, want)
		}
	}
}
