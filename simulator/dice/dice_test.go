package dice_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/nicsim/nicsim/simulator/dice"
)

// draws returns twenty OTPs of a stream.
func draws(s *dice.Stream) string {
	var b strings.Builder
	for range 20 {
		b.WriteString(s.Digits(6))
	}
	return b.String()
}

func TestStreamsFollowFromTheirSeeds(t *testing.T) {
	of := dice.New
	for _, c := range []struct {
		name string
		a, b func() string
		same bool
	}{
		{"equal seeds",
			func() string { return draws(of("s").Stream("otp")) }, func() string { return draws(of("s").Stream("otp")) }, true},
		{"different seeds",
			func() string { return draws(of("s").Stream("otp")) }, func() string { return draws(of("t").Stream("otp")) }, false},
		{"the empty seed, twice",
			func() string { return draws(of("").Stream("otp")) }, func() string { return draws(of("").Stream("otp")) }, true},
		{"different purposes",
			func() string { return draws(of("s").Stream("otp")) }, func() string { return draws(of("s").Stream("captcha")) },
			false},
		{"a purpose, whatever others drew",
			func() string { return draws(of("s").Stream("otp")) },
			func() string {
				d := of("s")
				draws(d.Stream("captcha"))
				return draws(d.Stream("otp"))
			}, true},
		{"children of one name",
			func() string { return draws(of("s").Child("w").Stream("otp")) },
			func() string { return draws(of("s").Child("w").Stream("otp")) }, true},
		{"children of different names",
			func() string { return draws(of("s").Child("v").Stream("otp")) },
			func() string { return draws(of("s").Child("w").Stream("otp")) }, false},
		{"a child and its parent",
			func() string { return draws(of("s").Child("w").Stream("otp")) },
			func() string { return draws(of("s").Stream("otp")) }, false},
		{"a child's stream and the parent's of the same letters",
			func() string { return draws(of("s").Child("w").Stream("otp")) },
			func() string { return draws(of("s").Stream("w\x00otp")) }, false},
		{"a child that is born late",
			func() string { return draws(of("s").Child("w").Stream("otp")) },
			func() string {
				d := of("s")
				draws(d.Stream("otp"))
				d.Child("v")
				return draws(d.Child("w").Stream("otp"))
			}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a, b := c.a(), c.b(); (a == b) != c.same {
				t.Errorf("%s beside %s", a, b)
			}
		})
	}
}

func TestStreamContinues(t *testing.T) {
	d := dice.New("s")
	if again := d.Stream("otp"); again != d.Stream("otp") {
		t.Error("the second Stream is another one")
	}
	if a, b := draws(d.Stream("otp")), draws(d.Stream("otp")); a == b {
		t.Error("the stream repeats itself")
	}
}

func TestRand(t *testing.T) {
	d := dice.New("s")
	if a, b := d.Rand("picture 1").Uint64(), d.Rand("picture 1").Uint64(); a != b {
		t.Error("one name, two generators")
	}
	if a, b := d.Rand("picture 1").Uint64(), d.Rand("picture 2").Uint64(); a == b {
		t.Error("two names, one generator")
	}
}

func TestShapes(t *testing.T) {
	s := dice.New("s").Stream("shapes")
	for name, c := range map[string]struct {
		draw    func() string
		pattern string
	}{
		"digits":              {func() string { return s.Digits(6) }, `^[0-9]{6}$`},
		"capitals and digits": {func() string { return s.UpperAlphanumeric(5) }, `^[A-Z0-9]{5}$`},
		"letters and digits":  {func() string { return s.Alphanumeric(20) }, `^[A-Za-z0-9]{20}$`},
		"picked":              {func() string { return s.Pick("xyz", 9) }, `^[xyz]{9}$`},
		"none picked":         {func() string { return s.Pick("xyz", 0) }, `^$`},
		"fresh seed":          {dice.FreshSeed, `^[A-Z2-7]{26}$`},
	} {
		t.Run(name, func(t *testing.T) {
			for range 50 {
				if got := c.draw(); !regexp.MustCompile(c.pattern).MatchString(got) {
					t.Fatalf("%q is not %s", got, c.pattern)
				}
			}
		})
	}
	t.Run("UUID", func(t *testing.T) {
		for range 50 {
			got := s.UUID()
			if id, err := uuid.Parse(got); err != nil || id.Version() != 4 || id.Variant() != uuid.RFC4122 ||
				id.String() != got {
				t.Fatalf("%q is not a random UUID: %v", got, err)
			}
		}
	})
}

// Each character of an alphabet is drawn about as often as the others, including the first and the last. The seed is
// fixed, so each run has the same result.
func TestPickIsEven(t *testing.T) {
	const n = 10_000
	drawn := dice.New("s").Stream("even").Digits(n)
	for _, digit := range "0123456789" {
		if got := strings.Count(drawn, string(digit)); got < n/10*9/10 || got > n/10*11/10 {
			t.Errorf("%c came %d times of %d", digit, got, n)
		}
	}
}

func TestFreshSeedsDiffer(t *testing.T) {
	if one := dice.FreshSeed(); one == dice.FreshSeed() {
		t.Error("two fresh seeds are equal")
	}
}

func TestDiceAreSafeForConcurrentUse(t *testing.T) {
	d := dice.New("s")
	var mu sync.Mutex
	seen := map[string]bool{}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				id := d.Stream("id").UUID()
				mu.Lock()
				if seen[id] {
					t.Errorf("%s came twice", id)
				}
				seen[id] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
}
