package journal_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/journal"
)

// A number of one has its noun in the singular. The kind is the same for all numbers.
func TestBecauseCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format string
		n      int
		text   string
	}{
		{"The token, of %d characters, is another.", 1, "The token, of 1 character, is another."},
		{"The token, of %d characters, is another.", 11, "The token, of 11 characters, is another."},
		{"Data opens to %d bytes that are not JSON.", 1, "Data opens to 1 byte that is not JSON."},
		{"Data opens to %d bytes that are not JSON.", 21, "Data opens to 21 bytes that are not JSON."},
	} {
		cause := journal.Because(c.format, c.n)
		if want := journal.Because(c.format, 7).Kind; cause.Text != c.text || cause.Kind != want {
			t.Errorf("got %q of the kind %q, want %q of the kind %q", cause.Text, cause.Kind, c.text, want)
		}
	}
}
