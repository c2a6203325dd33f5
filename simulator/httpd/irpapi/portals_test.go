package irpapi_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// at returns the caller whose calls are made at a portal; empty: without the header.
func (c *caller) at(portal string) *caller { return c.as(func(c *caller) { c.portal = portal }) }

// why is the cause and the remedy of the newest request in the journal.
func (w *place) why() string {
	reason := w.requests()[0]["reason"].(object)
	return reason["cause"].(string) + " " + reason["remedy"].(string)
}

// As developers report of NIC: an IRN that was made at the other portal is 2148 until it is synchronised. One token is
// valid at both.
func TestPortals(t *testing.T) {
	w := open(t).world(t)
	w.settings(object{"irpSync": "10m"})
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	one, two := u.at("NIC1"), u.at("NIC2")
	made := two.generate(invoice("P-1")).good()
	irn := made["Irn"].(string)
	if no := made["AckNo"].(float64); no < 2e14 || no >= 3e14 {
		t.Errorf("the number of NIC2 is %v", no)
	}

	const not = "The document was registered at NIC2 at 2026-07-15 10:30:42, and reaches NIC1 at 2026-07-15 10:40:42. " +
		"Send the header irp: NIC2, or wait."
	for name, call := range map[string]func(*caller) envelope{
		"2148 by IRN":            func(c *caller) envelope { return c.byIRN(irn) },
		"2154 by document":       func(c *caller) envelope { return c.byDocument("INV", "P-1", "15/07/2026") },
		"2148 cancel":            func(c *caller) envelope { return c.cancel(irn) },
		"2148 e-way bill by IRN": func(c *caller) envelope { return c.ship(irn, nil) },
		"2148 e-way bill":        func(c *caller) envelope { return c.ewb(irn) },
		"2295 generate":          func(c *caller) envelope { return c.generate(invoice("P-1")) },
	} {
		for _, c := range []*caller{one, u, u.at("nic1"), u.at("")} {
			call(c).refused(name[:4])
			if got := w.why(); got != not {
				t.Errorf("%s: the journal says %q", name, got)
			}
		}
	}
	want := []any{object{"InfCd": "DUPIRNGLP", "Desc": object{"AckNo": "-", "AckDt": "2026-07-15 10:31:00", "Irn": irn,
		"IrnDtl": object{"RegIrp": "NIC2"}}}}
	if diff := cmp.Diff(want, one.generate(invoice("P-1")).doc["InfoDtls"]); diff != "" {
		t.Error(diff)
	}
	two.generate(invoice("P-1")).refused("2150")
	two.byIRN(irn).good()

	w.advance("9m59s")
	one.byIRN(irn).refused("2148")
	w.advance("1s")
	one.byIRN(irn).good()
	one.byDocument("INV", "P-1", "15/07/2026").good()
	one.generate(invoice("P-1")).refused("2150")
	one.cancel(irn).good()
	two.cancel(irn).refused("9999")
}

// Without a setting an invoice is at both portals at once, whatever the clock does.
func TestPortalsAtOnce(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	irn := u.generate(invoice("P-2")).good()["Irn"].(string)
	w.clock("2026-07-15T10:00:00+05:30")
	u.at("NIC2").byIRN(irn).good()
	u.at("NIC2").generate(invoice("P-2")).refused("2150")
}

func TestPortalUnknown(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for header, says := range map[string]string{
		"9": "The header irp is 9. ", "NIC": "The header irp is NIC. ", "NIC1,NIC1": "more than one value", "NIC1 NIC2": "a text of 9 characters",
		"NIC3": "Send NIC1 or NIC2, or leave the header out: then the call is made at NIC1.",
	} {
		u.at(header).byIRN("x").refused("3098")
		if got := w.why(); !strings.Contains(got, says) {
			t.Errorf("%s: the journal says %q", header, got)
		}
		u.at(header).generate(invoice("P-3")).refused("3098")
		u.at(header).call("GET", "/eicore/v1.03/Invoice/rejectedirns?date=15/07/2026", nil).refused("3098")
	}
	u.byIRN("x", "irp", " ").refused("2148")                                         // an empty header is none
	u.as(func(c *caller) { c.token = "unknown" }).at("9").byIRN("x").refused("1005") // the token is checked before
	// The day before the header was introduced.
	w.settings(object{"rulesOn": "2024-06-30"})
	u.at("9").byIRN("x").refused("2148")
}

// A number that another IRP registered is 2295 at both portals. If NIC has registered it too, its IRN is rejected.
func TestOtherIRPs(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	buyer := w.user("sandbox", deccan, sahyadri, "deccan_api").login()
	elsewhere := func(number string) object {
		return w.control("POST", "/invoices", object{"environment": "sandbox", "irp": "CYGNET", "sellerGstin": dakshin.gstin,
			"documentType": "INV", "documentNumber": number, "documentDate": "15/07/2026",
			"ackDate": "2026-07-14T09:30:29+05:30"}).object(t)
	}
	irn := irnOf(dakshin.gstin, "2026-27", "INV", "O-1")
	if got := elsewhere("o-1"); got["irn"] != irn || got["irp"] != "CYGNET" || got["totalValue"] != 0.0 {
		t.Errorf("%v", got)
	}
	for _, c := range []*caller{u, u.at("NIC2")} {
		e := c.generate(invoice("O-1")).refused("2295")
		want := []any{object{"InfCd": "DUPIRNGLP", "Desc": object{"AckNo": "-", "AckDt": "2026-07-14 09:30:00", "Irn": irn,
			"IrnDtl": object{"RegIrp": "CYGNET"}}}}
		if diff := cmp.Diff(want, e.doc["InfoDtls"]); diff != "" {
			t.Error(diff)
		}
		const why = "The document was registered by the IRP CYGNET at 2026-07-14 09:30:29. Read and cancel it at that IRP; " +
			"or use another document number."
		if got := w.why(); got != why {
			t.Errorf("the journal says %q", got)
		}
		c.byIRN(irn).refused("2148")
		c.cancel(irn).refused("2148")
		c.byDocument("INV", "O-1", "15/07/2026").refused("2154")
	}
	w.control("DELETE", "/invoices/sandbox/"+irn, nil)
	u.generate(invoice("O-1")).good()

	rejected := func(c *caller, day string) string {
		return string(c.call("GET", "/eicore/v1.03/Invoice/rejectedirns?date="+day, nil).data)
	}
	w.advance("14h") // the next day
	u.login()
	buyer.login()
	if got := elsewhere("O-1"); got["irp"] != "NIC1" || got["rejectedFor"] != "CYGNET" ||
		got["rejectedAt"] != "2026-07-16T00:30:42+05:30" {
		t.Errorf("%v", got)
	}
	for _, c := range []struct{ got, want string }{
		{rejected(u, "16/07/2026"), `["` + irn + `"]`}, {rejected(u.at("NIC2"), "16/07/2026"), `["` + irn + `"]`},
		{rejected(u, "15/07/2026"), "[]"}, {rejected(buyer, "16/07/2026"), "[]"},
	} {
		if c.got != c.want {
			t.Errorf("rejected are %s; want %s", c.got, c.want)
		}
	}
	w.settings(object{"irpSync": "24h"})
	if got := rejected(u.at("NIC2"), "16/07/2026"); got != "[]" {
		t.Errorf("NIC2 has %s, which has not reached it", got)
	}
	u.byIRN(irn).good()
	u.cancel(irn).good()
}
