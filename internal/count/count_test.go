package count_test

import (
	"testing"

	"github.com/nicsim/nicsim/internal/count"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n          int
		noun, want string
	}{
		{0, "scenario", "0 scenarios"}, {1, "scenario", "1 scenario"}, {2, "scenario", "2 scenarios"},
		{21, "other change", "21 other changes"}, {1, "success", "1 success"}, {2, "success", "2 successes"},
	} {
		if got := count.Of(c.n, c.noun); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
