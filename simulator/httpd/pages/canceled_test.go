package pages_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

// unplugged calls the production portal without a network, so that a request can be cancelled before it begins.
type unplugged struct {
	t       *testing.T
	sim     *simulator.Simulator
	cookies []*http.Cookie
	page    string
}

// ask sends a form, or opens a page without one, and keeps the cookies.
func (u *unplugged) ask(ctx context.Context, path string, sent url.Values) *httptest.ResponseRecorder {
	u.t.Helper()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	if sent != nil {
		r = httptest.NewRequestWithContext(ctx, http.MethodPost, path, strings.NewReader(sent.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range u.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	u.sim.Production.ServeHTTP(w, r)
	u.page = w.Body.String()
	u.cookies = append(u.cookies, w.Result().Cookies()...)
	return w
}

// field is the value of a hidden field of the page.
func (u *unplugged) field(name string) string {
	u.t.Helper()
	found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(u.page)
	if found == nil {
		u.t.Fatalf("the page has no field %s", name)
	}
	return found[1]
}

// A browser cancels the first request of a double click. The form still has its effect, and the second request
// gets its answer. A logout that is cancelled does not say that it was done.
func TestACancelledFormIsDone(t *testing.T) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	u := &unplugged{t: t, sim: sim}
	u.ask(t.Context(), "/login", nil)
	id := u.field("captchaId")
	answer := httptest.NewRecorder()
	sim.Control.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/control/v1/captchas/"+id,
		nil))
	sent := url.Values{
		"form": {u.field("form")}, "captchaId": {id}, "username": {"dakshin29"}, "password": {"Dakshin@2024"},
		"captcha.answer": {strings.Split(answer.Body.String(), `"`)[3]},
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	first, second := u.ask(gone, "/login", sent), u.ask(t.Context(), "/login", sent)
	if first.Code != http.StatusSeeOther || second.Code != http.StatusSeeOther {
		t.Fatalf("the clicks were answered %d and %d", first.Code, second.Code)
	}
	if a, b := first.Result().Cookies(), second.Result().Cookies(); len(a) == 0 || len(b) == 0 ||
		a[0].Value != b[0].Value {
		t.Errorf("the clicks made the sessions %v and %v", a, b)
	}

	u.ask(t.Context(), "/dashboard", nil)
	sent = url.Values{"form": {u.field("form")}}
	if got := u.ask(gone, "/logout", sent); got.Code != http.StatusServiceUnavailable {
		t.Errorf("a cancelled logout was answered %d", got.Code)
	}
	if got := u.ask(t.Context(), "/dashboard", nil); got.Code != http.StatusOK {
		t.Errorf("after it the dashboard was answered %d", got.Code)
	}
	if got := u.ask(t.Context(), "/logout", sent); got.Code != http.StatusSeeOther {
		t.Errorf("another logout was answered %d", got.Code)
	}
}
