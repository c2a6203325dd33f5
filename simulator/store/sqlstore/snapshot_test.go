package sqlstore

import (
	"context"
	"errors"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Snapshots are kept with their world: the next process restores them, and a reset leaves them.
func TestSnapshotsAreKept(t *testing.T) {
	const kept, later = "29ABCCD1234E1Z1", "29ABCPD1234E2Z9"
	dir := t.TempDir()
	start := func(t *testing.T) (*Database, *world.World, *world.Worlds) {
		t.Helper()
		d := open(t, dir)
		populate := func(context.Context, *world.World) error { return nil }
		worlds := world.NewWorlds(world.Options{Stores: d, Populate: populate})
		w, err := worlds.Get(t.Context(), "w")
		if err != nil {
			t.Fatal(err)
		}
		return d, w, worlds
	}
	count := func(w *world.World) (n int64) {
		t.Helper()
		err := w.Store.Update(t.Context(), func(tx store.Tx) (err error) {
			n, err = tx.Next(nic.Sandbox, "acknowledgement")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	d, w, _ := start(t)
	count(w)
	_, err := w.TakeSnapshot(t.Context(), "s")
	if err := errors.Join(err, add(t, w.Store, later)); err != nil {
		t.Fatal(err)
	}
	count(w)
	closed(t, d)
	d, w, worlds := start(t)
	if err := errors.Join(w.RestoreSnapshot(t.Context(), "s"), add(t, w.Store, kept)); err != nil {
		t.Fatal(err)
	}
	if n := count(w); has(t, w.Store, later) || n != 2 {
		t.Errorf("the restored world counts to %d, and has what was added later: %t", n, has(t, w.Store, later))
	}
	if err := worlds.Reset(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	closed(t, d)
	d, w, _ = start(t)
	defer closed(t, d)
	if has(t, w.Store, kept) {
		t.Error("the reset left a record")
	}
	if err := w.RestoreSnapshot(t.Context(), "s"); err != nil || count(w) != 2 {
		t.Errorf("the snapshot after a reset: %v", err)
	}
}
