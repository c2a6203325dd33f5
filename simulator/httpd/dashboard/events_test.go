package dashboard_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator"
)

// stream reads the events of a world.
type stream struct {
	t     *testing.T
	body  io.ReadCloser
	lines *bufio.Scanner
}

func (v *visitor) events(ctx context.Context) *stream {
	v.t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, v.control+"/events", nil)
	if err != nil {
		v.t.Fatal(err)
	}
	w, err := v.client.Do(r) //nolint:bodyclose // closed when the test ends
	if err != nil {
		v.t.Fatal(err)
	}
	if kind := w.Header.Get("Content-Type"); kind != "text/event-stream" {
		v.t.Fatalf("the stream is %s", kind)
	}
	s := &stream{v.t, w.Body, bufio.NewScanner(w.Body)}
	v.t.Cleanup(func() { s.body.Close() })
	if got := s.next(); got != ":" {
		v.t.Fatalf("the stream begins with %q", got)
	}
	return s
}

// next returns the next line that is not empty.
func (s *stream) next() string {
	s.t.Helper()
	for s.lines.Scan() {
		if line := s.lines.Text(); line != "" {
			return line
		}
	}
	return "end"
}

func (s *stream) changed() {
	s.t.Helper()
	if got := s.next() + s.next(); got != "event: changeddata:" {
		s.t.Fatalf("the stream has %q", got)
	}
}

func TestEventsTellOfChanges(t *testing.T) {
	v := visit(t, "/w/live")
	s := v.events(t.Context())
	v.json("POST", v.sandbox+"/portal/v1/captchas", "")
	s.changed()
	v.json("POST", v.sandbox+"/portal/v1/captchas", "") // at once after an event: not lost
	s.changed()
	v.json("POST", v.control+"/control/v1/clock/advance", `{"by":"1m"}`)
	s.changed()
	v.json("POST", v.control+"/control/v1/reset", "")
	s.changed()
	v.json("PATCH", v.control+"/control/v1/taxpayers/29ABCCD1234E1Z1", `{"mobile":""}`) // of the new world
	s.changed()
	// Page views, and requests to other worlds, do not change this world.
	v.open("/")
	other := strings.TrimSuffix(v.sandbox, "live") + "other"
	v.json("POST", other+"/portal/v1/captchas", "")
	quiet, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
	defer cancel()
	if got := v.events(quiet).next(); got != "end" {
		t.Errorf("the stream has %q", got)
	}
}

// After a world ends, its streams follow the next world of the same name.
func TestEventsFollowTheNextWorldOfTheName(t *testing.T) {
	v := visit(t, "/w/live")
	s := v.events(t.Context())
	v.json("DELETE", strings.TrimSuffix(v.control, "/w/live")+"/control/v1/worlds/live", "")
	s.changed()
	v.json("POST", v.sandbox+"/portal/v1/captchas", "") // of the new world
	s.changed()
}

// A stream ends when the server stops, and does not delay it.
func TestEventsEndWithTheServer(t *testing.T) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	running, err := sim.Start(t.Context(), simulator.Addresses{})
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{Proxy: nil}}
	defer client.CloseIdleConnections()
	v := &visitor{t: t, control: running.URLs.Control, client: client}
	s := v.events(t.Context())
	ended := make(chan string)
	go func() { ended <- s.next() }()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := running.Close(ctx); err != nil {
		t.Errorf("the server did not stop: %v", err)
	}
	if got := <-ended; got != "end" {
		t.Errorf("the stream has %q", got)
	}
	if err := s.lines.Err(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the stream broke: %v", err)
	}
}

// A HEAD of the stream ends: it has no body that could have events.
func TestAHeadOfTheStreamEnds(t *testing.T) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	w := httptest.NewRecorder()
	sim.Control.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodHead, "/events", nil))
	if ctx.Err() != nil || w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/event-stream" {
		t.Errorf("answered %d %v; %v", w.Code, w.Header(), ctx.Err())
	}
}
