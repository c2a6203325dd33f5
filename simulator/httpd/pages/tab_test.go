package pages_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// place is a world of a simulator.
type place struct {
	t                            *testing.T
	sandbox, production, control string
	transport                    *http.Transport
}

func newPlace(t *testing.T, prefix string) *place {
	t.Helper()
	s := simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)})
	p := &place{t, s.Sandbox + prefix, s.Production + prefix, s.Control + prefix, &http.Transport{Proxy: nil}}
	t.Cleanup(p.transport.CloseIdleConnections)
	return p
}

// tell sends JSON to the control API, and returns its answer.
func (p *place) tell(method, path, body string) map[string]any {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.control+"/control/v1/"+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	w, err := p.transport.RoundTrip(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer w.Body.Close()
	var answer map[string]any
	_ = json.NewDecoder(w.Body).Decode(&answer) // 204 has none
	if w.StatusCode >= 400 {
		p.t.Fatalf("%s %s: %d %v", method, path, w.StatusCode, answer)
	}
	return answer
}

// otp returns the newest OTP in the inbox.
func (p *place) otp() string {
	p.t.Helper()
	messages, _ := p.tell("GET", "inbox", "")["messages"].([]any)
	if len(messages) == 0 {
		p.t.Fatal("the inbox is empty")
	}
	return messages[0].(map[string]any)["otp"].(string)
}

// tab is a tab of a browser without scripts. Tabs of one browser share its cookies.
type tab struct {
	*place
	client *http.Client
	status int
	header http.Header
	at     *url.URL
	text   string // the markup
	doc    *html.Node
}

// browser opens a first tab with no cookies.
func (p *place) browser() *tab {
	jar, _ := cookiejar.New(nil) // never fails without options
	return &tab{place: p, client: &http.Client{Transport: p.transport, Jar: jar}}
}

// another opens another tab of the same browser.
func (b *tab) another() *tab { return &tab{place: b.place, client: b.client} }

func (b *tab) open(address string) *tab {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.load(r)
}

// shown returns the markup without the tokens, which differ each time.
func (b *tab) shown() string {
	return regexp.MustCompile(`name="form" value="[^"]*"`).ReplaceAllString(b.text, "")
}

func (b *tab) load(r *http.Request) *tab {
	b.t.Helper()
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	w, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if kind := w.Header.Get("Content-Type"); kind != "text/html; charset=utf-8" {
		b.t.Fatalf("%s answers %s: %s", r.URL, kind, body)
	}
	b.status, b.header, b.at, b.text = w.StatusCode, w.Header, w.Request.URL, string(body)
	if b.doc, err = html.Parse(strings.NewReader(b.text)); err != nil {
		b.t.Fatal(err)
	}
	return b
}

// click follows a link by its text.
func (b *tab) click(text string) *tab {
	b.t.Helper()
	for _, a := range b.all("a") {
		if words(a) == text {
			to, err := b.at.Parse(attribute(a, "href"))
			if err != nil {
				b.t.Fatal(err)
			}
			return b.open(to.String())
		}
	}
	b.t.Fatalf("%s has no link %q", b.at, text)
	return nil
}

// form is the filled-in form with a button, as it would be sent.
type form struct {
	action string
	values url.Values
}

// fill fills in the form with a button. The arguments are labels and values in turn.
func (b *tab) fill(button string, typed ...string) form {
	b.t.Helper()
	for _, f := range b.all("form") {
		pressed := find(f, "button", func(n *html.Node) bool { return words(n) == button && !has(n, "disabled") })
		if pressed == nil {
			continue
		}
		action, err := b.at.Parse(attribute(f, "action"))
		if err != nil {
			b.t.Fatal(err)
		}
		sent := form{action.String(), initial(f)}
		if name := attribute(pressed, "name"); name != "" {
			sent.values.Set(name, attribute(pressed, "value"))
		}
		for i := 0; i+1 < len(typed); i += 2 {
			b.enter(f, sent.values, typed[i], typed[i+1])
		}
		if id := sent.values.Get("captchaId"); id != "" && !sent.values.Has("newCaptcha") &&
			sent.values.Get("captcha.answer") == "" {
			sent.values.Set("captcha.answer", b.tell("GET", "captchas/"+id, "")["answer"].(string))
		}
		return sent
	}
	b.t.Fatalf("%s has no button %q to press:\n%s", b.at, button, b.text)
	return form{}
}

// press fills in a form and sends it. The captcha is correct unless it is given.
func (b *tab) press(button string, typed ...string) *tab {
	b.t.Helper()
	return b.send(b.fill(button, typed...))
}

func (b *tab) send(f form) *tab {
	b.t.Helper()
	return b.load(b.request(f))
}

func (b *tab) request(f form) *http.Request {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, f.action, strings.NewReader(f.values.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// enter types into the control of a label, or selects it.
func (b *tab) enter(f *html.Node, values url.Values, label, typed string) {
	b.t.Helper()
	for l := range f.Descendants() {
		if l.Data != "label" || words(l) != label {
			continue
		}
		control := find(f, "", func(n *html.Node) bool { return attribute(n, "id") == attribute(l, "for") })
		if attribute(control, "type") == "radio" {
			values.Set(attribute(control, "name"), attribute(control, "value"))
		} else {
			values.Set(attribute(control, "name"), typed)
		}
		return
	}
	b.t.Fatalf("%s has no field %q", b.at, label)
}

// initial returns what an unchanged form sends.
func initial(f *html.Node) url.Values {
	values := url.Values{}
	for n := range f.Descendants() {
		name := attribute(n, "name")
		switch {
		case n.Data == "select":
			chosen := find(n, "option", func(o *html.Node) bool { return has(o, "selected") })
			if chosen == nil {
				chosen = find(n, "option", func(*html.Node) bool { return true })
			}
			values.Set(name, attribute(chosen, "value"))
		case n.Data == "textarea":
			values.Set(name, words(n))
		case n.Data != "input", attribute(n, "type") == "radio" && !has(n, "checked"):
		default:
			values.Set(name, attribute(n, "value"))
		}
	}
	return values
}

// post sends a form and returns the address that its answer leads to, without opening it.
func (b *tab) post(f form) string {
	b.t.Helper()
	w, err := noRedirect(b.client).Do(b.request(f))
	if err != nil {
		b.t.Fatal(err)
	}
	defer w.Body.Close()
	to, err := w.Location()
	if err != nil || w.StatusCode != http.StatusSeeOther {
		b.t.Fatalf("%s answers %d: %v", f.action, w.StatusCode, err)
	}
	return to.String()
}
