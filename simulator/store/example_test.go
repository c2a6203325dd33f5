package store_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// A unit reads, decides and writes. If it returns an error, its writes are undone.
func Example() {
	ctx := context.Background()
	s := store.NewMemory()
	register := func(irn string) error {
		return s.Update(ctx, func(tx store.Tx) error {
			n, err := tx.Next(nic.Sandbox, "acknowledgement")
			if err != nil {
				return err
			}
			return tx.AddInvoice(store.Invoice{Environment: nic.Sandbox, IRN: irn, AckNo: n,
				Document: store.DocumentKey{Type: "INV", Number: irn}})
		})
	}
	fmt.Println(register("a1"))
	fmt.Println(register("a1"))
	fmt.Println(register("b2"))
	err := s.View(ctx, func(r store.Reader) error {
		newest, err := r.Invoices(nic.Sandbox, store.Page{Limit: 1})
		fmt.Println(newest[0].IRN, newest[0].AckNo)
		return err
	})
	fmt.Println(err)
	// Output:
	// <nil>
	// store: the record exists already
	// <nil>
	// b2 2
	// <nil>
}

// locked is the refusal of a login.
type locked struct{ until time.Time }

func (l *locked) Error() string { return "locked until " + l.until.Format(time.TimeOnly) }

// An error of the type argument of Decide is an outcome: the writes before it are kept.
func ExampleDecide() {
	ctx := context.Background()
	s := store.NewMemory()
	noon := time.Date(2026, time.November, 22, 12, 0, 0, 0, nic.IST)
	err := store.Decide[*locked](ctx, s, func(tx store.Tx) error {
		a := store.Attempts{Environment: nic.Sandbox, Name: "dakshin_api", LockedUntil: noon}
		if err := tx.PutAttempts(a); err != nil {
			return err
		}
		return &locked{noon}
	})
	fmt.Println(err)
	_ = s.View(ctx, func(r store.Reader) error {
		a, err := r.Attempts(nic.Sandbox, "dakshin_api")
		fmt.Println(a.LockedUntil.Equal(noon), err)
		return err
	})
	// Output:
	// locked until 12:00:00
	// true <nil>
}

func ExampleIsMissing() {
	s := store.NewMemory()
	err := s.View(context.Background(), func(r store.Reader) error {
		_, err := r.Taxpayer("29ABCCD1234E1Z1")
		return err
	})
	fmt.Println(store.IsMissing(err), store.IsMissing(errors.New("the disk is full")))
	// Output: true false
}
