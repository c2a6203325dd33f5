package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
	"github.com/nicsim/nicsim/simulator/world"
)

// A mixed load on many worlds, in one situation after another, leaves no memory and no goroutine behind, and nothing in
// the log. It lasts as long as the variable SOAK says, as in 10m.
func TestSoak(t *testing.T) {
	lasts, err := time.ParseDuration(cmp.Or(os.Getenv("SOAK"), "3s"))
	if err != nil {
		t.Fatalf("SOAK: %v", err)
	}
	t.Run("memory", func(t *testing.T) { soakFor(t, lasts, nil) })
	t.Run("SQLite", func(t *testing.T) {
		data, err := sqlstore.OpenSQLite(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := data.Close(); err != nil {
				t.Error(err)
			}
		})
		soakFor(t, lasts, data)
	})
}

const (
	soakWorkers = 6
	soakPhases  = 6
	// soakSlack is by how many bytes of the heap, and how many goroutines, two moments without a load may differ.
	soakSlackBytes, soakSlackGoroutines = 16 << 20, 8
)

// soak is a load in progress.
type soak struct {
	urls      simulator.URLs
	transport *http.Transport
	key       []byte // of the sandbox

	rounds, registered, refused, unanswered atomic.Int64
}

// usage is what is in use after a phase of a load.
type usage struct {
	Heap       uint64 // bytes
	Goroutines int
}

func soakFor(t *testing.T, lasts time.Duration, stores world.Stores) {
	var log lockedBuffer
	server := simtest.Start(t, simulator.Options{Stores: stores,
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError}))})
	s := &soak{urls: server.URLs, transport: &http.Transport{Proxy: nil, MaxIdleConnsPerHost: soakWorkers}}
	control := s.control(t, "")
	var err error
	if s.key, err = control.PublicKey(t.Context(), client.EnvironmentSandbox); err != nil {
		t.Fatal(err)
	}
	var after [soakPhases]usage
	for phase := range after {
		s.load(t, phase, lasts/soakPhases)
		if err := control.Reset(t.Context()); err != nil { // invoices are kept until then
			t.Fatal(err)
		}
		after[phase] = s.settled(after[0].Goroutines)
		t.Logf("phase %d: %d MiB, %d goroutines", phase+1, after[phase].Heap>>20, after[phase].Goroutines)
	}
	t.Logf("%d rounds, %d invoices, %d refusals, %d calls without an answer", s.rounds.Load(), s.registered.Load(),
		s.refused.Load(), s.unanswered.Load())
	begin, end := after[soakPhases/2-1], after[soakPhases-1]
	if end.Heap > begin.Heap*5/4+soakSlackBytes || end.Goroutines > begin.Goroutines+soakSlackGoroutines {
		t.Errorf("%+v are in use at the end, %+v half way", end, begin)
	}
	if text := log.String(); text != "" {
		t.Errorf("the log has %.2000s", text)
	}
	if s.registered.Load() == 0 || s.refused.Load() == 0 || s.unanswered.Load() == 0 {
		t.Error("the load is not mixed")
	}
}

