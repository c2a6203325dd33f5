package clock_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/clock"
)

// wall is a wall clock that the test moves.
type wall struct{ at time.Time }

func (w *wall) now() time.Time { return w.at }

// start is in another zone, and more precise than the clock.
var start = time.Date(2026, time.November, 22, 6, 30, 0, 123456789, time.UTC)

func TestClock(t *testing.T) {
	other := time.Date(2031, time.January, 2, 3, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		name string
		do   func(*clock.Clock)
		mode clock.Mode
		want time.Time // after a minute of the wall clock
	}{
		{"a new clock runs with the wall", func(*clock.Clock) {}, clock.Real, start.Add(time.Minute)},
		{"frozen where it is", func(c *clock.Clock) { c.Freeze(time.Time{}) }, clock.Frozen, start},
		{"frozen elsewhere", func(c *clock.Clock) { c.Freeze(other) }, clock.Frozen, other},
		{"running from elsewhere", func(c *clock.Clock) { c.Run(other) }, clock.Real, other.Add(time.Minute)},
		{"running from long ago", func(c *clock.Clock) { c.Run(start.AddDate(-9, 0, 0)) }, clock.Real,
			start.AddDate(-9, 0, 0).Add(time.Minute)},
		{"running from further than a time.Duration reaches", func(c *clock.Clock) { c.Run(start.AddDate(900, 0, 0)) },
			clock.Real, start.AddDate(900, 0, 0).Add(time.Minute)},
		{"advanced while running", func(c *clock.Clock) { _ = c.Advance(time.Hour) }, clock.Real,
			start.Add(time.Hour + time.Minute)},
		{"advanced while frozen", func(c *clock.Clock) { c.Freeze(other); _ = c.Advance(time.Hour) }, clock.Frozen,
			other.Add(time.Hour)},
		{"advanced, then frozen", func(c *clock.Clock) { _ = c.Advance(time.Hour); c.Freeze(time.Time{}) }, clock.Frozen,
			start.Add(time.Hour)},
		{"frozen, then real again", func(c *clock.Clock) { c.Freeze(other); c.Run(time.Time{}) }, clock.Real,
			start.Add(time.Minute)},
		{"advanced, then real again", func(c *clock.Clock) { _ = c.Advance(time.Hour); c.Run(time.Time{}) }, clock.Real,
			start.Add(time.Minute)},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &wall{start}
			made := clock.New(w.now)
			c.do(made)
			w.at = w.at.Add(time.Minute)
			if got, want := made.Now(), c.want.Truncate(time.Millisecond); !got.Equal(want) || made.Mode() != c.mode {
				t.Errorf("shows %s, %s; want %s, %s", got, made.Mode(), want, c.mode)
			}
			if got, want := made.Shifted(), !c.want.Equal(start.Add(time.Minute)); got != want {
				t.Errorf("off real time: %t; want %t", got, want)
			}
			if got := made.Now().Format("-07:00"); got != "+05:30" {
				t.Errorf("shows the time of %s, not of India", got)
			}
		})
	}
}

func TestAdvanceRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		by   time.Duration
		want error
	}{
		{"nothing", 0, nil},
		{"backwards", -1, clock.ErrBackwards},
		{"backwards as far as can be", -1 << 63, clock.ErrBackwards},
		{"to the last moment", 24*time.Hour - time.Millisecond, nil},
		{"beyond it", 24 * time.Hour, clock.ErrTooFar},
		{"as far as can be", 1<<63 - 1, clock.ErrTooFar},
	} {
		for _, mode := range []clock.Mode{clock.Real, clock.Frozen} {
			t.Run(c.name+", "+string(mode), func(t *testing.T) {
				eve := time.Date(2999, time.December, 31, 0, 0, 0, 0, time.FixedZone("IST", 5*3600+1800))
				made := clock.New((&wall{start}).now)
				if made.Run(eve); mode == clock.Frozen {
					made.Freeze(eve)
				}
				want := eve.Add(c.by)
				if c.want != nil {
					want = eve
				}
				if err := made.Advance(c.by); !errors.Is(err, c.want) || !made.Now().Equal(want) {
					t.Errorf("%v, and shows %s; want %v, %s", err, made.Now(), c.want, want)
				}
			})
		}
	}
}

// A clock goes back only when it is set.
func TestClockGoesBackOnlyWhenSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &wall{start}
		made := clock.New(w.now)
		before := made.Now()
		t.Repeat(map[string]func(*rapid.T){
			"wall goes on": func(t *rapid.T) {
				w.at = w.at.Add(time.Duration(rapid.Int64Range(0, int64(48*time.Hour)).Draw(t, "by")))
			},
			"freeze": func(*rapid.T) { made.Freeze(time.Time{}) },
			"run on": func(*rapid.T) { made.Run(made.Now()) },
			"advance": func(t *rapid.T) {
				by := time.Duration(rapid.Int64().Draw(t, "by"))
				shown := made.Now()
				want := shown
				if made.Advance(by) == nil {
					want = want.Add(by)
				}
				if got := made.Now(); got.Sub(want).Abs() > time.Millisecond { // the clock shows milliseconds
					t.Fatalf("advanced by %s from %s to %s", by, shown, got)
				}
			},
			"": func(t *rapid.T) {
				now := made.Now()
				if now.Before(before) || now.Year() > 3000 {
					t.Fatalf("went from %s to %s", before, now)
				}
				before = now
			},
		})
	})
}

func TestClockIsSafeForConcurrentUse(t *testing.T) {
	made := clock.New(nil)
	made.Freeze(start)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				_ = made.Advance(time.Second)
				made.Now()
				made.Mode()
			}
		})
	}
	all.Wait()
	if want := start.Add(800 * time.Second).Truncate(time.Millisecond); !made.Now().Equal(want) {
		t.Errorf("shows %s; want %s", made.Now(), want)
	}
}
