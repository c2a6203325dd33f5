package forms

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// perform sends a form whose page has so many bytes.
func perform(t *testing.T, l *ledger, key string, size int) (again bool) {
	t.Helper()
	again = true
	_, err := l.once(t.Context(), key, func() (outcome, error) {
		again = false
		page := httpd.Reply{Raw: []byte(strings.Repeat("x", size))}
		return outcome{answer: httpd.Reply{Location: "/" + key}, page: &page, owner: "b"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// Large pages are forgotten early, and what came of their forms is not.
func TestPagesAreForgottenBySize(t *testing.T) {
	t.Parallel()
	l := newLedger(remembered)
	const size = pageBytes/10 + 1
	for i := range 20 {
		perform(t, l, fmt.Sprint(i), size)
	}
	kept := 0
	for i := range 20 {
		if came, ok := l.page(fmt.Sprint(i), []string{"b"}); ok && len(came.page.Raw) == size {
			kept++
		}
	}
	if kept != 9 {
		t.Errorf("%d pages are kept, want 9", kept)
	}
	if _, ok := l.page("19", []string{"b"}); !ok {
		t.Error("the newest page is gone")
	}
	if !perform(t, l, "0", size) {
		t.Error("a form whose page was forgotten took effect twice")
	}
	perform(t, l, "huge", 2*pageBytes)
	if _, ok := l.page("huge", []string{"b"}); !ok {
		t.Error("a page larger than all is not shown")
	}
}

// Whoever is forgotten altogether takes no room.
func TestForgottenPagesTakeNoRoom(t *testing.T) {
	t.Parallel()
	l := newLedger(remembered)
	for i := range 3 * remembered {
		perform(t, l, fmt.Sprint(i), 1000)
	}
	if want := 1000 * remembered; l.bytes != want || len(l.entries) != remembered || len(l.pages) > 2*remembered {
		t.Errorf("%d bytes in %d entries and %d pages, want %d bytes", l.bytes, len(l.entries), len(l.pages), want)
	}
}
