package main

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

func TestFill(t *testing.T) {
	const seller = "29ABCCD1234E1Z1"
	dir := t.TempDir()
	inWorld := func(f func(store.Store) error) {
		t.Helper()
		d, err := sqlstore.OpenSQLite(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		world, err := d.Open(t.Context(), "default")
		if store.IsMissing(err) {
			world, err = d.Make(t.Context(), "default", func(store.Reader) (func(store.Tx) error, error) {
				return func(store.Tx) error { return nil }, nil
			})
		}
		if err = errors.Join(err, f(world), d.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if err := fill(t.Context(), dir, 2, 3); err == nil {
		t.Error("a world without records was filled")
	}
	inWorld(func(s store.Store) error {
		return s.Update(t.Context(), func(tx store.Tx) error {
			return errors.Join(tx.AddAPIUser(store.APIUser{Environment: nic.Sandbox, Username: "first", GSTIN: seller}),
				tx.AddInvoice(store.Invoice{
					IRN: nic.IRN(seller, "2026-27", "INV", "BENCH000000001"), Environment: nic.Sandbox, SellerGSTIN: seller,
					Document:      store.DocumentKey{GSTIN: seller, Type: "INV", Number: "BENCH000000001", Date: "27/11/2026"},
					SignedInvoice: "signed", AckNo: 7, AckDt: time.Date(2026, time.November, 27, 0, 0, 0, 0, nic.IST),
				}))
		})
	})
	const last = together + 3 // two units
	if err := fill(t.Context(), dir, 2, last); err != nil {
		t.Fatal(err)
	}
	inWorld(func(s store.Store) error {
		return s.View(t.Context(), func(r store.Reader) error {
			invoices, err := r.CountInvoices(nic.Sandbox, math.MaxInt)
			users, failed := r.CountAPIUsers(nic.Sandbox, math.MaxInt)
			if invoices != last || users != last {
				t.Errorf("%d invoices and %d users, want %d of each", invoices, users, last)
			}
			copied, missing := r.Invoice(nic.Sandbox, nic.IRN(seller, "2026-27", "INV", "BENCH000010003"))
			if copied.Document.Number != "BENCH000010003" || copied.SignedInvoice != "signed" || copied.AckNo == 7 {
				t.Errorf("the last copy is %+v", copied)
			}
			return errors.Join(err, failed, missing)
		})
	})
}
