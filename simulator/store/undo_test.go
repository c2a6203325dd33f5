package store_test

import (
	"runtime"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
)

// A large unit, such as one that fills a world, leaves no large undo log behind.
func TestTheUndoLogIsNotKept(t *testing.T) {
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	b, table := store.NewMemoryBackend(), &store.Table{Name: "test"}
	before := heap()
	err := b.Update(t.Context(), func(rows store.Rows) error {
		for range 500_000 {
			if err := rows.Put(table, store.Row{Value: 1}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if kept := heap() - before; kept > 256<<10 {
		t.Errorf("%d kB are kept of a unit that wrote one row", kept>>10)
	}
	runtime.KeepAlive(b)
}
