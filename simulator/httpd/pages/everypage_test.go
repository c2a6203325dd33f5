package pages_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// tour is a person whose pages are surveyed.
type tour struct {
	*person
	survey *browsertest.Survey
}

// seen surveys the page that is shown. It fails the test if that is another page.
func (p *tour) seen(name, want string) *tour {
	p.t.Helper()
	p.on(want)
	p.survey.Look(name)
	return p
}

// Every page meets WCAG 2.2 A and AA as far as a program can tell, does not scroll sideways at 320 pixels, shows where
// the focus is, has one heading of level 1, and says that it is a simulator's. A page that no tour shows fails the
// test, and so does a form that TestEveryForm does not send.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	var pages, buttons = map[string]bool{}, map[string]string{} // with the page that they are on
	var mu sync.Mutex                                           // guards both
	t.Run("tours", func(t *testing.T) {
		for portal, parts := range map[string][]func(*tour){
			"sandbox":    {(*tour).registers, (*tour).registersAFirm, (*tour).usesTools},
			"production": {(*tour).forgets, (*tour).makesAPIUsers, (*tour).meetsTheRest},
		} {
			t.Run(portal, func(t *testing.T) {
				t.Parallel()
				person := newPerson(t, "/w/pages")
				p := &tour{person, person.page.Survey(t, portal)}
				for _, part := range parts {
					part(p)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, page := range p.survey.Pages {
					pages[page] = true
				}
				for _, b := range p.survey.Buttons {
					buttons[p.inWorld(b.Action)+" "+b.Text] = b.Page
				}
			})
		}
	})
	if t.Failed() || len(pages) == 0 { // or skipped
		return
	}
	for _, name := range browsertest.Templates(t, ".") {
		if !pages[name] {
			t.Errorf("no tour shows %s.html", name)
		}
	}
	knowsTheForms(t, buttons)
}

// registers follows guide section 1 for a taxpayer, with refusals.
func (p *tour) registers() {
	p.t.Helper()
	p.goTo(p.sandbox + "/")
	p.seen("sandbox home", "home").press("Login")
	p.seen("sandbox login", "login").press("Update from GST Common Portal")
	p.seen("update at the sandbox", "gstin-update").press("Login")
	p.seen("sandbox login again", "login").press("Login with Client ID")
	p.seen("login with client id", "login").typeIn("clientId", "AABCK27GSP4K7QX", "clientSecret", "wrong").press("Login")
	p.seen("login with client id, refused", "login login-failed").press("Register here")
	p.seen("registration form", "registration-form").press("Validate")
	p.seen("registration form, refused", "registration-form gstin-invalid").typeIn(asDakshin...).press("Validate")
	p.seen("validated", "registration VALIDATED").press("Send OTP")
	p.seen("OTP", "registration-otp OTP_SENT").typeIn("otp", "000000").press("Submit")
	p.seen("OTP, refused", "registration-otp OTP_SENT otp-mismatch").typeIn("otp", p.otp()).press("Submit")
	p.seen("API user", "registration-api-user OTP_VERIFIED").page.Click("#registrationThrough-ERP")
	p.seen("API user through ERP", "registration-api-user OTP_VERIFIED").page.Click("#registrationThrough-DIRECT")
	p.seen("API user, direct", "registration-api-user OTP_VERIFIED").page.Click("#registrationThrough-GSP")
	p.press("Create")
	p.seen("API user, refused", "registration-api-user OTP_VERIFIED provider-unknown")
	p.choose("companyName", "Sahyadri GST Suvidha").typeIn("clientId", "AAFCC29ERP82ZSO").typeIn(asUser...).press("Create")
	p.seen("acknowledgement", "registration-acknowledgement COMPLETED")
	p.goTo(strings.TrimSuffix(p.page.URL(), "/acknowledgement"))
	p.seen("a step that is done", "done COMPLETED").goTo(p.sandbox + "/companies?through=GSP")
	p.seen("companies", "companies").goTo(p.sandbox + "/account")
	p.seen("session required", "login session-required").typeIn("username", "dakshin_one", "password",
		"Testing@123").press("Login")
	p.seen("account", "session").press("Logout")
}

