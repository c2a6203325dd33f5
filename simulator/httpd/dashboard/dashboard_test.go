package dashboard_test

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/world"
)

func TestInboxAndJournalShowWhatHappened(t *testing.T) {
	v := visit(t, "/w/seen")
	v.register("9876543210")
	v.register("9876543211")
	otp := v.json("GET", v.control+"/control/v1/inbox", "")["messages"].([]any)[0].(map[string]any)["otp"].(string)
	for _, path := range []string{"/", "/inbox", "/inbox?purpose=registration-otp&environment=sandbox",
		"/inbox?to=9876543210"} {
		if got := v.open(path).values("otp"); !slices.Contains(got, otp) {
			t.Errorf("%s shows the OTPs %v, and not %s", path, got, otp)
		}
	}
	for _, path := range []string{"/inbox?purpose=api-user-otp", "/inbox?environment=production", "/inbox?to=9876529002",
		"/w/other/inbox"} {
		address := v.control + path
		if strings.HasPrefix(path, "/w/") {
			address = strings.TrimSuffix(v.control, "/w/seen") + path
		}
		if got := v.send(v.request("GET", address, "", "")).values("otp"); len(got) != 0 {
			t.Errorf("%s shows the OTPs %v", path, got)
		}
	}
	for _, c := range []struct {
		query string
		rows  int
	}{
		{"", 5}, {"?outcome=refused", 1}, {"?outcome=accepted", 4}, {"?kind=json", 5}, {"?kind=pages", 0}, {"?kind=api", 0},
		{"?environment=production", 0}, {"?environment=sandbox", 5}, {"?method=GET", 0}, {"?q=CONTACT-mismatch", 1},
		{"?q=/otp", 1},
		{"?q=9876543211&outcome=refused", 1}, {"?q=nobody", 0}, {"?before=3", 2}, {"?before=x", 5},
	} {
		if got := len(v.open("/journal"+c.query).marked("data-row", "exchange")); got != c.rows {
			t.Errorf("/journal%s shows %d entries, want %d", c.query, got, c.rows)
		}
	}
	id := v.open("/journal?outcome=refused").values("id")[0]
	entry := v.open("/journal/" + id)
	for _, want := range []string{"contact-mismatch", "NIC 3006", "Invalid Mobile Number", `"mobile": "9876543211"`,
		`"answer": "***"`, "Content-Type: application/json", "Use the number of the authorised signatory"} {
		if !strings.Contains(text(entry.doc), want) {
			t.Errorf("the entry does not show %s", want)
		}
	}
	if p := v.open("/journal/99"); p.status != http.StatusNotFound {
		t.Errorf("an unknown entry answers %d", p.status)
	}
	v.open("/inbox").press("Empty the inbox")
	if got := v.open("/inbox").values("otp"); len(got) != 0 {
		t.Errorf("the inbox that was emptied shows %v", got)
	}
}

// A deeply nested document of a few KB is not indented: it would grow to dozens of MB.
func TestDeeplyNestedDocumentsAreNotIndented(t *testing.T) {
	nested := strings.Repeat("[", 4090) + strings.Repeat("]", 4090)
	v := visitWorld(t, func(_ context.Context, w *world.World) error {
		w.Journal.Record(journal.Exchange{Request: json.RawMessage(nested), Response: json.RawMessage(`{"a":[1]}`)})
		return nil
	})
	p := v.open("/journal/1")
	if len(p.text) > 100_000 || !strings.Contains(p.text, nested) {
		t.Errorf("the page has %d bytes, or not the document", len(p.text))
	}
	if !strings.Contains(p.text, "[\n    1\n  ]") {
		t.Error("a short document is not indented")
	}
}

