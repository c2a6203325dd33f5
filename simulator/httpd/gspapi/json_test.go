package gspapi_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What NIC answers, and what the taxpayer reads about it. The codes and causes are those that users of gateways report.
func TestEntering(t *testing.T) {
	t.Parallel()
	const production, sandbox, gsp = "production", "sandbox", "Konkan Tax Gateway"
	for _, c := range []struct {
		name, body   string
		status, code string
		cause        string // a part of it
	}{
		{"good details of production", entry(gsp, production, dakshin, "API_dakshin", password), "ACTIVE", "", ""},
		{"good details of the sandbox", entry(gsp, sandbox, dakshin, "dakshin_trial", password), "ACTIVE", "", ""},
		{"a GSTIN in small letters", entry(gsp, sandbox, " 29abccd1234e1z1", "dakshin_trial", password), "ACTIVE", "", ""},
		{"wrong password", entry(gsp, production, dakshin, "API_dakshin", "Wrong@2026"), "INACTIVE", "1019",
			"password is wrong"},
		{"API_ forgotten", entry(gsp, production, dakshin, "dakshin", password), "INACTIVE", "1017",
			"does not begin with API_"},
		{"a user of the sandbox", entry(gsp, production, dakshin, "dakshin_trial", password), "INACTIVE", "1017",
			"username of the sandbox"},
		{"a user of production", entry(gsp, sandbox, dakshin, "API_dakshin", password), "INACTIVE", "1017",
			"begins with API_"},
		{"no such user", entry(gsp, production, dakshin, "API_nobody", password), "INACTIVE", "1017", "misspelt"},
		{"made for another GSP", entry(gsp, production, deccan, "API_deccan", password), "INACTIVE", "1018",
			"created for another GSP"},
		{"of another GSTIN", entry(gsp, production, deccan, "API_dakshin", password), "INACTIVE", "1015",
			"created for another GSTIN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := open(t)
			status, got := p.json("POST", p.GSP+connections, c.body)
			code, _ := got["nicCode"].(string)
			cause, _ := got["cause"].(string)
			if status != http.StatusCreated || got["status"] != c.status || code != c.code ||
				!strings.Contains(cause, c.cause) || (cause == "") != (c.cause == "") {
				t.Errorf("%d %v", status, got)
			}
			expires, isText := got["tokenExpiry"].(string)
			if form := regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`); isText != (c.status == "ACTIVE") ||
				isText && !form.MatchString(expires) {
				t.Errorf("tokenExpiry is %v", got["tokenExpiry"])
			}
			if remedy, isText := got["remedy"].(string); isText != (c.status != "ACTIVE") || isText && remedy == "" {
				t.Errorf("remedy is %v", got["remedy"])
			}
			_, requests := p.json("GET", p.Control+"/control/v1/requests", "")
			for _, each := range requests["requests"].([]any) {
				if path := each.(map[string]any)["path"]; path != connections && path != "/eivital/v1.04/auth" {
					t.Errorf("%s was called", path)
				}
			}
			_, again := p.json("GET", p.GSP+connections+"/"+got["connectionId"].(string), "")
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("GET differs: %s", diff)
			}
		})
	}
}

// NIC refuses the client of the GSP: the taxpayer is told that the details are not to blame. A code that is about
// neither is no verdict.
func TestRefusalsThatAreNotOfTheTaxpayer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, status, cause string }{
		{"1010", "INACTIVE", "Your details are not the reason"},
		{"2148", "NOT_TESTED", ""},
	} {
		p := open(t)
		status, why := p.json("POST", p.Control+"/control/v1/faults",
			`{"name":"refusing","when":{"call":"auth"},"does":{"kind":"error","codes":["`+c.code+`"]}}`)
		if status != http.StatusCreated {
			t.Fatalf("%v", why)
		}
		_, got := p.json("POST", p.GSP+connections,
			entry("Konkan Tax Gateway", "production", dakshin, "API_dakshin", password))
		if got["status"] != c.status || got["nicCode"] != c.code || !strings.Contains(got["cause"].(string), c.cause) {
			t.Errorf("%v", got)
		}
	}
}

// Both legs of a login are in the journal, with one request id.
func TestTheJournalLinksBothLegs(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.json("POST", p.GSP+"/w/blue"+connections, entry("Konkan Tax Gateway", "sandbox", dakshin, "nobody", password))
	_, answer := p.json("GET", p.Control+"/w/blue/control/v1/requests", "")
	both := answer["requests"].([]any)
	if len(both) != 2 {
		t.Fatalf("the journal has %v", both)
	}
	outer, inner := both[0].(map[string]any), both[1].(map[string]any)
	if outer["environment"] != "gsp" || inner["environment"] != "sandbox" || outer["requestId"] != inner["requestId"] ||
		inner["path"] != "/w/blue/eivital/v1.04/auth" {
		t.Errorf("%v\n%v", outer, inner)
	}
	const link = `<a href="/w/blue/journal/1" data-value="leg">Sandbox: POST /w/blue/eivital/v1.04/auth</a>`
	if _, entry := p.text("GET", p.Control+"/w/blue/journal/2", ""); !strings.Contains(entry, link) {
		t.Errorf("the entry of the GSP does not link NIC's: %s", entry)
	}
	if _, elsewhere := p.json("GET", p.Control+"/control/v1/requests", ""); len(elsewhere["requests"].([]any)) != 0 {
		t.Errorf("the default world has %v", elsewhere)
	}
}

func TestChangeTestAndRemove(t *testing.T) {
	t.Parallel()
	p := open(t)
	_, made := p.json("POST", p.GSP+connections,
		entry("Konkan Tax Gateway", "production", dakshin, "API_dakshin", "Wrong@1"))
	at := p.GSP + connections + "/" + made["connectionId"].(string)
	for _, c := range []struct {
		method, address, body string
		code                  int
		status                any
	}{
		{"PUT", at, `{"username":"API_dakshin","password":"Testing@123"}`, 200, "ACTIVE"},
		{"POST", at + "/test", "", 200, "ACTIVE"},
		{"PUT", at, `{"username":"API_dakshin","password":"Other@123"}`, 200, "INACTIVE"},
		{"POST", at + "/test", "{}", 200, "INACTIVE"},
		{"DELETE", at, "", 204, nil},
		{"DELETE", at, "", 404, 404.},
		{"GET", at, "", 404, 404.},
		{"PUT", at, `{"username":"API_dakshin","password":"Testing@123"}`, 404, 404.},
		{"POST", at + "/test", "", 404, 404.},
	} {
		if code, got := p.json(c.method, c.address, c.body); code != c.code || got["status"] != c.status {
			t.Errorf("%s: %d %v", c.method, code, got)
		}
	}
}

// NIC without an answer says nothing of the details, and a verdict before it stands.
func TestNICUnreachable(t *testing.T) {
	t.Parallel()
	for _, does := range []string{`{"kind":"reset"}`, `{"kind":"drop-answer"}`, `{"kind":"html"}`,
		`{"kind":"status","code":503}`, `{"kind":"truncate","bytes":20}`} {
		t.Run(does, func(t *testing.T) {
			t.Parallel()
			p := open(t)
			fails := func() {
				t.Helper()
				status, why := p.json("POST", p.Control+"/control/v1/faults", `{"name":"down","when":{"call":"auth"},"does":`+does+`}`)
				if status != http.StatusCreated {
					t.Fatalf("%v", why)
				}
			}
			fails()
			good := entry("Konkan Tax Gateway", "production", dakshin, "API_dakshin", password)
			_, got := p.json("POST", p.GSP+connections, good)
			if got["status"] != "NOT_TESTED" || got["nicCode"] != nil || got["testedAt"] != nil || got["cause"] != nil ||
				!strings.Contains(got["detail"].(string), "could not be reached") {
				t.Errorf("saved: %v", got)
			}
			test := p.GSP + connections + "/" + got["connectionId"].(string) + "/test"
			p.json("DELETE", p.Control+"/control/v1/faults", "")
			if _, got := p.json("POST", test, ""); got["status"] != "ACTIVE" {
				t.Errorf("reachable again: %v", got)
			}
			fails()
			if _, got := p.json("POST", test, ""); got["status"] != "ACTIVE" || got["nicCode"] != nil {
				t.Errorf("unreachable again: %v", got)
			}
		})
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	p := open(t)
	const gsp = "Konkan Tax Gateway"
	_, made := p.json("POST", p.GSP+connections, entry(gsp, "production", dakshin, "API_dakshin", password))
	id := made["connectionId"].(string)
	long := strings.Repeat("x", 200)
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		code                     string
		fields                   string // and their codes
	}{
		{"all wrong", "POST", "", entry("Nobody", "prod", "29ABCCD1234E1Z", "", ""), 422, "provider-unknown",
			"companyName provider-unknown, environment environment-invalid, gstin gstin-invalid, username username-missing, " +
				"password password-missing"},
		{"a company that is not a GSP", "POST", "", entry("Deodar Ledger Systems", "sandbox", dakshin, "x", "x"),
			422, "provider-unknown", "companyName provider-unknown"},
		{"a wrong check character", "POST", "", entry(gsp, "sandbox", "29ABCCD1234E1Z2", "x", "x"), 422, "gstin-invalid",
			"gstin gstin-invalid"},
		{"too long", "POST", "", entry(gsp, "sandbox", dakshin, long, long), 422, "username-invalid",
			"username username-invalid, password password-invalid"},
		{"a second entry", "POST", "", entry(gsp, "production", dakshin, "API_other", password), 409, "connection-exists",
			"gstin connection-exists"},
		{"an unknown member", "POST", "", `{"company":"x"}`, 400, "malformed-request", "company malformed-request"},
		{"no JSON", "POST", "", `{`, 400, "malformed-request", ""},
		{"an unknown id", "GET", "/nothing", "", 404, "not-found", ""},
		{"an empty change", "PUT", "/" + id, `{}`, 422, "username-missing", "username username-missing, password password-missing"},
		{"a test with a body", "POST", "/" + id + "/test", `{"a":1}`, 400, "malformed-request", "a malformed-request"},
		{"the list of an unknown company", "GET", "?companyName=Nobody", "", 422, "provider-unknown",
			"companyName provider-unknown"},
		{"a wrong method", "PATCH", "/" + id, `{}`, 405, "method-not-allowed", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, got := p.json(c.method, p.GSP+connections+c.path, c.body)
			var fields []string
			for _, e := range got["errors"].([]any) {
				fields = append(fields, e.(map[string]any)["field"].(string)+" "+e.(map[string]any)["code"].(string))
			}
			if status != c.status || got["code"] != c.code || strings.Join(fields, ", ") != c.fields {
				t.Errorf("%d %v", status, got)
			}
		})
	}
	for name, at := range map[string]string{"another world": "/w/blue" + connections + "/" + id, "NIC's listener": ""} {
		base := p.GSP
		if at == "" {
			base, at = p.Sandbox, connections+"/"+id
		}
		if status, got := p.json("GET", base+at, ""); status != http.StatusNotFound || got["code"] != "not-found" {
			t.Errorf("%s: %d %v", name, status, got)
		}
	}
}

// A GSP reads NIC's refusals in each form in which NIC writes them.
func TestFormsOfErrorDetails(t *testing.T) {
	t.Parallel()
	p := open(t)
	for _, form := range []string{"array", "base64", "json"} {
		if status, why := p.json("PATCH", p.Control+"/w/"+form+"/control/v1/settings",
			`{"irpErrorDetails":"`+form+`"}`); status != http.StatusOK {
			t.Fatalf("%v", why)
		}
		_, got := p.json("POST", p.GSP+"/w/"+form+connections,
			entry("Konkan Tax Gateway", "production", dakshin, "API_dakshin", password))
		if got["nicCode"] != "1017" || got["detail"] != "Incorrect user id/User does not exists" {
			t.Errorf("%s: %v", form, got)
		}
	}
}
