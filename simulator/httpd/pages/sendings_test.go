package pages_test

import (
	"slices"
	"strings"
)

// sendings are all buttons of both portals, in an order in which each can be pressed. The steps before a form are done
// without a browser, which is faster.
var sendings = slices.Concat(
	[]sending{
		{"sandbox /login", "New captcha", at("sandbox/login"), "login", nil},
		{"sandbox /login/client", "New captcha", at("sandbox/login/client"), "login", nil},
		{"sandbox /register", "New captcha", at("sandbox/register"), "registration-form", nil},
		{"sandbox /register", "Validate", at("sandbox/register", asDakshin...), "registration VALIDATED", nil},
		{"sandbox /register/{}", "Send OTP", registered("validated"), "registration-otp OTP_SENT", sms},
		{"sandbox /register/{}/otp", "Submit", registered("sent", "otp", "000000"), "registration-otp OTP_SENT otp-mismatch",
			attempts},
		{"sandbox /register/{}/otp", "Submit", registered("sent", "otp", "newest"), "registration-api-user OTP_VERIFIED",
			nil},
		{"sandbox /register/{}/otp/resend", "Resend OTP", resent(registered("sent")), "registration-otp OTP_SENT", sms},
		{"sandbox /register/{}/api-user", "Create", createsAUser, "registration-acknowledgement COMPLETED", apiUsers},
		{"sandbox /register/{}/client-credentials", "Get client credentials", registered("firm"),
			"registration-acknowledgement COMPLETED", letters},
		{"sandbox /companies", "Show", at("sandbox/companies"), "companies", nil},
		{"sandbox /login", "Login", at("sandbox/login", "username", "dakshin_one", "password", "Testing@123"), "session",
			nil},
		{"sandbox /logout", "Logout", at("sandbox/account"), "login", nil},
		{"sandbox /login/client", "Login", at("sandbox/login/client", "clientId", "AABCK27GSP4K7QX", "clientSecret",
			"KonkanSecret00000002"), "session", nil},
		{"sandbox /account/dummy-gstins", "Add GSTIN", addsAGSTIN, "dummy-gstins", taxpayers},
	},
	tools(
		"Make an AppKey", "Encrypt the login", `{"UserName":"a","Password":"b","AppKey":"`+zeroKey+`","ForceRefreshAccessToken":false}`,
		"Decrypt the Sek", "Encrypt the body", "Decrypt the Data",
	),
	[]sending{
		{"sandbox /update-gstin", "New captcha", at("sandbox/update-gstin"), "gstin-update", nil},
		{"sandbox /update-gstin", "Update", at("sandbox/update-gstin", "gstin", "29ABCCD1234E1Z1"), "gstin-updated", nil},
		{"production /update-gstin", "New captcha", at("production/update-gstin"), "gstin-update", nil},
		{"production /update-gstin", "Update", at("production/update-gstin", "gstin", "29ABCCD1234E1Z1"), "gstin-updated",
			nil},
		{"production /forgot-username", "New captcha", at("production/forgot-username"), "forgot-username", nil},
		{"production /forgot-username", "Submit", at("production/forgot-username", onRecord...), "username-sent", sms},
		{"production /forgot-password", "New captcha", at("production/forgot-password"), "forgot-password", nil},
		{"production /forgot-password", "Send OTP", forgetful(), "password-reset-otp OTP_SENT", sms},
		{"production /password-resets/{}/otp", "Verify OTP", forgetful("Send OTP", "otp", "000000"),
			"password-reset-otp OTP_SENT otp-mismatch", attempts},
		{"production /password-resets/{}/otp/resend", "Resend OTP", resent(forgetful("Send OTP")),
			"password-reset-otp OTP_SENT", sms},
		{"production /password-resets/{}/otp", "Verify OTP", forgetful("Send OTP", "otp", "newest"),
			"password-reset-password OTP_VERIFIED", nil},
		{"production /password-resets/{}/password", "Save", savesAPassword, "password-reset-done COMPLETED", nil},
		{"production /login", "New captcha", at("production/login"), "login", nil},
		{"production /login", "Login", at("production/login", "username", "dakshin29", "password", "Fresh@2026"), "session",
			nil},
		{"production /companies", "Show", at("production/companies"), "companies", nil},
		{"production /api-registrations", "Create API User", at("production/api-registration/user-credentials"),
			"api-registration-otp OTP_SENT", sms},
		{"production /api-registrations/{}/otp", "Verify OTP", creating("otp", "000000"),
			"api-registration-otp OTP_SENT otp-mismatch", attempts},
		{"production /api-registrations/{}/otp/resend", "Resend OTP", resent(creating()), "api-registration-otp OTP_SENT",
			sms},
		{"production /api-registrations/{}/otp", "Verify OTP", creating("otp", "newest"),
			"api-registration-through OTP_VERIFIED", nil},
		{"production /api-registrations/{}/gsp", "Submit", through("Through GSP", "Konkan Tax Gateway", "user_gsp"),
			"api-registration-success COMPLETED", apiUsers},
		{"production /api-registrations/{}/erp", "Submit", through("Through ERP", "Deodar Ledger Systems", "user_erp"),
			"api-registration-success COMPLETED", apiUsers},
		{"production /api-registrations/{}/direct", "Submit", through("Direct", "", "user_own"),
			"api-registration-success COMPLETED", apiUsers},
		{"production /api-users/{}/password", "Change Password", at("production/api-users/API_user_gsp/password",
			"currentPassword", "Testing@123", "newPassword", "Other@2026"), "api-users", nil},
		{"production /api-users/{}/freeze", "Freeze", at("production/api-users/API_user_gsp/freeze"), "api-users", nil},
		{"production /logout", "Logout", at("production/dashboard"), "login", nil},
		{"production /logins/{}/otp", "Verify OTP", loggingIn("otp", "000000"), "login-otp OTP_SENT otp-mismatch", attempts},
		{"production /logins/{}/otp/resend", "Resend OTP", resent(loggingIn()), "login-otp OTP_SENT", sms},
		{"production /logins/{}/otp", "Verify OTP", loggingIn("otp", "newest"), "session", nil},
	},
)

