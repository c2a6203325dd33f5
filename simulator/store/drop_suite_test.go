//go:build !race

package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

// A world that is dropped during a unit waits for the unit, which is kept. PostgreSQL would end one of the two for a
// deadlock if Drop took the rows of the world without the lock of its units.
func TestSuiteDropWaitsForUnits(t *testing.T) {
	address := postgres(t)
	d := opened["PostgreSQL"](t)
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
		waitForLock(t, address)
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
func waitForLock(t *testing.T, address string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context()) //nolint:errcheck // the test ends
	for waiting := false; !waiting; {
		err := conn.QueryRow(t.Context(), `SELECT EXISTS (SELECT 1 FROM pg_stat_activity
			WHERE application_name = 'nicsim' AND wait_event_type = 'Lock')`).Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Worlds that are made, written and dropped at the same time fail with no error but that they have ended.
func TestSuiteMakingAndDropping(t *testing.T) {
	for name, open := range opened {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			var wg sync.WaitGroup
			for n := range 16 {
				wg.Go(func() {
					for round := range 20 {
						world := fmt.Sprintf("%s-%d", t.Name(), (n+round)%5)
						if err := makeAndDrop(t.Context(), d, world); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
		})
	}
}

func makeAndDrop(ctx context.Context, d *sqlstore.Database, world string) error {
	put := func(tx store.Tx) error {
		_, err := store.Log{Name: "journal", Capacity: 2}.Add(tx, []byte(`{}`))
		return errors.Join(err, tx.PutTaxpayer(store.Taxpayer{GSTIN: "known"}))
	}
	made, err := d.Make(ctx, world, func(old store.Reader) (func(store.Tx) error, error) {
		_, err := old.Snapshots()
		return put, err
	})
	if err != nil {
		return fmt.Errorf("making: %w", err)
	}
	for range 3 {
		if err := made.Update(ctx, put); err != nil && !errors.Is(err, store.ErrDropped) {
			return fmt.Errorf("writing: %w", err)
		}
	}
	if _, err := d.Open(ctx, world); err != nil && !store.IsMissing(err) {
		return fmt.Errorf("opening: %w", err)
	}
	if err := d.Drop(ctx, world); err != nil {
		return fmt.Errorf("dropping: %w", err)
	}
	return nil
}
