package forms

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// A desk keeps no more than its bound of what is sent to it: long paths and queries, bodies of which a form keeps a few
// characters, and refusals. A few characters kept the whole body: 10,500 posts occupied 0.6 GB.
func TestADeskIsBoundedInBytes(t *testing.T) {
	const body = 60 << 10
	refused := httpd.Refuse(http.StatusUnprocessableEntity, "wrong", "Wrong", "It is wrong.")
	for _, c := range []struct {
		name string
		path int
		do   func(context.Context) (string, error)
	}{
		{"led on", 30 << 10, func(context.Context) (string, error) { return "/there", nil }},
		{"refused", 30 << 10, func(context.Context) (string, error) { return "", refused }},
		{"failed", 30 << 10, func(context.Context) (string, error) { return "", errors.New("a failure") }},
		{"no outcome", 30 << 10, func(context.Context) (string, error) { return "", nil }},
		{"large body", 10, func(context.Context) (string, error) { return "", nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := NewDesk(dice.New("bounds"), "test")
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			for range 2000 {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/?through=GSP", nil)
				r.RequestURI = "/" + strings.Repeat("p", c.path) + "?through=GSP" // not parsed, which would take most of the time
				r.URL.Path = r.RequestURI[:1+c.path]
				r.AddCookie(&http.Cookie{Name: browserCookie, Value: strings.Repeat("c", 1000)})
				b := desk.Browser(r, &httpd.Call{Asked: r.URL.Path})
				text := strings.Repeat("t", body)
				form := &Kept{Typed: url.Values{text[:5]: {text[5:20]}}, Captcha: text[:36]}
				_, _ = b.Submit(b.Token(), form, c.do)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 2*maxBytes {
				t.Errorf("%d MB are kept", kept>>20)
			}
			runtime.KeepAlive(desk)
		})
	}
}
