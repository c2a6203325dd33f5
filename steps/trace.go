package steps

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// The listeners, as the trace names them.
const (
	onTrial      = "trial"
	onProduction = "production"
	onControl    = "control"
)

// exchange is one request and its answer.
type exchange struct {
	listener     string
	method, path string
	sent         []byte
	status       int
	kind         string      // Content-Type of what was sent
	header       http.Header // of the answer
	got          []byte
}

// trace is what a scenario sent and got, secrets and all: some scenarios look for secrets in it. It
// masks them when it is written out.
type trace struct {
	mu        sync.Mutex // guards exchanges: a double click sends two requests at once
	exchanges []exchange
}

// via is a transport that records what it carries to a listener.
func (t *trace) via(listener string, carrier http.RoundTripper) http.RoundTripper {
	return recorder{trace: t, listener: listener, carrier: carrier}
}

type recorder struct {
	trace    *trace
	listener string
	carrier  http.RoundTripper
}

// RoundTrip carries the request and keeps a copy of both bodies. The answer's is read to its end.
func (r recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	var sent []byte
	if request.Body != nil {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, fmt.Errorf("reading the request's body: %w", err)
		}
		if err := request.Body.Close(); err != nil {
			return nil, fmt.Errorf("closing the request's body: %w", err)
		}
		sent = body
		request = request.Clone(request.Context())
		request.Body = io.NopCloser(bytes.NewReader(body))
	}
	response, err := r.carrier.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	got, err := io.ReadAll(response.Body)
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	response.Body = io.NopCloser(bytes.NewReader(got))
	r.trace.add(exchange{
		listener: r.listener, method: request.Method, path: request.URL.RequestURI(), sent: sent,
		kind:   request.Header.Get("Content-Type"),
		status: response.StatusCode, header: response.Header, got: got,
	})
	return response, nil
}

func (t *trace) add(e exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.exchanges = append(t.exchanges, e)
}

// all returns the exchanges with one listener, or with the portals, "".
func (t *trace) all(listener string) []exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	var found []exchange
	for _, e := range t.exchanges {
		if e.listener == listener || listener == "" && e.listener != onControl {
			found = append(found, e)
		}
	}
	return found
}

// endsWith tells whether the newest exchange was with that listener.
func (t *trace) endsWith(listener string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.exchanges) > 0 && t.exchanges[len(t.exchanges)-1].listener == listener
}

// last is the newest exchange with a portal, but for what a page loads beside itself.
func (t *trace) last() (exchange, error) {
	for _, e := range slices.Backward(t.all("")) {
		if !e.isDressing() {
			return e, nil
		}
	}
	return exchange{}, fmt.Errorf("no portal was called yet")
}

// cookie is what a portal set last under that name, nil if none did.
func (t *trace) cookie(name string) *http.Cookie {
	for _, e := range slices.Backward(t.all("")) {
		for _, c := range (&http.Response{Header: e.header}).Cookies() {
			if c.Name == name {
				return c
			}
		}
	}
	return nil
}

// shown finds the first answer of a portal in which the text stands as a word of its own.
func (t *trace) shown(text string) (exchange, bool) {
	for _, e := range t.all("") {
		if e.shows(text) {
			return e, true
		}
	}
	return exchange{}, false
}

// shows tells whether the answer, in its body or a header, has the text as a word of its own, in
// either case. Pictures are passed over: what they show is for people.
func (e exchange) shows(text string) bool {
	var b strings.Builder
	if !strings.HasPrefix(e.media(), "image/") {
		b.Write(e.got)
	}
	for _, values := range e.header {
		b.WriteString("\n" + strings.Join(values, "\n"))
	}
	word := regexp.MustCompile(`(?i)(^|[^0-9a-z])` + regexp.QuoteMeta(text) + `($|[^0-9a-z])`)
	return word.MatchString(b.String())
}

// String writes the exchanges for a person, secrets masked, headers left out.
func (t *trace) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for _, e := range t.exchanges {
		if e.isDressing() && e.status < http.StatusBadRequest && e.media() != "image/png" {
			continue
		}
		fmt.Fprintf(&b, "%s: %s %s", e.listener, e.method, e.path)
		if len(e.sent) > 0 {
			fmt.Fprintf(&b, " %s", e.maskedSent())
		}
		fmt.Fprintf(&b, "\n  %d", e.status)
		if len(e.got) > 0 {
			fmt.Fprintf(&b, " %s", e.masked())
		}
		b.WriteByte('\n')
	}
	return b.String()
}
