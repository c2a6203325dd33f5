package dashboard_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// sending is a button of a form and its effect.
type sending struct {
	form   string   // path; {} is a variable part
	button string   // its text
	page   string   // where it is
	typed  []string // ids and texts
	leads  string   // the next page, with the code of a refusal
	effect string   // part of what now returns afterwards; empty if nothing changes
}

// sendings has all buttons, in an order in which each can be pressed. The clock starts at 09:30.
var sendings = []sending{
	{"/clock", "30 s", "/clock", nil, "clock", "09:30:30"},
	{"/clock", "1 min", "/clock", nil, "clock", "09:31:30"},
	{"/clock", "10 min", "/clock", nil, "clock", "09:41:30"},
	{"/clock", "15 min", "/clock", nil, "clock", "09:56:30"},
	{"/clock", "1 h", "/clock", nil, "clock", "10:56:30"},
	{"/clock", "Advance", "/clock", []string{"by", "90s"}, "clock", "10:58:00"},
	{"/clock", "Advance", "/clock", []string{"by", "nonsense"}, "clock value-invalid", "10:58:00"},
	{"/clock", "Set", "/clock", nil, "clock", "10:58:00"},
	{"/clock", "1 day", "/clock", nil, "clock", "2026-04-02T10:58:00"},
	{"/clock", "Let it run", "/clock", nil, "clock", "real"},
	{"/clock", "Freeze", "/clock", nil, "clock", "frozen"},
	{"/clock", "Back to real time", "/clock", nil, "clock", "real"},
	{"/inbox", "Filter", "/inbox", []string{"to", "98"}, "inbox", "2 messages"},
	{"/inbox", "Empty the inbox", "/inbox", nil, "inbox", "0 messages"},
	{"/journal", "Find", "/journal", []string{"q", "otp"}, "journal", ""},
	{"/taxpayers", "Find", "/taxpayers", []string{"q", "dakshin"}, "taxpayers", ""},
	{"/taxpayers/{}", "Save", "/taxpayers/29ABCCD1234E1Z1", []string{"mobile", "9876543299"}, "taxpayer", "9876543299"},
	{"/rules", "Find", "/rules", []string{"q", "hsn"}, "rules", ""},
	{"/add/provider", "Add a provider", "/add/provider", []string{"clientId", "team-client.1", "clientSecret", "s"},
		"providers", "provider Company team-client.1"},
	{"/providers/{}", "Save", "/providers/team-client.1", []string{"companyName", "Acme"}, "providers", "provider Acme"},
	{"/add/organisation", "Add an organisation", "/add/organisation", []string{"pan", "AABCA1234F", "legalName", "Acme"},
		"providers", ""},
	{"/organisations/{}", "Save", "/organisations/AABCA1234F", []string{"mobile", "9876500001"}, "providers", ""},
	{"/add/taxpayer", "Add a taxpayer", "/add/taxpayer", []string{"gstin", "29AWGPV7107B1Z1", "legalName", "Made Up"},
		"taxpayer", ""},
	{"/add/portal-user", "Add a portal login", "/add/portal-user",
		[]string{"username", "made_up", "password", "any", "gstin", "29AWGPV7107B1Z1"}, "taxpayer", ""},
	{"/portal-users/{}", "Save", "/portal-users/made_up", nil, "taxpayer", ""},
	{"/add/api-user", "Add an API user", "/add/api-user", []string{"username", "stubuser", "password", "stubpass",
		"gstin", "29AWGPV7107B1Z1", "clientId", "team-client.1"}, "api-users", "API users stubuser"},
	{"/add/subscription/{}", "Add a subscription", "/add/subscription/gstzen", []string{"companyName", "Acme",
		`secrets\.Token`, "t1", "id", "mine"}, "subscriptions", "subscription mine"},
	{"/add/subscription/{}", "Add a subscription", "/add/subscription/gstzen", []string{"companyName", "Acme"},
		"record value-missing", "subscription mine"},
	{"/subscriptions/{}", "Remove it", "/subscriptions/mine", nil, "subscriptions", "no mine"},
	{"/add/api-user", "Add an API user", "/add/api-user", nil, "record value-missing", "API users stubuser"},
	{"/api-users/{}/{}", "Save", "/api-users/sandbox/stubuser", nil, "api-users", "API users stubuser"},
	{"/add/invoice", "Add an invoice of another IRP", "/add/invoice", []string{"irp", "CYGNET", "sellerGstin",
		"29AWGPV7107B1Z1", "documentNumber", "A-1", "documentDate", "31/12/2025"}, "invoice", ""},
	{"/faults", "Add it", "/faults", []string{"rule", `{"name":"own","does":{"kind":"reset"},"when":{"user":"x"}}`}, "faults",
		"calm own."},
	{"/faults", "Add it", "/faults", []string{"rule", `{"name":"own"}`}, "faults fault-invalid", "calm own."},
	{"/add/fault/{}", "Add the fault", "/add/fault/status", []string{`does\.code`, "503", `when\.user`, "x"}, "faults",
		"calm own status."},
	{"/faults", "Put in force", "/faults", []string{"name", "sms-late"}, "faults", "sms-late own status sms-late.lost."},
	{"/faults/{}", "Remove it", "/faults/own", nil, "faults", "sms-late status sms-late.lost."},
	{"/faults", "Remove all", "/faults", nil, "faults", "calm."},
	{"/settings", "Save", "/settings", []string{"otpLifetime", "7m"}, "settings", "otp 7m"},
	{"/settings", "Save", "/settings", []string{"otpLifetime", "nonsense"}, "settings value-invalid", "otp 7m"},
	{"/settings", "Back to the defaults", "/settings", nil, "settings", "otp 10m"},
	{"/world", "Import", "/world", []string{"text", `{"version":1}`}, "world value-missing", "otp 10m"},
	{"/world", "Import", "/world", []string{"text", `{"clock":{"mode":"frozen","now":"2030-01-01T09:30:00+05:30"}}`}, "overview",
		"2030-01-01T09:30:00"},
	{"/worlds/{}/end", "End it", "/worlds/other/end", nil, "worlds", "no other"},
	{"/reset", "Reset", "/reset", nil, "overview", "9876543210"},
}

