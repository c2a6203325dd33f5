package sqlstore

import (
	"strconv"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
)

// A list of a million records must not stay in memory after it was read.
func TestCacheKeepsNoLargeValue(t *testing.T) {
	var c cache
	for size, want := range map[int]bool{largestCached: true, largestCached + 1: false} {
		row, found := place{key: store.Key{ID: strconv.Itoa(size)}}, search{span: store.Span{Limit: size}}
		c.keepRow(row, value{size, size})
		c.keepResult(found, result{values: []any{size}}, size)
		if _, kept := c.row(row); kept != want {
			t.Errorf("a row of %d bytes was kept: %t", size, kept)
		}
		if _, kept := c.search(found); kept != want {
			t.Errorf("a list of %d bytes was kept: %t", size, kept)
		}
	}
}
