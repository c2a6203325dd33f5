package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/dice"
)

// called runs nicsim in this process and returns its exit code and output.
func called(ctx context.Context, args ...string) (code int, out, err string) {
	var stdout, stderr bytes.Buffer
	p := program{in: strings.NewReader(""), out: &stdout, err: &stderr}
	code = p.run(ctx, args)
	return code, stdout.String(), stderr.String()
}

func TestWalkListsEveryStepOfTheGuide(t *testing.T) {
	code, out, stderr := called(t.Context(), "walk", "--json")
	if code != exitGood || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	var report walkReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, step := range features.GuideSteps {
		want = append(want, step.Number)
	}
	for _, section := range report.Sections {
		for _, step := range append(section.Steps, section.GSP.Steps...) {
			got = append(got, step.Number)
			if step.Label == "" || step.Detail == "" {
				t.Errorf("step %+v has no text", step)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("steps %v, want the guide's %v", got, want)
	}
	if !report.OK || report.Seed == "" || !report.Target.Own || report.Target.Sandbox == "" {
		t.Errorf("report %+v", report)
	}
	sandbox, production := *report.Sections[0].Credentials, *report.Sections[1].Credentials
	for _, c := range []credentials{sandbox, production} {
		if c.ClientID != "AAFCC29ERP82ZSO" || c.GSTIN != "29ABCCD1234E1Z1" || c.CompanyName != "Sahyadri GST Suvidha" ||
			c.Password == "" {
			t.Errorf("credentials %+v", c)
		}
	}
	if production.Username != "API_"+sandbox.Username || sandbox.Environment != "sandbox" ||
		production.Environment != "production" {
		t.Errorf("usernames %s and %s", sandbox.Username, production.Username)
	}
}

// Scripts rely on the names.
func TestWalkJSONHasStableNames(t *testing.T) {
	_, out, _ := called(t.Context(), "walk", "--json", "--section", "1", "--mobile", "9876500001")
	var document map[string]any
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatal(err)
	}
	section := document["sections"].([]any)[0].(map[string]any)
	failure := section["failure"].(map[string]any)
	expectNames(t, document, "ok", "seed", "target", "sections")
	expectNames(t, document["target"], "own", "control", "sandbox", "production", "gsp")
	expectNames(t, section, "section", "title", "steps", "failure")
	expectNames(t, section["steps"].([]any)[0], "number", "label", "detail")
	expectNames(t, failure, "number", "label", "message", "status", "code", "nicCode", "fields")
	expectNames(t, failure["fields"].([]any)[0], "field", "code", "message")

	_, out, _ = called(t.Context(), "walk", "--json", "--section", "1")
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatal(err)
	}
	walked := document["sections"].([]any)[0].(map[string]any)
	expectNames(t, walked, "section", "title", "steps", "credentials", "api", "gsp")
	expectNames(t, walked["api"], "steps", "invoice")
	expectNames(t, walked["api"].(map[string]any)["steps"].([]any)[0], "number", "label", "detail")
	expectNames(t, walked["gsp"], "steps", "status")
	expectNames(t, walked["api"].(map[string]any)["invoice"], "number", "date", "irn", "ackNo", "ackDt", "verified",
		"signedInvoice", "signedQRCode")
	expectNames(t, walked["credentials"], "environment", "gstin", "registrationThrough", "companyName", "clientId",
		"clientSecret", "username", "password", "passwordMade", "acknowledgementNo", "otpSentTo")
}

func expectNames(t *testing.T, object any, want ...string) {
	t.Helper()
	var got []string
	for name := range object.(map[string]any) {
		got = append(got, name)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
}

func TestWalkFitsOnAPage(t *testing.T) {
	for _, args := range [][]string{{"walk"}, {"walk", "--section", "1", "--gstin", "32ABCCB6789P1ZZ"}, {"fixtures"}} {
		_, out, _ := called(t.Context(), args...)
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if utf8.RuneCountInString(line) > pageWidth || strings.HasSuffix(line, " ") || strings.Contains(line, "\x1b") {
				t.Errorf("%v: line %q", args, line)
			}
		}
	}
}

