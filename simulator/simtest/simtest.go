// Package simtest starts a simulator for one Go test, with the verbs of
// net/http/httptest:
//
//	sim := simtest.Start(t, simulator.Options{})
//	resp, err := sim.Client().Post(sim.Sandbox+"/portal/v1/captchas", "", nil)
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

// Server is a simulator on three free loopback ports.
type Server struct {
	simulator.URLs
	Seed string

	running *simulator.Running
}

// patience is how long Close waits for requests under way.
const patience = 5 * time.Second

// Start starts a simulator that is closed when the test ends. Its seed is that of the
// options, or the variable NICSIM_SEED, or a fresh one; it is logged, and repeats the run.
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

// Client returns a client for the server without cookies and without a proxy.
func (s *Server) Client() *http.Client {
	return &http.Client{Transport: &http.Transport{Proxy: nil}}
}

// Close stops the server; it may be called twice.
func (s *Server) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = s.running.Close(ctx) // at worst a request under way was cut off
}
