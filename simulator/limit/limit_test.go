package limit_test

import (
	"context"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/limit"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

var noon = time.Date(2026, 7, 15, 12, 0, 0, 700_000_000, nic.IST)

// in runs f in a unit of a store.
func in(t *testing.T, s store.Store, f func(store.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func TestLimit(t *testing.T) {
	l := limit.Limit{Most: 2, Window: time.Minute}
	for _, c := range []struct {
		name string
		at   []time.Duration
		ok   []bool
	}{
		{"a window of its own", []time.Duration{0, 0, 0}, []bool{true, true, false}},
		{"a refused event does not prolong it", []time.Duration{0, 1, 59 * time.Second, 60 * time.Second},
			[]bool{true, true, false, true}},
		{"it begins with its first event", []time.Duration{0, 59 * time.Second, time.Minute, time.Minute, time.Minute},
			[]bool{true, true, true, true, false}},
		{"a clock that is set back ends it", []time.Duration{0, 0, -time.Hour}, []bool{true, true, true}},
	} {
		s := store.NewMemory()
		for i, at := range c.at {
			in(t, s, func(tx store.Tx) error {
				count, ok, err := l.Take(tx, nic.Sandbox, "x", noon.Add(at))
				if ok != c.ok[i] {
					t.Errorf("%s: event %d is allowed: %v", c.name, i, ok)
				}
				if count.ExpiresAt.Sub(count.Since) != time.Minute || count.Since.Nanosecond() != 0 {
					t.Errorf("%s: the window is from %v to %v", c.name, count.Since, count.ExpiresAt)
				}
				return err
			})
		}
		in(t, s, func(tx store.Tx) error {
			for env, name := range map[nic.Environment]string{nic.Sandbox: "y", nic.Production: "x"} {
				if _, ok, err := l.Take(tx, env, name, noon); !ok || err != nil {
					t.Errorf("%s: %s of %s is refused: %v", c.name, name, env, err)
				}
			}
			return nil
		})
	}
}

func TestBlock(t *testing.T) {
	b := limit.Block{Errors: 3, Window: time.Hour, Lasts: 10 * time.Minute}
	s := store.NewMemory()
	count := func(at time.Duration) {
		t.Helper()
		in(t, s, func(tx store.Tx) error { return b.Count(tx, nic.Sandbox, "x", noon.Add(at)) })
	}
	blocked := func(at time.Duration, want bool) {
		t.Helper()
		in(t, s, func(tx store.Tx) error {
			_, got, err := limit.Blocked(tx, nic.Sandbox, "x", noon.Add(at))
			if got != want {
				t.Errorf("after %s blocked: %v", at, got)
			}
			return err
		})
	}
	blocked(0, false)
	count(0)
	count(time.Minute)
	blocked(time.Minute, false)
	count(time.Hour) // the window is over, so this one is the first of another
	blocked(time.Hour, false)
	count(time.Hour)
	count(time.Hour + time.Minute)
	blocked(time.Hour+time.Minute, true)
	count(time.Hour + 5*time.Minute) // a blocked name's errors do not prolong the block
	blocked(time.Hour+10*time.Minute, true)
	blocked(time.Hour+11*time.Minute, false)
	count(time.Hour + 11*time.Minute)
	blocked(time.Hour+11*time.Minute, false)
}
