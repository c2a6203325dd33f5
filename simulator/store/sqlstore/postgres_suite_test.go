package sqlstore

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// A world that is dropped during a unit waits for the unit, which is kept. PostgreSQL would end one of the two for a
// deadlock if Drop took the rows of the world without the lock of its units.
func TestSuiteDropWaitsForUnits(t *testing.T) {
	address := os.Getenv("TEST_POSTGRES")
	if address == "" {
		t.Skip("TEST_POSTGRES names no server; scripts/postgres.sh starts one")
	}
	d, err := OpenPostgres(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, d)
	b, err := d.Fresh(t.Context(), t.Name())
	if err != nil {
		t.Fatal(err)
	}
	world, dropped := store.New(b), make(chan error)
	put := func(tx store.Tx, name string) error {
		return tx.PutCount(store.Count{Environment: nic.Sandbox, Name: name})
	}
	if err := world.Update(t.Context(), func(tx store.Tx) error { return put(tx, "known") }); err != nil {
		t.Fatal(err)
	}
	err = world.Update(t.Context(), func(tx store.Tx) error {
		if err := put(tx, "known"); err != nil {
			return err
		}
		go func() { dropped <- d.Drop(context.WithoutCancel(t.Context()), t.Name()) }()
		waitForLock(t, d)
		return put(tx, "new")
	})
	if err != nil {
		t.Errorf("the unit: %v", err)
	}
	if err := <-dropped; err != nil {
		t.Errorf("the drop: %v", err)
	}
	err = world.Update(t.Context(), func(tx store.Tx) error { return put(tx, "late") })
	if !errors.Is(err, store.ErrDropped) {
		t.Errorf("a unit after the drop: %v", err)
	}
}

// waitForLock waits until a transaction of nicsim waits for another.
func waitForLock(t *testing.T, d *Database) {
	t.Helper()
	for waiting := false; !waiting; {
		err := d.db.QueryRowContext(t.Context(), `SELECT EXISTS (SELECT 1 FROM pg_stat_activity
			WHERE application_name = 'nicsim' AND wait_event_type = 'Lock')`).Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
	}
}
