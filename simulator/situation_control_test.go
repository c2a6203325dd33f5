package simulator_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// situated reads the situation of a world, its faults and one of its settings.
func (f faulty) situated(world string) (name string, faults []string, smsDelay string) {
	f.Helper()
	var now struct {
		Name       string
		Situations []struct{ Name, Teaches string }
		SMSDelay   string
		Faults     []struct{ Name string }
	}
	for _, path := range []string{"/situation", "/settings", "/faults"} {
		document := f.control(world, "GET", path, "", 200)
		if err := json.Unmarshal([]byte(document), &now); err != nil {
			f.Fatal(err)
		}
	}
	for _, l := range now.Faults {
		faults = append(faults, l.Name)
	}
	if len(now.Situations) != 10 || now.Situations[9].Teaches == "" {
		f.Errorf("the situations are %v", now.Situations)
	}
	return now.Name, faults, now.SMSDelay
}

// wants checks what situated reads.
func (f faulty) wants(when, name, smsDelay string, faults ...string) {
	f.Helper()
	gotName, gotFaults, gotDelay := f.situated("w")
	if gotName != name || gotDelay != smsDelay || !slices.Equal(gotFaults, faults) {
		f.Errorf("%s: %s, smsDelay %s, faults %q", when, gotName, gotDelay, gotFaults)
	}
}

// A situation takes the place of the former one. The tester's own faults and settings stay.
func TestSituationControl(t *testing.T) {
	f := openFaulty(t)
	enter := func(name string) {
		t.Helper()
		f.control("w", "PUT", "/situation", `{"name":"`+name+`"}`, 200)
	}
	f.wants("at first", "calm", "0s")
	enter("sms-late")
	f.wants("late", "sms-late", "4m", "sms-late.lost")
	f.set("w", `{"name":"lost","does":{"kind":"hang"},"when":{"user":"x"}}`)
	f.wants("an own fault comes first", "sms-late", "4m", "lost", "sms-late.lost")
	enter("portal-down")
	f.wants("another one", "portal-down", "0s", "lost", "portal-down.portals")
	if got := f.control("w", "PUT", "/situation", `{"name":"stormy"}`, 422); !strings.Contains(got,
		`"situation-unknown"`) || !strings.Contains(got, "must be one of calm, api-down,") {
		t.Error(got)
	}
	f.control("w", "PUT", "/situation", `{"name":"calm","since":1}`, 400)
	f.wants("after refusals", "portal-down", "0s", "lost", "portal-down.portals")

	enter("sms-late")
	f.control("w", "PATCH", "/settings", `{"smsDelay":"9m"}`, 200)
	enter("calm")
	f.wants("a setting that was changed since", "calm", "9m", "lost")
	f.control("w", "PATCH", "/settings", `{"smsDelay":"1m"}`, 200)
	enter("sms-late")
	enter("month-end")
	f.control("w", "DELETE", "/faults/month-end.early-end", "", 204)
	f.wants("one of its faults was removed", "month-end", "2m", "lost", "month-end.lost-answer", "month-end.unsigned",
		"month-end.no-gstn", "month-end.full-portal")
	f.control("w", "DELETE", "/faults", "", 204)
	f.wants("all faults were removed", "calm", "1m")

	f.control("w", "POST", "/faults", `{"name":"calm.own","does":{"kind":"hang"}}`, 422)
	enter("sms-late")
	f.control("w", "POST", "/reset", "", 204)
	f.wants("after a reset", "calm", "0s")
	for n := range 200 {
		f.set("w", `{"name":"own-`+string(rune('a'+n/26))+string(rune('a'+n%26))+`","does":{"kind":"reset"},"when":{"user":"x"}}`)
	}
	if got := f.control("w", "PUT", "/situation", `{"name":"hostile"}`, 422); !strings.Contains(got, "at most 200 faults") {
		t.Error(got)
	}
}

