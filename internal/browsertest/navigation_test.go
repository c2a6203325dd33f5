package browsertest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// shop counts posts and answers them with 303, as the portals do. With a channel, it closes the channel when the first
// post has arrived, and answers that post only after the browser has given it up.
func shop(t *testing.T, first chan struct{}) (server *httptest.Server, posted *atomic.Int64) {
	t.Helper()
	posted = new(atomic.Int64)
	mux := http.NewServeMux()
	html := func(w http.ResponseWriter, body string) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>x</title>"+body)
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
		_, err := r.Cookie("seen")
		html(w, fmt.Sprintf(`<form method="post" action="/buy"><button>Buy</button></form>
			<a id="there" href="#end">There</a> <a id="on" href="/bought">On</a><p id="end">known: %v</p>`, err == nil))
	})
	mux.HandleFunc("POST /buy", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // a server notices that the client has gone only after it has read the body
		if posted.Add(1) == 1 && first != nil {
			close(first)
			<-r.Context().Done()
		}
		http.Redirect(w, r, "/bought", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /bought", func(w http.ResponseWriter, _ *http.Request) { html(w, "<p>bought</p>") })
	mux.HandleFunc("GET /gone", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusGone)
		html(w, "<p>gone</p>")
	})
	server = httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server, posted
}

const text = "document.body.innerText"

func TestBackAndReload(t *testing.T) {
	server, posted := shop(t, nil)
	p := browsertest.Open(t)
	at := func(path, words string) {
		t.Helper()
		if got := p.URL(); got != server.URL+path {
			t.Fatalf("at %s, want %s", got, path)
		}
		if got := browsertest.Eval[string](p, text); !strings.Contains(got, words) {
			t.Fatalf("the page says %q, want %q", got, words)
		}
	}
	p.Goto(server.URL + "/")
	at("/", "known: false")
	p.Reload()
	at("/", "known: true")
	p.Click("button")
	at("/bought", "bought")
	p.Reload()
	p.Back()
	at("/", "Buy")
	p.Click("#there")
	at("/#end", "Buy")
	p.Click("#on")
	at("/bought", "bought")
	p.Back()
	at("/#end", "Buy")
	p.Back()
	at("/", "Buy")
	p.Goto(server.URL + "/gone")
	at("/gone", "gone")
	if got := posted.Load(); got != 1 {
		t.Errorf("posted %d times", got)
	}
}

func TestDoubleClickSendsAFormTwice(t *testing.T) {
	first := make(chan struct{})
	server, posted := shop(t, first)
	p := browsertest.Open(t)
	p.Goto(server.URL + "/")
	p.DoubleClick("button", first)
	if got := browsertest.Eval[string](p, text); got != "bought" || posted.Load() != 2 {
		t.Errorf("the page says %q after %d posts", got, posted.Load())
	}
}

func TestTabsShareCookiesAndTestsDoNot(t *testing.T) {
	server, _ := shop(t, nil)
	says := func(t *testing.T, p *browsertest.Page, want string) {
		t.Helper()
		p.Goto(server.URL + "/")
		if got := browsertest.Eval[string](p, text); !strings.Contains(got, want) {
			t.Errorf("the page says %q, want %q", got, want)
		}
	}
	one := browsertest.Open(t)
	says(t, one, "known: false")
	says(t, one.NewTab(), "known: true")
	t.Run("another", func(t *testing.T) { says(t, browsertest.Open(t), "known: false") })
	says(t, one, "known: true")
}
