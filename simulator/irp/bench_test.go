package irp_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// BenchmarkReadAfter shows what a read of one invoice costs after a thousand and after
// a million were registered; p99-ns is to be about the same. The invoices are put into
// the store as they are: signing a million would take an hour and tell nothing here.
func BenchmarkReadAfter(b *testing.B) {
	const gstin = "29ABCCD1234E1Z1"
	irn := func(n int) string { return fmt.Sprintf("%064x", n) }
	for _, registered := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprint(registered), func(b *testing.B) {
			worlds := world.NewWorlds(world.Options{Populate: func(ctx context.Context, w *world.World) error {
				for n := range registered {
					err := w.Store.Update(ctx, func(tx store.Tx) error {
						return tx.AddInvoice(store.Invoice{
							IRN: irn(n), Environment: nic.Sandbox, SellerGSTIN: gstin, AckDt: w.Clock.Now(), Status: nic.InvoiceActive,
							Document: store.DocumentKey{GSTIN: gstin, Type: "INV", Number: irn(n)[48:], Date: "23/11/2026"},
						})
					})
					if err != nil {
						return err
					}
				}
				return nil
			}})
			w, err := worlds.Get(b.Context(), world.Default)
			if err != nil {
				b.Fatal(err)
			}
			api, caller := irp.In(w, nic.Sandbox, irp.Keys{}), irp.Session{GSTIN: gstin}
			times := make([]time.Duration, 0, 1<<20)
			next := 0
			for b.Loop() {
				next = (next + 7919) % registered // a prime: every part of the store has its turn
				wanted := irn(next)
				began := time.Now()
				err := api.View(b.Context(), func(r store.Reader) error {
					_, err := api.Invoice(irp.View{Store: r, Caller: caller}, wanted)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds()), "p99-ns")
		})
	}
}
