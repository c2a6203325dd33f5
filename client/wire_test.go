package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

// exchange is one call that a test expects and the answer, written by hand from the contract.
type exchange struct {
	want   string // method, a space, path and query
	body   string // JSON that must be sent; empty means no body at all
	cookie string // name=value that must be sent, if not empty

	status int
	header map[string]string
	media  string // application/json or, from 400 on, application/problem+json, if empty
	answer string
}

// listen starts a listener that expects these exchanges in their order, and returns its base URL.
func listen(t *testing.T, script ...exchange) string {
	t.Helper()
	var (
		mu   sync.Mutex // guards next
		next int
	)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if next >= len(script) {
			t.Errorf("one call too many: %s %s", r.Method, r.RequestURI)
			http.Error(w, "not expected", http.StatusTeapot)
			return
		}
		x := script[next]
		next++
		x.check(t, r)
		x.write(w)
	}))
	t.Cleanup(func() {
		server.Close()
		if next < len(script) {
			t.Errorf("%d of %d expected calls came; next would be %s", next, len(script), script[next].want)
		}
	})
	return server.URL
}

func (x exchange) check(t *testing.T, r *http.Request) {
	t.Helper()
	if got := r.Method + " " + r.RequestURI; got != x.want {
		t.Errorf("call is %q, want %q", got, x.want)
	}
	if x.cookie != "" && !strings.Contains(r.Header.Get("Cookie"), x.cookie) {
		t.Errorf("%s: cookie %q, want %q", x.want, r.Header.Get("Cookie"), x.cookie)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Errorf("%s: %v", x.want, err)
	}
	if x.body == "" {
		if len(body) > 0 {
			t.Errorf("%s: body %q, want none", x.want, body)
		}
		return
	}
	if got := r.Header.Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("%s: content type %q", x.want, got)
	}
	if diff := cmp.Diff(parse(t, x.body), parse(t, string(body))); diff != "" {
		t.Errorf("%s: body (-want +got):\n%s", x.want, diff)
	}
}

func (x exchange) write(w http.ResponseWriter) {
	media := x.media
	switch {
	case media == "" && x.status >= 400:
		media = "application/problem+json"
	case media == "" && x.status != http.StatusNoContent:
		media = "application/json; charset=utf-8"
	}
	if media != "" {
		w.Header().Set("Content-Type", media)
	}
	for name, value := range x.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(x.status)
	_, _ = io.WriteString(w, x.answer)
}

func parse(t *testing.T, document string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(document), &v); err != nil {
		t.Errorf("%q is not JSON: %v", document, err)
	}
	return v
}

func newSandbox(t *testing.T, base string) *client.Sandbox {
	t.Helper()
	s, err := client.NewSandbox(base, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newProduction(t *testing.T, base string) *client.Production {
	t.Helper()
	p, err := client.NewProduction(base, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newControl(t *testing.T, base string) *client.Control {
	t.Helper()
	c, err := client.NewControl(base, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// method is a row of the tables of calls: an exchange, and the result of the call.
type method[C any] struct {
	name     string
	exchange exchange
	call     func(context.Context, C) (any, error)
	want     any
}

// runMethods performs each row with a listener and a world of its own.
func runMethods[C any](t *testing.T, connect func(*testing.T, string) C, rows []method[C]) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			verb, path, _ := strings.Cut(row.exchange.want, " ")
			row.exchange.want = verb + " /w/blue" + path
			c := connect(t, listen(t, row.exchange)+"/w/blue/")
			got, err := row.call(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// just adapts a call without a result to the tables.
func just(err error) (any, error) { return nil, err }

// as returns the error of type E in err, or fails the test.
func as[E error](t *testing.T, err error) E {
	t.Helper()
	var target E
	if !errors.As(err, &target) {
		t.Fatalf("error is %v (%T), want a %T in it", err, err, target)
	}
	return target
}
