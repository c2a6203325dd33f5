package invoice

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
)

// NIC's own examples (VC3, VC6).
func TestToleranceAsPublished(t *testing.T) {
	for _, c := range []struct{ calculated, low, high string }{
		{"2345.04", "2344.00", "2347.00"}, {"10241.00", "10240.00", "10242.00"}, {"10241.61", "10240.00", "10243.00"},
		{"0", "-1", "1"}, {"0.004", "-1", "2"}, {"-5.5", "-7", "-4"},
	} {
		x, paisa := decimal.RequireFromString(c.calculated), decimal.New(1, -2)
		low, high := decimal.RequireFromString(c.low), decimal.RequireFromString(c.high)
		for sent, want := range map[string]bool{
			low.String(): true, high.String(): true, x.String(): true, low.Sub(paisa).String(): false,
			high.Add(paisa).String(): false,
		} {
			if got := new(Case).near(decimal.RequireFromString(sent), x); got != want {
				t.Errorf("%s for %s: %v, want %v", sent, c.calculated, got, want)
			}
		}
	}
	if got := between(decimal.RequireFromString("2345.04")); got != "2345.04, or 2344.00 to 2347.00" {
		t.Error(got)
	}
}

// The shortcut in near changes nothing.
func TestToleranceIsFloorAndCeiling(t *testing.T) {
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-5000, 5000).Draw(t, "mantissa"),
			-int32(rapid.IntRange(0, 3).Draw(t, "decimals")))
	})
	rapid.Check(t, func(t *rapid.T) {
		sent, x := amount.Draw(t, "sent"), amount.Draw(t, "calculated")
		want := !sent.LessThan(x.Floor().Sub(decimal.NewFromInt(1))) && !sent.GreaterThan(x.Ceil().Add(decimal.NewFromInt(1)))
		if new(Case).near(sent, x) != want {
			t.Fatalf("%s for %s: %v, want %v", sent, x, !want, want)
		}
	})
}
