package pages_test

import (
	"strings"
	"testing"
)

// says fails the test unless the page has all the words, in that order.
func (b *tab) says(words ...string) *tab {
	b.t.Helper()
	text := strings.Join(strings.Fields(b.main()), " ")
	for _, w := range words {
		_, after, ok := strings.Cut(text, w)
		if !ok {
			b.t.Errorf("%s does not say %q in its place: %s", b.at, w, text)
			return b
		}
		text = after
	}
	return b
}

// main returns the text of the main element.
func (b *tab) main() string { return words(b.all("main")[0]) }

// The page for an OTP says how long to wait, and that another OTP was sent.
func TestAPageSaysHowLongToWait(t *testing.T) {
	p := newPlace(t, "/w/waiting")
	p.tell("PUT", "clock", `{"mode":"frozen","now":"2026-04-01T09:30:00+05:30"}`)
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP")
	page := b.at.String()
	b.says("09:40:00 IST (in 10 minutes)", "09:30:30 IST (in 30 seconds)")
	b.press("Resend OTP").refused(429, "otp-too-soon")
	b.says("Try again after 30 seconds")
	p.tell("POST", "clock/advance", `{"by":"30s"}`)
	b.open(page).says("(in 10 minutes)", "(now)")
	b.press("Resend OTP").on("registration-otp OTP_SENT").says("Another OTP was sent", "(in 10 minutes)",
		"(in 30 seconds)")
	if b.open(page); strings.Contains(b.main(), "Another OTP was sent") {
		t.Error("without a resend the page says that another OTP was sent")
	}
	p.tell("POST", "clock/advance", `{"by":"9m30s"}`)
	b.open(b.at.String()).says("(in 30 seconds)", "(now)")
	p.tell("POST", "clock/advance", `{"by":"30s"}`)
	b.open(b.at.String()).says("(expired: ask for another)", "(now)")
}

// A refusal with several violations says how many there are. A refusal whose title is the page's does not repeat it.
func TestHeadingsOfRefusals(t *testing.T) {
	p := newPlace(t, "/w/headed")
	b := p.browser().open(p.sandbox+"/register").press("Validate", "GSTIN", "29", "Phone number", "98", "Email address",
		"none")
	b.refused(422, "gstin-invalid", "gstin", "mobile", "email").says("3 entries need correcting", "Invalid Gstin")
	b.open(p.sandbox+"/nowhere").refused(404, "not-found")
	shown := 0
	for _, h := range append(b.all("h1"), b.all("h2")...) {
		if words(h) == "Not found" && attribute(h, "class") != "hidden" {
			shown++
		}
	}
	if shown != 1 {
		t.Errorf("the page has the heading %d times", shown)
	}
}

func TestAlreadyRegisteredLeadsOn(t *testing.T) {
	p := newPlace(t, "/w/there")
	user := append([]string{"GSP", "", "Company Name", "Sahyadri GST Suvidha", "Client ID", "AAFCC29ERP82ZSO"}, newUser...)
	b := p.browser()
	for _, name := range []string{"dakshin_one", "dakshin_two"} {
		b.open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP").press("Submit", "OTP", p.otp())
		b.press("Create", append(user, "Username", name)...)
	}
	b.refused(409, "already-registered", "clientId").says("Already Registered",
		"log in as that user, or choose another company")
}

// The current section is marked, and entries of the menu without a page are explained.
func TestTheCurrentSectionIsMarked(t *testing.T) {
	p := newPlace(t, "/w/here")
	current := func(b *tab) (names []string) {
		for _, a := range b.all("a") {
			if attribute(a, "aria-current") != "" {
				names = append(names, words(a))
			}
		}
		return names
	}
	b := p.browser()
	for path, want := range map[string]string{"/companies?through=GSP": "Companies", "/tools/verify": "Tools",
		"/login/client": "Login", "/": "", "/register": ""} {
		if got := strings.Join(current(b.open(p.sandbox+path)), " "); got != want {
			t.Errorf("%s is marked as %q, want %q", path, got, want)
		}
	}
	b.open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Dakshin@2024").on("session")
	if !strings.Contains(b.text, "Entries without a link exist at NIC") {
		t.Error("entries without a link are not explained")
	}
}
