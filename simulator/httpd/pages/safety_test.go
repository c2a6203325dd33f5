package pages_test

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// accepted counts the POSTs to paths with an ending that the journal has without a refusal.
func (p *place) accepted(end string) int {
	p.t.Helper()
	n := 0
	for _, r := range p.tell("GET", "requests", "")["requests"].([]any) {
		r := r.(map[string]any)
		if r["method"] == "POST" && strings.HasSuffix(r["path"].(string), end) && r["status"].(float64) == 303 &&
			r["reason"] == nil {
			n++
		}
	}
	return n
}

// messages counts the SMS in the inbox.
func (p *place) messages() int {
	p.t.Helper()
	n := 0
	for _, m := range p.tell("GET", "inbox", "")["messages"].([]any) {
		if m.(map[string]any)["channel"] == "sms" {
			n++
		}
	}
	return n
}

// twice sends a form twice at the same time, and returns the pages that both led to.
func (b *tab) twice(f form) (first, second *tab) {
	b.t.Helper()
	first, second = b.another(), b.another()
	var both sync.WaitGroup
	requests := []*http.Request{b.request(f), b.request(f)}
	for i, t := range []*tab{first, second} {
		both.Go(func() { t.load(requests[i]) })
	}
	both.Wait()
	return first, second
}

func TestDoubleClicksDoThingsOnce(t *testing.T) {
	p := newPlace(t, "/w/double")
	b := p.browser().open(p.sandbox + "/register")
	one, two := b.twice(b.fill("Validate", dakshin...))
	one.on("registration VALIDATED")
	two.on("registration VALIDATED")
	if one.at.String() != two.at.String() {
		t.Fatalf("two registrations began: %s and %s", one.at, two.at)
	}
	one, two = one.twice(one.fill("Send OTP"))
	one.on("registration-otp OTP_SENT")
	two.on("registration-otp OTP_SENT")
	if n := p.messages(); n != 1 {
		t.Errorf("%d SMS were sent", n)
	}
	wrong := one.fill("Submit", "OTP", "000")
	first, second := one.twice(wrong)
	first.refused(422, "otp-mismatch", "otp")
	second.refused(422, "otp-mismatch", "otp")
	if first.value("attemptsLeft") != "2" || second.value("attemptsLeft") != "2" {
		t.Errorf("%s and %s attempts are left", first.value("attemptsLeft"), second.value("attemptsLeft"))
	}
	one, two = first.twice(first.fill("Submit", "OTP", p.otp()))
	one.on("registration-api-user OTP_VERIFIED")
	two.on("registration-api-user OTP_VERIFIED")
	one, two = one.twice(one.fill("Create", append([]string{"GSP", "", "Company Name", "Sahyadri GST Suvidha", "Client ID",
		"AAFCC29ERP82ZSO"}, newUser...)...))
	one.on("registration-acknowledgement COMPLETED")
	two.on("registration-acknowledgement COMPLETED")

	login := p.browser().open(p.production + "/login")
	one, two = login.twice(login.fill("Login", "Username", "dakshin29", "Password", "Dakshin@2024"))
	one.on("session")
	two.on("session")
	one.open(p.production + "/api-registration/user-credentials")
	one, two = one.twice(one.fill("Create API User"))
	if one.at.String() != two.at.String() || p.messages() != 2 {
		t.Errorf("two API registrations began: %s and %s, after %d SMS", one.at, two.at, p.messages())
	}
}

// A reload of the answer to a form, or a step back and the same form again, is the same submission.
func TestReloadAndBack(t *testing.T) {
	p := newPlace(t, "/w/reload")
	b := p.browser().open(p.sandbox + "/register")
	sent := b.fill("Validate", append(append([]string{}, dakshin...), "Phone number", "9876500000")...)
	b.send(sent).refused(422, "contact-mismatch", "mobile")
	shown, refusal := b.shown(), b.at.String()
	if b.send(sent); b.shown() != shown {
		t.Error("sent again, it shows something else")
	}
	if b.open(refusal); b.shown() != shown {
		t.Error("the reload shows something else")
	}
	if code, _ := p.browser().open(refusal).on("registration-form").problem(); code != "" {
		t.Error("another browser sees the refused form")
	}
	right := b.fill("Validate", dakshin...)
	b.another().open(refusal).refused(422, "contact-mismatch", "mobile")
	b.send(right).on("registration VALIDATED")
	here := b.at.String()
	if b.send(right); b.at.String() != here {
		t.Errorf("back and again led to %s, want %s", b.at, here)
	}
	b.press("Send OTP").press("Submit", "OTP", "000").refused(422, "otp-mismatch", "otp")
	refusal = b.at.String()
	b.press("Submit", "OTP", p.otp()).on("registration-api-user OTP_VERIFIED")
	b.open(refusal).on("done OTP_VERIFIED")
}

