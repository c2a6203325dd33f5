package pages_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/forms"
	"github.com/nicsim/nicsim/steps/pages"
)

// served is a portal with these pages, below a path.
func served(t *testing.T, mains map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		main, known := mains[r.Method+" "+strings.TrimPrefix(r.URL.Path, "/portals/w/blue")]
		w.Header().Set("Content-Type", "text/html")
		if !known {
			w.WriteHeader(http.StatusNotFound)
		}
		fmt.Fprintf(w, "<!doctype html>%s", main)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/portals/w/blue/"
}

const form = `<main data-page=registration-form><form method=post action=/portals/w/blue/register>
	<input type=radio id=t name=category value=TAXPAYER checked><label for=t>Taxpayer</label>
	<label for=g>GSTIN</label><input id=g name=gstin><label for=m>Phone number</label><input id=m name=mobile>
	<label for=e>Email address</label><input id=e name=email><img src=/portals/w/blue/portal/v1/captchas/c-1.png>
	<label for=c>Captcha</label><input id=c name=captcha.answer><button>Validate</button></form></main>`

func trial(t *testing.T, base string) steps.TrialPortal {
	t.Helper()
	p, err := pages.Driver{Engine: forms.Engine{}}.Trial(base, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOpeningAForm(t *testing.T) {
	base := served(t, map[string]string{
		"GET /":         `<main data-page=home><a href=login>Login</a></main>`,
		"GET /login":    `<main data-page=login><a href=register>Register here</a></main>`,
		"GET /register": form,
		"POST /register": `<main data-page=registration data-state=VALIDATED><b data-value=registrationId>r-1</b>
			<b data-value=gstin>29</b><button>Send OTP</button></main>`,
	})
	p := trial(t, base)
	captcha, err := p.Open(t.Context(), client.FormRegister)
	if err != nil || captcha.ID != "c-1" || captcha.Image != strings.TrimSuffix(base, "/")+"/portal/v1/captchas/c-1.png" {
		t.Fatalf("the captcha is %+v, %v", captcha, err)
	}
	who := client.Registrant{Category: client.CategoryTaxpayer, GSTIN: "29",
		Captcha: client.CaptchaAnswer{CaptchaID: "c-2"}}
	if _, err := p.Validate(t.Context(), who); err == nil || !strings.Contains(err.Error(), "shows the captcha c-1") {
		t.Errorf("the answer of another captcha: %v", err)
	}
	who.Captcha.CaptchaID = "c-1"
	made, err := p.Validate(t.Context(), who)
	if err != nil || made.ID != "r-1" || made.State != "VALIDATED" || made.GSTIN != "29" {
		t.Errorf("the registration is %+v, %v", made, err)
	}
}

func TestMissingElements(t *testing.T) {
	refused := `<main data-page=login><div role=alert data-problem=session-required data-status=401></div></main>`
	for name, c := range map[string]struct {
		pages     map[string]string
		do        func(steps.TrialPortal) error
		violation string
	}{
		"a link": {map[string]string{"GET /": `<main data-page=home><a href=x>Help</a></main>`},
			func(p steps.TrialPortal) error { _, err := p.Open(t.Context(), client.FormLogin); return err },
			`there is no link "Login" on the page "home" at /portals/w/blue/, only ["Help"]`},
		"a captcha": {map[string]string{"GET /": `<main data-page=home><a href=login>Login</a></main>`,
			"GET /login": `<main data-page=login></main>`},
			func(p steps.TrialPortal) error { _, err := p.Open(t.Context(), client.FormLogin); return err },
			"there is no captcha on the page \"login\""},
		"a page": {nil, func(p steps.TrialPortal) error { _, err := p.Session(t.Context()); return err },
			"the answer is 404"},
		"a value": {map[string]string{"GET /account": `<main data-page=session></main>`},
			func(p steps.TrialPortal) error { _, err := p.Session(t.Context()); return err }, `the value "source"`},
		"a time": {map[string]string{"GET /account": `<main data-page=session><b data-value=source>X</b><time data-value=expiresAt datetime=soon>`},
			func(p steps.TrialPortal) error { _, err := p.Session(t.Context()); return err }, `the value "expiresAt"`},
		"an open form": {nil, func(p steps.TrialPortal) error { _, err := p.Login(t.Context(), client.Login{}); return err },
			"no page of the sandbox portal is open"},
		"a session": {map[string]string{"GET /account": refused},
			func(p steps.TrialPortal) error { return p.Logout(t.Context()) }, "session-required"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.do(trial(t, served(t, c.pages)))
			if err == nil || !strings.Contains(err.Error(), c.violation) {
				t.Errorf("the error is %v, want one with %q", err, c.violation)
			}
			var refusal *client.Problem
			if isRefusal := name == "a session"; errors.As(err, &refusal) != isRefusal {
				t.Errorf("a refusal: %t, want %t", !isRefusal, isRefusal)
			}
		})
	}
}

func TestBaseURLsAreChecked(t *testing.T) {
	for _, base := range []string{"", "portal", "http://%"} {
		if _, err := (pages.Driver{Engine: forms.Engine{}}).Production(base, client.Options{}); err == nil {
			t.Errorf("%q was taken", base)
		}
	}
}
