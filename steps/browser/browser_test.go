package browser_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/steps/browser"
	"github.com/nicsim/nicsim/steps/pages"
)

// engine starts a Chromium for a test, and checks that it leaves nothing behind.
func engine(t *testing.T) *browser.Engine {
	t.Helper()
	path, err := chromium.Find("")
	if err != nil {
		t.Skip("there is no Chromium:", err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	before := goleak.IgnoreCurrent()
	e, err := browser.New(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		if err := goleak.Find(before); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "chromedp*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	return e
}

// carried records the requests of a browser's transport.
type carried struct {
	mu    sync.Mutex
	paths []string
}

func (c *carried) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.paths = append(c.paths, r.Method+" "+r.URL.Path)
	c.mu.Unlock()
	return http.DefaultTransport.RoundTrip(r)
}

const formPage = `<!doctype html><link rel=icon href="data:,"><style>.off{display:none} main:has(#r2:checked) .two{display:block}</style><main data-page=form>
<form method=post action=/w/blue/send novalidate><input type=hidden name=form value=t1>
<label for=a>Name</label><input id=a name=a value=old><label for=p>Password</label><input id=p name=p type=password>
<label for=x>Empty</label><input id=x name=x value=old>
<input type=radio id=r1 name=r value=1 checked><label for=r1>One</label><input type=radio id=r2 name=r value=2><label for=r2>Two</label>
<div class="off two"><label for=l>List</label><select id=l name=l><option value="">Select<option value=k>Konkan</select></div>
<div class=off><label for=h>Hidden</label><input id=h name=h></div>
<button>Send</button><button name=other value=1>Other</button></form></main>`

// site has a form. It sets a cookie and shows the values that were sent.
func site(t *testing.T) string {
	t.Helper()
	html := func(w http.ResponseWriter, status int, page string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		fmt.Fprint(w, page)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /w/blue/", func(w http.ResponseWriter, _ *http.Request) { html(w, http.StatusOK, formPage) })
	mux.HandleFunc("POST /w/blue/send", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		http.SetCookie(w, &http.Cookie{Name: "sent", Value: r.PostForm.Encode(), Path: "/w/blue", HttpOnly: true,
			SameSite: http.SameSiteStrictMode})
		w.Header().Set("Location", "/w/blue/sent")
		w.WriteHeader(http.StatusSeeOther)
	})
	mux.HandleFunc("GET /w/blue/sent", func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("sent")
		if err != nil {
			w.Header().Set("Retry-After", "7")
			html(w, http.StatusUnauthorized, `<!doctype html><link rel=icon href="data:,"><main data-page=sent><div role=alert data-problem=session-required data-status=401></div></main>`)
			return
		}
		html(w, http.StatusOK, `<!doctype html><link rel=icon href="data:,"><main data-page=sent><b data-value=sent>`+strings.ReplaceAll(c.Value, "&", "&amp;")+`</b><img src=dot.png></main>`)
	})
	mux.HandleFunc("GET /w/blue/dot.png", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		fmt.Fprint(w, "no picture at all")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/w/blue"
}

func TestPersonFillsInAForm(t *testing.T) {
	e, base, seen := engine(t), site(t), &carried{}
	b, err := e.Open(client.Options{HTTP: &http.Client{Transport: seen}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	screen, err := b.Visit(ctx, base+"/")
	if err != nil {
		t.Fatal(err)
	}
	field := func(label string) pages.Element {
		f, err := screen.Field(label, "")
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	option, err := screen.Option(field("List"), "Konkan")
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"a field that is not shown": b.Type(ctx, field("Hidden"), "x"),
		"a list that is not shown":  b.Choose(ctx, option),
		"a button as a field":       b.Type(ctx, pages.Element{Node: option.Node, Index: 1}, "x"),
	} {
		if err == nil {
			t.Errorf("%s was filled in", what)
		}
	}
	for _, err := range []error{
		b.Type(ctx, field("Name"), "Åsha & co"), b.Type(ctx, field("Password"), "Trial@2024"),
		b.Type(ctx, field("Empty"), ""),
		b.Choose(ctx, field("Two")), b.Choose(ctx, option),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	shot := pages.Shot{PNG: true, Hide: []pages.Element{field("Name")}}
	if picture, err := b.(pages.Photographer).Photograph(ctx, shot); err != nil ||
		!strings.HasPrefix(string(picture), "\x89PNG") {
		t.Errorf("the picture has %d bytes, %v", len(picture), err)
	}
	var shots []string
	for _, text := range []string{"123456", "987654"} {
		if err := b.Type(ctx, field("Name"), text); err != nil {
			t.Fatal(err)
		}
		picture, err := b.(pages.Photographer).Photograph(ctx, shot)
		if err != nil {
			t.Fatal(err)
		}
		shots = append(shots, string(picture))
	}
	if shots[0] != shots[1] {
		t.Error("the picture shows what is typed into a field that was to be hidden")
	}
	if err := b.Type(ctx, field("Name"), "Åsha & co"); err != nil {
		t.Error(err)
	}
	button, err := screen.Button("Send")
	if err != nil {
		t.Fatal(err)
	}
	if screen, err = b.Click(ctx, button); err != nil {
		t.Fatal(err)
	}
	const want = "a=%C3%85sha+%26+co&form=t1&h=&l=k&p=Trial%402024&r=2&x="
	if got := screen.Value("sent"); got != want || screen.Address.Path != "/w/blue/sent" {
		t.Errorf("%s shows %s, want %s", screen.Address, got, want)
	}
	if image, err := b.Image(ctx, base+"/dot.png"); err != nil || string(image) != "no picture at all" {
		t.Errorf("the picture is %q, %v", image, err)
	}
	way := []string{"GET /w/blue/", "POST /w/blue/send", "GET /w/blue/sent", "GET /w/blue/dot.png"}
	if !slices.Equal(seen.paths, way) {
		t.Errorf("carried was %q, want %q", seen.paths, way)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}

	// The next person gets the window without the state of the person before.
	next, err := e.Open(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	screen, err = next.Visit(ctx, base+"/sent")
	if err != nil || screen.Status != http.StatusUnauthorized || screen.Problem() == nil ||
		screen.Header.Get("Retry-After") != "7" {
		t.Errorf("the next person sees %v, %v", screen, err)
	}
	var unreachable *client.Unreachable
	if _, err := next.Visit(ctx, "http://127.0.0.1:1/x"); !errors.As(err, &unreachable) ||
		unreachable.Host != "127.0.0.1:1" {
		t.Errorf("a closed listener: %v", err)
	}
	if _, err := next.Visit(ctx, base+"/dot.png"); err == nil || !strings.Contains(err.Error(), "not a page") {
		t.Errorf("a picture instead of a page: %v", err)
	}
}
