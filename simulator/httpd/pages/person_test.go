package pages_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/a11y"
)

// person is somebody in front of a real browser.
type person struct {
	*place
	page *a11y.Page
}

func newPerson(t *testing.T, prefix string) *person {
	t.Helper()
	page := a11y.Open(t) // first: it skips where there is no browser
	return &person{newPlace(t, prefix), page}
}

func (p *person) goTo(address string) *person {
	p.t.Helper()
	p.page.Goto(address)
	return p
}

// typeIn fills in fields by their ids, the captcha rightly unless it is given.
func (p *person) typeIn(fields ...string) *person {
	p.t.Helper()
	given := false
	for i := 0; i+1 < len(fields); i += 2 {
		given = given || fields[i] == "captcha.answer"
		p.page.Type(byID(fields[i]), fields[i+1])
	}
	if id := a11y.Eval[string](p.page, `document.querySelector('input[name=captchaId]')?.value || ""`); id != "" && !given {
		p.page.Type(byID("captcha.answer"), p.tell("GET", "captchas/"+id, "")["answer"].(string))
	}
	return p
}

func byID(id string) string { return `[id="` + id + `"]` }

// press clicks on the button with a text, or on a link.
func (p *person) press(text string) *person {
	p.t.Helper()
	p.page.Click(p.named(text))
	return p
}

// named marks the button or link with a text, and returns the selector of the mark.
func (p *person) named(text string) string {
	p.t.Helper()
	found := a11y.Eval[bool](p.page, `(text => {
		document.querySelectorAll("[data-test]").forEach(e => e.removeAttribute("data-test"));
		const all = ["main button:not([disabled])", "main a", "header button", "nav a"].flatMap(s => [...document.querySelectorAll(s)]);
		const e = all.find(e => e.textContent.trim() === text);
		e?.setAttribute("data-test", "here");
		return !!e;
	})(`+quote(text)+`)`)
	if !found {
		p.t.Fatalf("%s has no %q", p.page.URL(), text)
	}
	return `[data-test="here"]`
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }

// at is the page's name and state, and the problem that it shows.
func (p *person) at() string {
	p.t.Helper()
	return a11y.Eval[string](p.page, `[document.querySelector("main").dataset.page, document.querySelector("main").dataset.state,
		document.querySelector("[data-problem]")?.dataset.problem].filter(Boolean).join(" ")`)
}

// on fails the test unless that page is shown.
func (p *person) on(want string) *person {
	p.t.Helper()
	if got := p.at(); got != want {
		p.t.Fatalf("%s is %q, want %q", p.page.URL(), got, want)
	}
	return p
}

func (p *person) value(name string) string {
	p.t.Helper()
	return a11y.Eval[string](p.page, `document.querySelector("[data-value='`+name+`']")?.textContent || ""`)
}

// The fields of the forms, filled in as on record.
var (
	asDakshin = []string{"gstin", "29ABCCD1234E1Z1", "mobile", "9876543210", "email", "accounts@dakshin.example"}
	asUser    = []string{"username", "dakshin_one", "password", "Testing@123", "confirmPassword", "Testing@123"}
	asLogin   = []string{"username", "dakshin29", "password", "Dakshin@2024"}
)

// choose selects an option.
func (p *person) choose(id, value string) *person {
	p.t.Helper()
	a11y.Eval[any](p.page, `document.querySelector(`+quote(byIDQuoted(id))+`).value = `+quote(value))
	return p
}

func byIDQuoted(id string) string { return `[id='` + id + `']` }

