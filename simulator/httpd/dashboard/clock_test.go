package dashboard_test

import (
	"slices"
	"strings"
	"testing"
)

// buttons returns the texts of the buttons of a page.
func (p page) buttons() (all []string) {
	for n := range p.doc.Descendants() {
		if n.Data == "button" {
			all = append(all, text(n))
		}
	}
	return all
}

// A button that would change nothing is not shown.
func TestTheClockPageOffersWhatChangesTheClock(t *testing.T) {
	v := visit(t, "/w/real")
	const back = "Back to real time"
	for _, c := range []struct {
		button  string
		changes []string
		offered bool
	}{
		{"1 h", nil, true},
		{back, nil, false},
		{"Freeze", nil, true},
		{"Let it run", nil, true},
		{back, nil, false},
		{"Set", []string{"now", "2026-04-01T09:30"}, true},
	} {
		if p := v.open("/clock").press(c.button, c.changes...); slices.Contains(p.buttons(), back) != c.offered {
			t.Errorf("after %s there are the buttons %q", c.button, p.buttons())
		}
	}
}

// The clock can be set to an earlier time, and the page says so.
func TestTheClockMayBeSetBack(t *testing.T) {
	v := visit(t, "/w/back")
	p := v.open("/clock").press("Set", "now", "2021-07-01T00:00")
	if got := p.marked("class", "now"); len(got) == 0 || !strings.HasPrefix(got[0], "1 July 2021") {
		t.Errorf("the clock shows %q", got)
	}
	for _, c := range []struct{ button, want string }{{"Freeze",
		"Earlier or later than now. The clock stands still at that time."},
		{"Let it run", "Earlier or later than now. The clock runs on from that time."}} {
		if got := v.open("/clock").press(c.button).marked("id", "now-hint"); !slices.Equal(got, []string{c.want}) {
			t.Errorf("after %s the hint is %q", c.button, got)
		}
	}
}
