package httpd_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/world"
)

// A world with its state is answered, made from its answer in another world, and refused with every mistake.
func TestWorldWithState(t *testing.T) {
	server := open(t)
	v, other := server.visit(t), server.visit(t)
	v.asks("PUT", v.at("/world"), team(), 200)
	v.asks("PUT", v.at("/situation"), object{"name": "month-end"}, 200)
	v.asks("POST", v.at("/faults"), object{"name": "own", "does": object{"kind": "html"}}, 201)
	v.asks("PUT", v.at("/defects"), object{"names": []string{"captcha-reusable"}}, 200)
	shown := v.asks("GET", v.at("/world?with=state"), nil, 200)
	state := shown.doc["state"].(object)
	if state["faults"] == nil || state["defects"] == nil || state["replaced"] == nil || state["invoices"] == nil {
		t.Errorf("the state is %v", state)
	}
	delete(shown.doc, "name")
	made := other.asks("PUT", other.at("/world?with=state"), shown.doc, 200)
	delete(made.doc, "name")
	if diff := cmp.Diff(shown.doc, made.doc); diff != "" {
		t.Errorf("PUT of what GET showed makes another world (-before +after):\n%s", diff)
	}
	for _, path := range []string{"/faults", "/defects", "/situation", "/settings", "/api-users", "/invoices", "/clock"} {
		before, after := v.asks("GET", v.at(path), nil, 200), other.asks("GET", other.at(path), nil, 200)
		if diff := cmp.Diff(before.doc, after.doc); diff != "" {
			t.Errorf("%s (-exported +imported):\n%s", path, diff)
		}
	}
	other.asks("POST", other.at("/reset"), nil, 204)
	if again := other.asks("GET", other.at("/world?with=state"), nil, 200); cmp.Diff(state, again.doc["state"]) != "" {
		t.Error("a reset does not come back to the state")
	}
	shown.doc["state"] = maps.Clone(state)
	shown.doc["state"].(object)["invoices"] = []object{{"irn": 1, "environment": "staging", "x": 1}}
	other.ask("PUT", other.at("/world?with=state"), shown.doc).refused(422, "value-invalid", "",
		"state.invoices[0].environment value-invalid", "state.invoices[0].x member-unknown")
	if again := other.asks("GET", other.at("/world?with=state"), nil, 200); cmp.Diff(state, again.doc["state"]) != "" {
		t.Error("a refused document changed the world")
	}
	for _, method := range []string{"GET", "PUT"} {
		v.ask(method, v.at("/world?with=tokens"), nil).refused(422, "value-invalid", "", "with value-invalid")
	}
}

func TestSnapshots(t *testing.T) {
	v := open(t).visit(t)
	v.asks("PUT", v.at("/clock"), object{"mode": "frozen", "now": "2026-11-27T10:00:00+05:30"}, 200)
	taken := v.asks("POST", v.at("/snapshots"), object{"name": "before"}, 201)
	taken.has(object{"name": "before", "takenAt": "2026-11-27T10:00:00+05:30"})
	if at := taken.header.Get("Location"); !strings.HasSuffix(at, "/control/v1/snapshots/before") {
		t.Errorf("Location is %q", at)
	}
	v.asks("PUT", v.at("/situation"), object{"name": "month-end"}, 200)
	v.asks("POST", v.at("/clock/advance"), object{"by": "1h"}, 200)
	v.asks("POST", v.at("/taxpayers"), object{"gstin": "27AAPFU0939F1ZV", "legalName": "Added"}, 201)
	v.asks("POST", v.at("/snapshots/before/restore"), nil, 204)
	v.asks("GET", v.at("/clock"), nil, 200).has(object{"now": "2026-11-27T10:00:00+05:30"})
	v.asks("GET", v.at("/situation"), nil, 200).has(object{"name": "calm"})
	v.ask("GET", v.at("/taxpayers/27AAPFU0939F1ZV"), nil).refused(404, "not-found", "")
	all := v.asks("GET", v.at("/snapshots"), nil, 200).rows("snapshots")
	if len(all) != 1 || all[0]["bytes"].(float64) < 1000 {
		t.Errorf("the snapshots are %v", all)
	}
	v.ask("POST", v.at("/snapshots"), object{"name": "Before it"}).refused(422, "value-invalid", "", "name value-invalid")
	v.ask("POST", v.at("/snapshots"), object{}).refused(422, "value-invalid", "", "name value-invalid")
	for n := range world.MostSnapshots - 1 {
		v.asks("POST", v.at("/snapshots"), object{"name": fmt.Sprint("s", n)}, 201)
	}
	v.ask("POST", v.at("/snapshots"), object{"name": "more"}).refused(422, "snapshot-limit", "", "name snapshot-limit")
	v.asks("DELETE", v.at("/snapshots/before"), nil, 204)
	v.ask("DELETE", v.at("/snapshots/before"), nil).refused(404, "not-found", "")
	v.ask("POST", v.at("/snapshots/before/restore"), nil).refused(404, "not-found", "")
}
