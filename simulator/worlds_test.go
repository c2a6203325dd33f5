package simulator

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// blue is a document that names the world blue.
const blue = `version: 1
worlds:
  - name: blue
    extends: empty
    clock: {mode: frozen, now: "2025-03-15T10:00:00+05:30"}
    settings: {otpMaxSends: 7}
    taxpayers: [{gstin: 29AWGPV7107B1Z1}]
`

// controlOf calls the control API of a simulator, which must accept the call.
func controlOf(t *testing.T, s *Simulator, method, path, body string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	s.Control.ServeHTTP(w, r)
	if w.Code >= http.StatusBadRequest {
		t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Body.String()
}

func worldsOf(t *testing.T, document string) *worldfile.Document {
	t.Helper()
	d, err := worldfile.Read(strings.NewReader(document), "blue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A named world begins with its entry, comes back to it however it ends, and is not closed for being idle.
func TestWorldsOfADocument(t *testing.T) {
	now := time.Date(2026, time.November, 27, 9, 0, 0, 0, time.UTC)
	s, err := New(Options{
		Seed: "s", Worlds: worldsOf(t, blue), WorldTTL: time.Minute, Wall: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	names := func() string {
		t.Helper()
		var list struct{ Worlds []struct{ Name string } }
		if err := json.Unmarshal([]byte(controlOf(t, s, "GET", "/control/v1/worlds", "")), &list); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, w := range list.Worlds {
			all = append(all, w.Name)
		}
		return strings.Join(all, " ")
	}
	if got := names(); got != "blue default" {
		t.Errorf("New made the worlds %s", got)
	}
	beginning := controlOf(t, s, "GET", "/w/blue/control/v1/world", "")
	for _, want := range []string{`"29AWGPV7107B1Z1"`, `"otpMaxSends":7`, `2025-03-15T10:00:00+05:30`} {
		if !strings.Contains(beginning, want) {
			t.Errorf("the world begins without %s: %s", want, beginning)
		}
	}
	if strings.Contains(beginning, "providers") {
		t.Errorf("the empty world begins with %s", beginning)
	}
	for how, end := range map[string][2]string{
		"reset": {"POST", "/w/blue/control/v1/reset"}, "deleted": {"DELETE", "/control/v1/worlds/blue"},
	} {
		controlOf(t, s, "POST", "/w/blue/control/v1/taxpayers", `{"gstin":"27AAPFU0939F1ZV","legalName":"Added"}`)
		controlOf(t, s, "PUT", "/w/blue/control/v1/clock", `{"mode":"real"}`)
		controlOf(t, s, "PUT", "/w/blue/control/v1/settings", `{"otpMaxSends":1}`)
		controlOf(t, s, end[0], end[1], "")
		if got := controlOf(t, s, "GET", "/w/blue/control/v1/world", ""); got != beginning {
			t.Errorf("the world that was %s begins with %s", how, got)
		}
	}
	controlOf(t, s, "GET", "/w/red/control/v1/clock", "")
	now = now.Add(time.Minute + 1)
	if got := names(); got != "blue default" {
		t.Errorf("after a minute there are %s", got)
	}
}

// Without a limit, no world is closed.
func TestNoWorldIsClosed(t *testing.T) {
	now := time.Date(2026, time.November, 27, 9, 0, 0, 0, time.UTC)
	s, err := New(Options{Seed: "s", WorldTTL: -1, Wall: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	controlOf(t, s, "GET", "/w/red/control/v1/clock", "")
	now = now.AddDate(1, 0, 0)
	if list := controlOf(t, s, "GET", "/control/v1/worlds", ""); !strings.Contains(list, `"red"`) {
		t.Errorf("after a year there are %s", list)
	}
}

// The settings of the simulator are the base of those of an entry.
func TestSettingsOfADocument(t *testing.T) {
	figures := settings.Default()
	figures.OTPMaxAttempts = 9
	s, err := New(Options{Seed: "s", Worlds: worldsOf(t, blue), Settings: &figures})
	if err != nil {
		t.Fatal(err)
	}
	got := controlOf(t, s, "PUT", "/w/blue/control/v1/settings", "{}")
	if !strings.Contains(got, `"otpMaxAttempts":9`) || !strings.Contains(got, `"otpMaxSends":7`) {
		t.Errorf("the settings are %s", got)
	}
}

// A document that a program makes is checked as a file is.
func TestNewRefusesDocuments(t *testing.T) {
	for name, d := range map[string]worldfile.Document{
		"no version": {Worlds: []worldfile.World{{Name: "blue"}}},
		"a name":     {Version: 1, Worlds: []worldfile.World{{Name: "Blue"}}},
		"a record": {Version: 1, Worlds: []worldfile.World{{Name: "blue", Taxpayers: []worldfile.Taxpayer{
			{TaxpayerChange: admin.TaxpayerChange{GSTIN: new("29")}}}}}},
	} {
		_, err := New(Options{Worlds: &d})
		if wrong, ok := errors.AsType[*worldfile.Error](err); !ok || len(wrong.Mistakes) != 1 {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}
