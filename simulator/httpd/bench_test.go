package httpd_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

// BenchmarkCall shows what a call costs without a connection and without faults: the pipeline, the journal and a
// small answer.
func BenchmarkCall(b *testing.B) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, path string }{
		{"ping", "/eivital/v1.04/heartbeat/ping"},
		{"session", "/portal/v1/session"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, c.path, nil)
				for name, value := range map[string]string{
					"Client_id": "AAFCC29ERP82ZSO", "Client_secret": "SahyadriSecret000001", "Gstin": "29ABCCD1234E1Z1",
					"User_name": "dakshin_api", "Authtoken": "0123456789abcdefghijklmno", "User-Agent": "bench",
					"Accept-Encoding": "gzip",
				} {
					r.Header[name] = []string{value}
				}
				sim.Sandbox.ServeHTTP(w, r)
				if w.Code >= http.StatusInternalServerError {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}
