package dashboard_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/world"
)

// An empty list says why it is empty and links to the whole list.
func TestEmptyListsSayWhy(t *testing.T) {
	v := visit(t, "/w/empty")
	const emptyInbox, emptyJournal = "No message yet.", "No request yet."
	says := func(path string, want ...string) {
		t.Helper()
		p := v.open(path)
		for _, words := range want {
			if !strings.Contains(text(p.doc), words) {
				t.Errorf("%s does not say %q", path, words)
			}
		}
	}
	offered := func() bool {
		t.Helper()
		for n := range v.open("/inbox").doc.Descendants() {
			if attribute(n, "id") == "live-empty" {
				return !has(n, "hidden")
			}
		}
		t.Fatal("the form that empties the inbox is missing")
		return false
	}
	says("/", emptyInbox, emptyJournal)
	says("/inbox", emptyInbox, "No captcha is open.")
	says("/journal?q=nobody", emptyJournal)
	if offered() {
		t.Error("an empty inbox can be emptied")
	}
	v.register("9876543210")
	if !offered() {
		t.Error("an inbox cannot be emptied")
	}
	says("/journal?q=nobody", "No request matches. Show all requests")
	says("/inbox?to=nobody", "No message matches. Show all messages")
	v.open("/inbox").press("Empty the inbox")
	says("/inbox", emptyInbox)
}

// An OTP that is sent by SMS and by e-mail is shown once.
func TestOneSendingIsOneCard(t *testing.T) {
	v := visit(t, "/w/sendings")
	v.json("PUT", v.control+"/control/v1/clock", `{"mode":"frozen","now":"2026-04-01T09:30:00+05:30"}`)
	v.register("9876543210")
	v.register("9876543210") // at the same moment, and with another code
	for _, path := range []string{"/", "/inbox"} {
		p := v.open(path)
		if otps := p.values("otp"); len(otps) != 2 || otps[0] == otps[1] {
			t.Errorf("%s shows the OTPs %v", path, otps)
		}
		if rows := p.marked("data-row", "message"); !slices.Equal(rows[:2],
			[]string{"SMS to 9876543210", "e-mail to accounts@dakshin.example"}) || len(rows) != 4 {
			t.Errorf("%s shows the messages %q", path, rows)
		}
		if got := p.marked("value", "registration-otp")[0]; got != "Registration OTP" {
			t.Errorf("%s shows the purpose %q", path, got)
		}
	}
	if rows := v.open("/inbox?to=9876543210").marked("data-row", "message"); !slices.Equal(rows,
		[]string{"SMS to 9876543210", "SMS to 9876543210"}) {
		t.Errorf("messages to the mobile: %q", rows)
	}
}

// The overview counts all requests, and lists those that are not page views.
func TestTheOverviewLeavesOutPageViews(t *testing.T) {
	v := visit(t, "/w/views")
	look := func(path string) page { return v.send(v.request("GET", v.production+path, "", "")) }
	picture := v.json("POST", v.sandbox+"/portal/v1/captchas", "")["image"].(string) // 1
	v.send(v.request("GET", strings.TrimSuffix(v.sandbox, "/w/views")+picture, "", ""))
	look("/login")
	if p := look("/portal/v1/session"); p.status != http.StatusUnauthorized { // 4
		t.Fatalf("a session that is not there answers %d", p.status)
	}
	v.json("GET", v.sandbox+"/portal/v1/registrations/nowhere", "") // 5
	overview := v.open("/")
	if got := overview.values("id"); !slices.Equal(got, []string{"5", "4", "1"}) {
		t.Errorf("the overview lists %v", got)
	}
	if !strings.Contains(text(overview.doc), "5 requests , 2 refused · 0 API users · 0 invoices") {
		t.Errorf("the overview has other counts: %s", text(overview.doc))
	}
	if got := v.open("/journal").values("id"); len(got) != 5 {
		t.Errorf("the journal lists %v", got)
	}
	if got := v.open("/journal?views=none").values("id"); !slices.Equal(got, []string{"5", "4", "1"}) {
		t.Errorf("the journal without views lists %v", got)
	}
}

// The links from an entry to its neighbours keep the filter of the journal.
func TestNeighboursMatchTheFilter(t *testing.T) {
	v := visit(t, "/w/beside")
	for _, mobile := range []string{"9876543211", "9876543210", "9876543212"} {
		v.register(mobile)
	}
	href := func(p page, link string) (at string) {
		for n := range p.doc.Descendants() {
			if n.Data == "a" && text(n) == link {
				at = attribute(n, "href") // the last: the layout has one of the same name
			}
		}
		return at
	}
	p := v.open("/journal?outcome=refused&q=mobile")
	newest := p.values("id")[0]
	at := href(p, newest)
	if at != "/w/beside/journal/"+newest+"?outcome=refused&q=mobile" {
		t.Fatalf("the newest is at %s", at)
	}
	p = v.open(strings.TrimPrefix(at, "/w/beside"))
	if got := href(p, "Newer"); got != "" {
		t.Errorf("newer than the newest is %s", got)
	}
	if got := href(p, "Older"); got != "/w/beside/journal/2?outcome=refused&q=mobile" {
		t.Errorf("before the newest is %s", got)
	}
	if got := href(p, "Journal"); got != "/w/beside/journal?outcome=refused&q=mobile" {
		t.Errorf("back is %s", got)
	}
	if got := href(v.open("/journal/2"), "Newer"); got != "/w/beside/journal/3" {
		t.Errorf("of all, the next is %s", got)
	}
}

