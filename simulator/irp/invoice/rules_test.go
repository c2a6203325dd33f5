package invoice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
)

// rulesCase is the smallest change to a sample that breaks a rule, and one that does not.
type ruleCase struct {
	supply string // B2B when empty
	both   edits  // to come near the rule
	breaks edits  // on top of both
	passes edits  // on top of both; nothing: both alone passes
	facts  func(*invoice.Facts)
	passed func(*invoice.Facts) // changes the facts for the case that passes
	want   []string             // code and path of every violation of the broken one
	fills  string               // the message of the first, where it has places to fill in
}

func requester(gstin string) func(*invoice.Facts) {
	return func(f *invoice.Facts) { f.Requester = gstin }
}

func long(gstin string, change func(*invoice.Taxpayer)) func(*invoice.Facts) {
	return func(f *invoice.Facts) { with(f, gstin, change) }
}

func switched(rule string) func(*invoice.Facts) {
	return func(f *invoice.Facts) { f.Book.Rules = map[string]bool{rule: true} }
}

// to makes the recipient another taxpayer, of another state, whose supply bears IGST.
func to(gstin, pin string, more edits) edits {
	e := edits{
		"BuyerDtls.Gstin": gstin, "BuyerDtls.Stcd": gstin[:2], "BuyerDtls.Pos": gstin[:2], "BuyerDtls.Pin": n(pin),
		"ItemList[0].CgstAmt": absent, "ItemList[0].SgstAmt": absent, "ItemList[0].IgstAmt": n("180"),
		"ValDtls.CgstVal": absent, "ValDtls.SgstVal": absent, "ValDtls.IgstVal": n("180"),
	}
	return merge(e, more)
}

// from makes the supplier another taxpayer of another state than the recipient's.
func from(gstin, pin string, more edits) edits {
	return merge(edits{
		"SellerDtls.Gstin": gstin, "SellerDtls.Stcd": gstin[:2], "SellerDtls.Pin": n(pin),
		"ItemList[0].CgstAmt": absent, "ItemList[0].SgstAmt": absent, "ItemList[0].IgstAmt": n("180"),
		"ValDtls.CgstVal": absent, "ValDtls.SgstVal": absent, "ValDtls.IgstVal": n("180"),
	}, more)
}

func merge(all ...edits) edits {
	merged := edits{}
	for _, e := range all {
		for path, value := range e {
			merged[path] = value
		}
	}
	return merged
}

// igst is IGST where the sample has CGST and SGST.
var igst = edits{
	"ItemList[0].CgstAmt": absent, "ItemList[0].SgstAmt": absent, "ItemList[0].IgstAmt": n("180"),
	"ValDtls.CgstVal": absent, "ValDtls.SgstVal": absent, "ValDtls.IgstVal": n("180"),
}

// service makes the line one.
var service = edits{"ItemList[0].IsServc": "Y", "ItemList[0].HsnCd": "998313"}

func shipTo(gstin, code, pin string) edits {
	e := edits{
		"ShipDtls.LglNm": "Ship to", "ShipDtls.Addr1": "Yard 1", "ShipDtls.Loc": "Place", "ShipDtls.Stcd": code,
		"ShipDtls.Pin": n(pin),
	}
	if gstin != "" {
		e["ShipDtls.Gstin"] = gstin
	}
	return e
}

func dispatch(code, pin string) edits {
	return edits{
		"DispDtls.Nm": "Dispatch", "DispDtls.Addr1": "Yard 2", "DispDtls.Loc": "Place", "DispDtls.Stcd": code,
		"DispDtls.Pin": n(pin),
	}
}

func onDay(value string) edits { return edits{"DocDtls.Dt": value} }

func TestEachRule(t *testing.T) {
	cases := map[string][]ruleCase{}
	for _, table := range []map[string][]ruleCase{documentCases, partyCases, placeCases, pinCases, supplyCases, lineCases,
		taxCases, totalCases} {
		for name, list := range table {
			cases[name] = append(cases[name], list...)
		}
	}
	for _, r := range invoice.Rules() {
		if strings.HasPrefix(r.Name, "ewb-") {
			continue // see ewaybill_test.go
		}
		t.Run(r.Name, func(t *testing.T) {
			if r.Hidden != "" {
				return // see TestHiddenRules
			}
			if len(cases[r.Name]) == 0 {
				t.Fatal("no case breaks it")
			}
			for _, c := range cases[r.Name] {
				c.run(t, r)
			}
		})
		delete(cases, r.Name)
	}
	for name := range cases {
		t.Errorf("cases for %s, which is no rule", name)
	}
}

func (c ruleCase) run(t *testing.T, r invoice.Rule) {
	t.Helper()
	supply := c.supply
	if supply == "" {
		supply = "B2B"
	}
	f := facts(t)
	if c.facts != nil {
		c.facts(&f)
	}
	broken := sample(t, supply)
	merge(c.both, c.breaks).apply(broken)
	violations := judge(t, broken, f)
	wantViolations(t, violations, c.want...)
	mine := slices.IndexFunc(violations, func(f invoice.Violation) bool { return f.Rule == r.Name })
	switch {
	case mine < 0:
		t.Errorf("%s is not among %v", r.Name, violations)
	case violations[mine].Code != r.Code || violations[mine].Want == "":
		t.Errorf("incomplete violation %+v", violations[mine])
	case c.fills != "" && violations[mine].Message != c.fills:
		t.Errorf("message %q, want %q", violations[mine].Message, c.fills)
	case strings.Contains(violations[mine].Message, "{"):
		t.Errorf("message %q has an empty place", violations[mine].Message)
	}
	if c.passed != nil {
		c.passed(&f)
	}
	sound := sample(t, supply)
	merge(c.both, c.passes).apply(sound)
	wantViolations(t, judge(t, sound, f))
}

