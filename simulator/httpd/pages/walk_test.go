package pages_test

import (
	"strings"
	"testing"
)

// dakshin are the values for the Registration Form, as the fixtures have them.
var dakshin = []string{"Taxpayer", "", "GSTIN", "29ABCCD1234E1Z1", "Phone number", "9876543210", "Email address",
	"accounts@dakshin.example"}

// newUser are the values for a new API user.
var newUser = []string{"Username", "dakshin_one", "Password", "Testing@123", "Re-enter Password", "Testing@123"}

func TestSection1(t *testing.T) {
	p := newPlace(t, "/w/one")
	b := p.browser().open(p.sandbox + "/").on("home")
	b.click("Login").on("login").click("Register here").on("registration-form")
	b.press("Validate", dakshin...).on("registration VALIDATED")
	if name := b.value("legalName"); name != "Dakshin Components Private Limited" {
		t.Errorf("Validate shows %q", name)
	}
	b.press("Send OTP").on("registration-otp OTP_SENT")
	if to := b.marked("data-value", "sentTo"); strings.Join(to, " ") != "XXXXXX3210 a****@dakshin.example" {
		t.Errorf("sent to %q", to)
	}
	b.press("Submit", "OTP", p.otp()).on("registration-api-user OTP_VERIFIED")
	b.press("Create", append([]string{"GSP", "", "Company Name", "Sahyadri GST Suvidha", "Client ID", "AAFCC29ERP82ZSO"},
		newUser...)...)
	b.on("registration-acknowledgement COMPLETED")
	for name, want := range map[string]string{
		"companyName": "Sahyadri GST Suvidha", "clientId": "AAFCC29ERP82ZSO", "username": "dakshin_one",
		"gstin": "29ABCCD1234E1Z1",
	} {
		if b.value(name) != want {
			t.Errorf("%s is %q, want %q", name, b.value(name), want)
		}
	}
	b.click("Login").press("Login", "Username", "dakshin_one", "Password", "Testing@123").on("session")
	if b.value("gstin") != "29ABCCD1234E1Z1" || b.at.Path != "/w/one/account" {
		t.Errorf("the login is for %q at %s", b.value("gstin"), b.at)
	}
	b.press("Logout").on("login")
	b.open(p.sandbox+"/account").refused(401, "session-required")
	p.knowsEachField()
}

func TestSection2(t *testing.T) {
	p := newPlace(t, "")
	b := p.browser().open(p.production + "/").on("home")
	b.click("Login").press("Login", "Username", "dakshin29", "Password", "Dakshin@2024").on("session")
	b.click("API Registration").on("api-registration").click("User Credentials").on("user-credentials")
	b.press("Create API User").on("api-registration-otp OTP_SENT")
	b.press("Verify OTP", "OTP", p.otp()).on("api-registration-through OTP_VERIFIED")
	b.click("Through GSP").on("api-registration-api-user OTP_VERIFIED")
	b.press("Submit", append([]string{"Select GSP", "Konkan Tax Gateway"}, newUser...)...)
	b.on("api-registration-success COMPLETED")
	if b.value("username") != "API_dakshin_one" || b.value("message") == "" {
		t.Errorf("the message is %q for %q", b.value("message"), b.value("username"))
	}
	b.click("API Registration").click("User Credentials").click("Registered API users").on("api-users")
	if rows := b.marked("data-row", "api-user"); len(rows) != 1 ||
		!strings.Contains(rows[0], "API_dakshin_one Change Password · Freeze ACTIVE GSP Konkan Tax Gateway") {
		t.Errorf("the list is %q", rows)
	}
	p.knowsEachField()
}

func TestOtherWaysToRegister(t *testing.T) {
	p := newPlace(t, "/w/other")
	t.Run("a firm gets client credentials, and a GSP dummy GSTINs", func(t *testing.T) {
		organisations := p.tell("GET", "organisations", "")["organisations"].([]any)
		providers := p.tell("GET", "providers", "")["providers"].([]any)
		var firm map[string]any
		taken := map[any]bool{}
		for _, provider := range providers {
			taken[provider.(map[string]any)["pan"]] = true
		}
		for _, o := range organisations {
			if o := o.(map[string]any); o["type"] == "GSP" && !taken[o["pan"]] {
				firm = o
			}
		}
		b := p.browser().open(p.sandbox + "/register")
		b.press("Validate", "GSP", "", "PAN", firm["pan"].(string), "Phone number", firm["mobile"].(string), "Email address",
			firm["email"].(string))
		b.on("registration VALIDATED").press("Send OTP").press("Submit", "OTP", p.otp())
		b.on("registration-client-credentials OTP_VERIFIED").press("Get client credentials")
		b.on("registration-acknowledgement COMPLETED")
		id := b.value("clientId")
		secret := p.tell("GET", "inbox?purpose=client-credentials",
			"")["messages"].([]any)[0].(map[string]any)["secret"].(string)
		if strings.Contains(b.text, secret) {
			t.Error("the page shows the client secret")
		}
		b.open(p.sandbox+"/login").click("Login with Client ID").press("Login", "Client ID", id, "Client Secret",
			secret).on("session")
		b.click("Add Accounts").on("dummy-gstins").press("Add GSTIN", "State", "27").on("dummy-gstins")
		if want := "27" + firm["pan"].(string) + "000"; b.value("gstin") != want {
			t.Errorf("the GSTIN is %q, want %q", b.value("gstin"), want)
		}
		b.press("Add GSTIN", "State", "25").refused(422, "state-code-invalid", "stateCode")
	})
	t.Run("through ERP on the sandbox", func(t *testing.T) {
		b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP").press("Submit", "OTP",
			p.otp())
		sent := b.fill("Create", append([]string{"ERP", "", "Client ID", "AAFCC29ERP82ZSO"}, newUser...)...)
		sent.values.Set("companyNameERP", "Sahyadri GST Suvidha") // its list has the same label, and is hidden for GSP
		b.send(sent).on("registration-acknowledgement COMPLETED")
		if b.value("registrationThrough") != "ERP" {
			t.Errorf("through %q", b.value("registrationThrough"))
		}
	})
	t.Run("directly on production", func(t *testing.T) {
		var own map[string]any
		for _, provider := range p.tell("GET", "providers", "")["providers"].([]any) {
			if provider := provider.(map[string]any); provider["type"] == "DIRECT" &&
				strings.HasPrefix(provider["pan"].(string), "ABCCD1234E") {
				own = provider
			}
		}
		b := p.browser().open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Dakshin@2024")
		b.open(p.production+"/api-registration/user-credentials").press("Create API User").press("Verify OTP", "OTP", p.otp())
		b.click("Direct").press("Submit", append([]string{"Client ID", own["clientId"].(string), "Client Secret",
			own["clientSecret"].(string)}, newUser...)...)
		b.on("api-registration-success COMPLETED")
	})
	p.knowsEachField()
}

