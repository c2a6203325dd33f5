package pages_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// person is somebody in front of a real browser.
type person struct {
	*place
	page *browsertest.Page
}

func newPerson(t *testing.T, prefix string) *person {
	t.Helper()
	page := browsertest.Open(t) // first: it skips where there is no browser
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
	if id := browsertest.Eval[string](p.page, `document.querySelector('input[name=captchaId]')?.value || ""`); id != "" &&
		!given {
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
	found := browsertest.Eval[bool](p.page, `(text => {
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
	return browsertest.Eval[string](p.page, `[document.querySelector("main").dataset.page, document.querySelector("main").dataset.state,
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
	return browsertest.Eval[string](p.page, `document.querySelector("[data-value='`+name+`']")?.textContent || ""`)
}

// The fields of the forms, filled in as on record.
var (
	asDakshin = []string{"gstin", "29ABCCD1234E1Z1", "mobile", "9876543210", "email", "accounts@dakshin.example"}
	asUser    = []string{"username", "dakshin_one", "password", "Testing@123", "confirmPassword", "Testing@123"}
	asVindhya = []string{"pan", "AADCV8642S", "mobile", "9876540005", "email", "api@vindhya.example"}
	asLogin   = []string{"username", "dakshin29", "password", "Dakshin@2024"}
	onRecord  = []string{"gstin", "29ABCCD1234E1Z1", "mobile", "9876543210"}
)

// secret is that of the newest client credentials.
func (p *place) secret() string {
	p.t.Helper()
	return p.tell("GET", "inbox?purpose=client-credentials", "")["messages"].([]any)[0].(map[string]any)["secret"].(string)
}

// choose selects an option.
func (p *person) choose(id, value string) *person {
	p.t.Helper()
	browsertest.Eval[any](p.page, `document.querySelector(`+quote(byIDQuoted(id))+`).value = `+quote(value))
	return p
}

func byIDQuoted(id string) string { return `[id='` + id + `']` }
