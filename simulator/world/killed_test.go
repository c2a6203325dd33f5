package world_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
	"github.com/nicsim/nicsim/simulator/world"
)

// A reset that fails, or whose process is killed, leaves the world as it was, with its snapshots. What a killed process
// leaves is what is in the files at that time.
func TestAResetThatDoesNotEnd(t *testing.T) {
	kept, killed := t.TempDir(), t.TempDir()
	d := openDir(t, kept)
	ws := world.NewWorlds(world.Options{Stores: d, Populate: populate})
	w := get(t, ws, "w")
	if _, err := w.TakeSnapshot(t.Context(), "s"); err != nil {
		t.Fatal(err)
	}
	update(t, w, func(tx store.Tx) error { return tx.PutTaxpayer(store.Taxpayer{GSTIN: "since"}) })
	broken := errors.New("broken")
	_, err := ws.Remake(t.Context(), "w", world.Origin{Populate: func(context.Context, *world.World) error {
		for _, name := range []string{"nicsim.db", "nicsim.db-wal"} {
			data, err := os.ReadFile(filepath.Join(kept, name))
			if err := errors.Join(err, os.WriteFile(filepath.Join(killed, name), data, 0o600)); err != nil {
				return err
			}
		}
		return broken
	}})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	for name, ws := range map[string]*world.Worlds{
		"failed": ws, "killed": world.NewWorlds(world.Options{Stores: openDir(t, killed), Populate: populate}),
	} {
		w := get(t, ws, "w")
		all, err := w.Snapshots(t.Context())
		missing := w.Store.View(t.Context(), func(r store.Reader) error { _, err := r.Taxpayer("since"); return err })
		if err != nil || len(all) != 1 || missing != nil {
			t.Errorf("%s: snapshots %v, %v; the record: %v", name, all, err, missing)
		}
	}
}

func openDir(t *testing.T, dir string) *sqlstore.Database {
	t.Helper()
	d, err := sqlstore.OpenSQLite(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