// now describes what the forms can change.
func (v *visitor) now() string {
	v.t.Helper()
	control := func(path string) map[string]any { return v.json("GET", v.control+"/control/v1/"+path, "") }
	clock := control("clock")
	said := []string{clock["now"].(string), clock["mode"].(string), "otp " + control("settings")["otpLifetime"].(string),
		control("taxpayers/29ABCCD1234E1Z1")["mobile"].(string)}
	for _, row := range control("api-users")["apiUsers"].([]any) {
		said = append(said, "API users "+row.(map[string]any)["username"].(string))
	}
	failing := control("situation")["name"].(string)
	for _, row := range control("faults")["faults"].([]any) {
		failing += " " + row.(map[string]any)["name"].(string)
	}
	said = append(said, failing+".")
	for _, row := range control("providers")["providers"].([]any) {
		said = append(said, "provider "+row.(map[string]any)["companyName"].(string))
	}
	kept := "no mine"
	for _, row := range control("subscriptions")["subscriptions"].([]any) {
		if id := row.(map[string]any)["id"].(string); id == "mine" {
			kept = "subscription " + id
		}
	}
	said = append(said, kept)
	switch len(control("inbox")["messages"].([]any)) {
	case 0:
		said = append(said, "0 messages")
	case 2:
		said = append(said, "2 messages")
	}
	if !slices.ContainsFunc(control("worlds")["worlds"].([]any),
		func(w any) bool { return w.(map[string]any)["name"] == "other" }) {
		said = append(said, "no other")
	}
	return strings.Join(said, ", ")
}

// Every form takes effect once, whether it is sent by a double click, reloaded, or left with Back.
func TestEveryForm(t *testing.T) {
	t.Parallel()
	page := browsertest.Open(t)
	v := visit(t, "/w/again")
	v.json("PUT", v.control+"/control/v1/clock", `{"mode":"frozen","now":"2026-04-01T09:30:00+05:30"}`)
	v.register("9876543210")
	v.json("GET", strings.Replace(v.control, "/w/again", "/w/other", 1)+"/control/v1/clock", "")
	at := func() string {
		return browsertest.Eval[string](page, `[document.querySelector("main").dataset.page, document.querySelector("[data-problem]")?.dataset.problem].filter(Boolean).join(" ")`)
	}
	for _, s := range sendings {
		check := func(after string) {
			t.Helper()
			if now := v.now(); !strings.Contains(now, s.effect) {
				t.Errorf("%s, %s: after %s it is %s, want %s", s.form, s.button, after, now, s.effect)
			}
		}
		page.Goto(v.control + s.page)
		for i := 0; i+1 < len(s.typed); i += 2 {
			page.Type("#"+s.typed[i], s.typed[i+1])
		}
		if s.button != "Empty the inbox" { // hidden once the inbox is empty
			page.SendUnseen(page.ButtonNamed(s.button))
			check("the first sending")
		}
		page.SlowDoubleClick(page.ButtonNamed(s.button))
		if got := at(); got != s.leads {
			t.Fatalf("%s, %s: it leads to %q at %s, want %q", s.form, s.button, got, page.URL(), s.leads)
		}
		check("a double click")
		page.Reload()
		if got := at(); got != s.leads {
			t.Errorf("%s, %s: a reload shows %q, want %q", s.form, s.button, got, s.leads)
		}
		check("a reload")
		page.Back()
		check("back")
	}
}

// knowsTheForms fails the test for each button that is missing in sendings.
func (v *visitor) knowsTheForms(seen []browsertest.Button) {
	v.t.Helper()
	for _, b := range seen {
		if !slices.ContainsFunc(sendings, func(s sending) bool {
			form := regexp.MustCompile("^" + v.control + strings.ReplaceAll(s.form, "{}", "[^/]+") + "$")
			return s.button == b.Text && form.MatchString(b.Action)
		}) {
			v.t.Errorf("TestEveryForm does not press %q of %s, on page %s", b.Text, b.Action, b.Page)
		}
	}
}