func TestPathsAndTimesAreShort(t *testing.T) {
	const path = "/register/99fe1c3e-8a36-4c3e-9f0c-0a4b4d1f4d3c/otp"
	v := visitWorld(t, func(_ context.Context, w *world.World) error {
		for i, at := range []string{"2026-04-02T23:59:59+05:30", "2026-04-03T00:00:00+05:30",
			"2026-04-01T09:30:00.123+05:30"} {
			moment, err := time.Parse(time.RFC3339, at)
			if err != nil {
				return err
			}
			w.Journal.Record(journal.Exchange{At: moment, Method: []string{"POST", "PUT", "GET"}[i], Path: path,
				Status: 200 + i})
		}
		return nil
	})
	p := v.open("/journal")
	if got := p.marked("value", path); len(got) != 3 || got[0] != "/register/99fe…/otp" {
		t.Errorf("the paths are %q", got)
	}
	if got := p.marked("scope", "rowgroup"); !slices.Equal(got,
		[]string{"Wednesday, 1 April 2026", "Friday, 3 April 2026", "Thursday, 2 April 2026"}) {
		t.Errorf("the days are %q", got)
	}
	if got := p.marked("datetime", "2026-04-01T09:30:00+05:30"); !slices.Equal(got, []string{"09:30:00"}) {
		t.Errorf("the time is %q", got)
	}
	for query, want := range map[string]string{"q=201": "2", "q=put": "2", "q=200": "1"} {
		if got := v.open("/journal?" + query).values("id"); !slices.Equal(got, []string{want}) {
			t.Errorf("%s finds %v", query, got)
		}
	}
}

// The inbox shows the characters of the newest captchas, for people who cannot read pictures.
func TestCaptchasAreShownAsText(t *testing.T) {
	v := visit(t, "/w/captchas")
	id := v.json("POST", v.sandbox+"/portal/v1/captchas", "")["captchaId"].(string)
	answer := v.json("GET", v.control+"/control/v1/captchas/"+id, "")["answer"].(string)
	if got := v.open("/inbox").marked("data-value", id); len(got) != 1 ||
		!strings.HasPrefix(got[0], answer+" Sandbox, open until ") {
		t.Errorf("the captcha %s is shown as %q", answer, got)
	}
	v.json("POST", v.control+"/control/v1/clock/advance", `{"by":"5m"}`)
	if got := v.open("/inbox").marked("data-row", "captcha"); len(got) != 0 {
		t.Errorf("an expired captcha is shown: %q", got)
	}
	if p := v.open("/inbox"); len(p.marked("id", "captchas")) != 1 {
		t.Error("the section has not the id to which other pages link")
	}
}

// The entry of the journal shows its own query, whatever the journal was filtered by.
func TestAnEntryShowsItsOwnQuery(t *testing.T) {
	v := visit(t, "/w/query")
	v.json("GET", v.sandbox+"/portal/v1/providers?through=GSP", "")
	v.json("POST", v.sandbox+"/portal/v1/captchas", "")
	for path, want := range map[string]string{
		"/journal/1":                  "GET /w/query/portal/v1/providers ?through=GSP",
		"/journal/1?outcome=refused":  "GET /w/query/portal/v1/providers ?through=GSP",
		"/journal/2?outcome=accepted": "POST /w/query/portal/v1/captchas",
	} {
		if got := v.open(path).elements("dd")[0]; got != want {
			t.Errorf("%s shows the request %q; want %q", path, got, want)
		}
	}
}

// If all requests were page views, the overview says so.
func TestTheOverviewTellsViewsFromNothing(t *testing.T) {
	v := visit(t, "/w/viewed")
	v.send(v.request("GET", v.sandbox+"/", "", ""))
	v.send(v.request("GET", v.production+"/login", "", ""))
	p := text(v.open("/").doc)
	if !strings.Contains(p, "2 requests") || strings.Contains(p, "No request yet.") ||
		!strings.Contains(p, "Only pages and pictures were viewed so far.") {
		t.Errorf("the overview says %s", p)
	}
}

// The overview has the addresses, the credentials and the keys that a client needs.
func TestTheOverviewHasWhatAClientNeeds(t *testing.T) {
	for _, prefix := range []string{"", "/w/client"} {
		v := visit(t, prefix)
		p := v.open("/")
		for name, want := range map[string]string{
			"sandbox-api": v.sandbox, "production-api": v.production,
			"clientId": "AAFCC29ERP82ZSO", "clientSecret": "SahyadriSecret000001",
		} {
			if got := p.values(name); !slices.Equal(got, []string{want}) {
				t.Errorf("%s is %q; want %s", name, got, want)
			}
		}
		for _, environment := range []string{"sandbox", "production"} {
			path := "/control/v1/public-keys/" + environment + ".pem"
			if links := p.marked("href", prefix+path); len(links) != 1 {
				t.Errorf("%d links lead to the key of %s", len(links), environment)
			}
			if key := v.open(path); !strings.HasPrefix(key.text, "-----BEGIN PUBLIC KEY-----") {
				t.Errorf("the key of %s: %s", environment, key.text)
			}
		}
		if !strings.Contains(text(p.doc), "curl -O "+v.control+"/control/v1/public-keys/sandbox.pem") {
			t.Errorf("the overview does not say how to get the key: %s", text(p.doc))
		}
	}
}