// The faults of a situation happen, and the journal names them.
func TestSituationHappens(t *testing.T) {
	f := openFaulty(t)
	f.control("w", "PUT", "/situation", `{"name":"api-down"}`, 200)
	down, _, err := f.get(f.Sandbox + "/w/w" + ping)
	if err != nil || down.StatusCode != 503 || down.Header.Get("Retry-After") != "60" {
		t.Error(down, err)
	}
	if got := f.counts("w")["api-down.health"]; got != [2]int{1, 1} {
		t.Errorf("counts %v", got)
	}
	if got := f.control("w", "GET", "/requests", "", 200); !strings.Contains(got, `"faults":["api-down.health"]`) {
		t.Error(got)
	}
	f.control("w", "PUT", "/situation", `{"name":"calm"}`, 200)
	if r, _, err := f.get(f.Sandbox + "/w/w" + ping); err != nil || r.StatusCode != 200 {
		t.Error(r, err)
	}
}

// Worlds begin in the situation of the options, or in that of the world file. A reset comes back to it.
func TestSituationAtTheBeginning(t *testing.T) {
	worlds, err := worldfile.Read(strings.NewReader(
		"version: 1\nworlds:\n  - name: late\n    situation: sms-late\n    settings: {smsDelay: 1m}\n"+
			"  - {name: calm, situation: calm}\n  - name: other\n"), "team.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f := faulty{t, simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler), Situation: "portal-down",
		Worlds: worlds}), nil}
	f.client = f.Client()
	want := func(when, world, name, smsDelay string) {
		t.Helper()
		if got, _, delay := f.situated(world); got != name || delay != smsDelay {
			t.Errorf("%s, %s is in %s, with smsDelay %s", when, world, got, delay)
		}
	}
	begins := func(when string) {
		t.Helper()
		want(when, "late", "sms-late", "4m")
		want(when, "calm", "calm", "0s")
		want(when, "other", "portal-down", "0s")
		want(when, "unnamed", "portal-down", "0s")
	}
	begins("at first")
	f.control("calm", "PUT", "/world", f.control("calm", "GET", "/world", "", 200), 200)
	begins("made from its own document")
	for _, world := range []string{"late", "calm", "other", "unnamed"} {
		f.control(world, "PUT", "/situation", `{"name":"hostile"}`, 200)
		f.control(world, "POST", "/reset", "", 204)
	}
	begins("after a reset")
	var saved map[string]any
	if err := json.Unmarshal([]byte(f.control("late", "GET", "/world", "", 200)), &saved); err != nil {
		t.Fatal(err)
	}
	if settings := saved["settings"].(map[string]any); saved["situation"] != "sms-late" || settings["smsDelay"] != "1m" {
		t.Errorf("the document of a world has %v and %v", saved["situation"], settings)
	}
	f.control("late", "PUT", "/situation", `{"name":"calm"}`, 200)
	want("left", "late", "calm", "1m")
	got := f.control("late", "PUT", "/world", `{"situation":"stormy"}`, 422)
	if !strings.Contains(got, `"field":"situation"`) || !strings.Contains(got, "must be one of calm, ") {
		t.Error(got)
	}
	if _, err := simulator.New(simulator.Options{Situation: "stormy"}); err == nil ||
		!strings.Contains(err.Error(), `situation: "stormy" must be one of calm, `) {
		t.Error(err)
	}
}

// A world that is opened again is in the situation that it was in, and leaves it as it would have.
func TestSituationIsOpenedAgain(t *testing.T) {
	kept := disk{}
	ask := func(method, path, body string) string {
		t.Helper()
		s, err := simulator.New(simulator.Options{Seed: "s", Stores: kept})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), method, "/control/v1"+path, strings.NewReader(body))
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		w := httptest.NewRecorder()
		s.Control.ServeHTTP(w, r)
		answer, err := io.ReadAll(w.Body)
		if err != nil || w.Code >= 400 {
			t.Fatalf("%s %s: %d %s, %v", method, path, w.Code, answer, err)
		}
		return string(answer)
	}
	ask("PUT", "/situation", `{"name":"sms-late"}`)
	if got := ask("GET", "/situation", ""); !strings.HasPrefix(got, `{"name":"sms-late"`) {
		t.Error(got)
	}
	if got := ask("GET", "/faults", ""); !strings.Contains(got, `"name":"sms-late.lost"`) {
		t.Error(got)
	}
	ask("PUT", "/situation", `{"name":"calm"}`)
	if got := ask("GET", "/settings", ""); !strings.Contains(got, `"smsDelay":"0s"`) {
		t.Error(got)
	}
}
