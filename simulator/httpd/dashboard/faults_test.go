package dashboard_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/fault"
)

// faults returns the faults of the world as the control API shows them.
func (v *visitor) faults() []any {
	v.t.Helper()
	return v.json("GET", v.control+"/control/v1/faults", "")["faults"].([]any)
}

// The form of each kind makes the fault of its example.
func TestFaultFormsMakeEachExample(t *testing.T) {
	v := visit(t, "/w/forms")
	for _, k := range fault.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			var want map[string]any
			if err := json.Unmarshal([]byte(k.Example), &want); err != nil {
				t.Fatal(err)
			}
			changes := []string{"name", want["name"].(string)}
			set := func(field string, value any) {
				text, _ := json.Marshal(value) // it was read from JSON
				changes = append(changes, field, strings.NewReplacer(`"`, "", "[", "", "]", "").Replace(string(text)))
			}
			for _, part := range []string{"does", "when"} {
				members, _ := want[part].(map[string]any)
				for name, value := range members {
					if name != "kind" {
						set(part+"."+name, value)
					}
				}
			}
			often, _ := want["often"].(map[string]any)
			for name, value := range often {
				set("often", name)
				set("count", value)
			}
			if p := v.open("/add/fault/"+k.Name).press("Add the fault", changes...); p.at.Path != "/w/forms/faults" {
				t.Fatalf("it leads to %s: %q", p.at, p.marked("data-value", "detail"))
			}
			list := v.faults()
			got := list[len(list)-1].(map[string]any)
			for name := range got {
				if _, given := want[name]; !given {
					delete(got, name)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Every violation is shown beside its field, and what was typed stays.
func TestFaultFormRefuses(t *testing.T) {
	v := visit(t, "/w/refused")
	p := v.open("/add/fault/latency").press("Add the fault", "name", "No!", "does.delay", "soon", "when.gstin", "29",
		"when.header", "X-Test: 7", "often", "probability", "count", "1.5")
	var told []string
	for n := range p.doc.Descendants() {
		if field := attribute(n, "data-field"); field != "" {
			told = append(told, field)
		}
	}
	slices.Sort(told)
	if want := []string{"count", "does.delay", "name", "when.gstin"}; !slices.Equal(told, want) {
		t.Errorf("refused are %q", told)
	}
	for n := range p.doc.Descendants() {
		if attribute(n, "id") == "when.header" && attribute(n, "value") != "X-Test: 7" {
			t.Errorf("the header is %q", attribute(n, "value"))
		}
	}
	for _, c := range [][]string{
		{"often", "next", "count", ""}, {"often", "", "count", "3"}, {"often", "next", "count", "many"},
		{"often", "every", "count", "0"}, {"often", "nonsense", "count", "1"},
	} {
		p := v.open("/add/fault/reset").press("Add the fault", c...)
		if problem := p.marked("id", "count-error"); len(problem) != 1 {
			t.Errorf("%q is answered with %q", c, problem)
		}
	}
	if got := v.faults(); len(got) != 0 {
		t.Errorf("there are %v", got)
	}
}

// The page shows what fails, with its counts, and the overview leads to it.
func TestFaultsPage(t *testing.T) {
	v := visit(t, "/w/shown")
	p := v.open("/faults")
	if !slices.Equal(p.values("situation"), []string{"calm"}) || p.marked("data-row", "fault") != nil {
		t.Errorf("at first: %q", p.values("situation"))
	}
	if p := v.open("/"); p.values("standing") != nil {
		t.Errorf("a calm world shows %q", p.values("standing"))
	}
	v.open("/faults").press("Put in force", "name", "portal-down")
	v.json("POST", v.control+"/control/v1/faults", `{"name":"own","does":{"kind":"html"},"when":{"call":"ping"}}`)
	v.json("POST", v.sandbox+"/portal/v1/captchas", "")
	p = v.open("/faults")
	if got := p.values("name"); !slices.Equal(got, []string{"own", "portal-down.portals"}) {
		t.Errorf("the faults are %q", got)
	}
	if matched, fired := p.values("matched"), p.values("fired"); !slices.Equal(matched, []string{"0", "1"}) ||
		!slices.Equal(fired, matched) {
		t.Errorf("counts %q and %q", matched, fired)
	}
	for _, path := range []string{"/", "/inbox"} {
		if got := v.open(path).values("standing"); !slices.Equal(got, []string{"Situation portal-down, 2 faults"}) {
			t.Errorf("%s shows %q", path, got)
		}
	}
	v.json("POST", v.control+"/control/v1/faults", `{"name":"codes","does":{"kind":"error","codes":["5001","3043"]}}`)
	if got := v.open("/faults").marked("data-label", "Does"); !slices.Contains(got, "error, codes: 5001, 3043") {
		t.Errorf("the faults do %q", got)
	}
	for _, path := range []string{"/faults", "/add/fault/gsp"} {
		if p := v.open(path); strings.Contains(p.text, "`") {
			t.Errorf("%s shows the marks of Markdown", path)
		}
	}
	p = v.open("/faults").press("Add it", "rule", `{"name":"No!","does":{"kind":"reset"}}`)
	if got := p.marked("data-field", "rule"); len(got) != 1 || !strings.HasPrefix(got[0], "name must be") {
		t.Errorf("a wrong rule is answered with %q", got)
	}
	p = v.open("/faults").press("Put in force", "name", "stormy")
	if got := p.marked("data-field", "name"); len(got) != 1 || !strings.HasPrefix(got[0], "must be one of calm, ") {
		t.Errorf("an unknown situation is answered with %q", got)
	}
	v.open("/faults/own").press("Remove it")
	v.open("/faults").press("Remove all")
	if got := v.faults(); len(got) != 0 {
		t.Errorf("there are %v", got)
	}
	for _, path := range []string{"/faults/own", "/add/fault/nothing"} {
		if p := v.open(path); p.status != 404 {
			t.Errorf("%s: %d", path, p.status)
		}
	}
}
