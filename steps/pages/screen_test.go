package pages_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/pages"
)

func read(t *testing.T, main string) *pages.Screen {
	t.Helper()
	at := &url.URL{Scheme: "http", Host: "p", Path: "/w/blue/register"}
	header := http.Header{"Retry-After": {"20"}, "X-Request-Id": {"r-1"}}
	s, err := pages.Read(at, http.StatusOK, header, strings.NewReader(
		`<!doctype html><nav><span data-value=menu>One</span><a href=/two data-value=menu>Two</a></nav>
		<main data-page="registration-otp" data-state="OTP_SENT">`+main+`</main>`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const challenge = `
<div role="alert" data-problem="otp-mismatch" data-status="422" data-nic-code="3006"><h2 data-value="title">Wrong</h2>
<p data-value="detail">It is <b>not</b>  this one</p><ul><li data-field="otp" data-code="otp-mismatch"><a href="#otp">Not this one</a></li></ul>
<data value="21" data-value="retryAfter">a while</data><span data-value="attemptsLeft">2</span><span data-value="state">OTP_SENT</span><span data-value="expected">OTP_VERIFIED</span></div>
<span data-value="sentTo">XXXXXX3210</span><span data-value="sentTo">a****@x.example</span><span data-value="attemptsLeft">3</span>
<time data-value="expiresAt" datetime="2026-01-02T03:04:05+05:30">2 January</time>
<table><tr data-row="company"><td data-value="companyName">Konkan</td></tr><tr data-row="company"><td data-value="companyName">Malwa</td></tr></table>`

func TestValuesAreRead(t *testing.T) {
	t.Parallel()
	s := read(t, challenge)
	if s.Name() != "registration-otp" || s.State() != "OTP_SENT" {
		t.Errorf("the page is %q in %q", s.Name(), s.State())
	}
	for name, want := range map[string][]string{
		"sentTo": {"XXXXXX3210", "a****@x.example"}, "menu": {"One", "Two"}, "attemptsLeft": {"3"},
		"expiresAt": {"2026-01-02T03:04:05+05:30"}, "companyName": nil, "nothing": nil,
	} {
		if got := s.Values(name); !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	rows := s.Rows("company")
	if len(rows) != 2 || rows[1].Value("companyName") != "Malwa" {
		t.Errorf("the rows are %v", rows)
	}
}

func TestARefusalIsAProblem(t *testing.T) {
	t.Parallel()
	two := 2
	want := &client.Problem{
		Type: "urn:nicsim:problem:otp-mismatch", Title: "Wrong", Status: 422, Detail: "It is not this one",
		Instance: "/w/blue/register",
		Code:     "otp-mismatch", NICCode: "3006", Errors: []client.FieldError{{Field: "otp", Code: "otp-mismatch",
			Message: "Not this one"}},
		State: "OTP_SENT", Expected: "OTP_VERIFIED", AttemptsLeft: &two, RetryAfter: 21 * time.Second, RequestID: "r-1",
	}
	if diff := cmp.Diff(want, read(t, challenge).Problem()); diff != "" {
		t.Errorf("problem (-want +got):\n%s", diff)
	}
	if p := read(t, `<div role="status">good</div>`).Problem(); p != nil {
		t.Errorf("a page without refusal has %v", p)
	}
}

func TestElementsAreFoundByTheirText(t *testing.T) {
	t.Parallel()
	s := read(t, `<a href="/x">Register  here</a><a>Gone</a><button>Validate</button><button disabled>Send OTP</button>
		<label for=again>Re-enter Password <span>(optional)</span></label><input id=again>
		<label for=g>Company Name</label><p id=gh>Registration through GSP</p><select id=g aria-describedby=gh><option value="">Select<option value=K>Konkan</select>
		<label for=e>Company Name</label><p id=eh>Registration through ERP</p><select id=e aria-describedby=eh><option value=29>29 Karnataka</select>
		<label for=off>Off</label><input id=off disabled>`)
	list, err := s.Field("Company Name", "through ERP")
	if err != nil || pages.Attribute(list.Node, "id") != "e" {
		t.Errorf("the ERPs' list is %v, %v", list.Node, err)
	}
	for what, find := range map[string]func() error{
		"link":     func() error { _, err := s.Link("Register here"); return err },
		"button":   func() error { _, err := s.Button("Validate"); return err },
		"optional": func() error { _, err := s.Field("Re-enter Password", ""); return err },
		"option":   func() error { _, err := s.Option(list, "29"); return err },
	} {
		if err := find(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for violation, find := range map[string]func() error{
		`no link "Gone" on the page "registration-otp" at /w/blue/register, only ["Two" "Register here"]`: func() error {
			_,
				err := s.Link("Gone")
			return err
		},
		`no button "Send OTP"`:           func() error { _, err := s.Button("Send OTP"); return err },
		`no field "Off"`:                 func() error { _, err := s.Field("Off", ""); return err },
		`no field "Password"`:            func() error { _, err := s.Field("Password", ""); return err },
		`no choice "27"`:                 func() error { _, err := s.Option(list, "27"); return err },
		`only ["29 Karnataka"]`:          func() error { _, err := s.Option(list, "K"); return err },
		`no field "Company Name" on the`: func() error { _, err := s.Field("Company Name", "through BANK"); return err },
	} {
		if err := find(); err == nil || !strings.Contains(err.Error(), violation) {
			t.Errorf("the error is %v, want one with %q", err, violation)
		}
	}
}
