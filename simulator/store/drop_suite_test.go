package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

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