func TestForgottenAndManaged(t *testing.T) {
	p := newPlace(t, "/w/later")
	b := p.browser().open(p.production + "/login")
	b.click("Forgot Username").press("Submit", "GSTIN", "29ABCCD1234E1Z1", "Phone number",
		"9876543210").on("username-sent")
	if b.value("sentTo") != "XXXXXX3210" {
		t.Errorf("sent to %q", b.value("sentTo"))
	}
	b.click("Login").click("Forgot Password")
	b.press("Send OTP", "Username", "dakshin29", "GSTIN", "29ABCCD1234E1Z1", "Phone number",
		"9876543210").on("password-reset-otp OTP_SENT")
	b.press("Verify OTP", "OTP", p.otp()).on("password-reset-password OTP_VERIFIED")
	b.press("Save", "New Password", "Fresh@2026", "Re-enter Password", "Fresh@2027").refused(422, "password-confirmation",
		"confirmPassword")
	b.press("Save", "New Password", "Fresh@2026", "Re-enter Password", "Fresh@2026").on("password-reset-done COMPLETED")
	b.click("Login").press("Login", "Username", "dakshin29", "Password", "Fresh@2026").on("session")

	b.open(p.production+"/api-registration/user-credentials").press("Create API User").press("Verify OTP", "OTP", p.otp())
	b.click("Through ERP").press("Submit", append([]string{"Select ERP", "Sahyadri GST Suvidha"}, newUser...)...)
	b.open(p.production + "/api-users").click("Change Password").on("api-user-password")
	b.press("Change Password", "Current Password", "wrong", "New Password", "Other@2026").refused(422, "password-mismatch",
		"currentPassword")
	b.press("Change Password", "Current Password", "Testing@123", "New Password", "Other@2026").on("api-users")
	b.click("Freeze").on("api-user-freeze").press("Freeze").on("api-users")
	if rows := b.marked("data-row", "api-user"); len(rows) != 1 || !strings.Contains(rows[0], "FROZEN") {
		t.Errorf("the list is %q", rows)
	}
	b.open(p.production+"/api-users/API_dakshin_one/freeze").press("Freeze").refused(409, "already-frozen")
	b.open(p.production+"/api-users/API_nobody/freeze").refused(404, "not-found")
	p.knowsEachField()
}

// With two-factor login, the page that asked for the login is shown after the OTP.
func TestLoginWithAnOTP(t *testing.T) {
	p := newPlace(t, "/w/two-factors")
	p.tell("PATCH", "settings", `{"twoFactor":"always"}`)
	b := p.browser().open(p.production+"/api-registration/user-credentials").refused(401, "session-required")
	b.press("Login", "Username", "dakshin29", "Password", "Dakshin@2024").on("login-otp OTP_SENT")
	if b.value("sentTo") != "XXXXXX3210" || b.value("gstin") != "29ABCCD1234E1Z1" {
		t.Errorf("the OTP of %q was sent to %q", b.value("gstin"), b.value("sentTo"))
	}
	pending := b.at.String()
	b.another().open(p.production+"/dashboard").refused(401, "session-required")
	b.press("Verify OTP", "OTP", "000000").refused(422, "otp-mismatch", "otp")
	p.tell("POST", "clock/advance", `{"by":"31s"}`)
	b.press("Resend OTP").on("login-otp OTP_SENT")
	b.press("Verify OTP", "OTP", p.otp()).on("user-credentials")
	b.another().open(p.production + "/dashboard").on("session")
	b.open(pending).on("done COMPLETED").click("Go on: Dashboard").on("session")
	b.open(p.production+"/logins/nobody/otp").refused(404, "not-found")
	p.knowsEachField()
}