// at opens a page and fills in its form.
func at(path string, typed ...string) func(*person) {
	return func(p *person) {
		p.t.Helper()
		portal, path, _ := strings.Cut(path, "/")
		base := map[string]string{"sandbox": p.sandbox, "production": p.production}[portal]
		p.goTo(base + "/" + path).typeIn(typed...)
	}
}

// typeNewest fills in fields, with the newest OTP in place of "newest".
func (p *person) typeNewest(typed []string) {
	p.t.Helper()
	typed = slices.Clone(typed)
	for i := range typed {
		if typed[i] == "newest" {
			typed[i] = p.otp()
		}
	}
	p.typeIn(typed...)
}

// registered opens a registration at a step. A registration needs no session, only its address.
func registered(so string, typed ...string) func(*person) {
	return func(p *person) {
		p.t.Helper()
		as := dakshin
		if so == "firm" {
			as = []string{"GSP", "", "PAN", asVindhya[1], "Phone number", asVindhya[3], "Email address", asVindhya[5]}
		}
		b := p.browser().open(p.sandbox+"/register").press("Validate", as...)
		if so != "validated" {
			b.press("Send OTP")
		}
		if so == "firm" || so == "verified" {
			b.press("Submit", "OTP", p.otp())
		}
		p.goTo(b.at.String()).typeNewest(typed)
	}
}

// resent waits until another OTP may be sent.
func resent(ready func(*person)) func(*person) {
	return func(p *person) {
		ready(p)
		p.tell("POST", "clock/advance", `{"by":"31s"}`)
	}
}

func createsAUser(p *person) {
	registered("verified")(p)
	p.choose("companyName", "Sahyadri GST Suvidha").typeIn("clientId", "AAFCC29ERP82ZSO").typeIn(asUser...)
}

func addsAGSTIN(p *person) { p.goTo(p.sandbox+"/account/dummy-gstins").choose("stateCode", "27") }

// zeroKey is a key of 32 bytes.
var zeroKey = strings.Repeat("A", 43) + "="

// tools are the buttons of the tools. They change no state.
func tools(makeKey, encryptLogin, login, decryptSek, encryptBody, decryptData string) []sending {
	const page, form, refused = "sandbox/tools/encrypt", "sandbox /tools/encrypt", "tool-encrypt value-invalid"
	return []sending{
		{form, makeKey, at(page), "tool-encrypt", nil},
		{form, encryptLogin, at(page, "login", login), "tool-encrypt", nil},
		{form, decryptSek, at(page, "sealedSek", zeroKey, "appKey", zeroKey), refused, nil},
		{form, encryptBody, at(page, "sek", zeroKey, "plain", "{}"), "tool-encrypt", nil},
		{form, decryptData, at(page, "sek", zeroKey, "data", zeroKey), refused, nil},
		{"sandbox /tools/verify", "Verify", at("sandbox/tools/verify", "signed", "nonsense"), "tool-verify value-invalid",
			nil},
	}
}

// forgetful fills in Forgot Password. With a button, it sends the form and fills in the next page.
func forgetful(buttonThenTyped ...string) func(*person) {
	return func(p *person) {
		p.t.Helper()
		b := p.browser().open(p.production + "/forgot-password")
		if len(buttonThenTyped) == 0 {
			p.goTo(b.at.String()).typeIn("username", "dakshin29").typeIn(onRecord...)
			return
		}
		b.press(buttonThenTyped[0], "Username", "dakshin29", "GSTIN", onRecord[1], "Phone number", onRecord[3])
		p.goTo(b.at.String()).typeNewest(buttonThenTyped[1:])
	}
}

func savesAPassword(p *person) {
	forgetful("Send OTP", "otp", "newest")(p)
	p.press("Verify OTP").typeIn("newPassword", "Fresh@2026")
}

// creating begins an API user in the session that the browser is in.
func creating(typed ...string) func(*person) {
	return func(p *person) {
		p.t.Helper()
		p.goTo(p.production + "/api-registration/user-credentials").press("Create API User").typeNewest(typed)
	}
}

// loggingIn opens the page for the OTP of a login.
func loggingIn(typed ...string) func(*person) {
	return func(p *person) {
		p.t.Helper()
		p.tell("PATCH", "settings", `{"twoFactor":"always"}`)
		b := p.browser().open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Fresh@2026")
		p.goTo(b.at.String()).typeNewest(typed)
	}
}

func through(link, company, username string) func(*person) {
	return func(p *person) {
		p.t.Helper()
		creating("otp", "newest")(p)
		p.press("Verify OTP").press(link)
		switch link {
		case "Through GSP":
			p.choose("companyName", company)
		case "Through ERP":
			p.choose("companyNameERP", company)
		default:
			p.typeIn("clientId", "ABCCD29TXP7M3QD", "clientSecret", "DakshinSecret0000005")
		}
		p.typeIn("username", username, "password", "Testing@123")
	}
}
