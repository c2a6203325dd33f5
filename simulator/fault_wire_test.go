package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// faulty is a simulator whose faults a test sets.
type faulty struct {
	*testing.T
	*simtest.Server
	client *http.Client
}

func openFaulty(t *testing.T) faulty {
	t.Helper()
	s := simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)})
	client := s.Client()
	client.Transport.(*http.Transport).DisableKeepAlives = true // on a connection that was kept, a GET is sent twice
	return faulty{t, s, client}
}

const ping = "/eivital/v1.04/heartbeat/ping"

// answer is an answer without its body.
type answer struct {
	StatusCode int
	Header     http.Header
}

// send sends a request and returns the answer with as much of its body as there was.
func (f faulty) send(ctx context.Context, method, address, kind, body string) (answer, string, error) {
	f.Helper()
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		f.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	resp, err := f.client.Do(r)
	if err != nil {
		return answer{}, "", err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header}, string(got), err
}

func (f faulty) get(address string) (answer, string, error) {
	f.Helper()
	return f.send(f.Context(), http.MethodGet, address, "", "")
}

// control calls the control API of a world and wants a status.
func (f faulty) control(world, method, path, body string, want int) string {
	f.Helper()
	resp, got, err := f.send(f.Context(), method, f.Control+"/w/"+world+"/control/v1"+path, "application/json", body)
	if err != nil || resp.StatusCode != want {
		f.Fatalf("%s %s: %v %v %s", method, path, resp, err, got)
	}
	return got
}

func (f faulty) set(world, rule string) {
	f.Helper()
	f.control(world, http.MethodPost, "/faults", rule, http.StatusCreated)
}

type entry struct {
	Path   string
	Status int
	Faults []string
}

// journal returns the newest entries of a world, the newest first.
func (f faulty) journal(world string) []entry {
	f.Helper()
	var list struct{ Requests []entry }
	if err := json.Unmarshal([]byte(f.control(world, http.MethodGet, "/requests", "", 200)), &list); err != nil {
		f.Fatal(err)
	}
	return list.Requests
}

// counts are the counts of the faults of a world by their names.
func (f faulty) counts(world string) map[string][2]int {
	f.Helper()
	var list struct {
		Faults []struct {
			Name           string
			Matched, Fired int
		}
	}
	if err := json.Unmarshal([]byte(f.control(world, http.MethodGet, "/faults", "", 200)), &list); err != nil {
		f.Fatal(err)
	}
	counts := map[string][2]int{}
	for _, l := range list.Faults {
		counts[l.Name] = [2]int{l.Matched, l.Fired}
	}
	return counts
}

// Each kind of the wire, as a client sees it, and as the journal has it.
func TestFaultsOfTheWire(t *testing.T) {
	f := openFaulty(t)
	for _, c := range []struct {
		does   string
		see    func(answer, string, error) bool
		status int // in the journal
	}{
		{`{"kind":"latency","delay":"1ms"}`, func(r answer, body string, err error) bool {
			return err == nil && r.StatusCode == 200 && strings.HasPrefix(body, "e-Invoice Vital")
		}, 200},
		{`{"kind":"status","code":429,"body":"{}","contentType":"application/json","retryAfter":"6100ms"}`,
			func(r answer, body string, err error) bool {
				return err == nil && r.StatusCode == 429 && body == "{}" && r.Header.Get("Retry-After") == "7" &&
					r.Header.Get("Content-Type") == "application/json"
			}, 429},
		{`{"kind":"status","code":204}`, func(r answer, body string, err error) bool {
			return err == nil && r.StatusCode == 204 && body == ""
		}, 204},
		{`{"kind":"html"}`, func(r answer, body string, err error) bool {
			return err == nil && r.StatusCode == 502 && strings.Contains(body, "<h1>") &&
				r.Header.Get("Content-Type") == "text/html; charset=utf-8"
		}, 502},
		{`{"kind":"html","code":200}`, func(r answer, body string, err error) bool {
			return err == nil && r.StatusCode == 200 && strings.Contains(body, "maintenance")
		}, 200},
		{`{"kind":"reset"}`, func(_ answer, _ string, err error) bool {
			return errors.Is(err, syscall.ECONNRESET)
		}, 0},
		{`{"kind":"drop-answer"}`, func(_ answer, _ string, err error) bool { return errors.Is(err, io.EOF) }, 200},
		{`{"kind":"truncate","bytes":9}`, func(r answer, body string, err error) bool {
			return errors.Is(err, io.ErrUnexpectedEOF) && r.StatusCode == 200 && body == "e-Invoice"
		}, 200},
		{`{"kind":"truncate"}`, func(_ answer, body string, err error) bool {
			return errors.Is(err, io.ErrUnexpectedEOF) && body == "e-Invoice Vital:-2"[:18]
		}, 200},
		{`{"kind":"drip","over":"20ms"}`, func(r answer, body string, err error) bool {
			return err == nil && r.StatusCode == 200 && len(body) == len("e-Invoice Vital:-27-11-2026 09:01:29")
		}, 200},
	} {
		t.Run(c.does, func(t *testing.T) {
			f.T = t
			world := "wire"
			f.control(world, http.MethodPost, "/reset", "", 204)
			f.set(world, `{"name":"it","when":{"call":"ping"},"does":`+c.does+`,"often":{"next":1}}`)
			address := f.Sandbox + "/w/" + world + ping
			if r, body, err := f.get(address); !c.see(r, body, err) {
				t.Errorf("%v %q %v", r, body, err)
			}
			if r, _, err := f.get(address); err != nil || r.StatusCode != 200 {
				t.Errorf("the next request: %v %v", r, err)
			}
			want := []entry{{Path: "/w/wire" + ping, Status: 200}, {"/w/wire" + ping, c.status, []string{"it"}}}
			if diff := cmp.Diff(want, f.journal(world)); diff != "" {
				t.Errorf("the journal: %s", diff)
			}
			if got := f.counts(world)["it"]; got != [2]int{2, 1} {
				t.Errorf("matched and fired are %v", got)
			}
		})
	}
}