// The lists of ports, countries and currencies bind exports only.
func TestExportDetailsOfOtherSupplies(t *testing.T) {
	details := edits{"ExpDtls.Port": "12", "ExpDtls.CntCode": "ZZ", "ExpDtls.ForCur": "XYZ"}
	for supply, want := range map[string][]string{
		"B2B": nil, "SEZWP": nil, "SEZWOP": nil, "DEXP": nil,
		"EXPWP":  {"2201 ExpDtls.Port", "2202 ExpDtls.CntCode", "2203 ExpDtls.ForCur"},
		"EXPWOP": {"2201 ExpDtls.Port", "2202 ExpDtls.CntCode", "2203 ExpDtls.ForCur"},
	} {
		doc := sample(t, supply)
		details.apply(doc)
		wantViolations(t, judge(t, doc, facts(t)), want...)
	}
}

func TestRulesAreNamedOnceAndCiteTheirSource(t *testing.T) {
	seen, book := map[string]bool{}, facts(t).Book
	for _, r := range invoice.Rules() {
		if seen[r.Name] || r.Name == "" {
			t.Errorf("rule %q has no name of its own", r.Name)
		}
		seen[r.Name] = true
		if r.Source == "" || !strings.HasSuffix(r.Says, ".") {
			t.Errorf("%s needs a source and a sentence", r.Name)
		}
		_, published := nic.Message(r.Code)
		if !published && book.Holds(r.Name) {
			t.Errorf("%s is in force, and %s has no text", r.Name, r.Code)
		}
	}
}

func TestSwitchedRules(t *testing.T) {
	doc := sample(t, "B2B")
	edits{"ItemList[0].Qty": n("7"), "Version": "1.0"}.apply(doc)
	f := facts(t)
	wantViolations(t, judge(t, doc, f), "2279 Version")
	f.Book.Rules = map[string]bool{"version": false, "gross-amount": true}
	wantViolations(t, judge(t, doc, f), "2192 ItemList[0].TotAmt")
}

// Rules that the schema shadows are for documents that are built in Go.
func TestHiddenRules(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*invoice.Document)
		want   string
	}{
		"document-type":        {func(d *invoice.Document) { d.DocDtls.Typ = "BOE" }, "2280 DocDtls.Typ"},
		"document-number":      {func(d *invoice.Document) { d.DocDtls.No = "0/1" }, "2281 DocDtls.No"},
		"document-date-format": {func(d *invoice.Document) { d.DocDtls.Dt = "2026-07-15" }, "2282 DocDtls.Dt"},
		"supplier-registered":  {func(d *invoice.Document) { d.SellerDtls.Gstin = "URP" }, "2213 SellerDtls.Gstin"},
		"reverse-charge-value": {func(d *invoice.Document) { d.TranDtls.RegRev = "|" }, "2159 TranDtls.RegRev"},
		"igst-on-intra-value":  {func(d *invoice.Document) { d.TranDtls.IgstOnIntra = "|" }, "2285 TranDtls.IgstOnIntra"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := invoice.Sample{Today: now}.Document()
			if err != nil {
				t.Fatal(err)
			}
			if violations := invoice.Check(d, facts(t)); len(violations) > 0 {
				t.Fatalf("the sample: %v", violations)
			}
			c.change(d)
			found := invoice.Check(d, facts(t))
			if !slices.ContainsFunc(found, func(f invoice.Violation) bool {
				return f.Rule == name &&
					f.Code+" "+f.Path == c.want
			}) {
				t.Errorf("got %v, want %s", brief(found), c.want)
			}
			if _, violations := invoice.Parse(d.JSON()); len(violations) == 0 || violations[0].Code != "5002" {
				t.Errorf("the schema does not hide it: %v", violations)
			}
		})
	}
	for _, r := range invoice.Rules() {
		if r.Hidden != "" && !facts(t).Book.Holds(r.Name) {
			t.Errorf("%s is both hidden and off", r.Name)
		}
	}
}

func TestDistinct(t *testing.T) {
	doc := sample(t, "B2B")
	doc["ItemList"] = []any{}
	for i := range 3 {
		line := decode(t, []byte(`{"SlNo":"`+string(rune('1'+i))+`","IsServc":"N","HsnCd":"847130","Qty":1,"Unit":"NOS","UnitPrice":100,"TotAmt":100,"AssAmt":100,"GstRt":18,"CgstAmt":9,"SgstAmt":9,"IgstAmt":1,"TotItemVal":119}`))
		doc["ItemList"] = append(doc["ItemList"].([]any), line)
	}
	edits{"ValDtls.AssVal": n("300"), "ValDtls.CgstVal": n("27"), "ValDtls.SgstVal": n("27"), "ValDtls.IgstVal": n("3"),
		"ValDtls.TotInvVal": n("357")}.apply(doc)
	violations := judge(t, doc, facts(t))
	wantViolations(t, violations, "2172 ItemList[0].IgstAmt", "2172 ItemList[1].IgstAmt", "2172 ItemList[2].IgstAmt")
	wantViolations(t, invoice.Distinct(violations), "2172 ItemList[0].IgstAmt")
}
