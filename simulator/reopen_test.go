package simulator_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// disk keeps the stores of worlds after a simulator has ended, for the next simulator.
type disk map[string]store.Store

func (d disk) Open(_ context.Context, world string) (store.Store, error) {
	s, kept := d[world]
	if !kept {
		return nil, store.ErrNotFound
	}
	return s, nil
}

func (d disk) Make(ctx context.Context, world string, content func(store.Reader) (func(store.Tx) error, error)) (
	store.Store, error,
) {
	d[world] = store.NewMemory()
	return d[world], d[world].Update(ctx, func(tx store.Tx) error {
		put, err := content(tx)
		return errors.Join(err, put(tx))
	})
}

func (d disk) Drop(_ context.Context, world string) error {
	delete(d, world)
	return nil
}

func (d disk) Names(context.Context) ([]string, error) { return nil, nil }

// Changes of the control API are kept for the next simulator with the same stores.
func TestStoresAreOpenedAgain(t *testing.T) {
	kept := disk{}
	ask := func(s *simulator.Simulator, method, path, body string) string {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), method, "/control/v1"+path, strings.NewReader(body))
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		w := httptest.NewRecorder()
		s.Control.ServeHTTP(w, r)
		answer, err := io.ReadAll(w.Body)
		if err != nil || w.Code >= http.StatusBadRequest {
			t.Fatalf("%s %s: %d %s, %v", method, path, w.Code, answer, err)
		}
		return string(answer)
	}
	start := func() *simulator.Simulator {
		t.Helper()
		s, err := simulator.New(simulator.Options{Seed: "s", Stores: kept})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := start()
	ask(first, "PUT", "/clock", `{"mode":"frozen","now":"2030-01-01T09:00:00+05:30"}`)
	ask(first, "POST", "/clock/advance", `{"by":"1h"}`)
	ask(first, "PUT", "/settings", `{"otpMaxSends":7,"rules":{}}`)
	ask(first, "PATCH", "/settings", `{"outage":true}`)
	ask(first, "PATCH", "/taxpayers/29ABCCD1234E1Z1", `{"legalName":"Renamed"}`)
	ask(first, "POST", "/faults", `{"name":"once","does":{"kind":"html"},"often":{"next":1}}`)
	ask(first, "POST", "/faults", `{"name":"third","does":{"kind":"reset"},"often":{"every":3}}`)
	first.Sandbox.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	second := start()
	if got := ask(second, "GET", "/faults", ""); strings.Count(got, `"matched":1`) != 2 ||
		strings.Count(got, `"fired":1`) != 1 {
		t.Errorf("the faults are %s", got)
	}
	for _, path := range []string{"/faults", "/clock", "/settings", "/taxpayers", "/portal-users", "/providers"} {
		before, after := ask(first, "GET", path, ""), ask(second, "GET", path, "")
		if before != after {
			t.Errorf("%s: %s; want %s", path, after, before)
		}
	}
	if got := ask(second, "GET", "/clock", ""); !strings.Contains(got, "2030-01-01T10:00:00") {
		t.Errorf("the clock shows %s", got)
	}
	if got := ask(second, "GET", "/settings", ""); !strings.Contains(got, `"otpMaxSends":7`) ||
		!strings.Contains(got, `"outage":true`) {
		t.Errorf("the settings are %s", got)
	}
}

// A world that is kept goes on: the document is what it began with, and what a reset comes back to.
func TestKeptWorldsOfADocument(t *testing.T) {
	kept := disk{}
	start := func(gstin string) *httptest.Server {
		t.Helper()
		worlds := &worldfile.Document{Version: 1, Worlds: []worldfile.World{{Name: "default", Extends: worldfile.Empty,
			Taxpayers: []worldfile.Taxpayer{{TaxpayerChange: admin.TaxpayerChange{GSTIN: &gstin}}}}}}
		s, err := simulator.New(simulator.Options{Seed: "s", Stores: kept, Worlds: worlds})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(s.Control)
		t.Cleanup(server.Close)
		return server
	}
	has := func(server *httptest.Server, gstin string) bool {
		t.Helper()
		answer, err := server.Client().Get(server.URL + "/control/v1/taxpayers/" + gstin)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	}
	const first, other = "29AWGPV7107B1Z1", "29AWGPV7107B1Z2"
	if server := start(first); !has(server, first) {
		t.Error("the world does not begin with the document")
	}
	server := start(other)
	if !has(server, first) || has(server, other) {
		t.Error("the kept world was made again")
	}
	answer, err := server.Client().Post(server.URL+"/control/v1/reset", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if has(server, first) || !has(server, other) {
		t.Error("the reset did not come back to the document")
	}
}
