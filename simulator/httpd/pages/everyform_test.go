package pages_test

import (
	"regexp"
	"strings"
	"testing"
)

// sending is a button of a form, and the effect of pressing it.
type sending struct {
	form   string            // portal and path, {} for what differs
	button string            // its text
	ready  func(*person)     // opens the page and fills in the form
	leads  string            // the page that it leads to
	effect func(*person) int // counts the effect; nil if a second effect would be refused or visible
}

// Every form has its effect once after a double click, a reload and a step back.
func TestEveryForm(t *testing.T) {
	t.Parallel()
	for _, portal := range []string{"sandbox", "production"} {
		t.Run(portal, func(t *testing.T) {
			t.Parallel()
			p := newPerson(t, "/w/again")
			for _, s := range sendings {
				if strings.HasPrefix(s.form, portal+" ") {
					p.sendsAgain(s)
				}
			}
		})
	}
}

// sendsAgain sends a form by a double click, reloads the page that it leads to, and goes back.
func (p *person) sendsAgain(s sending) {
	p.t.Helper()
	s.ready(p)
	before := s.count(p)
	button := p.named(s.button)
	p.page.SendUnseen(button)
	p.page.DoubleClick(button, nil)
	p.arrived(s, s.leads, "a double click", before)
	p.page.Reload()
	p.arrived(s, s.leads, "a reload", before)
	p.page.Back()
	if at := p.at(); at == "" || strings.HasPrefix(at, "problem") {
		p.t.Errorf("%s, %s: back leads to %q at %s", s.form, s.button, at, p.page.URL())
	}
	if got := s.count(p); s.effect != nil && got != before+1 {
		p.t.Errorf("%s, %s: after back there are %d, and were %d", s.form, s.button, got, before)
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

// inWorld writes an address of a portal as sendings do: the portal's name, and the path in the world.
func (p *place) inWorld(address string) string {
	return strings.NewReplacer(p.sandbox, "sandbox ", p.production, "production ").Replace(address)
}

// knowsTheForms fails the test for a button that a tour showed and that is not in sendings, and the other way
// round. Buttons are named by their form and their text, and have the page that they are on.
func knowsTheForms(t *testing.T, buttons map[string]string) {
	t.Helper()
	known := map[string]bool{}
	for _, s := range sendings {
		pattern := strings.ReplaceAll(s.form, "{}", "[^/ ]+") + " " + regexp.QuoteMeta(s.button)
		is, shown := regexp.MustCompile("^"+pattern+"$"), false
		for button := range buttons {
			if is.MatchString(button) {
				known[button], shown = true, true
			}
		}
		if !shown {
			t.Errorf("no page has the button %q of %s", s.button, s.form)
		}
	}
	for button, page := range buttons {
		if !known[button] {
			t.Errorf("TestEveryForm does not press %s, on page %s", button, page)
		}
	}
}

// The counters of effects.

func sms(p *person) int { return p.messages() }

// letters counts the messages with a client secret.
func letters(p *person) int {
	p.t.Helper()
	return len(p.tell("GET", "inbox?purpose=client-credentials", "")["messages"].([]any))
}

func taxpayers(p *person) int { return len(p.tell("GET", "taxpayers", "")["taxpayers"].([]any)) }

// apiUsers counts the API users of both portals on the dashboard.
func apiUsers(p *person) int {
	p.t.Helper()
	dashboard := p.browser().open(p.control + "/api-users")
	return len(dashboard.marked("data-row", "api-user"))
}

// attempts counts the wrong OTPs of the flow that the page shows.
func attempts(p *person) int {
	left := p.value("attemptsLeft")
	return map[string]int{"3": 0, "2": 1, "1": 2}[left]
}
