package world_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// other is an origin with one taxpayer, a frozen clock and settings of its own.
func other(gstin string) world.Origin {
	figures := settings.Default()
	figures.OTPMaxSends = 9
	return world.Origin{
		Settings: &figures,
		Clock:    func(c *clock.Clock) { c.Freeze(time.Date(2025, time.March, 15, 0, 0, 0, 0, time.UTC)) },
		Populate: func(ctx context.Context, w *world.World) error {
			return w.Store.Update(ctx, func(tx store.Tx) error { return tx.AddTaxpayer(store.Taxpayer{GSTIN: gstin}) })
		},
	}
}

// wantOrigin checks that a world is as an origin of other makes it.
func wantOrigin(t *testing.T, w *world.World, gstin string) {
	t.Helper()
	err := w.Store.View(t.Context(), func(r store.Reader) error { _, err := r.Taxpayer(gstin); return err })
	if err != nil || w.Settings().OTPMaxSends != 9 || w.Defaults().OTPMaxSends != 9 || w.Clock.Mode() != clock.Frozen {
		t.Errorf("the world has %v, %d, %d and %s", err, w.Settings().OTPMaxSends, w.Defaults().OTPMaxSends, w.Clock.Mode())
	}
}

// A world with an origin of its own comes back to it, and is not closed for being idle.
func TestOrigins(t *testing.T) {
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	ws := world.NewWorlds(world.Options{Wall: wall.now, Populate: populate, IdleLimit: time.Minute,
		Origins: map[string]world.Origin{"named": other("named")}})
	named := get(t, ws, "named")
	wantOrigin(t, named, "named")
	use(t, named)
	if err := ws.Reset(t.Context(), "named"); err != nil {
		t.Fatal(err)
	}
	named = get(t, ws, "named")
	wantOrigin(t, named, "named")
	get(t, ws, "w")
	wall.wait(time.Minute + 1)
	if names := namesOf(ws); names != "named" || get(t, ws, "named") != named {
		t.Errorf("after a minute there are %s", names)
	}
}

// A world that is made again comes back to what it was made from, until it ends.
func TestRemake(t *testing.T) {
	ws, wall := open()
	use(t, get(t, ws, "w"))
	made, err := ws.Remake(t.Context(), "w", other("made"))
	if err != nil || get(t, ws, "w") != made {
		t.Fatalf("made %v, %v", made, err)
	}
	wantOrigin(t, made, "made")
	if err := ws.Reset(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	wantOrigin(t, get(t, ws, "w"), "made")
	if err := ws.Delete(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	untouched(t, get(t, ws, "w"), wall.now())
	if _, err := ws.Remake(t.Context(), "No Name", other("made")); !errors.Is(err, world.ErrName) {
		t.Errorf("a world of a wrong name: %v", err)
	}
}