// A latency passes by the wall clock, and goes before another kind.
func TestLatencyWithAnother(t *testing.T) {
	f := openFaulty(t)
	f.set("w", `{"name":"late","does":{"kind":"latency","delay":"30ms","jitter":"1ms"}}`)
	f.set("w", `{"name":"down","does":{"kind":"status","code":503}}`)
	began := time.Now()
	r, _, err := f.get(f.Sandbox + "/w/w" + ping)
	if took := time.Since(began); err != nil || r.StatusCode != 503 || took < 30*time.Millisecond {
		t.Errorf("%v %v after %s", r, err, took)
	}
	if got := f.journal("w")[0].Faults; !slices.Equal(got, []string{"late", "down"}) {
		t.Errorf("fired %q", got)
	}
}

// A hanging request ends with its client, its rule, its world, and the server; so does one that waits.
func TestHangEnds(t *testing.T) {
	for _, does := range []string{`{"kind":"hang"}`, `{"kind":"latency","delay":"10m"}`, `{"kind":"drip","over":"10m"}`} {
		for name, end := range map[string]func(f faulty, giveUp func()){
			"the client gives up":  func(_ faulty, giveUp func()) { giveUp() },
			"its rule is removed":  func(f faulty, _ func()) { f.control("w", "DELETE", "/faults/it", "", 204) },
			"all are removed":      func(f faulty, _ func()) { f.control("w", "DELETE", "/faults", "", 204) },
			"its rule is replaced": func(f faulty, _ func()) { f.set("w", `{"name":"it","does":{"kind":"reset"}}`) },
			"the world is reset":   func(f faulty, _ func()) { f.control("w", "POST", "/reset", "", 204) },
			"the world is ended":   func(f faulty, _ func()) { f.control("other", "DELETE", "/worlds/w", "", 204) },
			"the server stops":     func(f faulty, _ func()) { f.Close() },
		} {
			t.Run(does+" until "+name, func(t *testing.T) {
				f := openFaulty(t)
				f.set("w", `{"name":"it","when":{"environment":"sandbox"},"does":`+does+`}`)
				ctx, giveUp := context.WithCancel(t.Context())
				defer giveUp()
				answered := make(chan error, 1)
				go func() {
					_, _, err := f.send(ctx, http.MethodPost, f.Sandbox+"/w/w/portal/v1/captchas", "application/json", "{}")
					answered <- err
				}()
				for f.counts("w")["it"][1] == 0 { // asks until the fault has fired
					select {
					case err := <-answered:
						t.Fatalf("answered: %v", err)
					default:
					}
				}
				end(f, giveUp)
				if err := <-answered; err == nil && does == `{"kind":"hang"}` {
					t.Error("a hanging request was answered")
				}
			})
		}
	}
}

// Where the connection is not the server's, as in a recorder, a reset aborts the request.
func TestResetWithoutConnection(t *testing.T) {
	sim, err := simulator.New(simulator.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for _, does := range []string{"reset", "drop-answer", "truncate"} {
		post := httptest.NewRequest("POST", "/control/v1/faults", bytes.NewReader([]byte(
			`{"name":"it","does":{"kind":"`+does+`"}}`)))
		post.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		sim.Control.ServeHTTP(w, post)
		if w.Code != 201 {
			t.Fatal(w.Body)
		}
		func() {
			defer func() {
				if cause, _ := recover().(error); !errors.Is(cause, http.ErrAbortHandler) {
					t.Errorf("%s: %v", does, cause)
				}
			}()
			sim.Sandbox.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", ping, nil))
			t.Errorf("%s: returned", does)
		}()
	}
}
