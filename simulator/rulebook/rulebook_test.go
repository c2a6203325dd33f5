package rulebook_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

func TestHolds(t *testing.T) {
	in, off := rulebook.Rule{Name: "in"}, rulebook.Rule{Name: "off", Off: "NIC has no text for it"}
	for name, c := range map[string]struct {
		rules   map[string]bool
		in, off bool
	}{
		"nothing switched": {nil, true, false},
		"switched":         {map[string]bool{"in": false, "off": true}, false, true},
		"as they are":      {map[string]bool{"in": true, "off": false}, true, false},
	} {
		book := rulebook.Book{Settings: settings.Settings{Rules: c.rules}}
		if book.Holds(in) != c.in || book.Holds(off) != c.off {
			t.Errorf("%s: %t, %t; want %t, %t", name, book.Holds(in), book.Holds(off), c.in, c.off)
		}
	}
}