func TestInterruptedWalk(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code, _, stderr := called(ctx, "walk")
	if code != exitFailure || !strings.Contains(stderr, "interrupted") && !strings.Contains(stderr, "canceled") {
		t.Errorf("exit code %d, standard error %q", code, stderr)
	}
}

func TestPersonIsCompletedFromFlags(t *testing.T) {
	cast, err := fixtures.Load()
	if err != nil {
		t.Fatal(err)
	}
	both := sections{1, 2}
	for _, c := range []struct {
		name  string
		given person
		check func(person) bool
	}{
		{"the guide's", person{}, func(w person) bool {
			return w.GSTIN == "29ABCCD1234E1Z1" && w.Mobile == "9876543210" && w.Email == "accounts@dakshin.example" &&
				w.LoginUsername == "dakshin29" && w.Company == "Sahyadri GST Suvidha" && w.ClientID == "AAFCC29ERP82ZSO"
		}},
		{"a login's taxpayer", person{LoginUsername: "ewbtel36"}, func(w person) bool {
			return w.GSTIN == "36ABCCE4321F1Z1" && w.Mobile == "9876500036" && w.LoginPassword == "Ewaybill#36"
		}},
		{"a taxpayer's login", person{GSTIN: " 29abcpd1234e2z9 "}, func(w person) bool {
			return w.LoginUsername == "deccan29" && w.Email == "books@deccan.example"
		}},
		{"a wrong mobile stays", person{Mobile: "9876500001"}, func(w person) bool {
			return w.Mobile == "9876500001" && w.Email == "accounts@dakshin.example"
		}},
		{"a company's client id", person{Company: "Konkan Tax Gateway"},
			func(w person) bool { return w.ClientID == "AABCK27GSP4K7QX" }},
		{"a client id's company", person{ClientID: "aabck27gsp4k7qx"},
			func(w person) bool { return w.Company == "Konkan Tax Gateway" }},
		{"a pair that does not fit stays", person{Company: "Konkan Tax Gateway", ClientID: "AAFCC29ERP82ZSO"},
			func(w person) bool {
				return w.Company == "Konkan Tax Gateway" && w.ClientID == "AAFCC29ERP82ZSO"
			}},
		{"one's own client", person{Through: "direct"}, func(w person) bool {
			return w.Through == "DIRECT" && w.ClientID == "ABCCD29TXP7M3QD" && w.ClientSecret == "DakshinSecret0000005"
		}},
		{"given names", person{Username: "mine", Password: "theirs"}, func(w person) bool {
			return w.Username == "mine" && w.Password == "theirs" && !w.passwordMade
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.given.Through == "" {
				c.given.Through = "GSP"
			}
			got, err := c.given.complete(cast, both, dice.New("x").Stream("walk"))
			if err != nil {
				t.Fatal(err)
			}
			if !c.check(got) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// NIC's rules accept all made-up names and passwords.
func TestMadeUpNamesAndPasswords(t *testing.T) {
	chance := dice.New("many").Stream("walk")
	for range 1000 {
		username, password := madeUsername(chance), madePassword(chance)
		if len(username) < 6 || len(username) > 15 || strings.Trim(username, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
			t.Fatalf("username %q", username)
		}
		for _, class := range []string{easyUpper, easyLower, easyDigits, "%$#@_!*"} {
			if !strings.ContainsAny(password, class) || len(password) < 8 || len(password) > 15 {
				t.Fatalf("password %q", password)
			}
		}
	}
}

// Each hint is for a code that a portal answers.
func TestHintsBelongToRefusals(t *testing.T) {
	for _, h := range hints {
		if !slices.ContainsFunc(features.Refusals,
			func(r features.Refusal) bool { return strings.HasPrefix(r.Code, h.code) }) {
			t.Errorf("no refusal begins with %q", h.code)
		}
	}
}
