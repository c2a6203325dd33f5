package upstream_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// gateway has a GSP's listener, whose every path sends one request to NIC, and NIC's listener at that path.
type gateway struct {
	send    upstream.Request
	atNIC   func(http.ResponseWriter, *http.Request)
	timeout time.Duration

	got  *http.Request // that NIC received
	in   string        // world in which
	said upstream.Answer
	err  error
}

func (g *gateway) serve(t *testing.T, target, requestID string) {
	t.Helper()
	chance := dice.New("upstream")
	listener := func(env nic.Environment, do httpd.Action) http.Handler {
		return httpd.Listener{
			Worlds: worlds, RequestIDs: chance.Stream("request-id"), Log: slog.New(slog.DiscardHandler), Environment: env,
			Routes: func(router *mux.Router) { router.PathPrefix("/").Handler(do) },
		}.Handler()
	}
	atNIC := listener(nic.Sandbox, func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		g.got, g.in = r, call.World.Name
		if g.atNIC != nil {
			w := httptest.NewRecorder()
			g.atNIC(w, r)
		}
		return httpd.Reply{Body: "answered"}, nil
	})
	atGSP := listener(nic.GSP, func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		to := upstream.NIC{Sandbox: upstream.Handler{Handler: atNIC}, Timeout: g.timeout}
		g.said, g.err = to.Do(r.Context(), call, g.send)
		return httpd.Reply{}, nil
	})
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	r.Header.Set("X-Request-Id", requestID)
	atGSP.ServeHTTP(httptest.NewRecorder(), r)
}

var worlds = world.NewWorlds(world.Options{
	Dice: dice.New("upstream"), Populate: func(context.Context, *world.World) error { return nil },
})

var konkan = store.Provider{ClientID: "AABCK27GSP4K7QX", ClientSecret: "KonkanSecret00000002"}

func TestARequestIsSentAsTheCompany(t *testing.T) {
	g := gateway{send: upstream.Request{
		Environment: nic.Sandbox, Company: konkan, Method: http.MethodPost, Path: "/eicore/v1.03/Invoice?a=b",
		Header: http.Header{"Gstin": {"29ABCCD1234E1Z1"}}, Body: []byte("{}"),
	}}
	g.serve(t, "/w/blue/enriched", "call-1")
	if g.err != nil || g.said.Status != http.StatusOK || string(g.said.Body) != "\"answered\"\n" {
		t.Fatalf("%d %q, %v", g.said.Status, g.said.Body, g.err)
	}
	if g.in != "blue" || g.got.Method != http.MethodPost || g.got.URL.RequestURI() != "/eicore/v1.03/Invoice?a=b" {
		t.Errorf("NIC got %s %s in world %s", g.got.Method, g.got.URL.RequestURI(), g.in)
	}
	for name, want := range map[string]string{"Client_id": konkan.ClientID, "Client_secret": konkan.ClientSecret,
		"Gstin": "29ABCCD1234E1Z1", "X-Request-Id": "call-1"} {
		if got := g.got.Header[name]; len(got) != 1 || got[0] != want {
			t.Errorf("header %s is %q; want %q", name, got, want)
		}
	}
	blue, err := worlds.Get(t.Context(), "blue")
	if err != nil {
		t.Fatal(err)
	}
	both := blue.Journal.Exchanges(journal.Filter{})
	if len(both) != 2 || both[0].Environment != nic.GSP || both[1].Environment != nic.Sandbox ||
		both[0].RequestID != "call-1" || both[1].RequestID != "call-1" {
		t.Errorf("the journal has %+v", both)
	}
}

func TestAClientIDOfTheCallerIsKept(t *testing.T) {
	g := gateway{send: upstream.Request{Environment: nic.Sandbox, Company: konkan, Method: http.MethodGet, Path: "/",
		Header: http.Header{"Client_id": {"other"}}}}
	g.serve(t, "http://green.localhost/", "call-2")
	if g.in != "green" || g.got.Header.Get("Client_id") != "other" || g.got.Header["Client_secret"] != nil {
		t.Errorf("NIC got %v in world %s", g.got.Header, g.in)
	}
}

func TestNICUnreachable(t *testing.T) {
	for _, c := range []struct {
		name  string
		atNIC func(http.ResponseWriter, *http.Request)
		also  error
	}{
		{"the connection is closed", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			io.ErrUnexpectedEOF},
		{"NIC does not answer in time", func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			panic(http.ErrAbortHandler)
		}, context.DeadlineExceeded},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gateway{send: upstream.Request{Environment: nic.Sandbox, Method: http.MethodGet, Path: "/"}, atNIC: c.atNIC,
				timeout: time.Millisecond}
			if errors.Is(c.also, io.ErrUnexpectedEOF) {
				g.timeout = time.Hour
			}
			g.serve(t, "/", "call-3")
			if !errors.Is(g.err, upstream.ErrUnreachable) || !errors.Is(g.err, c.also) {
				t.Errorf("the error is %v", g.err)
			}
		})
	}
}
