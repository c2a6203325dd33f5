package simulator_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/store"
)

// disk keeps the stores of worlds after a simulator has ended, for the next simulator.
type disk map[string]store.Store

func (d disk) Open(_ context.Context, world string) (store.Store, bool, error) {
	s, kept := d[world]
	if !kept {
		s = store.NewMemory()
		d[world] = s
	}
	return s, !kept, nil
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
	second := start()
	for _, path := range []string{"/clock", "/settings", "/taxpayers", "/portal-users", "/providers"} {
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
