package scene

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Shown is an exchange as a report shows it: secrets masked, headers left out.
type Shown struct {
	Number     int    // of the exchange in the scenario, from 0
	Listener   string // trial, production or control
	Method     string
	Path       string
	Sent       string // empty if there was no body
	Status     int
	StatusText string
	Got        string // empty if there was no body
}

// Masked returns the exchanges as a report shows them, without what a page loads beside itself.
func (t *Trace) Masked() (all []Shown) {
	for i, e := range t.soFar() {
		if e.isDressing() && e.Status < http.StatusBadRequest && e.media() != "image/png" {
			continue
		}
		s := Shown{Number: i, Listener: e.listener, Method: e.Method, Path: t.hide(e.Path), Status: e.Status,
			StatusText: http.StatusText(e.Status)}
		if len(e.sent) > 0 {
			s.Sent = t.hide(e.maskedSent())
		}
		if len(e.Got) > 0 {
			s.Got = t.hide(e.masked())
		}
		all = append(all, s)
	}
	return all
}

func (t *Trace) hide(text string) string {
	if t.hider == nil {
		return text
	}
	return t.hider.Replace(text)
}

// String writes an exchange in two lines.
func (s Shown) String() string {
	line := fmt.Sprintf("%s: %s %s", s.Listener, s.Method, s.Path)
	if s.Sent != "" {
		line += " " + s.Sent
	}
	line += fmt.Sprintf("\n  %d", s.Status)
	if s.Got != "" {
		line += " " + s.Got
	}
	return line + "\n"
}

// String writes the exchanges for a person.
func (t *Trace) String() string {
	var b strings.Builder
	for _, s := range t.Masked() {
		b.WriteString(s.String())
	}
	return b.String()
}

// Calls names the calls to the portals and the e-Invoice API, each once, in order.
func (t *Trace) Calls() (names []string) {
	for _, e := range t.All("") {
		if name := CallName(e.Method, e.Path); !e.isDressing() && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

var worldPath = regexp.MustCompile(`^/w/[^/]+`)

// collections are the parts of paths that a value follows: an id, a GSTIN, an IRN, a username.
var collections = []string{"api-registrations", "api-users", "captchas", "companies", "connections", "gstin", "irn",
	"logins", "password-resets", "register", "registrations", "syncgstin"}

// CallName names a call by its method and its path, without world, query and the values in the path, as in
// GET /eicore/v1.03/Invoice/irn/….
func CallName(method, path string) string {
	path, _, _ = strings.Cut(worldPath.ReplaceAllString(path, ""), "?")
	parts := strings.Split(path, "/")
	for i := range parts {
		if i > 0 && parts[i] != "" && slices.Contains(collections, parts[i-1]) {
			parts[i] = "…"
		}
	}
	return method + " " + strings.Join(parts, "/")
}

// Call is the name of the call, as CallName gives it.
func (s Shown) Call() string { return CallName(s.Method, s.Path) }
