package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
)

// One store, and all together, have a bounded number of bytes. A unit that would exceed it is undone, and a unit that
// deletes is not refused.
func TestQuota(t *testing.T) {
	q := &store.Quota{World: 100_000, All: 150_000}
	put := func(s store.Store, gstin string, size int) error {
		return s.Update(context.Background(), func(tx store.Tx) error {
			return tx.PutTaxpayer(store.Taxpayer{GSTIN: gstin, LegalName: strings.Repeat("x", size)})
		})
	}
	one, other := q.NewMemory(), q.NewMemory()
	for _, c := range []struct {
		what  string
		in    store.Store
		gstin string
		size  int
		want  error
	}{
		{"a first record", one, "a", 60_000, nil},
		{"more than a world may have", one, "b", 60_000, store.ErrTooMuch},
		{"the record is replaced by a smaller one", one, "a", 40_000, nil},
		{"which makes room", one, "b", 50_000, nil},
		{"a record that grows above the bound", one, "b", 70_000, store.ErrTooMuch},
		{"more than all may have", other, "a", 70_000, store.ErrTooMuch},
		{"another store has room", other, "a", 50_000, nil},
	} {
		before := q.Used()
		if err := put(c.in, c.gstin, c.size); !errors.Is(err, c.want) {
			t.Errorf("%s: %v; want %v", c.what, err, c.want)
		}
		if c.want != nil && q.Used() != before {
			t.Errorf("%s: counted are %d, and %d before", c.what, q.Used(), before)
		}
	}
	err := one.View(t.Context(), func(r store.Reader) error {
		b, err := r.Taxpayer("b")
		if len(b.LegalName) != 50_000 {
			t.Errorf("after a refused change the name has %d bytes", len(b.LegalName))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	err = one.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(tx.DeleteTaxpayer("a"), tx.DeleteTaxpayer("b"))
	})
	if err != nil {
		t.Error(err)
	}
	store.Release(other)
	if q.Used() != 0 {
		t.Errorf("empty and released stores count %d bytes", q.Used())
	}
}
