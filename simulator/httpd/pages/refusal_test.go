package pages_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// A refused form shows what was typed, except passwords. The message is in the summary and beside the field, the cursor
// is in the first refused field, and the captcha is a new one.
func TestARefusedFormIsShownAgain(t *testing.T) {
	p := newPlace(t, "/w/refused")
	b := p.browser().open(p.sandbox + "/register")
	first := b.fill("Validate").values.Get("captchaId")
	b.press("Validate", "GSTIN", "29ABCCD1234E1Z1", "Phone number", "12", "Email address", "nobody")
	b.refused(422, "mobile-invalid", "mobile", "email")
	again := b.fill("Validate").values
	if again.Get("gstin") != "29ABCCD1234E1Z1" || again.Get("mobile") != "12" || again.Get("email") != "nobody" {
		t.Errorf("the form came back as %v", again)
	}
	if again.Get("captchaId") == first {
		t.Error("the captcha is the former one")
	}
	for _, want := range []string{
		`data-nic-code="3006"`, `<a href="#mobile">Invalid Mobile Number</a>`,
		`id="mobile-error"><span class="hidden">Error: </span>Invalid Mobile Number</p>`,
		`aria-invalid="true" aria-describedby="mobile-hint mobile-error" autofocus>`,
		`<title>Error: Registration Form`,
	} {
		if !strings.Contains(b.text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if n := strings.Count(b.text, "autofocus"); n != 1 {
		t.Errorf("%d fields have the cursor", n)
	}

	b.open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Wrong_2026").refused(401,
		"login-failed")
	if values := b.fill("Login").values; values.Get("username") != "dakshin29" || strings.Contains(b.text, "Wrong_2026") {
		t.Errorf("the Login form came back as %v, or with the password", values)
	}
}

func TestRefusals(t *testing.T) {
	p := newPlace(t, "/w/many")
	register := func(b *tab, change ...string) *tab {
		return b.open(p.sandbox+"/register").press("Validate", append(append([]string{}, dakshin...), change...)...)
	}
	for _, c := range []struct {
		name   string
		do     func(*tab) *tab
		status int
		code   string
		fields []string
	}{
		{"wrong captcha", func(b *tab) *tab { return register(b, "Captcha", "wrong!") }, 422, "captcha-mismatch",
			[]string{"captcha.answer"}},
		{"unknown GSTIN", func(b *tab) *tab { return register(b, "GSTIN", "29ABZCX4321K1ZF") }, 422, "gstin-unknown",
			[]string{"gstin"}},
		{"another mobile", func(b *tab) *tab { return register(b, "Phone number", "9876543211") }, 422, "contact-mismatch",
			[]string{"mobile"}},
		{"GSTIN of a GSP", func(b *tab) *tab { return register(b, "GSP", "") }, 422, "category-mismatch", []string{"gstin"}},
		{"wrong OTP", func(b *tab) *tab { return register(b).press("Send OTP").press("Submit", "OTP", "12345") }, 422,
			"otp-mismatch", []string{"otp"}},
		{"resend at once", func(b *tab) *tab { return register(b).press("Send OTP").press("Resend OTP") }, 429,
			"otp-too-soon", nil},
		{"weak user", func(b *tab) *tab {
			return register(b).press("Send OTP").press("Submit", "OTP", p.otp()).press("Create", "Username", "x", "Password",
				"y")
		}, 422, "provider-unknown", []string{"companyName", "clientId", "username", "password"}},
		{"not enabled", func(b *tab) *tab {
			return b.open(p.production+"/login").press("Login", "Username", "nilkantha19", "Password", "Nilkantha@2024")
		}, 403, "not-enabled", nil},
		{"no such registration", func(b *tab) *tab { return b.open(p.sandbox + "/register/nobody/otp") }, 404, "not-found",
			nil},
		{"no such page", func(b *tab) *tab { return b.open(p.sandbox + "/nowhere") }, 404, "not-found", nil},
	} {
		t.Run(c.name, func(t *testing.T) { c.do(p.browser()).refused(c.status, c.code, c.fields...) })
	}
	t.Run("retry after", func(t *testing.T) {
		b := register(p.browser()).press("Send OTP").press("Resend OTP")
		if b.value("retryAfter") != "30 seconds" || b.page() != "registration-otp OTP_SENT" {
			t.Errorf("the wait is %q on page %q", b.value("retryAfter"), b.page())
		}
	})
	t.Run("the third wrong OTP", func(t *testing.T) {
		b := register(p.browser()).press("Send OTP")
		for left := range 2 {
			b.press("Submit", "OTP", "000").refused(422, "otp-mismatch", "otp")
			if typed := b.fill("Submit").values.Get("otp"); typed != "" {
				t.Errorf("the OTP is shown again as %q", typed)
			}
			if got := b.value("attemptsLeft"); got != fmt.Sprint(2-left) {
				t.Errorf("%s attempts are left", got)
			}
		}
		b.press("Submit", "OTP", "000").refused(422, "otp-attempts-exhausted", "otp")
		b.open("http://"+b.at.Host+b.at.Path).refused(410, "expired")
		b.click("Begin again").on("registration-form")
	})
	t.Run("a company of the other list", func(t *testing.T) {
		b := register(p.browser()).press("Send OTP").press("Submit", "OTP", p.otp())
		b.press("Create", append([]string{"ERP", "", "Client ID", "AAFCC29ERP82ZSO"}, newUser...)...).refused(422,
			"provider-unknown", "companyName")
		if !strings.Contains(b.text, `<a href="#companyNameERP">`) {
			t.Error("the refusal does not point to the list of ERPs")
		}
	})
	t.Run("outage", func(t *testing.T) {
		p.tell("PUT", "settings", `{"outage":true}`)
		defer p.tell("PUT", "settings", `{}`)
		b := p.browser().open(p.sandbox+"/register").refused(503, "outage")
		if b.header.Get("Retry-After") == "" || !strings.Contains(b.text, "3020") {
			t.Error("the page says neither 3020 nor when to try again")
		}
	})
}

// The page of an earlier step says that the step is done; the page of a later one leads to the current step.
func TestStepsOutOfOrder(t *testing.T) {
	p := newPlace(t, "/w/order")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...)
	first := b.at.String()
	b.another().open(first + "/api-user").on("registration VALIDATED")
	b.press("Send OTP")
	otp := b.fill("Submit", "OTP", p.otp())
	stale := b.another().open(b.at.String())
	b.send(otp).on("registration-api-user OTP_VERIFIED")

	b.another().open(first).on("done OTP_VERIFIED").click("Go on: API user").on("registration-api-user OTP_VERIFIED")
	stale.press("Submit", "OTP", "123456").refused(409, "wrong-state")
	if stale.value("state") != "OTP_VERIFIED" || stale.value("expected") != "OTP_SENT" {
		t.Errorf("the flow is said to be at %q, the step after %q", stale.value("state"), stale.value("expected"))
	}
	stale.click("Go on: API user").on("registration-api-user OTP_VERIFIED")
}