// registersAFirm follows guide section 1 for a GSP, and uses its account.
func (p *tour) registersAFirm() {
	p.t.Helper()
	p.goTo(p.sandbox + "/register").page.Click("#category-GSP")
	p.seen("registration form of a firm", "registration-form").typeIn(asVindhya...).press("Validate")
	p.seen("a firm, validated", "registration VALIDATED").press("Send OTP")
	p.typeIn("otp", p.otp()).press("Submit")
	p.seen("client credentials", "registration-client-credentials OTP_VERIFIED").press("Get client credentials")
	p.seen("acknowledgement of a firm", "registration-acknowledgement COMPLETED")
	id := p.value("clientId")
	p.goTo(p.sandbox+"/login/client").typeIn("clientId", id, "clientSecret", p.secret()).press("Login")
	p.seen("account of a firm", "session").press("Add Accounts")
	p.seen("Add Accounts", "dummy-gstins").press("Add GSTIN")
	p.seen("Add Accounts, refused", "dummy-gstins state-code-invalid").choose("stateCode", "27").press("Add GSTIN")
	p.seen("a dummy GSTIN", "dummy-gstins")
	p.tell("POST", "clock/advance", `{"by":"16m"}`)
	p.press("Add GSTIN")
	p.seen("sandbox session expired", "login session-expired")
}

func (p *tour) usesTools() {
	p.t.Helper()
	for _, tool := range []string{"tools", "tools/endpoints", "tools/public-key", "tools/encrypt", "tools/verify"} {
		p.goTo(p.sandbox + "/" + tool)
		p.survey.Look(tool)
	}
	p.typeIn("signed", "nonsense").press("Verify")
	p.seen("verify, refused", "tool-verify value-invalid").typeIn("signed", recorded(p.t, "token.txt")).press("Verify")
	p.seen("verified", "tool-verify").goTo(p.sandbox + "/tools/encrypt").press("Make an AppKey")
	p.seen("an AppKey", "tool-encrypt").press("Encrypt the login")
	p.seen("a login", "tool-encrypt").press("Decrypt the Data")
	p.seen("decrypt, refused", "tool-encrypt value-invalid")
}

// forgets follows Forgot Username and Forgot Password.
func (p *tour) forgets() {
	p.t.Helper()
	p.goTo(p.production + "/")
	p.seen("production home", "home").press("Login")
	p.seen("production login", "login").press("Update from GST Common Portal")
	p.seen("update", "gstin-update").press("Update")
	p.seen("update, refused", "gstin-update gstin-invalid").typeIn("gstin", "29ABCCD1234E1Z1").press("Update")
	p.seen("updated", "gstin-updated").press("Login")
	p.seen("production login again", "login").typeIn("username", "dakshin29", "password", "wrong").press("Login")
	p.seen("production login, refused", "login login-failed").press("Forgot Username")
	p.seen("forgot username", "forgot-username").press("Submit")
	p.seen("forgot username, refused", "forgot-username gstin-invalid").typeIn(onRecord...).press("Submit")
	p.seen("username sent", "username-sent").press("Login").press("Forgot Password")
	p.seen("forgot password", "forgot-password").typeIn("username", "x").press("Send OTP")
	p.seen("forgot password, refused", "forgot-password gstin-invalid").typeIn("username",
		"dakshin29").typeIn(onRecord...).press("Send OTP")
	p.seen("reset OTP", "password-reset-otp OTP_SENT").typeIn("otp", "000000").press("Verify OTP")
	p.seen("reset OTP, refused", "password-reset-otp OTP_SENT otp-mismatch").typeIn("otp", p.otp()).press("Verify OTP")
	p.seen("new password", "password-reset-password OTP_VERIFIED").typeIn("newPassword", "weak").press("Save")
	p.seen("new password, refused", "password-reset-password OTP_VERIFIED password-policy").typeIn("newPassword",
		"Fresh@2026").press("Save")
	p.seen("password changed", "password-reset-done COMPLETED")
}

