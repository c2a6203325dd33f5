package storetest

import (
	"math"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
)

// rows are the promises of Rows.
func rows() []Case {
	return []Case{
		{"an empty backend has no rows", func(t T, b store.Backend) {
			view(t, b, func(r store.Rows) {
				has(t, r, probes, "e", "a", nil)
				finds(t, r, left, "l", 9, []string{}, 0)
				finds(t, r, store.All, "", 9, []string{}, 0)
			})
		}},
		{"a row is read as it was written, in its own unit and later", func(t T, b store.Backend) {
			update(t, b, func(r store.Rows) error {
				defer func() { has(t, r, probes, "e", "a", &full) }()
				return put(probes, full)(r)
			})
			view(t, b, func(r store.Rows) { has(t, r, probes, "e", "a", &full) })
		}},
		{"tables, environments and spellings are apart", func(t T, b store.Backend) {
			update(t, b, put(probes, full))
			update(t, b, func(r store.Rows) error { return r.Put(probes, probe{ID: "b"}.in("f")) })
			view(t, b, func(r store.Rows) {
				has(t, r, others, "e", "a", nil)
				has(t, r, probes, "f", "a", nil)
				has(t, r, probes, "", "a", nil)
				has(t, r, probes, "e", "A", nil)
				finds(t, r, left, "L", 9, []string{}, 0)
				finds(t, r, right, "l", 9, []string{}, 0)
				finds(t, r, store.All, "", 9, []string{"a"}, 1)
			})
		}},
		{"Put replaces the row, its terms and its end", func(t T, b store.Backend) {
			update(t, b, put(probes, full))
			next := probe{ID: "a", Left: "m", Right: "r", Ends: noon.Add(time.Hour)}
			for range 2 { // the second time, it replaces itself
				update(t, b, put(probes, next))
			}
			update(t, b, func(r store.Rows) error { return r.Sweep(noon.Add(time.Minute)) })
			view(t, b, func(r store.Rows) {
				has(t, r, probes, "e", "a", &next)
				finds(t, r, left, "l", 9, []string{}, 0)
				finds(t, r, left, "m", 9, []string{"a"}, 1)
				finds(t, r, right, "r", 9, []string{"a"}, 1)
				finds(t, r, store.All, "", 9, []string{"a"}, 1)
			})
		}},
		{"Find returns the newest first, and the empty value is in no index", func(t T, b store.Backend) {
			for _, id := range []string{"m", "z", "a"} {
				update(t, b, put(probes, probe{ID: id, Left: "l"}))
			}
			update(t, b, put(probes, probe{ID: "z", Left: "l", Count: 1}, probe{ID: "k"})) // replaced: in its place
			view(t, b, func(r store.Rows) {
				finds(t, r, left, "l", 0, []string{}, 3)
				finds(t, r, left, "l", 2, []string{"a", "z"}, 3)
				finds(t, r, left, "l", math.MaxInt, []string{"a", "z", "m"}, 3)
				finds(t, r, left, "", 9, []string{}, 0)
				finds(t, r, store.All, "", 9, []string{"k", "a", "z", "m"}, 4)
			})
		}},
		{"Delete deletes, and does nothing when the row is not there", func(t T, b store.Backend) {
			update(t, b, put(probes, full, probe{ID: "b", Left: "l"}))
			for range 2 {
				update(t, b, func(r store.Rows) error { return r.Delete(probes, store.Key{In: "e", ID: "a"}) })
			}
			view(t, b, func(r store.Rows) {
				has(t, r, probes, "e", "a", nil)
				finds(t, r, left, "l", 9, []string{"b"}, 1)
			})
			update(t, b, put(probes, full)) // a row that comes back is the newest
			view(t, b, func(r store.Rows) { finds(t, r, left, "l", 9, []string{"a", "b"}, 2) })
		}},
		{"Sweep deletes the rows that ended before the instant", func(t T, b store.Backend) {
			update(t, b, put(probes, probe{ID: "before", Ends: noon.Add(-time.Millisecond)}, probe{ID: "then", Ends: noon},
				probe{ID: "after", Ends: noon.Add(time.Millisecond)}, probe{ID: "never"}))
			update(t, b, put(others, probe{ID: "before", Ends: noon.Add(-time.Millisecond).UTC()}))
			update(t, b, func(r store.Rows) error { return r.Sweep(noon) })
			view(t, b, func(r store.Rows) {
				has(t, r, others, "e", "before", nil)
				finds(t, r, store.All, "", 9, []string{"never", "after", "then"}, 3)
			})
		}},
		{"Next counts each series up from 1, without the units that failed", func(t T, b store.Backend) {
			next := func(env, series string, want int64) func(store.Rows) error {
				return func(r store.Rows) error {
					if n, err := r.Next(store.Key{In: env, ID: series}); n != want || err != nil {
						t.Errorf("next of %q in %q: %d, %v; want %d", series, env, n, err, want)
					}
					return nil
				}
			}
			update(t, b, next("e", "s", 1))
			update(t, b, func(r store.Rows) error { _ = next("e", "s", 2)(r); return next("e", "s", 3)(r) })
			fails(t, b, next("e", "s", 4))
			update(t, b, next("e", "s", 4))
			update(t, b, next("f", "s", 1))
			update(t, b, next("e", "other", 1))
		}},
	}
}
