package irpapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCancel(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	buyer := w.user("sandbox", deccan, sahyadri, "deccan_api").login()
	irns := map[string]string{}
	for _, number := range []string{"C-1", "C-2", "C-3", "C-4"} {
		irns[number] = u.generate(invoice(number)).good()["Irn"].(string)
	}
	const (
		irnLength    = "The field Irn must be a string with a minimum length of 64 and a maximum length of 64."
		remarkLength = "The field Cancel Remarks must be a string with a minimum length of 1 and a maximum length of 100."
		reason       = "The field Cancel Reason must match the regular expression '^[1-4]{1}$'."
		noIrn        = "The Irn field is required."
		noReason     = "The Cancel Reason field is required."
		noRemark     = "The Cancel Remarks field is required."
	)
	good := object{"Irn": irns["C-1"], "CnlRsn": "1", "CnlRem": "x"}
	for _, c := range []struct {
		change object
		want   []string
	}{
		{object{"CnlRsn": "5"}, []string{reason}},
		{object{"CnlRsn": 0}, []string{reason}},
		{object{"CnlRsn": ""}, []string{noReason}},
		{object{"CnlRem": ""}, []string{noRemark, remarkLength}},
		{object{"CnlRem": "  "}, []string{noRemark}},
		{object{"CnlRem": strings.Repeat("ä", 101)}, []string{remarkLength}},
		{object{"Irn": "abc", "CnlRsn": "12", "CnlRem": nil}, []string{irnLength, reason, noRemark}},
		{object{"Irn": 1}, []string{irnLength}},
		{object{"Irn": []any{"x"}}, []string{irnLength}},
		{object{"Irn": " "}, []string{noIrn, irnLength}},
		{object{"Irn": nil, "CnlRsn": nil, "CnlRem": nil}, []string{noIrn, noReason, noRemark}},
		{object{"Irn": json.RawMessage("null"), "CnlRsn": json.RawMessage("null"), "CnlRem": json.RawMessage("null")},
			[]string{noIrn, noReason, noRemark}},
	} {
		e := u.call("POST", "/eicore/v1.03/Invoice/Cancel", encode(t, with(good, c.change)))
		var got []string
		for _, row := range e.doc["ErrorDetails"].([]any) {
			same(t, "code", row.(object)["ErrorCode"], "5002")
			got = append(got, row.(object)["ErrorMessage"].(string))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%v: %s", c.change, diff)
		}
	}
	u.cancel(irnOf("nobody", "", "", "")).refused("2148")
	buyer.cancel(irns["C-1"]).refused("2143")

	// NIC's own sample has a blank behind the reason; clients send it as a number too.
	got := u.call("POST", "/eicore/v1.03/Invoice/Cancel",
		[]byte(`{"irn":"`+irns["C-1"]+`","CnlRsn":"1 ","CnlRem":"Wrong entry"}`)).good()
	if got["Irn"] != irns["C-1"] || got["CancelDate"] != "2026-07-15 10:31:00" || len(got) != 2 {
		t.Errorf("%v", got)
	}
	u.call("POST", "/eicore/v1.03/Invoice/Cancel", []byte(`{"Irn":"`+irns["C-2"]+`","CnlRsn":2,"CnlRem":"x"}`)).good()
	u.cancel(irns["C-1"]).refused("9999")

	w.advance("24h")
	u.login().cancel(irns["C-3"]).good() // the last moment of 24 hours
	w.advance("1s")
	u.cancel(irns["C-4"]).refused("2270")
	u.cancel(irns["C-1"]).refused("9999")
}

