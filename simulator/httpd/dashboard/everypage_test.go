package dashboard_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// refusedInvoice is a call of the e-Invoice API as the journal keeps it, decrypted.
var refusedInvoice = journal.Exchange{
	Environment: nic.Sandbox, Method: "POST", Path: "/eicore/v1.03/Invoice", Status: 200,
	Request:  json.RawMessage(`{"Version":"1.1","ItemList":[{"SlNo":"1","HsnCd":"84"}],"EInvoiceNumberThatHasNoBlankInIt":"` + irn + irn + `"}`),
	Response: json.RawMessage(`{"Status":0,"ErrorDetails":[{"ErrorCode":"2176","ErrorMessage":"HSN code(s)-84 is invalid"}]}`),
	Reason: &journal.Reason{Code: "invoice-invalid", NICCode: "2176", Detail: "HSN code(s)-84 is invalid",
		Fields: []journal.FieldReason{
			{Field: "/ItemList/0/HsnCd", Code: "2176", Message: "HSN code(s)-84 is invalid", Rule: "hsn-length",
				Want: "4, 6 or 8 digits of the master"},
		}},
}

// Every page passes the automatic checks of WCAG 2.2 A and AA, does not scroll sideways at 320 pixels, and
// shows the focus. The test fails for a page that it does not visit, and for a form that TestEveryForm does
// not send.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	page := browsertest.Open(t)
	survey := page.Survey(t, "dashboard")
	v := visit(t, "/w/everybody")
	look := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			page.Goto(v.control + path)
			survey.Look(path)
		}
	}
	look("/", "/inbox", "/journal", "/refusals", "/invoices", "/api-users")
	v.register("9876543210")
	v.register("9876543211")
	refused := v.open("/journal?outcome=refused").values("id")[0]
	look("/", "/inbox", "/inbox?gstin=nobody", "/journal", "/journal?q=nothing", "/journal/"+refused, "/refusals",
		"/journal?cause=none", "/clock", "/taxpayers", "/taxpayers?q=nobody", "/taxpayers/29ABCCD1234E1Z1",
		"/providers", "/api-users", "/subscriptions", "/subscriptions/adaequare", "/add/subscription/vayana",
		"/add/provider", "/add/organisation", "/add/taxpayer",
		"/add/portal-user?gstin=29ABCCD1234E1Z1", "/add/api-user", "/add/invoice",
		"/providers/AABCK27GSP4K7QX", "/organisations/AABCK7654P", "/portal-users/dakshin29",
		"/faults", "/add/fault/status", "/add/fault/error", "/add/fault/reset",
		"/settings", "/rules", "/rules?q=no+such+rule", "/worlds", "/world", "/worlds/everybody/end", "/reset", "/nowhere")
	v.json("POST", v.control+"/control/v1/faults", `{"name":"own","does":{"kind":"html"},"when":{"header":{"X-Test":"7"}}}`)
	v.json("PUT", v.control+"/control/v1/situation", `{"name":"hostile"}`)
	look("/faults", "/faults/own", "/faults/hostile.early-end")
	for _, c := range []struct{ path, field, typed, button, cursor string }{
		{"/faults", "#rule", "nonsense", "form.paste button", "A fault as JSON"},
		{"/add/fault/status", "#count", "7", "form.add button", "Figure"},
		{"/add/fault/drip", "#name", "It!", "form.add button", "Name"},
		{"/clock", "#by", "nonsense", "form.by button", "Advance by"},
		{"/clock", "#by", "-1h", "form.by button", "Advance by"},
		{"/settings", "#otpLifetime", "nonsense", "form.settings button", "OTP is valid for"},
		{"/taxpayers/29ABCCD1234E1Z1", "#email", "nonsense", "form.change button", "E-mail"},
		{"/add/taxpayer", "#gstin", "nonsense", "form.add button", "GSTIN"},
	} {
		page.Goto(v.control + c.path)
		page.Type(c.field, c.typed)
		page.Click(c.button)
		if name := page.FocusedName(); name != c.cursor {
			t.Errorf("%s refuses %s, and the cursor is in %q", c.path, c.typed, name)
		}
		survey.Look(c.path + " refused")
	}
	page.Goto(v.control + "/clock")
	page.Click(`button[name="freeze"]`)
	survey.Look("/clock, frozen")
	v.knowsTheForms(survey.Buttons)
	v, _ = withInvoice(t)
	look("/invoices", "/invoices/sandbox/"+irn)
	v = visitWorld(t, func(_ context.Context, w *world.World) error {
		w.Journal.Record(refusedInvoice)
		return nil
	})
	look("/journal", "/journal/1")
	v = visitWithToken(t)
	look("/clock", "/login")
	page.Type("#token", "a-wrong-token-of-the-form")
	page.Click("form.login button")
	survey.Look("/login refused")
	page.Type("#token", dashboardToken)
	page.Click("form.login button")
	look("/", "/logout")
	for _, name := range browsertest.Templates(t, ".") {
		if !slices.Contains(survey.Pages, name) {
			t.Errorf("the test does not visit %s.html", name)
		}
	}
}
