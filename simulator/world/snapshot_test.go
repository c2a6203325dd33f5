package world_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/limit"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// everything is all that a world can be asked for, but its draws.
func everything(t *testing.T, w *world.World) string {
	t.Helper()
	var b strings.Builder
	err := w.Inspect(t.Context(), func(r store.Reader, c world.Condition) error {
		show := json.NewEncoder(&b)
		if _, err := w.Messages(t.Context(), inbox.Filter{}); err != nil {
			return err
		}
		if err := show.Encode([]any{c, w.Settings(), w.Clock.Now(), w.Clock.Mode(), w.Inbox.All()}); err != nil {
			return err
		}
		for _, f := range store.Forms(store.Inside) {
			all, err := r.Records(f)
			if err != nil {
				return err
			}
			if f.Name == "states" {
				continue
			}
			if err := show.Encode([]any{f.Name, all}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// live has a world do all that changes its state. Each n does something else.
func live(t *testing.T, w *world.World, n int) {
	t.Helper()
	name := fmt.Sprint("n", n)
	month, err := situation.Named("month-end")
	if err != nil {
		t.Fatal(err)
	}
	rule, violations := fault.Parse(map[string][]byte{"name": []byte(`"` + name + `"`), "does": []byte(`{"kind":"html"}`)})
	if len(violations) > 0 {
		t.Fatal(violations)
	}
	_, settingsErr := w.ChangeSettings(t.Context(), func(s *settings.Settings) error {
		s.OTPMaxSends = 20 + n
		return nil
	})
	err = errors.Join(settingsErr,
		w.ChangeClock(t.Context(), func(c *clock.Clock) error { return c.Advance(time.Hour) }),
		w.ChangeFaults(t.Context(), func(all []fault.Live) ([]fault.Live, error) {
			return append(all, fault.Live{Rule: rule}), nil
		}),
		w.Enter(t.Context(), month), w.SetDefects(t.Context(), []string{defect.Catalogue()[n].Name}))
	if err != nil {
		t.Fatal(err)
	}
	w.Faults.Match(&fault.Point{Environment: nic.Sandbox, Call: "generate"})
	if err := w.Deliver(t.Context(), inbox.Message{ID: name, OTP: "123456", ArrivesAt: w.Clock.Now()}); err != nil {
		t.Fatal(err)
	}
	update(t, w, func(tx store.Tx) error {
		_, err := tx.Next(nic.Sandbox, "acknowledgement")
		_, allowed, takeErr := limit.Limit{Most: 3, Window: time.Hour}.Take(tx, nic.Sandbox, "logins", w.Clock.Now())
		if !allowed {
			t.Error("a login is not allowed")
		}
		return errors.Join(err, takeErr, tx.AddInvoice(store.Invoice{IRN: name, Document: store.DocumentKey{Number: name}}),
			tx.PutToken(store.Token{Value: name, Environment: nic.Sandbox, Username: name, SEK: []byte{byte(n)}}),
			tx.PutFlow(store.Flow{ID: name, OTP: store.OTP{Code: "123456"}}))
	})
}

// A snapshot brings back all of a world, the counts of limits and secrets included. What is drawn after it was not
// drawn before, in a process that is started later too.
func TestSnapshot(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	w := get(t, d.start(wall), "w")
	live(t, w, 1)
	before, draws := everything(t, w), drawn(w)
	if taken, err := w.TakeSnapshot(t.Context(), "here"); err != nil || taken.Bytes == 0 || taken.Name != "here" {
		t.Fatalf("%+v, %v", taken, err)
	}
	for n := range 3 {
		live(t, w, n+2)
		wall.wait(time.Minute)
		if everything(t, w) == before {
			t.Fatal("nothing has changed")
		}
		if err := w.RestoreSnapshot(t.Context(), "here"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, everything(t, w)); diff != "" {
			t.Errorf("(-before +restored):\n%s", diff)
		}
		draws = append(draws, drawn(w)...)
		w = get(t, d.start(wall), "w")
	}
	if slices.Sort(draws); len(slices.Compact(slices.Clone(draws))) != len(draws) {
		t.Errorf("drawn again: %v", draws)
	}
	if err := w.DeleteSnapshot(t.Context(), "here"); err != nil {
		t.Error(err)
	}
	for name, call := range map[string]func(context.Context, string) error{
		"restore": w.RestoreSnapshot, "delete": w.DeleteSnapshot,
	} {
		if err := call(t.Context(), "here"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A clock that shows real time does so after a restore.
func TestSnapshotOfRealTime(t *testing.T) {
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	d := &disk{stores: map[string]store.Store{}}
	w := get(t, d.start(wall), "w")
	_, err := w.TakeSnapshot(t.Context(), "s")
	wall.wait(time.Hour)
	if err := errors.Join(err, w.RestoreSnapshot(t.Context(), "s")); err != nil || !w.Clock.Now().Equal(wall.now()) {
		t.Errorf("shows %s, %v", w.Clock.Now(), err)
	}
}

// A reset, and a world that is made from another origin, keep the snapshots; a world that ends does not. A snapshot
// brings back settings that were those of the origin at its time.
func TestSnapshotsStay(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	ws := d.start(wall)
	if _, err := get(t, ws, "w").TakeSnapshot(t.Context(), "s"); err != nil {
		t.Fatal(err)
	}
	other := settings.Default()
	other.OTPMaxSends = 55
	ws = d.start(wall)
	if err := ws.Reset(t.Context(), "w"); err != nil { // of a world that is not open
		t.Fatal(err)
	}
	w, err := ws.Remake(t.Context(), "w", world.Origin{Populate: populate, Settings: &other})
	if err != nil || w.Settings().OTPMaxSends != 55 {
		t.Fatal(w.Settings(), err)
	}
	if err := w.RestoreSnapshot(t.Context(), "s"); err != nil || w.Settings().OTPMaxSends == 55 {
		t.Errorf("%d, %v", w.Settings().OTPMaxSends, err)
	}
	if err := ws.Delete(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	if all, err := get(t, ws, "w").Snapshots(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("%v, %v", all, err)
	}
}

// Snapshots are bounded in number and in bytes; one that takes the place of another counts once.
func TestSnapshotsAreBounded(t *testing.T) {
	ws, _ := open()
	w := get(t, ws, "w")
	for _, name := range []string{"", "A", "a b", strings.Repeat("a", 41)} {
		if _, err := w.TakeSnapshot(t.Context(), name); !errors.Is(err, world.ErrSnapshotName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for n := range world.MostSnapshots {
		if _, err := w.TakeSnapshot(t.Context(), fmt.Sprint("s", n)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.TakeSnapshot(t.Context(), "one-more"); !errors.Is(err, world.ErrTooManySnapshots) {
		t.Error(err)
	}
	if _, err := w.TakeSnapshot(t.Context(), "s1"); err != nil {
		t.Error(err)
	}
	update(t, w, func(tx store.Tx) error {
		return tx.PutSnapshot(store.Snapshot{Name: "s0", Bytes: world.MostSnapshotBytes}, nil)
	})
	if _, err := w.TakeSnapshot(t.Context(), "s1"); !errors.Is(err, world.ErrSnapshotTooLarge) {
		t.Error(err)
	}
	if err := w.RestoreSnapshot(t.Context(), "s1"); err != nil {
		t.Errorf("the snapshot that was to be replaced: %v", err)
	}
}
