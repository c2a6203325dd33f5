package irp_test

import (
	"context"
	"errors"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// limited is a caller with a client id and a taxpayer that the world has.
var limited = irp.Headers{ClientID: "AABCK27GSP4K7QX", ClientSecret: "KonkanSecret00000002", GSTIN: "29ABCCD1234E1Z1"}

// limiting opens a world with the caller and with settings.
func limiting(t testing.TB, set func(*settings.Settings)) (*world.World, irp.IRP) {
	t.Helper()
	worlds := world.NewWorlds(world.Options{Populate: func(ctx context.Context, w *world.World) error {
		return w.Store.Update(ctx, func(tx store.Tx) error {
			return errors.Join(tx.PutTaxpayer(store.Taxpayer{GSTIN: limited.GSTIN}),
				tx.PutProvider(store.Provider{ClientID: limited.ClientID, ClientSecret: limited.ClientSecret}))
		})
	}})
	w, err := worlds.Get(t.Context(), world.Default)
	if err != nil {
		t.Fatal(err)
	}
	next := w.Settings()
	set(&next)
	if err := w.SetSettings(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	return w, irp.In(w, nic.Sandbox, irp.Keys{})
}

// BenchmarkAdmit shows what the limits cost a call, beside the check of a client and its token.
func BenchmarkAdmit(b *testing.B) {
	for _, c := range []struct {
		name string
		set  func(*settings.Settings)
	}{
		{"off", func(*settings.Settings) {}},
		{"calls", func(s *settings.Settings) { s.CallLimit = 1e6 * 1e6 }},
		{"blocks", func(s *settings.Settings) { s.ClientErrorLimit, s.UserErrorLimit = 1, 1 }},
	} {
		b.Run(c.name, func(b *testing.B) {
			w, api := limiting(b, c.set)
			b.ReportAllocs()
			for b.Loop() {
				if !w.LimitsCalls() {
					continue
				}
				if err := api.Admit(b.Context(), irp.EInvoice, limited, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("session", func(b *testing.B) {
		_, api := limiting(b, func(*settings.Settings) {})
		b.ReportAllocs()
		for b.Loop() {
			_ = api.View(b.Context(), func(r store.Reader) error {
				_, err := api.Session(r, irp.EInvoice, limited)
				return err
			})
		}
	})
}
