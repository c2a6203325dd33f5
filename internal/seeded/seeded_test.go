package seeded_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/internal/seeded"
)

// drawn is what rapid draws, in a process of its own.
func drawn(t *testing.T, seed string) string {
	t.Helper()
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestDraw$", "-test.v")
	again.Env = append(os.Environ(), "NICSIM_SEED="+seed, "DRAW=1")
	out, err := again.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if _, number, ok := strings.Cut(line, "drew "); ok {
			lines = append(lines, number)
		}
	}
	if len(lines) < 10 {
		t.Fatalf("too little was drawn:\n%s", out)
	}
	return strings.Join(lines, "")
}

func TestRapidFollowsTheSeed(t *testing.T) {
	one := drawn(t, "one")
	if again := drawn(t, "one"); again != one {
		t.Errorf("one seed draws\n%sand then\n%s", one, again)
	}
	if drawn(t, "two") == one {
		t.Error("two seeds draw the same")
	}
	if fresh := drawn(t, ""); fresh == drawn(t, "") {
		t.Error("without a seed the same is drawn twice")
	}
}

// TestDraw is what TestRapidFollowsTheSeed starts.
func TestDraw(t *testing.T) {
	if os.Getenv("DRAW") == "" {
		t.Skip("started by another test")
	}
	rapid.Check(t, func(r *rapid.T) { t.Log("drew", rapid.Uint64().Draw(r, "number")) })
}

func TestNumber(t *testing.T) {
	t.Setenv("NICSIM_SEED", "")
	if n := seeded.Number(); n != 0 {
		t.Errorf("without a seed it is %d", n)
	}
	t.Setenv("NICSIM_SEED", "0")
	if n := seeded.Number(); n <= 0 {
		t.Errorf("the seed 0 gives %d", n)
	}
}
