package dashboard_test

import (
	"slices"
	"testing"
)

// said returns the messages of success on a page.
func (p page) said() []string { return p.marked("class", "success") }

// The page after a form says what the form did.
func TestEachFormSaysWhatItDid(t *testing.T) {
	v := visit(t, "/w/told")
	for _, c := range []struct {
		path, button string
		changes      []string
		want         string
	}{
		{"/settings", "Save", []string{"otpMaxSends", "4"}, "The settings were saved"},
		{"/settings", "Back to the defaults", nil, "The settings are the defaults again"},
		{"/taxpayers/29ABCCD1234E1Z1", "Save", []string{"status", "SUSPENDED"}, "The taxpayer was saved"},
		{"/clock", "Freeze", nil, "The clock stands still"},
		{"/clock", "10 min", nil, "The clock was advanced by 10 minutes"},
		{"/clock", "1 day", nil, "The clock was advanced by 1 day"},
		{"/clock", "Advance", []string{"by", "90s"}, "The clock was advanced"},
		{"/clock", "Set", []string{"now", "2026-04-01T09:30"}, "The clock was set"},
		{"/clock", "Let it run", nil, "The clock runs on"},
		{"/clock", "Back to real time", nil, "The clock shows real time again"},
		{"/inbox", "Empty the inbox", nil, "The inbox is empty now"},
		{"/reset", "Reset", nil, "The world told was reset"},
		{"/worlds/told/end", "End it", nil, "The world was ended"},
		{"/worlds/default/end", "End it", nil, "The world default was ended and starts again"},
	} {
		if got := v.open(c.path).press(c.button, c.changes...).said(); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s, %s says %q; want %q", c.path, c.button, got, c.want)
		}
	}
	if got := v.open("/settings").press("Save", "otpMaxSends", "none").said(); len(got) != 0 {
		t.Errorf("a refused form says %q", got)
	}
}

// An address cannot put its own message on a page.
func TestUnknownMessagesAreNotShown(t *testing.T) {
	v := visit(t, "/w/told")
	for _, done := range []string{"", "nothing", "You+won", "%3Cb%3E"} {
		for _, path := range []string{"/", "/inbox", "/clock", "/settings", "/worlds", "/taxpayers/29ABCCD1234E1Z1"} {
			if got := v.open(path + "?done=" + done).said(); len(got) != 0 {
				t.Errorf("%s?done=%s says %q", path, done, got)
			}
		}
	}
}
