package dashboard_test

import (
	"slices"
	"strings"
	"testing"
)

// The default world starts again when it is ended, and is listed.
func TestTheDefaultWorldStartsAgain(t *testing.T) {
	v := visit(t, "")
	v.open("/")
	p := v.open("/worlds/default/end").press("End it")
	if p.at.Path != "/worlds" || !slices.Equal(p.values("name"), []string{"default"}) {
		t.Errorf("%s lists %v", p.at, p.values("name"))
	}
}

// The page that ends a world says what happens and has a link back to the list.
func TestEndingAWorldAsksFirst(t *testing.T) {
	v := visit(t, "/w/asked")
	v.send(v.request("GET", strings.TrimSuffix(v.control, "/w/asked")+"/", "", "")) // default begins
	for name, want := range map[string]string{"asked": "The next request that names it starts a new one.",
		"default": "It starts again with its next request."} {
		p := v.open("/worlds/" + name + "/end")
		if back := p.marked("href", "/w/asked/worlds"); !slices.Contains(back, "Cancel, back to the worlds") ||
			!strings.Contains(text(p.doc), want) {
			t.Errorf("%s: the way back is %q, and the page %s", name, back, text(p.doc))
		}
	}
}
