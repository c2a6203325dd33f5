package scene

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/steps/needs"
)

// The listeners, as the trace names them.
const (
	OnTrial      = "trial"
	OnProduction = "production"
	OnControl    = "control"
	OnGSP        = "gsp"
)

// Exchange is one request and its answer.
type Exchange struct {
	listener     string
	Method, Path string
	sent         []byte
	Status       int
	kind         string      // Content-Type of what was sent
	Header       http.Header // of the answer
	Got          []byte
}

// Trace is what a scenario sent and got, secrets and all: some scenarios look for secrets in it. It
// masks them when it is written out.
type Trace struct {
	mu        sync.Mutex // guards exchanges: a double click sends two requests at once
	exchanges []Exchange

	hider *strings.Replacer // hides the secrets of the target; nil hides nothing
}

// Via is a transport that records what it carries to a listener.
func (t *Trace) Via(listener string, carrier http.RoundTripper) http.RoundTripper {
	return recorder{trace: t, listener: listener, carrier: carrier}
}

// soFar are the exchanges up to now.
func (t *Trace) soFar() []Exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clip(t.exchanges)
}

func (t *Trace) add(e Exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.exchanges = append(t.exchanges, e)
}

// All returns the exchanges with one listener, or with the portals, "".
func (t *Trace) All(listener string) []Exchange {
	var found []Exchange
	for _, e := range t.soFar() {
		if e.listener == listener || listener == "" && e.listener != OnControl {
			found = append(found, e)
		}
	}
	return found
}

// Len is the number of exchanges so far.
func (t *Trace) Len() int {
	return len(t.soFar())
}

// Used are the needs that were used of the control API after the first n exchanges.
func (t *Trace) Used(n int) []needs.Need {
	var used []needs.Need
	for _, e := range t.soFar()[n:] {
		if need := needs.Of(e.Method, e.Path); e.listener == OnControl && need != "" {
			used = append(used, need)
		}
	}
	return used
}

// endsWith reports whether the newest exchange was with that listener.
func (t *Trace) endsWith(listener string) bool {
	all := t.soFar()
	return len(all) > 0 && all[len(all)-1].listener == listener
}

// Last is the newest exchange with a portal, but for what a page loads beside itself.
func (t *Trace) Last() (Exchange, error) {
	for _, e := range slices.Backward(t.All("")) {
		if !e.isDressing() {
			return e, nil
		}
	}
	return Exchange{}, fmt.Errorf("no portal was called yet")
}

// Cookie is what a portal set last under that name, nil if none did.
func (t *Trace) Cookie(name string) *http.Cookie {
	for _, e := range slices.Backward(t.All("")) {
		for _, c := range (&http.Response{Header: e.Header}).Cookies() {
			if c.Name == name {
				return c
			}
		}
	}
	return nil
}

type recorder struct {
	trace    *Trace
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
	r.trace.add(Exchange{
		listener: r.listener, Method: request.Method, Path: request.URL.RequestURI(), sent: sent,
		kind:   request.Header.Get("Content-Type"),
		Status: response.StatusCode, Header: response.Header, Got: got,
	})
	return response, nil
}

// Shown finds the first answer of a portal in which the text stands as a word of its own.
func (t *Trace) Shown(text string) (Exchange, bool) {
	for _, e := range t.All("") {
		if e.Shows(text) {
			return e, true
		}
	}
	return Exchange{}, false
}

// Shows reports whether the answer, in its body or a header, has the text as a word of its own, in
// either case. Pictures are not searched.
func (e Exchange) Shows(text string) bool {
	var b strings.Builder
	if !strings.HasPrefix(e.media(), "image/") {
		b.Write(e.Got)
	}
	for _, values := range e.Header {
		b.WriteString("\n" + strings.Join(values, "\n"))
	}
	word := regexp.MustCompile(`(?i)(^|[^0-9a-z])` + regexp.QuoteMeta(text) + `($|[^0-9a-z])`)
	return word.MatchString(b.String())
}
