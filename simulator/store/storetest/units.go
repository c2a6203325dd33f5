package storetest

import (
	"context"
	"errors"
	"fmt"
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

// wholeUnits keeps two counts equal in every unit and checks that View never sees them differ, neither by their keys
// nor in pages, which a cache may not have.
func wholeUnits(t T, b store.Backend) {
	const each = 25
	update(t, b, put(probes, "e", probe{ID: "first"}, probe{ID: "left"}, probe{ID: "right"}))
	together(t, func(n int) error {
		for c := range int64(each) {
			var err error
			if n%2 == 0 {
				err = b.Update(t.Context(), put(probes, "e", probe{ID: "left", Count: c}, probe{ID: "right", Count: c}))
			} else {
				err = b.View(t.Context(), func(r store.Rows) error {
					return errors.Join(same(t, r, count, "left", "right"), same(t, r, countAfter, "first", "left"))
				})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// same reads two counts, which must be the same.
func same(t T, r store.Rows, read func(r store.Rows, id string) (int64, error), one, other string) error {
	a, err := read(r, one)
	z, otherErr := read(r, other)
	if a != z {
		t.Errorf("View sees %d beside %d", a, z)
	}
	return errors.Join(err, otherErr)
}

// countAfter reads the count of the probe that was added after another.
func countAfter(r store.Rows, id string) (int64, error) {
	got, err := r.Find(probes, span("e", store.All, "", id, true, 1))
	if err == nil && len(got) != 1 {
		err = fmt.Errorf("%d probes come after %s", len(got), id)
	}
	if err != nil {
		return 0, err
	}
	p, _ := got[0].(probe)
	return p.Count, nil
}
