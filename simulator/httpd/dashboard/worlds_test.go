package dashboard_test

import (
	"slices"
	"strings"
	"testing"
)

// The default world begins again when it is ended, and its list of worlds says so.
func TestTheDefaultWorldEndsAndBegins(t *testing.T) {
	v := visit(t, "")
	v.open("/")
	p := v.open("/worlds/default/end").press("End it")
	if p.at.Path != "/worlds" || !slices.Equal(p.values("name"), []string{"default"}) {
		t.Errorf("%s lists %v", p.at, p.values("name"))
	}
}

// Who does not want to end a world goes back to the list; what becomes of it is said before.
func TestEndingAWorldIsAskedFirst(t *testing.T) {
	v := visit(t, "/w/asked")
	v.send(v.request("GET", strings.TrimSuffix(v.control, "/w/asked")+"/", "", "")) // default begins
	for name, want := range map[string]string{"asked": "The next request that names it begins a new one.",
		"default": "It begins anew with its next request."} {
		p := v.open("/worlds/" + name + "/end")
		if back := p.marked("href", "/w/asked/worlds"); !slices.Contains(back, "No, back to the worlds") ||
			!strings.Contains(text(p.doc), want) {
			t.Errorf("%s: the way back is %q, and the page %s", name, back, text(p.doc))
		}
	}
}
