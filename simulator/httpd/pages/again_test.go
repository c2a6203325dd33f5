package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A kept form that is shown again and sent again counts again, even with the same values.
func TestAFormThatIsShownAgainCounts(t *testing.T) {
	p := newPlace(t, "/w/meant")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP")
	b.press("Submit", "OTP", "000")
	refused := b.at.String()
	b.press("Submit", "OTP", "111").refused(422, "otp-mismatch", "otp")
	b.open(refused).press("Submit", "OTP", p.otp()).on("registration-api-user OTP_VERIFIED")

	first := []string{"Body", `{"a":"first"}`, "SEK", strings.Repeat("A", 43) + "="}
	second := append([]string{"Body", `{"a":"second"}`}, first[2:]...)
	b.open(p.sandbox+"/tools/encrypt").press("Encrypt the body", first...)
	of := b.value("result")
	b.open(b.at.String()).press("Encrypt the body", second...)
	if got := b.value("result"); got == of || got == "" {
		t.Errorf("the second body is shown as %q, the first as %q", got, of)
	}

	production := p.browser().open(p.production+"/login").press("Login", "Username", "dakshin29", "Password",
		"Dakshin@2024")
	production.open(p.production + "/api-registration/user-credentials").press("Create API User")
	production.press("Resend OTP").refused(429, "otp-too-soon")
	early := production.at.String()
	p.tell("POST", "clock/advance", `{"by":"31s"}`)
	production.open(early).press("Resend OTP").on("api-registration-otp OTP_SENT")
	if code, _ := production.problem(); code != "" {
		t.Errorf("a resend in time is refused as %s", code)
	}
}

// Two forms of one page share a token, and each has its effect.
func TestBothFormsOfAPageCount(t *testing.T) {
	p := newPlace(t, "/w/both")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP")
	p.tell("POST", "clock/advance", `{"by":"31s"}`)
	resend, submit := b.fill("Resend OTP"), b.fill("Submit", "OTP", "000")
	b.send(resend).on("registration-otp OTP_SENT")
	if n := p.messages(); n != 2 {
		t.Errorf("%d SMS were sent", n)
	}
	b.send(submit).refused(422, "otp-mismatch", "otp")
}

// A kept form is shown to the session that sent it, and not to the next session of the same browser.
func TestAKeptFormBelongsToASession(t *testing.T) {
	p := newPlace(t, "/w/mine")
	b := p.browser().open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Dakshin@2024")
	p.tell("PATCH", "taxpayers/29ABCCD1234E1Z1", `{"mobile":""}`)
	b.open(p.production+"/api-registration/user-credentials").press("Create API User").refused(422, "mobile-blank",
		"mobile")
	refusal := b.at.String()
	b.open(refusal).refused(422, "mobile-blank", "mobile")
	b.press("Logout")
	b.open(p.production+"/login").press("Login", "Username", "deccan29", "Password", "Deccan@2024")
	if b.open(refusal); strings.Contains(b.text, "dakshin29") || strings.Contains(b.text, "mobile-blank") {
		t.Errorf("deccan29 sees what was refused to dakshin29:\n%s", b.text)
	}
}

// Many forms with a wrong token do not displace a form that had its effect: it does not have it twice.
func TestWrongTokensDoNotMakeAFormCountTwice(t *testing.T) {
	p := newPlace(t, "/w/flood")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...)
	sent := b.fill("Send OTP")
	b.send(sent).on("registration-otp OTP_SENT")
	other := p.browser().open(p.sandbox + "/register")
	for range 1100 {
		r := other.request(form{p.sandbox + "/register", url.Values{"form": {"nonsense"}}})
		w, err := noRedirect(other.client).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		w.Body.Close()
	}
	p.tell("POST", "clock/advance", `{"by":"31s"}`)
	b.send(sent).on("registration-otp OTP_SENT")
	if n := p.messages(); n != 1 {
		t.Errorf("%d SMS were sent", n)
	}
}

// noRedirect returns a client with the same cookies that does not follow redirects.
func noRedirect(c *http.Client) *http.Client {
	return &http.Client{Transport: c.Transport, Jar: c.Jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// New captcha, sent to a page without a captcha, leads to that page.
func TestNewCaptchaWithoutACaptcha(t *testing.T) {
	p := newPlace(t, "/w/nocaptcha")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...)
	sent := b.fill("Send OTP")
	sent.action += "/otp"
	sent.values.Set("newCaptcha", "1")
	b.send(sent).on("registration VALIDATED")
}

func TestABrowserWithoutCookiesIsRefused(t *testing.T) {
	p := newPlace(t, "/w/nocookies")
	b := p.browser().open(p.sandbox + "/register")
	b.client.Jar = nil
	b.press("Validate", dakshin...).refused(403, "cookie-required")
}
