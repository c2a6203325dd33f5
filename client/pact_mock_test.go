//go:build pact

package client_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pact-foundation/pact-go/v2/consumer"
	pactlog "github.com/pact-foundation/pact-go/v2/log"
	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

// interaction is an exchange of the pact between the client and a portal. C is the client's type for that portal.
// Strings and numbers are exact; values that may vary are matchers.
type interaction[C any] struct {
	about string          // its name: the request, in the guide's words if the guide has it
	given []string        // provider states, on top of the fixtures
	after *interaction[C] // a call that the client makes before, such as a login; it is in the pact too
	asks  asked
	gets  answered
	call  func(context.Context, C) (any, error)
	want  any // the result of the call, if it is not a refusal
}

// asked is the request that the client must send. An additional member in the body is a mismatch, as is a missing one.
type asked struct {
	method string
	path   any            // a string, or a value that a provider state gives
	query  string         // as in a URL, if any
	cookie any            // of the session, if one is needed
	header map[string]any // in addition to the cookie and the type of the body
	body   any            // JSON; nil for no body, which a pact cannot require
}

// answered is the answer that the client must understand. It may have more members and headers.
type answered struct {
	status int
	header map[string]any
	body   map[string]any // JSON; nil for any body

	problem *client.Problem // the refusal that the client must return
}

// fixturesState is the first state of every interaction: the portal has the taxpayers, providers and logins of nicsim's
// fixtures, and no registration has begun.
const fixturesState = "the fixtures"

// pact collects the interactions with one portal in a file of a folder of its own.
type pact[C any] struct {
	consumer, provider string
	dir                string
	connect            func(*testing.T, string) C
}

func newPact[C any](t *testing.T, provider string, connect func(*testing.T, string) C) pact[C] {
	t.Helper()
	if err := pactlog.SetLogLevel("ERROR"); err != nil {
		t.Fatal(err)
	}
	return pact[C]{"nicsim-client", provider, t.TempDir(), connect}
}

// record makes the call against a mock of the portal, which refuses a request that differs from the interaction, and
// adds the interaction to the file.
func (p pact[C]) record(t *testing.T, i interaction[C]) {
	t.Helper()
	mock, err := consumer.NewV4Pact(consumer.MockHTTPProviderConfig{
		Consumer: p.consumer, Provider: p.provider, PactDir: p.dir, LogDir: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	steps := []interaction[C]{i}
	if i.after != nil {
		steps = []interaction[C]{*i.after, i}
	}
	for _, step := range steps {
		step.describe(t, mock.AddInteraction())
	}
	err = mock.ExecuteTest(t, func(at consumer.MockServerConfig) error {
		c := p.connect(t, "http://"+net.JoinHostPort(at.Host, strconv.Itoa(at.Port)))
		for _, step := range steps {
			if err := step.perform(t, c); err != nil {
				return err // not t.Fatal: ExecuteTest still prints the mismatches of the mock
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// perform makes the call and compares its result.
func (i interaction[C]) perform(t *testing.T, c C) error {
	t.Helper()
	got, err := i.call(t.Context(), c)
	want := i.want
	refused, ok := errors.AsType[*client.Problem](err)
	switch {
	case i.gets.problem != nil && err == nil:
		return fmt.Errorf("%s: the client takes a refusal for success", i.about)
	case i.gets.problem != nil && ok:
		got, want = refused, i.gets.problem
	case err != nil:
		return fmt.Errorf("%s: %w", i.about, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: what the client reads (-want +got):\n%s", i.about, diff)
	}
	return nil
}

func (i interaction[C]) describe(t *testing.T, to *consumer.V4UnconfiguredInteraction) {
	t.Helper()
	query, err := url.ParseQuery(i.asks.query)
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range append([]string{fixturesState}, i.given...) {
		to.Given(state)
	}
	to.UponReceiving(i.about).
		WithRequestPathMatcher(consumer.Method(i.asks.method), matcher(i.asks.path), func(b *consumer.V4RequestBuilder) {
			for name, values := range query {
				b.Query(name, matchers.String(values[0]))
			}
			if i.asks.cookie != nil {
				b.Header("Cookie", matcher(i.asks.cookie))
			}
			for name, value := range i.asks.header {
				b.Header(name, matcher(value))
			}
			if i.asks.body != nil {
				if i.asks.header["Content-Type"] == nil {
					b.Header("Content-Type", matchers.String("application/json; charset=utf-8"))
				}
				b.JSONBody(i.asks.body)
			}
		}).
		WillRespondWith(i.gets.status, func(b *consumer.V4ResponseBuilder) {
			for name, value := range i.gets.header {
				b.Header(name, matcher(value))
			}
			if i.gets.body == nil {
				return
			}
			media := "application/json; charset=utf-8"
			if i.gets.status >= http.StatusBadRequest {
				media = "application/problem+json"
			}
			b.Header("Content-Type", matchers.String(media))
			b.JSONBody(i.gets.body)
		})
}

// matcher returns the value as a matcher; a string matches itself.
func matcher(v any) matchers.Matcher {
	if s, ok := v.(string); ok {
		return matchers.String(s)
	}
	m, ok := v.(matchers.Matcher)
	if !ok {
		panic("neither a string nor a matcher")
	}
	return m
}
