package pages_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// sending is a button of a form, and what comes of it.
type sending struct {
	form   string            // portal and path, {} for what differs
	button string            // its text
	ready  func(*person)     // opens the page and fills it in
	leads  string            // the page that comes
	effect func(*person) int // goes up by one; nil where a second time would be refused, or shown
}

// Double click, reload and back on every form: each has its effect once, and no page is in the way.
func TestEveryForm(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/again")
	for _, s := range sendings {
		s.ready(p)
		before := s.count(p)
		button := p.named(s.button)
		p.page.SendUnseen(button)
		p.page.DoubleClick(button)
		p.arrived(s, s.leads, "a double click", before)
		p.page.Reload()
		p.arrived(s, s.leads, "a reload", before)
		p.page.Back()
		if at := p.at(); at == "" || strings.HasPrefix(at, "problem") {
			t.Errorf("%s, %s: back leads to %q at %s", s.form, s.button, at, p.page.URL())
		}
		if got := s.count(p); s.effect != nil && got != before+1 {
			t.Errorf("%s, %s: after back there are %d, and were %d", s.form, s.button, got, before)
		}
	}
}

func (s sending) count(p *person) int {
	if s.effect == nil {
		return 0
	}
	return s.effect(p)
}

// arrived fails the test unless the page that comes is shown, and the effect is there once.
func (p *person) arrived(s sending, want, after string, before int) {
	p.t.Helper()
	if got := p.at(); got != want {
		p.t.Fatalf("%s, %s: %s leads to %q at %s, want %q", s.form, s.button, after, got, p.page.URL(), want)
	}
	if got := s.count(p); s.effect != nil && got != before+1 {
		p.t.Errorf("%s, %s: after %s there are %d, and were %d", s.form, s.button, after, got, before)
	}
}

// knowsTheForms fails the test for a button that was seen and is not in sendings, and the other way round.
func (p *place) knowsTheForms(seen []browsertest.Button) {
	p.t.Helper()
	portals := strings.NewReplacer(p.sandbox, "sandbox ", p.production, "production ")
	shows := func(s sending, b browsertest.Button) bool {
		pattern := regexp.MustCompile("^" + strings.ReplaceAll(s.form, "{}", "[^/]+") + "$")
		return s.button == b.Text && pattern.MatchString(portals.Replace(b.Action))
	}
	for _, b := range seen {
		if !slices.ContainsFunc(sendings, func(s sending) bool { return shows(s, b) }) {
			p.t.Errorf("TestEveryForm does not press %q of %s, on page %s", b.Text, b.Action, b.Page)
		}
	}
	for _, s := range sendings {
		if !slices.ContainsFunc(seen, func(b browsertest.Button) bool { return shows(s, b) }) {
			p.t.Errorf("no page has the button %q of %s", s.button, s.form)
		}
	}
}

// What there is one more of.

func sms(p *person) int { return p.messages() }

// letters are the e-mails with a secret.
func letters(p *person) int {
	p.t.Helper()
	return len(p.tell("GET", "inbox?purpose=client-credentials", "")["messages"].([]any))
}

func taxpayers(p *person) int { return len(p.tell("GET", "taxpayers", "")["taxpayers"].([]any)) }

// apiUsers are those of both portals, as the dashboard has them.
func apiUsers(p *person) int {
	p.t.Helper()
	dashboard := p.browser().open(p.control + "/api-users")
	return len(dashboard.marked("data-row", "api-user"))
}

// attempts are the wrong OTPs of the flow that the browser is in.
func attempts(p *person) int {
	left := p.value("attemptsLeft")
	return map[string]int{"3": 0, "2": 1, "1": 2}[left]
}
