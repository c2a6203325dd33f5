package simulator

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

func quiet(t *testing.T, seed string) *Simulator {
	t.Helper()
	sim, err := New(Options{Seed: seed, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return sim
}

// running starts a simulator on free ports, which ends with the test.
func running(t *testing.T, o Options) *Running {
	t.Helper()
	sim, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	run, err := sim.Start(t.Context(), Addresses{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close(t.Context()) })
	return run
}

func TestStartRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	port := taken.Addr().String()
	for _, c := range []struct {
		name      string
		addresses Addresses
		listener  string
		address   string
		why       error // nil for any error
	}{
		{"control's port is taken", Addresses{Control: port}, "control", port, syscall.EADDRINUSE},
		{"the sandbox's is", Addresses{Sandbox: port}, "sandbox", port, syscall.EADDRINUSE},
		{"production's is", Addresses{Production: port}, "production", port, syscall.EADDRINUSE},
		{"the GSP's is", Addresses{GSP: port}, "gsp", port, syscall.EADDRINUSE},
		{"every address", Addresses{Sandbox: ":0"}, "sandbox", ":0", ErrRemote},
		{"every address, in figures", Addresses{Sandbox: "0.0.0.0:0"}, "sandbox", "0.0.0.0:0", ErrRemote},
		{"every address of version 6", Addresses{Control: "[::]:0"}, "control", "[::]:0", ErrRemote},
		{"another machine's name", Addresses{Production: "nic.example:0"}, "production", "nic.example:0", ErrRemote},
		{"control without a token", Addresses{Control: "0.0.0.0:0", AllowRemote: true}, "control", "0.0.0.0:0", ErrOpen},
		{"no port", Addresses{Control: "127.0.0.1"}, "control", "127.0.0.1", nil},
		{"a port that there is not", Addresses{Control: "127.0.0.1:70000"}, "control", "127.0.0.1:70000", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			sim := quiet(t, "start")
			run, err := sim.Start(t.Context(), c.addresses)
			if run != nil {
				t.Fatal("started")
			}
			var refused *ListenError
			if !errors.As(err, &refused) || refused.Listener != c.listener || refused.Address != c.address {
				t.Fatalf("%v", err)
			}
			if c.why != nil && !errors.Is(err, c.why) {
				t.Errorf("%v; want %v", err, c.why)
			}
			if !strings.Contains(err.Error(), c.listener) || !strings.Contains(err.Error(), c.address) {
				t.Errorf("%q does not say which and where", err)
			}
			if sim.ready.Load() {
				t.Error("calls itself ready")
			}
		})
	}
	for name, c := range map[string]struct {
		token string
		Addresses
	}{
		"every address, with a token":  {"a-token-of-24-characters", Addresses{Control: "0.0.0.0:0", AllowRemote: true}},
		"every address, on purpose":    {"", Addresses{Control: "0.0.0.0:0", AllowRemote: true, AllowOpenControl: true}},
		"every address of the portals": {"", Addresses{Sandbox: "0.0.0.0:0", Production: "[::]:0", AllowRemote: true}},
	} {
		t.Run(name, func(t *testing.T) {
			sim, err := New(Options{ControlToken: c.token, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			run, err := sim.Start(t.Context(), c.Addresses)
			if err != nil {
				t.Fatal(err)
			}
			if err := run.Close(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("all ports are closed after an error", func(t *testing.T) {
		free, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := free.Addr().String()
		_ = free.Close()
		if _, err := quiet(t, "start").Start(t.Context(), Addresses{Control: address, Production: port}); err == nil {
			t.Fatal("started")
		}
		again, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatalf("control's port is still taken: %v", err)
		}
		_ = again.Close()
	})
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestStartAndClose(t *testing.T) {
	sim := quiet(t, "start")
	run, err := sim.Start(t.Context(), Addresses{})
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{run.URLs.Control + "/readyz", run.URLs.Sandbox + "/portal/v1/providers"} {
		if status, body := get(t, url); status != http.StatusOK {
			t.Errorf("%s answers %d %s", url, status, body)
		}
	}
	if status, body := get(t, run.URLs.Production+"/portal/v1/session"); status != http.StatusUnauthorized {
		t.Errorf("production answers %d %s", status, body)
	}
	if err := run.Close(t.Context()); err != nil {
		t.Error(err)
	}
	for _, url := range []string{run.URLs.Control, run.URLs.Sandbox, run.URLs.Production} {
		if conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://")); err == nil {
			conn.Close()
			t.Errorf("%s is still open", url)
		}
	}
	select {
	case err := <-run.Failed():
		t.Errorf("closing is told as a failure: %v", err)
	default:
	}
}

func TestReady(t *testing.T) {
	sim := quiet(t, "start")
	status := func() int {
		w := httptest.NewRecorder()
		sim.Control.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		return w.Code
	}
	if got := status(); got != http.StatusServiceUnavailable {
		t.Errorf("before the listeners are open: %d", got)
	}
	sim.Ready()
	if got := status(); got != http.StatusOK {
		t.Errorf("when ready: %d", got)
	}
}

// A seeded run repeats, from the first request id to the last captcha; another seed
// is another run, and a run without a seed gets an unpredictable one.
func TestSeeds(t *testing.T) {
	run := func(sim *Simulator) string {
		var said strings.Builder
		for range 3 {
			w := httptest.NewRecorder()
			sim.Sandbox.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/w/seeds/portal/v1/captchas", nil))
			body, _, _ := strings.Cut(w.Body.String(), `"expiresAt"`)
			said.WriteString(w.Header().Get("X-Request-Id") + body)
		}
		return said.String()
	}
	if a, b := run(quiet(t, "one")), run(quiet(t, "one")); a != b {
		t.Errorf("%s\n%s", a, b)
	}
	if a, b := run(quiet(t, "one")), run(quiet(t, "two")); a == b {
		t.Error("two seeds, one run")
	}
	a, b := quiet(t, ""), quiet(t, "")
	if a.Seed == "" || a.Seed == b.Seed || run(a) == run(b) {
		t.Errorf("seeds %q and %q", a.Seed, b.Seed)
	}
}

// fragile are stores that stop to answer.
type fragile struct {
	world.Stores
	broken atomic.Bool
}

func (f *fragile) Open(context.Context, string) (store.Store, error) { return store.NewMemory(), nil }

func (f *fragile) Names(context.Context) ([]string, error) {
	if f.broken.Load() {
		return nil, errors.New("postgres://me:secret@db does not answer")
	}
	return nil, nil
}

// Every listener is ready while the stores of the worlds answer. The reason has no details, which may be secret.
func TestReadyWhileTheStoresAnswer(t *testing.T) {
	stores := &fragile{}
	run := running(t, Options{Stores: stores, Log: slog.New(slog.DiscardHandler)})
	for _, broken := range []bool{false, true} {
		stores.broken.Store(broken)
		for _, base := range []string{run.URLs.Control, run.URLs.Sandbox, run.URLs.Production, run.URLs.GSP} {
			status, body := get(t, base+"/readyz")
			if want := map[bool]int{false: 200, true: 503}[broken]; status != want || strings.Contains(body, "secret") {
				t.Errorf("broken %t: %s is answered %d %s", broken, base, status, body)
			}
			if status, body := get(t, base+"/healthz"); status != 200 {
				t.Errorf("%s/healthz: %d %s", base, status, body)
			}
		}
	}
}