func TestReads(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	buyer := w.user("sandbox", deccan, sahyadri, "deccan_api").login()
	stranger := w.user("sandbox", orchid, sahyadri, "orchid_api").login()
	irn := u.generate(invoice("R/1-a")).good()["Irn"].(string)

	u.byIRN(irnOf("nobody", "", "", "")).refused("2148")
	u.byIRN("x").refused("2148")
	stranger.byIRN(irn).refused("2143")
	buyer.byIRN(irn).good()
	if got := u.byDocument("INV", "R/1-a", "15/07/2026").good(); got["Irn"] != irn {
		t.Errorf("by document: %v", got)
	}
	for _, q := range [][3]string{{"INV", "R/2", "15/07/2026"}, {"CRN", "R/1-a", "15/07/2026"},
		{"INV", "R/1-a", "14/07/2026"}, {"", "", ""}} {
		u.byDocument(q[0], q[1], q[2]).refused("2154")
	}
	buyer.byDocument("INV", "R/1-a", "15/07/2026").refused("2154") // it is not the buyer's number

	for _, date := range []string{"15/07/2026", "01/01/2020"} {
		if e := u.call("GET", "/eicore/v1.03/Invoice/rejectedirns?date="+date, nil); string(e.data) != "[]" {
			t.Errorf("rejected on %s: %s, %v", date, e.data, e.doc)
		}
	}
	u.call("GET", "/eicore/v1.03/Invoice/rejectedirns?date=2026-07-15", nil).refused("2282")

	w.advance("48h")
	u.login().byIRN(irn).good()
	w.advance("1s")
	e := u.byIRN(irn).refused("2283")
	if got := e.doc["ErrorDetails"].([]any)[0].(object)["ErrorMessage"]; got != "IRN details cannot be provided as it "+
		"is generated more than 2 days prior" {
		t.Errorf("says %v", got)
	}
	u.byDocument("INV", "R/1-a", "15/07/2026").refused("2283")
	stranger.login().byIRN(irn).refused("2143")
}

// An e-commerce operator registers for a supplier, and names it in sup_gstin when it
// reads and cancels.
func TestOperator(t *testing.T) {
	w := open(t).world(t)
	supplier := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	operator := w.user("sandbox", orchid, sahyadri, "orchid_api").login()
	sold := func(number string) object {
		return changed(invoice(number), "TranDtls", object{"EcmGstin": orchid.gstin})
	}
	first := operator.generate(sold("E-1")).good()["Irn"].(string)
	second := operator.generate(sold("E-2")).good()["Irn"].(string)
	own := supplier.generate(invoice("E-3")).good()["Irn"].(string)
	operator.generate(sold("E-1")).refused("2150")
	if codes := operator.generate(invoice("E-4")).codes(); len(codes) == 0 { // it is named nowhere
		t.Error("an operator that EcmGstin does not name registered")
	}
	for _, c := range []*caller{supplier, operator} {
		c.byIRN(first).good()
	}
	operator.byIRN(first, "sup_gstin", dakshin.gstin).good()
	operator.byIRN(first, "sup-gstin", "29abccd1234e1z1").good()
	operator.byIRN(first, "sup_gstin", deccan.gstin).refused("2143")
	operator.byIRN(own).refused("2143") // the supplier's alone
	operator.byIRN(own, "sup_gstin", dakshin.gstin).refused("2143")

	operator.byDocument("INV", "E-1", "15/07/2026", "sup_gstin", dakshin.gstin).good()
	operator.byDocument("INV", "E-1", "15/07/2026").refused("2154")
	operator.byDocument("INV", "E-3", "15/07/2026", "sup_gstin", dakshin.gstin).refused("2143")
	supplier.byDocument("INV", "E-1", "15/07/2026").good()

	operator.ewb(first).refused("4005")
	operator.ewb(own).refused("2143")
	operator.ship(own, nil).refused("2143")
	shipped := operator.generate(sold("E-5")).good()["Irn"].(string)
	operator.ship(shipped, nil).good()
	for _, c := range []*caller{supplier, operator} {
		if got := c.ewb(shipped).good()["GenGstin"]; got != orchid.gstin {
			t.Errorf("the operator's e-way bill is %v's", got)
		}
	}

	operator.cancel(own, "sup_gstin", dakshin.gstin).refused("2143")
	operator.cancel(first, "sup_gstin", deccan.gstin).refused("2143")
	operator.cancel(first, "sup_gstin", dakshin.gstin).good()
	supplier.cancel(second).good()
}

// Worlds and environments know nothing of each other's invoices and numbers.
func TestApart(t *testing.T) {
	s := open(t)
	w, abroad := s.world(t), s.world(t)
	here := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	produced := w.user("production", dakshin, sahyadri, "dakshin_api").login()
	there := abroad.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	irn := here.generate(invoice("W-1")).good()["Irn"].(string)
	for _, c := range []*caller{produced, there} {
		c.byIRN(irn).refused("2148")
		c.cancel(irn).refused("2148")
		c.generate(invoice("W-1")).good()
	}
	here.cancel(irn).good()
	for _, c := range []*caller{produced, there} {
		if got := c.byIRN(irn).good()["Status"]; got != "ACT" {
			t.Errorf("cancelled elsewhere: %v", got)
		}
	}
}
