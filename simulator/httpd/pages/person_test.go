package pages_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// person uses a real browser.
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

// typeIn fills in fields by their ids, and the captcha correctly unless it is given. All of it is one script: a
// signed text of 1,000 characters is 3,000 calls to the browser when it is typed by keys, which a busy machine does
// not do in time. The tests of the keyboard press keys.
func (p *person) typeIn(fields ...string) *person {
	p.t.Helper()
	if !slices.Contains(fields, "captcha.answer") {
		if id := p.captchaID(); id != "" {
			fields = append(slices.Clone(fields), "captcha.answer", p.captcha())
		}
	}
	typed, err := json.Marshal(append([]string{}, fields...)) // a list, even without fields
	if err != nil {
		p.t.Fatal(err)
	}
	obstacle := browsertest.Eval[string](p.page, `(fields => {
		for (let i = 0; i + 1 < fields.length; i += 2) {
			const e = document.getElementById(fields[i]);
			e?.focus();
			if (!e || document.activeElement !== e) return fields[i] + " cannot be typed into";
			e.value = fields[i + 1];
			e.dispatchEvent(new InputEvent("input", {bubbles: true}));
		}
		return "";
	})(`+string(typed)+`)`)
	if obstacle != "" {
		p.t.Fatalf("%s: %s", p.page.URL(), obstacle)
	}
	return p
}

// captchaID returns the id of the captcha that the page shows; empty for none.
func (p *person) captchaID() string {
	p.t.Helper()
	return browsertest.Eval[string](p.page, `document.querySelector('input[name=captchaId]')?.value || ""`)
}

// captcha returns the characters of the captcha that the page shows.
func (p *person) captcha() string {
	p.t.Helper()
	return p.tell("GET", "captchas/"+p.captchaID(), "")["answer"].(string)
}

// press clicks on the button with a text, or on a link.
func (p *person) press(text string) *person {
	p.t.Helper()
	p.page.Click(p.named(text))
	return p
}

// named marks the button or link with a text, and returns a selector for it.
func (p *person) named(text string) string {
	p.t.Helper()
	found := browsertest.Eval[bool](p.page, `(text => {
		document.querySelectorAll("[data-test]").forEach(e => e.removeAttribute("data-test"));
		const all = ["main button:not([disabled])", "main a", "header button", "nav a"]
			.flatMap(s => [...document.querySelectorAll(s)]);
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

// at returns the page's name and state, and the code of the problem that it shows.
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

// Values for the fields of forms, as the fixtures have them.
var (
	asDakshin = []string{"gstin", "29ABCCD1234E1Z1", "mobile", "9876543210", "email", "accounts@dakshin.example"}
	asUser    = []string{"username", "dakshin_one", "password", "Testing@123", "confirmPassword", "Testing@123"}
	asVindhya = []string{"pan", "AADCV8642S", "mobile", "9876540005", "email", "api@vindhya.example"}
	asLogin   = []string{"username", "dakshin29", "password", "Dakshin@2024"}
	onRecord  = []string{"gstin", "29ABCCD1234E1Z1", "mobile", "9876543210"}
)

// secret returns the secret of the newest client credentials.
func (p *place) secret() string {
	p.t.Helper()
	return p.tell("GET", "inbox?purpose=client-credentials", "")["messages"].([]any)[0].(map[string]any)["secret"].(string)
}

// choose selects an option of a list.
func (p *person) choose(id, value string) *person { p.t.Helper(); return p.typeIn(id, value) }