func TestSessionEndsInTheMiddle(t *testing.T) {
	p := newPlace(t, "/w/late")
	b := p.browser().open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Dakshin@2024")
	b.open(p.production + "/api-registration/user-credentials").press("Create API User")
	here := b.at.String()
	sent := b.fill("Verify OTP", "OTP", p.otp())
	p.tell("PUT", "settings", `{"sessionIdle":"5m"}`)
	p.tell("POST", "clock/advance", `{"by":"16m"}`)
	b.send(sent).refused(401, "session-expired")
	if b.page() != "login" {
		t.Fatalf("the page is %q", b.page())
	}
	b.press("Login", "Username", "dakshin29", "Password", "Dakshin@2024").on("api-registration-otp OTP_SENT")
	if b.at.String() != here {
		t.Errorf("the login leads to %s, want %s", b.at, here)
	}
	for _, path := range []string{"//evil.example/", `/\evil.example`, "https://evil.example/"} {
		other := p.browser().open(p.production + "/login?next=" + url.QueryEscape(path))
		if other.press("Login", "Username", "dakshin29", "Password", "Dakshin@2024"); other.at.Path != "/w/late/dashboard" ||
			other.at.Host == "evil.example" {
			t.Errorf("next=%s led to %s", path, other.at)
		}
	}
}

