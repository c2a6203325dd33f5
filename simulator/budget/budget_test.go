package budget_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/budget"
)

// Of the entries of all keepers, the oldest go first, and only as many as there is no room for.
func TestTheOldestGoFirst(t *testing.T) {
	const size = 1000
	b := budget.New(3 * (size + 200)) // with what counting occupies
	var gone []int
	var entries []*budget.Entry
	keep := func(n int) { entries = append(entries, b.Keep(size, func() { gone = append(gone, n) })) }
	for n := range 5 {
		keep(n)
	}
	if !slices.Equal(gone, []int{0, 1}) || b.Counts(entries[1]) || !b.Counts(entries[2]) {
		t.Fatalf("%v are gone", gone)
	}
	b.Release(entries[2])
	b.Release(entries[2])
	keep(5)
	if !slices.Equal(gone, []int{0, 1}) {
		t.Errorf("%v are gone; there was room", gone)
	}
	b.Keep(100*size, func() { t.Error("the newest is gone") })
	if !slices.Equal(gone, []int{0, 1, 3, 4, 5}) {
		t.Errorf("%v are gone", gone)
	}
	if used := b.Used(); used < 100*size || used > 101*size {
		t.Errorf("%d bytes are counted", used)
	}
}

func TestConcurrentKeepers(t *testing.T) {
	b := budget.New(100_000)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			var mu sync.Mutex
			kept := map[int]*budget.Entry{}
			for n := range 2000 {
				e := b.Keep(900, func() { mu.Lock(); delete(kept, n); mu.Unlock() })
				mu.Lock()
				if kept[n] = e; !b.Counts(e) {
					delete(kept, n)
				}
				mu.Unlock()
			}
			mu.Lock()
			defer mu.Unlock()
			for _, e := range kept {
				b.Release(e)
			}
		})
	}
	all.Wait()
	if used := b.Used(); used != 0 {
		t.Errorf("%d bytes are counted when all is released", used)
	}
}

func TestNoBudget(t *testing.T) {
	var b *budget.Budget
	e := b.Keep(1, func() { t.Error("forgotten") })
	if b.Release(e); !b.Counts(e) || b.Used() != 0 {
		t.Error("a nil budget counts")
	}
}