// settled returns what is in use once connections are closed and garbage is collected. It waits until there are no
// more goroutines than before, for ten seconds at most.
func (s *soak) settled(before int) usage {
	s.transport.CloseIdleConnections()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before && before > 0 && time.Now().Before(end); {
		<-look.C
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return usage{m.HeapAlloc, runtime.NumGoroutine()}
}

// load calls the simulator with several clients at once. One in four rounds is in the world that all share. In the
// first phase each client comes to the end of a round, however slow the machine is.
func (s *soak) load(t *testing.T, phase int, lasts time.Duration) {
	end := time.Now().Add(lasts)
	over := func(n int) bool { return (phase > 0 || n > 0) && time.Now().After(end) }
	names := situation.Names()
	var all sync.WaitGroup
	for worker := range soakWorkers {
		all.Go(func() {
			for n := 0; !over(n); n++ {
				name := fmt.Sprintf("soak-%d-%d-%d", phase, worker, n)
				if n%4 == 3 {
					name = "default"
				}
				s.round(t, name, fmt.Sprintf("S/%d/%d/%d", phase, worker, n), names[(n+worker*3)%len(names)],
					func() bool { return over(n) })
				s.rounds.Add(1)
			}
		})
	}
	all.Wait()
}

// round lives in one world: a registration, calls of the API, what testers look at and change, and its end, which
// comes at once when the phase ends.
func (s *soak) round(t *testing.T, name, number, situation string, over func() bool) {
	ctx, prefix := t.Context(), "/w/"+name
	control := s.control(t, prefix)
	sandbox, err := client.NewSandbox(s.urls.Sandbox+prefix, s.options())
	if err != nil {
		t.Error(err)
		return
	}
	who := client.Credentials{ClientID: "AAFCC29ERP82ZSO", ClientSecret: "SahyadriSecret000001", GSTIN: "29ABCCD1234E1Z1",
		Username: "soaked_api", Password: "Testing@123"}
	api, err := client.NewAPI(s.urls.Sandbox+prefix, who, s.key, s.options())
	if err != nil {
		t.Error(err)
		return
	}
	var irn string
	calls := []func() error{
		func() error { return control.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: frozen}) },
		func() error { return control.SetSituation(ctx, situation) },
		func() error {
			_, err := client.PerformSandbox(ctx, sandbox, client.FromControl(control), client.SandboxPlan{GSTIN: who.GSTIN,
				Mobile: "9876543210", Email: "accounts@dakshin.example", CompanyName: "Sahyadri GST Suvidha",
				ClientID: who.ClientID, Username: "walked_api", Password: who.Password}, nil)
			return err
		},
		func() error {
			return control.AddAPIUser(ctx, client.APIUserRecord{Environment: client.EnvironmentSandbox, Username: who.Username,
				Password: who.Password, GSTIN: who.GSTIN, ClientID: who.ClientID})
		},
		func() error {
			i, err := api.Generate(ctx, invoiceNumbered(number))
			if err == nil {
				irn = i.IRN
				s.registered.Add(1)
			}
			return err
		},
		func() error { _, err := api.Generate(ctx, invoiceNumbered(number)); return err },
		func() error { _, err := api.InvoiceByIRN(ctx, irn); return err },
		func() error { _, err := api.GetEwayBill(ctx, irn); return err },
		func() error { _, err := api.Taxpayer(ctx, "29ABCPD1234E2Z9"); return err },
		func() error { _, err := api.RejectedIRNs(ctx, "20/11/2026"); return err },
		func() error {
			_, err := api.Cancel(ctx, client.Cancellation{IRN: irn, Reason: "1", Remark: "soaked"})
			return err
		},
		func() error { _, err := control.Requests(ctx, client.RequestFilter{}); return err },
		func() error { _, err := control.Inbox(ctx, client.InboxFilter{}); return err },
		func() error { _, err := control.TakeSnapshot(ctx, "s"); return err },
		func() error { return s.look(ctx, prefix) },
		func() error { return control.RestoreSnapshot(ctx, "s") },
		func() error { _, err := control.ReadWorldWithState(ctx); return err },
		func() error { return control.Reset(ctx) },
	}
	if name != "default" {
		defer func() {
			if err := control.DeleteWorld(ctx, name); err != nil {
				t.Errorf("deleting %s: %v", name, err)
			}
		}()
	}
	for _, call := range calls {
		if over() {
			return
		}
		if err := call(); lost(err) || errors.Is(err, context.DeadlineExceeded) {
			s.unanswered.Add(1)
		} else if err != nil {
			s.refused.Add(1)
		}
	}
}

// look opens pages as a browser does.
func (s *soak) look(ctx context.Context, prefix string) error {
	pages := []string{s.urls.Sandbox + prefix + "/", s.urls.Production + prefix + "/login"}
	for _, page := range []string{"/", "/journal", "/inbox", "/api-users", "/invoices", "/faults", "/settings"} {
		pages = append(pages, s.urls.Control+prefix+page)
	}
	for _, page := range pages {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
		if err != nil {
			return err
		}
		answer, err := s.options().HTTP.Do(r)
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
	return nil
}

func (s *soak) control(t *testing.T, prefix string) *client.Control {
	t.Helper()
	control, err := client.NewControl(s.urls.Control+prefix, client.Options{HTTP: &http.Client{Transport: s.transport}})
	if err != nil {
		t.Fatal(err)
	}
	return control
}

// options are those of a client that waits for a quarter of a second: some situations answer late or never.
func (s *soak) options() client.Options {
	return client.Options{HTTP: &http.Client{Transport: s.transport, Timeout: 250 * time.Millisecond}}
}

// lockedBuffer is a log for concurrent use.
type lockedBuffer struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
