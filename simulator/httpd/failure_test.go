package httpd_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// failing serves handlers that fail in all possible ways.
func failing(t *testing.T) (*httptest.Server, *world.Worlds, *safeBuffer) {
	t.Helper()
	log := &safeBuffer{}
	worlds := world.NewWorlds(world.Options{Populate: func(_ context.Context, w *world.World) error {
		if w.Name == "broken" {
			return errors.New("the fixtures are gone")
		}
		return nil
	}})
	listener := httpd.Listener{
		Worlds: worlds, RequestIDs: dice.New("s").Stream("request-id"), Environment: nic.Sandbox,
		Log: slog.New(slog.NewJSONHandler(log, nil)),
		Routes: func(router *mux.Router) {
			on := func(path string, action httpd.Action) { httpd.Handle(router, http.MethodPost, path, action) }
			on("/panics", func(*http.Request, *httpd.Call) (httpd.Reply, error) { panic("out of cheese") })
			on("/panics-late", func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
				if err := httpd.NoBody(r, call); err != nil {
					return httpd.Reply{}, err
				}
				panic(errors.New("out of crackers"))
			})
			on("/fails", func(*http.Request, *httpd.Call) (httpd.Reply, error) {
				return httpd.Reply{}, fmt.Errorf("opening the vault: %w", errors.New("the key is bent"))
			})
			on("/unwritable", func(*http.Request, *httpd.Call) (httpd.Reply, error) {
				return httpd.Reply{Body: func() {}}, nil
			})
			on("/given-up", func(*http.Request, *httpd.Call) (httpd.Reply, error) {
				return httpd.Reply{}, fmt.Errorf("waiting: %w", context.Canceled)
			})
			on("/fine", func(*http.Request, *httpd.Call) (httpd.Reply, error) { return httpd.Reply{Body: object{}}, nil })
			router.Path("/aborts").Handler(http.HandlerFunc(func(http.ResponseWriter,
				*http.Request) {
				panic(http.ErrAbortHandler)
			}))
		},
	}
	server := httptest.NewServer(listener.Handler())
	t.Cleanup(server.Close)
	return server, worlds, log
}

// An internal error is answered with 500 and a request id, without the reason. The log has a line with the same id and
// the reason.
func TestFailures(t *testing.T) {
	server, worlds, log := failing(t)
	url, client := server.URL, server.Client()
	for _, c := range []struct {
		path   string
		status int
		code   string
		logged string // empty for no line
	}{
		{"/panics", 500, "internal-error", "out of cheese"},
		{"/panics-late", 500, "internal-error", "out of crackers"},
		{"/fails", 500, "internal-error", "the key is bent"},
		{"/unwritable", 500, "internal-error", "json"},
		{"/w/broken/fine", 500, "internal-error", "the fixtures are gone"},
		{"/given-up", 503, "canceled", ""},
		{"/fine", 200, "", ""},
	} {
		t.Run(c.path, func(t *testing.T) {
			v := &visitor{t: t, client: client}
			id := "try" + strings.ReplaceAll(c.path, "/", "-")
			a := v.ask("POST", url+c.path, nil, "X-Request-Id", id).is(c.status)
			if a.text("code") != c.code || a.header.Get("X-Request-Id") != id {
				t.Errorf("answered %s, %v", a.body, a.header)
			}
			var line struct{ RequestID, Path string }
			var whole string
			for text := range strings.Lines(log.String()) {
				if json.Unmarshal([]byte(text), &line) == nil && line.RequestID == id {
					whole = text
					break
				}
			}
			if c.logged == "" {
				if whole != "" {
					t.Errorf("logged %s", whole)
				}
				return
			}
			if a.text("requestId") != id || bytes.Contains(a.body, []byte(c.logged)) ||
				bytes.Contains(a.body, []byte("goroutine")) {
				t.Errorf("answered %s", a.body)
			}
			if !strings.Contains(whole, c.logged) || line.Path != c.path {
				t.Errorf("logged %q", whole)
			}
		})
	}
	t.Run("the journal has the failures", func(t *testing.T) {
		w, err := worlds.Get(t.Context(), world.Default)
		if err != nil {
			t.Fatal(err)
		}
		got := w.Journal.Exchanges(journal.Filter{})
		if len(got) != 6 || got[5].Status != 500 || got[5].Reason == nil || got[5].Reason.Code != "internal-error" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("a handler that hangs up on purpose", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), "POST", url+"/aborts", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(r)
		if err == nil {
			resp.Body.Close()
			t.Errorf("answered %s", resp.Status)
		} else if !errors.Is(err, io.EOF) {
			t.Errorf("%v", err)
		}
	})
}

// Too many worlds are refused, once all of them are used.
func TestTooManyWorlds(t *testing.T) {
	worlds := world.NewWorlds(world.Options{Max: 2, Populate: func(context.Context, *world.World) error { return nil }})
	listener := httpd.Listener{
		Worlds: worlds, RequestIDs: dice.New("s").Stream("request-id"), Log: slog.New(slog.DiscardHandler),
		Routes: func(router *mux.Router) {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				httpd.Handle(router, method, "/",
					func(*http.Request, *httpd.Call) (httpd.Reply, error) { return httpd.Reply{Body: object{}}, nil })
			}
		},
	}
	server := httptest.NewServer(listener.Handler())
	defer server.Close()
	v := &visitor{t: t, client: server.Client()}
	for _, name := range []string{"seen", "one", "two"} {
		v.asks("GET", server.URL+"/w/"+name+"/", nil, 200)
	}
	v.asks("POST", server.URL+"/w/one/", nil, 200)
	v.asks("POST", server.URL+"/w/two/", nil, 200)
	refused := v.ask("GET", server.URL+"/w/three/", nil)
	refused.refused(503, "too-many-worlds", "")
	if after, err := strconv.Atoi(refused.header.Get("Retry-After")); err != nil || after < 3590 || after > 3600 {
		t.Errorf("Retry-After is %q, want about an hour", refused.header.Get("Retry-After"))
	}
	v.asks("GET", server.URL+"/w/two/", nil, 200)
	v.asks("GET", server.URL+"/", nil, 200) // the world default is always there
}