func TestClock(t *testing.T) {
	v := visit(t, "/w/clock")
	now := func() time.Time {
		t.Helper()
		at, err := time.Parse(time.RFC3339, v.json("GET", v.control+"/control/v1/clock", "")["now"].(string))
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	mode := func() any { return v.json("GET", v.control+"/control/v1/clock", "")["mode"] }
	v.open("/clock").press("Freeze")
	if mode() != "frozen" {
		t.Fatalf("the clock is %v", mode())
	}
	v.open("/clock").press("Set", "now", "2026-04-01T09:30")
	if got := now(); !got.Equal(time.Date(2026, 4, 1, 4, 0, 0, 0, time.UTC)) {
		t.Errorf("the clock shows %s", got)
	}
	before := now()
	v.open("/clock").press("10 min")
	v.open("/clock").press("Advance", "by", "90s")
	if got := now().Sub(before); got != 11*time.Minute+30*time.Second {
		t.Errorf("it advanced by %s", got)
	}
	for by, field := range map[string]string{"nonsense": "by", "-1m": "by", "": "by"} {
		p := v.open("/clock").press("Advance", "by", by)
		if got := p.marked("data-field", field); len(got) != 1 || p.status != http.StatusOK {
			t.Errorf("advance by %q: %d %v", by, p.status, got)
		}
	}
	if p := v.open("/clock").press("Set", "now", "1999-01-01T00:00"); len(p.marked("data-field", "now")) != 1 {
		t.Error("a clock was set to before GST began")
	}
	v.open("/clock").press("Let it run")
	if mode() != "real" || now().Sub(before) > time.Hour {
		t.Errorf("the clock is %v and shows %s", mode(), now())
	}
	v.open("/clock").press("Back to real time")
	if now().Sub(before) < time.Hour {
		t.Errorf("the clock shows %s", now())
	}
}

func TestPeople(t *testing.T) {
	v := visit(t, "/w/people")
	if rows := v.open("/taxpayers?q=cancelled").marked("data-row", "taxpayer"); len(rows) != 1 ||
		!strings.Contains(rows[0], "Cancelled") {
		t.Errorf("searching for cancelled finds %v", rows)
	}
	p := v.open("/taxpayers/29ABCCD1234E1Z1").press("Save", "status", "SUSPENDED", "mobile", "+91 98765-00000",
		"eInvoiceEnabled", "false")
	if p.status != http.StatusOK || len(p.marked("data-problem", "value-invalid")) != 0 {
		t.Fatalf("the change: %d", p.status)
	}
	got := v.json("GET", v.control+"/control/v1/taxpayers/29ABCCD1234E1Z1", "")
	if got["status"] != "SUSPENDED" || got["mobile"] != "9876500000" || got["eInvoiceEnabled"] != false ||
		got["email"] != "accounts@dakshin.example" {
		t.Errorf("the taxpayer is %v", got)
	}
	p = v.open("/taxpayers/29ABCCD1234E1Z1").press("Save", "mobile", "12", "email", "x")
	if len(p.marked("data-field", "mobile")) != 1 || len(p.marked("data-field", "email")) != 1 {
		t.Error("an invalid mobile and an invalid e-mail were not refused")
	}
	for _, field := range []string{"eInvoiceEnabled", "transporterOnly", "ewayBillBlocked"} {
		p := v.open("/taxpayers/29ABCCD1234E1Z1").press("Save", field, "maybe", "mobile", "9876500001")
		if got := p.marked("href", "#"+field); !slices.Equal(got, []string{"Must be true or false"}) {
			t.Errorf("%s = maybe was answered by %q", field, got)
		}
	}
	if after := v.json("GET", v.control+"/control/v1/taxpayers/29ABCCD1234E1Z1", ""); !reflect.DeepEqual(after, got) {
		t.Errorf("the taxpayer became %v", after)
	}
	if p := v.open("/taxpayers/29NOBODY"); p.status != http.StatusNotFound {
		t.Errorf("an unknown taxpayer answers %d", p.status)
	}
	if ids := v.open("/providers").values("clientId"); !slices.Contains(ids, "AAFCC29ERP82ZSO") {
		t.Errorf("the providers are %v", ids)
	}
}

func TestSettings(t *testing.T) {
	v := visit(t, "/w/settings")
	v.open("/settings").press("Save", "otpLifetime", "7m", "otpMaxSends", "2", "outage", "true", "rules",
		`{"hsn-length":false}`)
	got := v.json("GET", v.control+"/control/v1/settings", "")
	if got["otpLifetime"] != "7m" || got["otpMaxSends"] != 2.0 || got["outage"] != true || got["captchaLifetime"] != "5m" {
		t.Errorf("the settings are %v", got)
	}
	for field, value := range map[string]string{"otpLifetime": "soon", "otpMaxSends": "0", "floorDate": "never",
		"rules": `{"no-such-rule":true}`, "aatoThresholdCrore": "much"} {
		p := v.open("/settings").press("Save", field, value)
		at := p.marked("data-field", field)
		if field == "rules" {
			at = p.marked("data-field", "rules.no-such-rule")
		}
		if len(at) != 1 {
			t.Errorf("%s = %q was not refused", field, value)
		}
	}
	v.open("/settings").press("Back to the defaults")
	if got := v.json("GET", v.control+"/control/v1/settings", ""); got["otpLifetime"] != "10m" || got["outage"] != false {
		t.Errorf("the settings are %v", got)
	}
	// Each setting has an explanation.
	p := v.open("/settings")
	for name := range got {
		if hint := p.marked("id", name+"-hint"); len(hint) != 1 || strings.HasPrefix(hint[0], ". ") {
			t.Errorf("%s is not explained: %v", name, hint)
		}
	}
}

// A field sets its own setting only. A refusal has a message in words and a link to the field.
func TestASettingIsOneValue(t *testing.T) {
	v := visit(t, "/w/settings")
	before := v.json("GET", v.control+"/control/v1/settings", "")
	for _, c := range []struct{ field, value, want string }{
		{"otpMaxSends", `4,"outage":true`, "OTPs in one flow: must be a whole number"},
		{"otpMaxSends", "4} ", "OTPs in one flow: must be a whole number"},
		{"otpMaxSends", "null", "OTPs in one flow: must be a whole number"},
		{"otpMaxSends", "", "OTPs in one flow: must be a whole number"},
		{"otpMaxSends", "2.5", "OTPs in one flow: must be a whole number"},
		{"maxDocumentAgeDays", "many", "Oldest document from that turnover: must be a whole number"},
		{"aatoThresholdCrore", "much", "Old documents are refused from a turnover of: must be a number"},
		{"hsnSixDigitsCrore", "null", "Six digits of HSN from a turnover of: must be a number"},
		{"otpLifetime", "soon", "OTP is valid for: must be a duration such as 10m"},
		{"otpLifetime", "\x01", "OTP is valid for: must be a duration such as 10m"},
		{"outage", "maybe", "Portals are out of order: must be true or false"},
		{"outage", "null", "Portals are out of order: must be true or false"},
		{"rules", "null", `Rules to switch: must be rules by name, such as {"hsn-length":false}`},
		{"rules", `{"hsn-length":false},"outage":true`,
			`Rules to switch: must be rules by name, such as {"hsn-length":false}`},
		{"rules", `{"no-such-rule":true}`, "Rules to switch: no-such-rule is not a rule; did you mean "},
	} {
		p := v.open("/settings").press("Save", c.field, c.value)
		got := p.marked("href", "#"+c.field)
		if unknown := strings.Contains(c.want, "is not a rule"); unknown && len(got) == 2 {
			if !strings.HasPrefix(got[1], "Rules to switch: the rules are captcha-mismatch, ") {
				t.Errorf("%s = %q is not followed by the names of rules: %q", c.field, c.value, got[1])
			}
			got = got[:1]
		}
		if len(got) != 1 || !strings.HasPrefix(got[0], c.want) {
			t.Errorf("%s = %q was answered by %q", c.field, c.value, got)
		}
		if got := p.marked("id", c.field+"-error"); len(got) != 1 {
			t.Errorf("%s = %q: beside the field is %q", c.field, c.value, got)
		}
	}
	if after := v.json("GET", v.control+"/control/v1/settings", ""); !reflect.DeepEqual(after, before) {
		t.Errorf("the settings became %v", after)
	}
}

func TestWorldsAndReset(t *testing.T) {
	v := visit(t, "/w/mine")
	v.register("9876543210")
	if names := v.open("/worlds").values("name"); !slices.Contains(names, "mine") {
		t.Errorf("the worlds are %v", names)
	}
	if p := v.open("/reset").press("Reset"); len(p.values("otp")) != 0 || p.at.Path != "/w/mine/" {
		t.Errorf("after the reset %s shows %v", p.at, p.values("otp"))
	}
	v.send(v.request("GET", strings.TrimSuffix(v.control, "/mine")+"/gone/", "", ""))
	v.open("/worlds/gone/end").press("End it")
	if names := v.open("/worlds").values("name"); slices.Contains(names, "gone") {
		t.Errorf("the worlds are %v", names)
	}
}

// The form that ends its own world leads to a page of the default world, because a page of the ended world
// would start it again.
func TestAWorldThatIsEndedFromWithinStaysEnded(t *testing.T) {
	v := visit(t, "/w/mine")
	p := v.open("/worlds/mine/end").press("End it")
	if names := p.values("name"); p.at.Path != "/w/default/worlds" || !slices.Equal(names, []string{"default"}) {
		t.Errorf("%s lists %v", p.at, names)
	}
}

func TestAnUnknownWorldCannotBeEnded(t *testing.T) {
	v := visit(t, "/w/mine")
	if p := v.open("/worlds/nobody/end"); p.status != http.StatusNotFound {
		t.Errorf("the page that ends an unknown world answers %d", p.status)
	}
	v.open("/clock") // for the cookie of forms
	r := v.request("POST", v.control+"/worlds/nobody/end", "application/x-www-form-urlencoded", "form=made-up.token")
	if p := v.send(r); p.status != http.StatusNotFound {
		t.Errorf("ending an unknown world answers %d", p.status)
	}
	// The world ended after its page was opened.
	v.send(v.request("GET", strings.TrimSuffix(v.control, "/mine")+"/gone/", "", ""))
	page := v.open("/worlds/gone/end")
	v.json("DELETE", v.control+"/control/v1/worlds/gone", "")
	if p := page.press("End it"); p.status != http.StatusNotFound {
		t.Errorf("ending it again answers %d", p.status)
	}
}

// A form takes effect once, and only if it comes from the dashboard.
func TestForgedFormsAreRefused(t *testing.T) {
	v := visit(t, "/w/safe")
	v.open("/clock").press("Freeze")
	at := v.json("GET", v.control+"/control/v1/clock", "")["now"]
	r := v.request("POST", v.control+"/clock", "application/x-www-form-urlencoded", "1h=1&form=made-up.token")
	if p := v.send(r); len(p.marked("data-problem", "form-expired")) != 1 {
		t.Errorf("a form with a made-up token answers %d", p.status)
	}
	r = v.request("POST", v.control+"/reset", "application/x-www-form-urlencoded", "")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if p := v.send(r); p.status != http.StatusForbidden {
		t.Errorf("a form of another site answers %d", p.status)
	}
	if now := v.json("GET", v.control+"/control/v1/clock", "")["now"]; now != at {
		t.Errorf("the clock went from %v to %v", at, now)
	}
	p := v.open("/clock")
	policy := p.header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") ||
		strings.Count(p.text, "<script") != ownScripts {
		t.Errorf("the policy is %s", policy)
	}
}

// ownScripts is the number of scripts that a page loads.
const ownScripts = 2

func TestMarkupInValuesIsEscaped(t *testing.T) {
	v := visit(t, "/w/evil")
	const evil = `<script>alert(1)</script>`
	v.json("PATCH", v.control+"/control/v1/taxpayers/29ABCCD1234E1Z1", `{"legalName":"<script>alert(1)</script>"}`)
	v.register(evil)
	v.json("GET", v.sandbox+"/%3Cscript%3Ealert(1)%3C/script%3E", "")
	for _, path := range []string{"/", "/journal", "/journal?q=" + "%3Cscript%3E", "/journal/3", "/taxpayers",
		"/taxpayers/29ABCCD1234E1Z1", "/inbox?to=%3Cscript%3E"} {
		if p := v.open(path); strings.Count(p.text, "<script") != ownScripts {
			t.Errorf("%s does not escape it", path)
		}
	}
}

// The control API answers with JSON unless the client asks for a page.
func TestProblemsArePagesForBrowsersOnly(t *testing.T) {
	v := visit(t, "")
	r := v.request("GET", v.control+"/nothing", "", "")
	r.Header.Del("Accept")
	var problem map[string]any
	if p := v.send(r); json.Unmarshal([]byte(p.text), &problem) != nil || problem["code"] != "not-found" {
		t.Errorf("an unknown path answers %s", p.text)
	}
	if p := v.open("/nothing"); p.status != http.StatusNotFound || len(p.marked("data-problem", "not-found")) != 1 {
		t.Errorf("a browser is answered %d", p.status)
	}
}
