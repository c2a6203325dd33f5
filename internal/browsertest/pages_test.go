package browsertest_test

import (
	"bytes"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/nicsim/nicsim/internal/browsertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(browsertest.Main(m)) }

const style = "body{color:#111;background:#fff} .pale{color:#ccc} .wide{width:600px}"

// site serves pages with the strictest policy that still allows their style sheet and forms.
func site(t *testing.T, pages map[string]string) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for path, body := range pages {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'")
			_, _ = io.WriteString(w, `<!doctype html><html lang="en"><title>A page</title>`+
				`<link rel="stylesheet" href="/style.css"><main><h1>A page</h1>`+body+"</main>")
		})
	}
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		_, _ = io.WriteString(w, style)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func TestAxe(t *testing.T) {
	server := site(t, map[string]string{
		"/good": `<form><label for="otp">OTP</label> <input id="otp"> <button>Submit</button></form>`,
		"/bad":  `<form><input id="otp"> <button>Submit</button></form><p class="pale" id="pale">hard to read</p>`,
	})
	p := browsertest.Open(t)
	p.Goto(server.URL + "/good")
	for _, v := range p.Axe(t) {
		t.Errorf("reported on a good page: %v", v)
	}

	p.Goto(server.URL + "/bad")
	found := map[string]browsertest.Violation{}
	for _, v := range p.Axe(t) {
		found[v.Rule] = v
	}
	for rule, target := range map[string]string{"label": "#otp", "color-contrast": "#pale"} {
		v := found[rule]
		if !slices.Contains(v.Targets, target) || v.Impact == "" || !strings.Contains(v.String(), rule) {
			t.Errorf("%s of %s was not reported: %+v", rule, target, v)
		}
	}
	if len(found) != 2 {
		t.Errorf("found %v", found)
	}
}

// A survey reports violations, and lists the pages and buttons that it saw.
func TestSurvey(t *testing.T) {
	server := site(t, map[string]string{
		"/": `<p class="bar">Simulator. This is nicsim, not a government site.</p><form method="post" action="/buy"><label for="n">N</label> <input id="n">
			<button>Buy</button> <button disabled>Sell</button></form><p>or</p>
			<form><button class="plain">Find</button></form><p>or</p><p>look <a href="/">here</a></p>`,
	})
	p := browsertest.Open(t)
	p.Goto(server.URL)
	browsertest.Eval[any](p, `document.querySelector("main").dataset.page = "shop"`)
	s := p.Survey(t, "shop")
	if s.Look("the shop"); len(s.Pages) != 1 || s.Pages[0] != "shop" {
		t.Errorf("the pages are %q", s.Pages)
	}
	want := []browsertest.Button{{Page: "shop", Method: "post", Action: server.URL + "/buy", Text: "Buy"},
		{Page: "shop", Method: "get", Action: server.URL + "/", Text: "Find"}}
	if s.Look("the shop"); !slices.Equal(s.Buttons, want) {
		t.Errorf("the buttons are %v", s.Buttons)
	}
	if got := p.Unfocused(); len(got) != 0 {
		t.Errorf("these elements do not show the focus: %q", got)
	}
	p.Goto(server.URL + "/?")
	browsertest.Eval[any](p, `document.querySelectorAll("a, .plain").forEach(e => e.style.outline = "none")`)
	if got := p.Unfocused(); len(got) != 2 || !strings.Contains(got[0]+got[1], "Find") {
		t.Errorf("these elements do not show the focus: %q, want the link and the button", got)
	}
}

func TestWidth(t *testing.T) {
	server := site(t, map[string]string{"/": `<p class="wide">text</p>`})
	p := browsertest.Open(t)
	p.Goto(server.URL)
	if got := browsertest.Eval[int](p, "innerWidth"); got != browsertest.Width {
		t.Errorf("the window is %d wide", got)
	}
	if p.ScrollsSideways() {
		t.Error("600 pixels scroll sideways in a wide window")
	}
	p.SetWidth(320)
	if !p.ScrollsSideways() {
		t.Error("600 pixels fit into 320")
	}
	shot, err := png.Decode(bytes.NewReader(p.Screenshot()))
	if err != nil {
		t.Fatal(err)
	}
	if got := shot.Bounds().Dx(); got < 600 {
		t.Errorf("the screenshot is %d wide", got)
	}
}

func TestKeys(t *testing.T) {
	server := site(t, map[string]string{
		"/": `<form action="/sent"><label for="name">Name</label> <input id="name" name="name" value="old">
			<fieldset><legend>Through</legend>
			<input type="radio" id="gsp" name="through" value="gsp" checked><label for="gsp">GSP</label>
			<input type="radio" id="erp" name="through" value="erp"><label for="erp">ERP</label></fieldset>
			<label for="state">State</label> <select id="state" name="state"><option>Goa</option>
			<option>Tamil Nadu</option><option>Telangana</option></select>
			<button>Send it</button></form>`,
		"/sent": "<p>sent</p>",
	})
	p := browsertest.Open(t)
	p.Goto(server.URL)
	if got := p.FocusedName(); got != "" {
		t.Errorf("%q has the focus at first", got)
	}
	for _, step := range []struct {
		key  browsertest.Key
		name string
	}{
		{browsertest.Tab, "Name"}, {browsertest.Tab, "GSP"}, {browsertest.Right, "ERP"}, {browsertest.Left, "GSP"},
		{browsertest.Down, "ERP"}, {browsertest.Tab, "State"}, {browsertest.Tab, "Send it"}, {browsertest.ShiftTab, "State"},
	} {
		p.Press(step.key)
		if got := p.FocusedName(); got != step.name {
			t.Fatalf("after %q %q has the focus, want %q", step.key, got, step.name)
		}
	}
	p.Type("#name", "a & b")
	p.Type("#state", "Telangana")
	p.Press(browsertest.Tab, browsertest.Space)
	if got, want := p.URL(), server.URL+"/sent?name=a+%26+b&through=erp&state=Telangana"; got != want {
		t.Errorf("Space on the button led to %s, want %s", got, want)
	}
	p.Back()
	p.Type("#name", "")
	p.Press(browsertest.Enter)
	if got := p.URL(); !strings.Contains(got, "/sent?name=&") {
		t.Errorf("Enter in a field led to %s", got)
	}
}

func TestPrinted(t *testing.T) {
	server := site(t, map[string]string{"/one": "<p>text</p>", "/more": strings.Repeat("<p>text</p>", 60)})
	p := browsertest.Open(t)
	p.Goto(server.URL + "/one")
	if n := p.Printed(); n != 1 {
		t.Errorf("a short page takes %d sheets", n)
	}
	p.Goto(server.URL + "/more")
	if n := p.Printed(); n < 2 || n > 4 {
		t.Errorf("a long page takes %d sheets", n)
	}
}
