package needs_test

import (
	"slices"
	"testing"

	"github.com/nicsim/nicsim/steps/needs"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		method, path string
		want         needs.Need
	}{
		{"GET", "/w/s1-01/control/v1/clock", ""},
		{"PUT", "/w/s1-01/control/v1/clock", needs.Clock},
		{"POST", "/control/v1/clock/advance", needs.Clock},
		{"DELETE", "/w/s1-01/control/v1/faults/x", needs.Faults},
		{"GET", "/control/v1/inbox?to=9876543210", needs.Inbox},
		{"GET", "/control/v1/captchas/c-1", needs.Captcha},
		{"GET", "/w/s1-01/readyz", needs.Status},
		{"GET", "/control/v1/unheard-of", ""},
		{"GET", "/portal/v1/session", ""},
	} {
		if got := needs.Of(c.method, c.path); got != c.want {
			t.Errorf("%s %s needs %q, want %q", c.method, c.path, got, c.want)
		}
	}
}

func TestUnion(t *testing.T) {
	got := needs.Union([]needs.Need{needs.Inbox, needs.Clock}, nil, []needs.Need{needs.Inbox})
	if !slices.Equal(got, []needs.Need{needs.Clock, needs.Inbox}) {
		t.Errorf("the union is %q", got)
	}
}
