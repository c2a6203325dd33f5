package dashboard_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

// BenchmarkOverview measures the overview without a connection, with full lists.
func BenchmarkOverview(b *testing.B) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	for range 20 {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/portal/v1/registrations", strings.NewReader("{}"))
		sim.Sandbox.ServeHTTP(httptest.NewRecorder(), r)
	}
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept", "text/html")
		sim.Control.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code, w.Body)
		}
	}
}