func TestNewCaptchaKeepsWhatWasTyped(t *testing.T) {
	p := newPlace(t, "/w/captcha")
	b := p.browser().open(p.sandbox + "/register")
	first := b.fill("Validate").values.Get("captchaId")
	b.press("New captcha", "ERP", "", "PAN", "ABCCE1234F", "Phone number", "98", "Email address",
		"x@y.example").on("registration-form")
	again := b.fill("Validate").values
	if again.Get("captchaId") == first || again.Get("category") != "ERP" || again.Get("pan") != "ABCCE1234F" ||
		again.Get("mobile") != "98" {
		t.Errorf("the form is shown again as %v", again)
	}
}

func TestTwoTabs(t *testing.T) {
	p := newPlace(t, "/w/tabs")
	one := p.browser().open(p.sandbox + "/register")
	two := one.another().open(p.sandbox + "/register")
	one.press("Validate", dakshin...).on("registration VALIDATED")
	two.press("Validate", "Taxpayer", "", "GSTIN", "29ABCPD1234E2Z9", "Phone number", "9876529002", "Email address",
		"books@deccan.example")
	two.on("registration VALIDATED")
	one.press("Send OTP")
	first := p.otp()
	two.press("Send OTP")
	two.press("Submit", "OTP", p.otp()).on("registration-api-user OTP_VERIFIED")
	one.press("Submit", "OTP", first).on("registration-api-user OTP_VERIFIED")
	if one.value("gstin") != "29ABCCD1234E1Z1" || two.value("gstin") != "29ABCPD1234E2Z9" {
		t.Errorf("the tabs are for %s and %s", one.value("gstin"), two.value("gstin"))
	}
}

// After another user logs in in a second tab, a page of the first tab does nothing as that user.
func TestTwoLoginsInTwoTabs(t *testing.T) {
	p := newPlace(t, "/w/logins")
	one := p.browser().open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Dakshin@2024")
	one.open(p.production + "/api-registration/user-credentials")
	two := one.another().open(p.production+"/login").press("Login", "Username", "deccan29", "Password",
		"Deccan@2024").on("session")
	one.press("Create API User").refused(409, "other-login")
	if n := p.messages(); n != 0 {
		t.Errorf("%d SMS were sent", n)
	}
	for _, name := range []string{"dakshin29", "deccan29"} {
		if !strings.Contains(one.text, name) {
			t.Errorf("the refusal does not name %s", name)
		}
	}
	two.open(p.production + "/api-registration/user-credentials").press("Create API User").on("api-registration-otp " +
		"OTP_SENT")
	one.press("Create API User") // sent again, the form has its effect
	if one.on("api-registration-otp OTP_SENT"); p.messages() != 2 {
		t.Errorf("%d SMS were sent", p.messages())
	}
}

func TestOtherSitesCannotSendForms(t *testing.T) {
	p := newPlace(t, "/w/csrf")
	for _, c := range []struct {
		name   string
		code   string
		header [2]string
	}{
		{"no token", "form-expired", [2]string{}},
		{"another browser's token", "form-expired", [2]string{}},
		{"another site", "cross-origin", [2]string{"Sec-Fetch-Site", "cross-site"}},
		{"another origin", "cross-origin", [2]string{"Origin", "http://evil.example"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := p.browser().open(p.sandbox + "/register")
			sent := b.fill("Validate", dakshin...)
			switch c.name {
			case "no token":
				sent.values.Del("form")
			case "another browser's token":
				other := p.browser().open(p.sandbox + "/register").fill("Validate")
				sent.values.Set("form", other.values.Get("form"))
			}
			r := b.request(sent)
			if c.header[0] != "" {
				r.Header.Set(c.header[0], c.header[1])
			}
			b.load(r).refused(403, c.code)
			if c.code == "form-expired" { // the form is shown again, as it was filled in
				b.press("Validate", "Taxpayer", "").on("registration VALIDATED")
			}
		})
	}
	if n := p.accepted("/register"); n != 2 {
		t.Errorf("%d forms were accepted", n)
	}
	t.Run("logout", func(t *testing.T) {
		b := p.browser().open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Dakshin@2024")
		sent := b.fill("Logout")
		sent.values.Set("form", "x.y")
		b.send(sent).refused(403, "form-expired")
		if words := b.value("detail"); b.all("form") != nil || strings.Contains(words, "new one") ||
			strings.Contains(words, "send it again") {
			t.Errorf("a page without a form says %q", words)
		}
		b.open(p.production + "/dashboard").on("session")
	})
	t.Run("a body that is not a form", func(t *testing.T) {
		b := p.browser().open(p.sandbox + "/register")
		r := b.request(b.fill("Validate"))
		r.Header.Set("Content-Type", "application/json")
		b.load(r).refused(415, "unsupported-media-type")
		sent := b.open(p.sandbox + "/register").fill("Validate")
		sent.values.Set("gstin", strings.Repeat("x", 65<<10))
		b.send(sent).refused(413, "body-too-large")
	})
}