// makesAPIUsers follows guide section 2 in each of its ways, and manages API users.
func (p *tour) makesAPIUsers() {
	p.t.Helper()
	p.goTo(p.production+"/login").typeIn("username", "dakshin29", "password", "Fresh@2026").press("Login")
	p.seen("dashboard", "session").goTo(p.production + "/api-users")
	p.seen("no API users", "api-users").goTo(p.production + "/companies?through=ERP")
	p.seen("production companies", "companies").goTo(p.production + "/api-registration")
	p.seen("API Registration", "api-registration").press("User Credentials")
	p.seen("User Credentials", "user-credentials").press("Create API User")
	p.seen("API user OTP", "api-registration-otp OTP_SENT").press("Resend OTP")
	p.seen("API user OTP, too soon", "api-registration-otp OTP_SENT otp-too-soon").typeIn("otp",
		"000000").press("Verify OTP")
	p.seen("API user OTP, refused", "api-registration-otp OTP_SENT otp-mismatch").typeIn("otp",
		p.otp()).press("Verify OTP")
	p.seen("through", "api-registration-through OTP_VERIFIED").press("Direct")
	p.seen("direct", "api-registration-api-user OTP_VERIFIED").press("Submit")
	p.seen("direct, refused", "api-registration-api-user OTP_VERIFIED client-credentials-mismatch")
	p.press("Another way").press("Through ERP")
	p.seen("through ERP", "api-registration-api-user OTP_VERIFIED").press("Another way").press("Through GSP")
	p.seen("through GSP", "api-registration-api-user OTP_VERIFIED").choose("companyName",
		"Konkan Tax Gateway").typeIn(asUser...).press("Submit")
	p.seen("success", "api-registration-success COMPLETED").goTo(p.production + "/api-users")
	p.seen("API users", "api-users").press("Change Password")
	p.seen("change password", "api-user-password").press("Change Password")
	p.seen("change password, refused", "api-user-password password-mismatch").typeIn("currentPassword", "Testing@123",
		"newPassword", "Other@2026").press("Change Password")
	p.seen("API user's password changed", "api-users").goTo(p.production + "/api-users/API_dakshin_one/freeze")
	p.seen("freeze", "api-user-freeze").press("Freeze")
	p.seen("frozen", "api-users").goTo(p.production + "/api-users/API_dakshin_one/freeze").press("Freeze")
	p.seen("frozen already", "api-user-freeze already-frozen")
	p.tell("POST", "clock/advance", `{"by":"16m"}`)
	p.page.Reload()
	p.seen("production session expired", "login session-expired")
	p.logsInWithAnOTP()
}

// logsInWithAnOTP follows two-factor login.
func (p *tour) logsInWithAnOTP() {
	p.t.Helper()
	p.tell("PATCH", "settings", `{"twoFactor":"always"}`)
	p.goTo(p.production+"/login").typeIn("username", "dakshin29", "password", "Fresh@2026").press("Login")
	p.seen("login OTP", "login-otp OTP_SENT").press("Resend OTP")
	p.seen("login OTP, too soon", "login-otp OTP_SENT otp-too-soon").typeIn("otp", "000000").press("Verify OTP")
	p.seen("login OTP, refused", "login-otp OTP_SENT otp-mismatch").typeIn("otp", p.otp()).press("Verify OTP")
	p.seen("dashboard after an OTP", "session")
	p.tell("PATCH", "settings", `{"twoFactor":"off"}`)
}

// meetsTheRest shows the pages of errors.
func (p *tour) meetsTheRest() {
	p.t.Helper()
	p.goTo(p.sandbox + "/nowhere")
	p.seen("not found", "problem not-found").goTo(p.sandbox + "/register/nobody/otp")
	p.seen("no such registration", "problem not-found").goTo(p.sandbox + "/register")
	browsertest.Eval[any](p.page, `document.querySelector("main input[name=form]").value = "of yesterday"`)
	p.press("Validate")
	p.seen("form expired", "registration-form form-expired")
	p.page.ForgetCookies()
	p.press("Validate")
	p.seen("cookie required", "problem cookie-required")
	p.tell("PUT", "settings", `{"outage":true}`)
	p.goTo(p.production + "/login")
	p.seen("outage", "problem outage")
	p.tell("PUT", "settings", `{}`)
}
