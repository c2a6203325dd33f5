package gspapi_test

import (
	"bytes"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// A password that was entered, rightly or wrongly, is read nowhere: not in an answer, a page, the journal, the log or
// an export.
func TestThePasswordStaysHidden(t *testing.T) {
	t.Parallel()
	p := open(t)
	const wrong = "Misentered@77"
	var seen strings.Builder
	note := func(status int, text string) { seen.WriteString(text) }
	const gsp = "Konkan Tax Gateway"
	note(p.text("POST", p.GSP+connections, entry(gsp, "production", dakshin, "API_dakshin", password)))
	note(p.text("POST", p.GSP+connections, entry(gsp, "production", deccan, "API_dakshin", wrong)))
	note(p.text("POST", p.GSP+connections, entry(gsp, "production", deccan, wrong, wrong)))
	note(p.text("POST", p.GSP+connections, `{"pass":"`+wrong+`"}`))
	_, list := p.json("GET", p.GSP+connections, "")
	note(p.text("GET", p.GSP+connections, ""))
	id := list["connections"].([]any)[0].(map[string]any)["connectionId"].(string)
	note(p.text("PUT", p.GSP+connections+"/"+id, `{"username":"API_dakshin","password":"`+wrong+`"}`))
	for _, path := range []string{"/connections/" + id, "/connections/" + id + "/edit", "/companies/" + konkan} {
		note(p.text("GET", p.GSP+path, ""))
	}
	for _, path := range []string{"/control/v1/requests", "/control/v1/world", "/control/v1/world?with=state",
		"/journal.har", "/journal", "/journal/1"} {
		note(p.text("GET", p.Control+path, ""))
	}
	note(p.form(t, "/companies/"+konkan+"/connect", url.Values{"environment": {"sandbox"}, "gstin": {"nonsense"},
		"username": {"x"}, "password": {wrong}}))
	p.Close() // nothing more is logged
	seen.WriteString(p.log.String())
	for _, secret := range []string{password, wrong} {
		if at := strings.Index(seen.String(), secret); at >= 0 {
			t.Errorf("%s is shown: …%s…", secret, seen.String()[max(0, at-200):at+40])
		}
	}
	if !strings.Contains(seen.String(), "has the shape of no kind") && !strings.Contains(seen.String(), "must have 15") {
		t.Error("the form was not refused")
	}
}

// form sends a form of the page at a path, and returns the page that it leads to.
func (p *place) form(t *testing.T, path string, values url.Values) (int, string) {
	t.Helper()
	jar, _ := cookiejar.New(nil) // never fails without options
	client := &http.Client{Jar: jar, Transport: &http.Transport{Proxy: nil}}
	defer client.CloseIdleConnections()
	w, err := client.Get(p.GSP + path)
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	_, _ = page.ReadFrom(w.Body)
	w.Body.Close()
	values.Set("form", regexp.MustCompile(`name="form" value="([^"]+)"`).FindStringSubmatch(page.String())[1])
	if w, err = client.PostForm(p.GSP+path, values); err != nil {
		t.Fatal(err)
	}
	page.Reset()
	_, _ = page.ReadFrom(w.Body)
	w.Body.Close()
	return w.StatusCode, page.String()
}

// Every page passes the automatic checks of WCAG 2.2 A and AA, at 320 pixels too, and shows the focus.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	page := browsertest.Open(t)
	survey := page.Survey(t, "gsp")
	p := open(t)
	look := func(path string) {
		t.Helper()
		page.Goto(p.GSP + path)
		survey.Look(path)
	}
	look("/")
	look("/companies/" + konkan)
	look("/nowhere")
	connect := "/companies/" + konkan + "/connect"
	look(connect + "?environment=production")
	enter := func(gstin, username, secret string, send func(button string)) {
		t.Helper()
		page.Goto(p.GSP + connect + "?environment=production")
		page.Type("#gstin", gstin)
		page.Type("#username", username)
		page.Type("#password", secret)
		send("form button")
		survey.Look(connect + ", sent")
	}
	enter("nonsense", "x", "y", page.Click)
	if name := page.FocusedName(); name != "GSTIN" {
		t.Errorf("the cursor is in %q", name)
	}
	enter(dakshin, "API_dakshin", password, func(button string) { page.DoubleClick(button, nil) }) // a form counts once
	status := browsertest.Eval[string](page, `document.querySelector("[data-value=status]").textContent`)
	if status != "Active" {
		t.Errorf("the status is %s", status)
	}
	at := strings.TrimPrefix(page.URL(), p.GSP)
	page.Click(page.ButtonNamed("Test again"))
	survey.Look(at)
	look(at + "/edit")
	look(at + "/remove")
	look("/companies/" + konkan)
	page.Goto(p.GSP + at + "/remove")
	page.Click(page.ButtonNamed("Remove"))
	survey.Look("removed")
	if rows := browsertest.Eval[int](page, `document.querySelectorAll("[data-row=connection]").length`); rows != 0 {
		t.Errorf("%d rows are left", rows)
	}
	for _, name := range browsertest.Templates(t, ".") {
		if !slices.Contains(survey.Pages, name) {
			t.Errorf("the test does not visit %s.html", name)
		}
	}
}
