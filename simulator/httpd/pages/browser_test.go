package pages_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// reach presses Tab until an element with that accessible name has the focus.
func (p *person) reach(name string) *person {
	p.t.Helper()
	for range 60 {
		if p.page.FocusedName() == name {
			return p
		}
		p.page.Press(browsertest.Tab)
	}
	p.t.Fatalf("%s: Tab does not lead to %q", p.page.URL(), name)
	return p
}

// keys types a text, key by key, into the element that has the focus.
func (p *person) keys(text string) *person {
	p.t.Helper()
	p.page.Press(browsertest.Key(text))
	return p
}

func (p *person) enter() *person {
	p.t.Helper()
	p.page.Press(browsertest.Enter)
	return p
}

// Both sections of the guide can be followed with the keyboard alone.
func TestTheGuideByKeyboard(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/keys")
	p.goTo(p.sandbox + "/").reach("Login").enter().on("login")
	p.reach("Register here").enter().on("registration-form")
	p.reach("Taxpayer").reach("GSTIN").keys("29ABCCD1234E1Z1").reach("Phone number").keys("9876543210")
	p.reach("Email address").keys("accounts@dakshin.example").reach("Captcha").keys(p.captcha())
	p.enter().on("registration VALIDATED").reach("Send OTP").enter().on("registration-otp OTP_SENT")
	if name := p.page.FocusedName(); name != "OTP" {
		t.Errorf("the cursor is in %q", name)
	}
	p.keys(p.otp()).enter().on("registration-api-user OTP_VERIFIED")
	p.reach("GSP").reach("Company Name").keys("Sah").reach("Client ID").keys("AAFCC29ERP82ZSO")
	p.reach("Username").keys("dakshin_one").reach("Password").keys("Testing@123").reach("Create")
	p.page.Press(browsertest.Space)
	p.on("registration-acknowledgement COMPLETED")

	p.goTo(p.production + "/login").reach("Username").keys("dakshin29").reach("Password").keys("Dakshin@2024")
	p.reach("Captcha").keys(p.captcha()).enter().on("session")
	p.reach("API Registration").enter().reach("User Credentials").enter().reach("Create API User").enter()
	p.on("api-registration-otp OTP_SENT").keys(p.otp()).enter().on("api-registration-through OTP_VERIFIED")
	p.reach("Through GSP").enter().reach("Select GSP").keys("Kon").reach("Username").keys("dakshin_two")
	p.reach("Password").keys("Testing@123").reach("Submit").enter().on("api-registration-success COMPLETED")
}

// After a refusal the cursor is in the first refused field, which is described by the refusal.
func TestTheCursorIsWhereTheViolationIs(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/focus")
	p.goTo(p.sandbox+"/register").typeIn("gstin", "29ABCCD1234E1Z1", "mobile", "12", "email",
		"accounts@dakshin.example").press("Validate")
	p.on("registration-form mobile-invalid")
	if name := p.page.FocusedName(); name != "Phone number" {
		t.Errorf("the cursor is in %q", name)
	}
	described := browsertest.Eval[string](p.page, `document.activeElement.getAttribute("aria-describedby").split(" ").map(id => document.getElementById(id).textContent).join(" ")`)
	if !strings.Contains(described, "Error: Invalid Mobile Number") {
		t.Errorf("it is described as %q", described)
	}
	if p.press("New captcha"); p.page.FocusedName() != "Captcha" {
		t.Errorf("after another captcha the cursor is in %q", p.page.FocusedName())
	}
	p.press("Validate").on("registration-form mobile-invalid")
	if first := browsertest.Eval[string](p.page, `document.querySelector("[role=alert] a").getAttribute("href")`); first != "#mobile" {
		t.Errorf("the summary leads to %q", first)
	}
	p.goTo(p.production+"/login").typeIn("username", "dakshin29", "password",
		"Wrong@2024").press("Login").on("login login-failed")
	if at := browsertest.Eval[string](p.page, `document.activeElement.getAttribute("role")`); at != "alert" {
		t.Errorf("after a refusal without fields the cursor is at %q", at)
	}
}

// Two tabs do not disturb each other. A tab whose session has ended says so, and the login leads back to its page.
func TestTabsAndSessionsInABrowser(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/tabs")
	other := &person{p.place, p.page.NewTab()}
	p.goTo(p.sandbox + "/register").typeIn(asDakshin...)
	other.goTo(p.sandbox+"/register").typeIn("gstin", "29ABCPD1234E2Z9", "mobile", "9876529002", "email",
		"books@deccan.example")
	p.press("Validate").on("registration VALIDATED").press("Send OTP").on("registration-otp OTP_SENT")
	first := p.otp()
	other.press("Validate").press("Send OTP").typeIn("otp",
		p.otp()).press("Submit").on("registration-api-user OTP_VERIFIED")
	p.typeIn("otp", first).press("Submit").on("registration-api-user OTP_VERIFIED")
	if p.value("gstin") != "29ABCCD1234E1Z1" || other.value("gstin") != "29ABCPD1234E2Z9" {
		t.Errorf("the tabs are for %s and %s", p.value("gstin"), other.value("gstin"))
	}

	p.goTo(p.production + "/login").typeIn(asLogin...).press("Login").on("session")
	other.goTo(p.production + "/dashboard").on("session") // both tabs are logged in
	p.goTo(p.production+"/api-registration/user-credentials").press("Create API User").typeIn("otp", p.otp())
	here := p.page.URL()
	p.tell("POST", "clock/advance", `{"by":"16m"}`)
	p.press("Verify OTP").on("login session-expired")
	if told := p.value("detail"); !strings.Contains(told, "What was filled in had no effect") {
		t.Errorf("the refusal says %q", told)
	}
	other.page.Reload()
	other.on("login session-expired").typeIn(asLogin...).press("Login").on("session")
	p.page.Reload() // the login of one tab is the other's too
	if got := p.at(); got != "api-registration-otp OTP_SENT" || !strings.HasPrefix(p.page.URL(), here) {
		t.Errorf("%s is %q, want the OTP at %s", p.page.URL(), got, here)
	}
}

// A form whose sandbox session has ended has no effect, and the login leads back to it.
func TestASandboxSessionEndsInABrowser(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/ended")
	gsp := []string{"clientId", "AABCK27GSP4K7QX", "clientSecret", "KonkanSecret00000002"}
	p.goTo(p.sandbox+"/login/client").typeIn(gsp...).press("Login").press("Add Accounts").choose("stateCode", "27")
	before := taxpayers(p)
	p.tell("POST", "clock/advance", `{"by":"16m"}`)
	p.press("Add GSTIN").on("login session-expired")
	if told := p.value("detail"); !strings.Contains(told, "What was filled in had no effect") {
		t.Errorf("the refusal says %q", told)
	}
	p.press("Login with Client ID").typeIn(gsp...).press("Login").on("dummy-gstins")
	if after := taxpayers(p); after != before {
		t.Errorf("there were %d taxpayers, and are %d", before, after)
	}
}