// The journal has each form without its secrets, the title of each page, and no style sheets.
func TestTheJournalKeepsNoSecrets(t *testing.T) {
	p := newPlace(t, "/w/journal")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP")
	otp := p.otp()
	b.press("Submit", "OTP", otp)
	b.press("Create", append([]string{"GSP", "", "Company Name", "Sahyadri GST Suvidha", "Client ID", "AAFCC29ERP82ZSO"},
		newUser...)...)
	b.open(p.production+"/login").press("Login", "Username", "dakshin29", "Password", "Wrong_2026").refused(401,
		"login-failed")
	w, err := p.transport.RoundTrip(mustRequest(t, p.sandbox+"/assets/style.css"))
	if err != nil {
		t.Fatal(err)
	}
	w.Body.Close()
	requests := p.tell("GET", "requests", "")["requests"]
	text, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{otp, "Testing@123", "Wrong_2026"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the journal has %q", secret)
		}
	}
	for _, want := range []string{
		`"response":{"page":"Acknowledgement"}`, `"gstin":"29ABCCD1234E1Z1"`, `"otp":"***"`, `"password":"***"`,
		`"code":"login-failed"`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the journal lacks %s", want)
		}
	}
	if strings.Contains(string(text), "/assets/") {
		t.Error("the journal has the style sheet")
	}
}

// A body that is not a form is parsed as names of fields, which may be secrets. The journal does not have them.
func TestTheJournalKeepsNoUnknownNames(t *testing.T) {
	p := newPlace(t, "/w/names")
	for _, body := range []string{
		`{"username":"dakshin29","password":"S3cret_Pw1"}`, "S3cret_Pw1&S3cret_Pw1=x&gstin=x", "S3cretPw1",
	} {
		b := p.browser().open(p.production + "/login")
		r := b.request(form{action: p.production + "/login"})
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		b.load(r).refused(403, "form-expired")
	}
	b := p.verifyPage()
	sent := b.fill("Verify")
	sent.values.Set("S3cret_Pw1", "x")
	b.sendFile(sent, "S3cret_Pw2", "a.txt", []byte("x"))
	journal, err := json.Marshal(p.tell("GET", "requests", ""))
	if err != nil {
		t.Fatal(err)
	}
	if text := string(journal); strings.Contains(text, "S3cret") {
		t.Errorf("the journal has a name that is a secret: %s", text)
	}
	for _, want := range []string{`"request":{"others":1}`, `"request":{"gstin":"x","others":1}`,
		`"others":2,"signed":"***"`} {
		if !strings.Contains(string(journal), want) {
			t.Errorf("the journal lacks %s: %s", want, journal)
		}
	}
}

// knowsEachField fails the test if a field was sent whose name the journal does not know.
func (p *place) knowsEachField() {
	p.t.Helper()
	forms := 0
	for _, r := range p.tell("GET", "requests", "")["requests"].([]any) {
		r := r.(map[string]any)
		sent, ok := r["request"].(map[string]any)
		if !ok {
			continue
		}
		forms++
		if sent["others"] != nil {
			p.t.Errorf("the journal does not know a field of %s: %v", r["path"], sent)
		}
	}
	if forms == 0 {
		p.t.Error("no form was sent")
	}
}

// hasScriptOfOthers reports whether a page has a script other than the one that each page loads.
func hasScriptOfOthers(page string) bool {
	own := regexp.MustCompile(`<script src="[a-z/-]*/assets/once.js"></script>`)
	return strings.Contains(own.ReplaceAllString(page, ""), "<script")
}

func TestHostileTextIsText(t *testing.T) {
	p := newPlace(t, "/w/hostile")
	const evil = `"><script>alert(1)</script>`
	b := p.browser().open(p.sandbox + "/register")
	b.press("Validate", "GSTIN", evil, "Phone number", evil, "Email address", evil)
	pages := []string{b.text}
	p.tell("PATCH", "taxpayers/29ABCCD1234E1Z1", `{"legalName":"\"><script>alert(1)</script>"}`)
	pages = append(pages, b.open(p.sandbox+"/register").press("Validate", dakshin...).text)
	pages = append(pages, b.open(p.sandbox+"/companies?through=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text)
	pages = append(pages, b.open(p.sandbox+"/%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text)
	pages = append(pages, b.open(p.production+"/forgot-username/sent?to=%3Cscript%3Ealert(1)").text)
	for _, text := range pages {
		if hasScriptOfOthers(text) {
			t.Errorf("a page has it as markup:\n%s", text)
		}
	}
}
