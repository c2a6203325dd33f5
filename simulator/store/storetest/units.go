package storetest

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/nicsim/nicsim/simulator/store"
)

// units are the promises of View and Update.
func units() []Case {
	return []Case{
		{"View and Update return the function's error", func(t T, b store.Backend) {
			fails := func(store.Rows) error { return errChanged }
			for _, err := range []error{b.View(t.Context(), fails), b.Update(t.Context(), fails)} {
				if !errors.Is(err, errChanged) {
					t.Errorf("%v; want the function's", err)
				}
			}
		}},
		{"nothing runs once the context has ended", func(t T, b store.Backend) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			runs := func(store.Rows) error { t.Errorf("the function runs"); return nil }
			for _, err := range []error{b.View(ctx, runs), b.Update(ctx, runs)} {
				if !errors.Is(err, context.Canceled) {
					t.Errorf("with an ended context: %v", err)
				}
			}
		}},
		{"units run one after the other", oneAfterTheOther},
		{"of many units that add one row, one adds it", oneAdds},
		{"View sees whole units only", wholeUnits},
	}
}

const crowd = 16

// together runs f many times in parallel and waits for all.
func together(t T, f func(n int) error) {
	t.Helper()
	var all sync.WaitGroup
	for n := range crowd {
		all.Go(func() {
			if err := f(n); err != nil {
				t.Errorf("%d: %v", n, err)
			}
		})
	}
	all.Wait()
}

// count reads the count of a probe.
func count(r store.Rows, id string) (int64, error) {
	got, err := r.Get(probes, store.Key{Environment: "e", ID: id})
	p, _ := got.(probe)
	return p.Count, err
}

func oneAfterTheOther(t T, b store.Backend) {
	const each = 25
	update(t, b, put(probes, "e", probe{ID: "counter"}))
	together(t, func(int) error {
		for range each {
			err := b.Update(t.Context(), func(r store.Rows) error {
				n, err := count(r, "counter")
				return errors.Join(err, put(probes, "e", probe{ID: "counter", Count: n + 1})(r))
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	view(t, b, func(r store.Rows) { has(t, r, probes, "e", "counter", &probe{ID: "counter", Count: crowd * each}) })
}

func oneAdds(t T, b store.Backend) {
	var added atomic.Int64
	together(t, func(n int) error {
		return b.Update(t.Context(), func(r store.Rows) error {
			if _, err := count(r, "wanted"); !errors.Is(err, store.ErrNotFound) {
				return err
			}
			added.Add(1)
			return put(probes, "e", probe{ID: "wanted", Left: strconv.Itoa(n)})(r)
		})
	})
	if n := added.Load(); n != 1 {
		t.Errorf("%d units added the row", n)
	}
}

// wholeUnits keeps two counts equal in every unit and checks that View never sees them differ.
func wholeUnits(t T, b store.Backend) {
	update(t, b, put(probes, "e", probe{ID: "left"}, probe{ID: "right"}))
	together(t, func(n int) error {
		if n%2 == 0 {
			c := int64(n)
			return b.Update(t.Context(), put(probes, "e", probe{ID: "left", Count: c}, probe{ID: "right", Count: c}))
		}
		return b.View(t.Context(), func(r store.Rows) error {
			one, err := count(r, "left")
			other, otherErr := count(r, "right")
			if one != other {
				t.Errorf("View sees %d beside %d", one, other)
			}
			return errors.Join(err, otherErr)
		})
	})
}
