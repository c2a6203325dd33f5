package forms_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/forms"
	"github.com/nicsim/nicsim/steps/pages"
)

// site is a portal with two pages: a form, and the page after it, which shows the cookie that the form set.
func site(t *testing.T) string {
	t.Helper()
	page := func(w http.ResponseWriter, status int, main string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<!doctype html><title>t</title><main data-page=p>%s</main>", main)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /w/blue/form", func(w http.ResponseWriter, _ *http.Request) {
		page(w, http.StatusOK, `<form method=post><label for=n>Name</label><input id=n name=name><button>Send</button></form><a href="form#x">Again</a>`)
	})
	mux.HandleFunc("POST /w/blue/form", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || r.Header.Get("Origin") != "http://"+r.Host {
			t.Errorf("the form came as %q from %q", r.Header.Get("Content-Type"), r.Header.Get("Origin"))
		}
		http.SetCookie(w, &http.Cookie{Name: "name", Value: r.FormValue("name"), Path: "/w/blue"})
		http.Redirect(w, r, "/w/blue/hello", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /w/blue/hello", func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("name"); err == nil {
			page(w, http.StatusOK, `<b data-value=name>`+c.Value+`</b>`)
			return
		}
		page(w, http.StatusUnauthorized, `<div role=alert data-problem=session-required data-status=401></div>`)
	})
	mux.HandleFunc("GET /w/blue/json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
	})
	mux.HandleFunc("GET /w/blue/loop", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/w/blue/loop", http.StatusSeeOther)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/w/blue"
}

func open(t *testing.T) pages.Browser {
	t.Helper()
	b, err := forms.Engine{}.Open(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFormIsSentAndCookiesAreKept(t *testing.T) {
	base, mine, other := site(t), open(t), open(t)
	screen, err := mine.Visit(t.Context(), base+"/form")
	if err != nil {
		t.Fatal(err)
	}
	field, err := screen.Field("Name", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := mine.Type(t.Context(), field, "Asha"); err != nil {
		t.Fatal(err)
	}
	button, err := screen.Button("Send")
	if err != nil {
		t.Fatal(err)
	}
	if screen, err = mine.Click(t.Context(), button); err != nil {
		t.Fatal(err)
	}
	if screen.Address.Path != "/w/blue/hello" || screen.Value("name") != "Asha" {
		t.Errorf("the form led to %s, which greets %q", screen.Address, screen.Value("name"))
	}
	if screen, err = other.Visit(t.Context(), base+"/hello"); err != nil || screen.Status != http.StatusUnauthorized ||
		screen.Problem() == nil {
		t.Errorf("another person's browser sees %v, %v", screen, err)
	}
}

func TestLinkIsFollowed(t *testing.T) {
	base, b := site(t), open(t)
	screen, err := b.Visit(t.Context(), base+"/form")
	if err != nil {
		t.Fatal(err)
	}
	link, err := screen.Link("Again")
	if err != nil {
		t.Fatal(err)
	}
	if screen, err = b.Click(t.Context(), link); err != nil || screen.Address.Path != "/w/blue/form" {
		t.Errorf("the link led to %v, %v", screen, err)
	}
}

func TestAnswersThatAreNotPages(t *testing.T) {
	base := site(t)
	for path, violation := range map[string]string{
		"/json": "not a page", "/loop": "10 redirects", "/nowhere": "not a page",
	} {
		if _, err := open(t).Visit(t.Context(), base+path); err == nil || !strings.Contains(err.Error(), violation) {
			t.Errorf("%s: the error is %v, want one with %q", path, err, violation)
		}
	}
	var unreachable *client.Unreachable
	if _, err := open(t).Visit(t.Context(), "http://127.0.0.1:1/"); !errors.As(err, &unreachable) ||
		unreachable.Host != "127.0.0.1:1" {
		t.Errorf("a closed listener: %v", err)
	}
}