// A login leads back to the page that needs it: after New captcha, after a refusal, and through the other Login form.
func TestLoginsLeadBack(t *testing.T) {
	p := newPlace(t, "/w/back")
	gsp := []string{"Client ID", "AABCK27GSP4K7QX", "Client Secret", "KonkanSecret00000002"}
	b := p.browser().open(p.sandbox+"/account/dummy-gstins").refused(401, "session-required")
	b.press("New captcha").click("Login with Client ID").press("New captcha")
	b.press("Login", "Client ID", gsp[1], "Client Secret", "wrong").refused(401, "login-failed")
	b.press("Login", gsp...).on("dummy-gstins")

	b = p.browser().open(p.sandbox + "/account/dummy-gstins").click("Login with Client ID").click("Login with Username")
	if b.click("Login with Client ID").press("Login", gsp...).on("dummy-gstins"); b.at.RawQuery != "" {
		t.Errorf("the login leads to %s", b.at)
	}
	p.browser().open(p.sandbox+"/login").click("Login with Client ID").press("Login", gsp...).on("session")
}

func TestPagesLoadNothingFromElsewhere(t *testing.T) {
	p := newPlace(t, "/w/own")
	b := p.browser().open(p.sandbox + "/register")
	policy := b.header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "+
		"img-src 'self'; form-action 'self'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
	if hasScriptOfOthers(b.text) || strings.Contains(b.text, " style=") || strings.Contains(b.text, " onclick") {
		t.Error("there is script or style in the page")
	}
	for _, n := range slices.Concat(b.all("link"), b.all("img"), b.all("script")) {
		for _, name := range []string{"href", "src"} {
			if to := attribute(n, name); to != "" && !strings.HasPrefix(to, "/w/own/") {
				t.Errorf("the page loads %s", to)
			}
		}
	}
	for _, a := range b.all("a") {
		if to := attribute(a, "href"); !strings.HasPrefix(to, "/w/own/") && !strings.HasPrefix(to, "#") &&
			to != p.control+"/" && to != p.control+"/inbox#captchas" {
			t.Errorf("the page leads to %s", to)
		}
	}
	if b.header.Get("Cache-Control") != "no-store" || b.header.Get("Referrer-Policy") != "same-origin" {
		t.Errorf("the headers are %v", b.header)
	}
	w, err := p.transport.RoundTrip(mustRequest(t, p.sandbox+"/assets/style.css"))
	if err != nil || w.StatusCode != 200 || !strings.HasPrefix(w.Header.Get("Content-Type"), "text/css") {
		t.Errorf("the style sheet: %v, %v", w, err)
	}
	w.Body.Close()
}

func mustRequest(t *testing.T, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A refusal says what to do next: type the new captcha, select from the list, or begin the flow again.
func TestRefusalsSayWhatIsNext(t *testing.T) {
	p := newPlace(t, "/w/next")
	says := func(b *tab, code, words string) *tab {
		t.Helper()
		if got, _ := b.problem(); got != code || !strings.Contains(b.text, words) {
			t.Errorf("%s is refused as %q, and does not say %q", b.at, got, words)
		}
		return b
	}
	b := p.browser().open(p.sandbox + "/register")
	says(b.press("Validate", append([]string{"Captcha", "wrong1"}, dakshin...)...), "captcha-mismatch",
		"Here is a new one.")
	b.press("Validate", dakshin...).press("Send OTP").press("Submit", "OTP",
		p.otp()).on("registration-api-user OTP_VERIFIED")
	says(b.press("Create", append([]string{"GSP", "", "Client ID", "AAFCC29ERP82ZSO"}, newUser...)...), "provider-unknown",
		"Select one from the list.")

	b.open(p.sandbox + "/register")
	empty := b.fill("Validate")
	empty.values.Del("captcha.answer")
	says(b.send(empty), "gstin-invalid", "Type the characters in the picture.")

	b = p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP")
	for range 3 {
		b.press("Submit", "OTP", "000")
	}
	says(b, "otp-attempts-exhausted", "Begin again").click("Begin again").on("registration-form")
	b.open(p.sandbox + "/register/no-such-flow")
	says(b, "not-found", "Begin again").click("Begin again").on("registration-form")
	b.open(strings.TrimSuffix(p.sandbox, "/w/next") + "/w/Next/")
	says(b, "not-found", "the name of a world is")
	if strings.Contains(b.text, "/w/Next/assets") {
		t.Error("the page about a bad name of a world looks for its style sheet there")
	}
}
