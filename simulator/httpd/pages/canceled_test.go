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

// A browser gives the first of two clicks up. What it began is done all the same, and the second
// click is answered with it.
func TestAFormThatWasGivenUpIsDone(t *testing.T) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	serve := func(r *http.Request) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		sim.Production.ServeHTTP(w, r)
		return w
	}
	page := serve(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/login", nil))
	field := func(name string) string {
		found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page.Body.String())
		if found == nil {
			t.Fatalf("the page has no field %s", name)
		}
		return found[1]
	}
	id := field("captchaId")
	answer := httptest.NewRecorder()
	sim.Control.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/control/v1/captchas/"+id, nil))
	sent := url.Values{
		"form": {field("form")}, "captchaId": {id}, "username": {"dakshin29"}, "password": {"Dakshin@2024"},
		"captcha.answer": {strings.Split(answer.Body.String(), `"`)[3]},
	}
	click := func(ctx context.Context) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/login", strings.NewReader(sent.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, c := range page.Result().Cookies() {
			r.AddCookie(c)
		}
		return serve(r)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	first, second := click(gone), click(t.Context())
	if first.Code != http.StatusSeeOther || second.Code != http.StatusSeeOther {
		t.Fatalf("the clicks were answered %d and %d", first.Code, second.Code)
	}
	if a, b := first.Result().Cookies(), second.Result().Cookies(); len(a) == 0 || len(b) == 0 || a[0].Value != b[0].Value {
		t.Errorf("the clicks made the sessions %v and %v", a, b)
	}
}
