package store_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
)

// A log with a bound of bytes keeps its newest entries, and one that is larger than the bound until the next one.
func TestALogIsBoundedInBytes(t *testing.T) {
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			l := store.Log{Store: store.New(open(t)), Name: "log", Capacity: 5, Bytes: 100}
			add := func(sizes ...int) {
				t.Helper()
				var texts [][]byte
				for _, size := range sizes {
					texts = append(texts, []byte(`"`+strings.Repeat("x", size-2)+`"`))
				}
				if _, err := l.Append(t.Context(), texts...); err != nil {
					t.Fatal(err)
				}
			}
			for n, c := range []struct {
				add  []int
				want int // entries
			}{
				{[]int{40, 40}, 2}, {[]int{20}, 3}, {[]int{10}, 3}, {[]int{101}, 1}, {[]int{100}, 1},
				{[]int{10, 10, 10, 10, 10, 10}, 5}, {[]int{60, 60}, 1}, {[]int{40}, 2},
			} {
				add(c.add...)
				if list, err := l.After(t.Context(), 0); err != nil || len(list) != c.want {
					t.Errorf("%d: %d entries are kept, %v; want %d", n, len(list), err, c.want)
				}
			}
			if err := l.Clear(t.Context()); err != nil {
				t.Fatal(err)
			}
			add(50, 40)
			if list, err := l.After(t.Context(), 0); err != nil || len(list) != 3 || !list[0].Cleared() {
				t.Errorf("after Clear: %d entries, %v", len(list), err)
			}
		})
	}
}