// everyPage walks through all pages of both portals, refused forms among them, and lets each be
// looked at.
func (p *person) everyPage(look func(name string)) {
	p.t.Helper()
	seen := func(name, want string) *person {
		p.t.Helper()
		p.on(want)
		look(name)
		return p
	}
	p.goTo(p.sandbox + "/")
	seen("sandbox home", "home").press("Login")
	seen("sandbox login", "login").press("Register here")
	seen("registration form", "registration-form").press("Validate")
	seen("registration form, refused", "registration-form gstin-invalid").typeIn(asDakshin...).press("Validate")
	seen("validated", "registration VALIDATED").press("Send OTP")
	seen("OTP", "registration-otp OTP_SENT").typeIn("otp", "000000").press("Submit")
	seen("OTP, refused", "registration-otp OTP_SENT otp-mismatch").typeIn("otp", p.otp()).press("Submit")
	seen("API user", "registration-api-user OTP_VERIFIED").press("Create")
	seen("API user, refused", "registration-api-user OTP_VERIFIED provider-unknown")
	p.choose("companyName", "Sahyadri GST Suvidha").typeIn("clientId", "AAFCC29ERP82ZSO").typeIn(asUser...).press("Create")
	seen("acknowledgement", "registration-acknowledgement COMPLETED")
	done := strings.TrimSuffix(p.page.URL(), "/acknowledgement")
	p.goTo(done)
	seen("a step that is done", "done COMPLETED").goTo(p.sandbox + "/companies?through=GSP")
	seen("companies", "companies").goTo(p.sandbox + "/account")
	seen("session required", "login session-required").typeIn("username", "dakshin_one", "password", "Testing@123").press("Login")
	seen("account", "session").press("Logout")
	p.goTo(p.sandbox+"/login/client").typeIn("clientId", "AABCK27GSP4K7QX", "clientSecret", "KonkanSecret00000002").press("Login")
	p.press("Add Accounts").choose("stateCode", "27").press("Add GSTIN")
	seen("dummy GSTINs", "dummy-gstins")
	for _, tool := range []string{"", "/endpoints", "/public-key", "/encrypt", "/verify"} {
		p.goTo(p.sandbox + "/tools" + tool)
		look("tools" + tool)
	}
	p.typeIn("signed", "nonsense").press("Verify")
	seen("verify, refused", "tool-verify value-invalid").typeIn("signed", recorded(p.t, "token.txt")).press("Verify")
	seen("verified", "tool-verify").goTo(p.sandbox + "/tools/encrypt").press("Make an AppKey")
	seen("an AppKey", "tool-encrypt").press("Encrypt the login")
	seen("a login", "tool-encrypt").press("Decrypt the Data")
	seen("decrypt, refused", "tool-encrypt value-invalid").goTo(p.sandbox + "/nowhere")
	seen("not found", "problem not-found")

	p.goTo(p.production + "/")
	seen("production home", "home").press("Login")
	p.typeIn("username", "dakshin29", "password", "wrong").press("Login")
	seen("production login, refused", "login login-failed").press("Forgot Username")
	seen("forgot username", "forgot-username").typeIn("gstin", "29ABCCD1234E1Z1", "mobile", "9876543210").press("Submit")
	seen("username sent", "username-sent").press("Login").press("Forgot Password")
	seen("forgot password", "forgot-password").typeIn("username", "dakshin29", "gstin", "29ABCCD1234E1Z1", "mobile", "9876543210").press("Send OTP")
	seen("reset OTP", "password-reset-otp OTP_SENT").typeIn("otp", p.otp()).press("Verify OTP")
	seen("new password", "password-reset-password OTP_VERIFIED").typeIn("newPassword", "Fresh@2026").press("Save")
	seen("password changed", "password-reset-done COMPLETED").press("Login").typeIn("username", "dakshin29", "password", "Fresh@2026").press("Login")
	seen("dashboard", "session").press("API Registration")
	seen("API Registration", "api-registration").press("User Credentials")
	seen("User Credentials", "user-credentials").press("Create API User")
	seen("API user OTP", "api-registration-otp OTP_SENT").typeIn("otp", p.otp()).press("Verify OTP")
	seen("through", "api-registration-through OTP_VERIFIED").press("Direct")
	seen("direct", "api-registration-api-user OTP_VERIFIED").press("Another way").press("Through GSP")
	seen("through GSP", "api-registration-api-user OTP_VERIFIED").choose("companyName", "Konkan Tax Gateway").typeIn(asUser...).press("Submit")
	seen("success", "api-registration-success COMPLETED").goTo(p.production + "/api-users")
	seen("API users", "api-users").press("Change Password")
	seen("change password", "api-user-password").goTo(p.production + "/api-users/API_dakshin_one/freeze")
	seen("freeze", "api-user-freeze").press("Freeze")
	seen("frozen", "api-users")
}
