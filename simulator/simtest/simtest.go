// Package simtest starts a simulator for the length of a Go test, as net/http/httptest starts a server:
//
//	func TestMyClient(t *testing.T) {
//		sim := simtest.Start(t, simulator.Options{Seed: "example"})
//
//		answer, err := sim.Client().Post(sim.Sandbox+"/portal/v1/captchas", "", nil)
//		if err != nil {
//			t.Fatal(err)
//		}
//		defer answer.Body.Close()
//		if answer.StatusCode != http.StatusCreated {
//			t.Errorf("a captcha was answered with %s", answer.Status)
//		}
//	}
//
// Options.Worlds gives the worlds your own taxpayers, providers and users: see [worldfile.ReadFile].
//
// [worldfile.ReadFile]: https://pkg.go.dev/github.com/nicsim/nicsim/simulator/worldfile#ReadFile
package simtest

import (
	"cmp"
	"context"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator"
)

// Server is a running simulator: Sandbox, Production and Control are its base URLs, on free ports of this machine.
type Server struct {
	simulator.URLs
	Seed string // repeats the run when it is given as simulator.Options.Seed

	running *simulator.Running
}

// closeTimeout is how long Close waits for requests under way.
const closeTimeout = 5 * time.Second

// Start starts a simulator and closes it when the test ends. The seed is that of the options, the environment variable
// NICSIM_SEED or a fresh one, in this order; the test logs it. If the simulator does not start, the test fails.
func Start(t testing.TB, o simulator.Options) *Server {
	t.Helper()
	o.Seed = cmp.Or(o.Seed, os.Getenv("NICSIM_SEED"))
	sim, err := simulator.New(o)
	if err != nil {
		t.Fatalf("making the simulator: %v", err)
	}
	running, err := sim.Start(t.Context(), simulator.Addresses{})
	if err != nil {
		t.Fatalf("starting the simulator: %v", err)
	}
	t.Logf("simulator seed %s", sim.Seed)
	s := &Server{URLs: running.URLs, Seed: sim.Seed, running: running}
	t.Cleanup(s.Close)
	return s
}

// Client returns an HTTP client without cookies and without a proxy.
func (s *Server) Client() *http.Client {
	return &http.Client{Transport: &http.Transport{Proxy: nil}}
}

// Close stops the simulator before the test ends. It may be called twice.
func (s *Server) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	_ = s.running.Close(ctx) // at worst a request under way was cut off
}
