package irpapi_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// nowhere is a ResponseWriter that keeps only the status.
type nowhere struct {
	header http.Header
	status int
}

func (n *nowhere) Header() http.Header         { return n.header }
func (n *nowhere) WriteHeader(status int)      { n.status = status }
func (n *nowhere) Write(p []byte) (int, error) { return len(p), nil }

// BenchmarkRead shows what a read of an invoice by IRN costs without a connection and without faults.
func BenchmarkRead(b *testing.B) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	serve := func(h http.Handler) string {
		server := httptest.NewServer(h)
		b.Cleanup(server.Close)
		return server.URL
	}
	s := &site{client: http.DefaultClient, Server: &simtest.Server{URLs: simulator.URLs{
		Control: serve(sim.Control), Sandbox: serve(sim.Sandbox), Production: serve(sim.Production),
	}}}
	w := s.world(b)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	irn := u.generate(invoice("B-1")).good()["Irn"].(string)
	address, err := url.Parse(w.base["sandbox"] + "/eicore/v1.03/Invoice/irn/" + irn)
	if err != nil {
		b.Fatal(err)
	}
	asked := httptest.NewRequestWithContext(b.Context(), http.MethodGet, address.Path, nil)
	asked.Host = address.Host
	for name, value := range u.headers() {
		asked.Header.Set(name, value)
	}
	asked.Header.Set("Accept-Encoding", "gzip")
	asked.Header.Set("User-Agent", "bench")
	b.ReportAllocs()
	for b.Loop() {
		r, answer := asked.Clone(b.Context()), &nowhere{header: http.Header{}}
		if sim.Sandbox.ServeHTTP(answer, r); answer.status != http.StatusOK {
			b.Fatal(answer.status)
		}
	}
}
