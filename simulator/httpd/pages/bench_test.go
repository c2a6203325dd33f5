package pages_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

// BenchmarkPages shows what a page costs without a connection.
func BenchmarkPages(b *testing.B) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range []string{"/", "/login", "/register", "/companies?through=GSP",
		"/portal/v1/providers?through=GSP"} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				sim.Sandbox.ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
