package world_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// walls is a wall clock that the test moves.
type walls struct {
	mu sync.Mutex // guards at
	at time.Time
}

func (w *walls) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *walls) wait(by time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(by)
}

var taxpayer = store.Taxpayer{GSTIN: "29ABCCD1234E1Z1"}

func populate(ctx context.Context, w *world.World) error {
	return w.Store.Update(ctx, func(tx store.Tx) error { return tx.AddTaxpayer(taxpayer) })
}

func open() (*world.Worlds, *walls) {
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	return world.NewWorlds(world.Options{Wall: wall.now, Populate: populate}), wall
}

func get(t *testing.T, ws *world.Worlds, name string) *world.World {
	t.Helper()
	w, err := ws.Get(t.Context(), name)
	if err != nil {
		t.Fatalf("world %q: %v", name, err)
	}
	return w
}

func TestNames(t *testing.T) {
	ws, _ := open()
	for _, c := range []struct {
		name string
		good bool
	}{
		{"default", true}, {"a", true}, {"0", true}, {"-", true}, {"suite-7", true}, {strings.Repeat("x", 40), true},
		{"", false}, {strings.Repeat("x", 41), false}, {"Upper", false}, {"under_score", false}, {"a b", false},
		{"a.b", false},
		{"é", false}, {"a\n", false}, {"..", false}, {"a/b", false}, {"a\x00", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ws.Get(t.Context(), c.name)
			if good := err == nil; good != c.good || !good && !errors.Is(err, world.ErrName) {
				t.Errorf("Get: %v", err)
			}
			if err := ws.Reset(t.Context(), c.name); (err == nil) != c.good || !c.good && !errors.Is(err, world.ErrName) {
				t.Errorf("Reset: %v", err)
			}
		})
	}
}

// use leaves a trace in every part of a world.
func use(t *testing.T, w *world.World) {
	t.Helper()
	err := w.Store.Update(t.Context(), func(tx store.Tx) error { return tx.PutTaxpayer(store.Taxpayer{GSTIN: "other"}) })
	if err != nil {
		t.Fatal(err)
	}
	w.Inbox.Deliver(inbox.Message{ID: "m"})
	w.Journal.Record(journal.Exchange{})
	w.Clock.Freeze(time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC))
	s := settings.Default()
	s.Outage = true
	if err := w.SetSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
}

// untouched checks that a world is as it was made.
func untouched(t *testing.T, w *world.World, now time.Time) {
	t.Helper()
	var list []store.Taxpayer
	err := w.Store.View(t.Context(), func(r store.Reader) (err error) {
		list, err = r.Taxpayers(store.Page{})
		return err
	})
	switch {
	case err != nil || len(list) != 1 || list[0] != taxpayer:
		t.Errorf("has taxpayers %v, %v", list, err)
	case len(w.Inbox.Messages(inbox.Filter{}, now)) > 0:
		t.Error("has messages")
	case len(w.Journal.Exchanges(journal.Filter{})) > 0:
		t.Error("has a journal")
	case !w.Clock.Now().Equal(now):
		t.Errorf("shows %s", w.Clock.Now())
	case !cmp.Equal(w.Settings(), settings.Default()):
		t.Errorf("has settings %+v", w.Settings())
	}
}

func TestWorldsAreApart(t *testing.T) {
	ws, wall := open()
	used := get(t, ws, "used")
	early := get(t, ws, "early")
	use(t, used)
	untouched(t, early, wall.now())
	untouched(t, get(t, ws, "late"), wall.now())
	if get(t, ws, "used") != used || cmp.Equal(used.Settings(), settings.Default()) {
		t.Error("the second Get makes another world")
	}
	if a, b := early.Dice.Stream("otp").Digits(20), used.Dice.Stream("otp").Digits(20); a == b {
		t.Error("two worlds have the same chance")
	}
}

func TestReset(t *testing.T) {
	ws, wall := open()
	before, bystander := get(t, ws, "w"), get(t, ws, "bystander")
	first := before.Dice.Stream("otp").Digits(20)
	use(t, before)
	use(t, bystander)
	if err := ws.Reset(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	after := get(t, ws, "w")
	untouched(t, after, wall.now())
	if after == before || after.Dice.Stream("otp").Digits(20) != first {
		t.Error("the reset world does not begin as it did")
	}
	if bystander != get(t, ws, "bystander") || !bystander.Settings().Outage {
		t.Error("another world was reset with it")
	}
}

func TestDelete(t *testing.T) {
	ws, wall := open()
	use(t, get(t, ws, "w"))
	if err := ws.Delete(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"w", "never", "", "No Name"} {
		if err := ws.Delete(t.Context(), name); !errors.Is(err, world.ErrNotFound) {
			t.Errorf("deleting %q: %v", name, err)
		}
	}
	untouched(t, get(t, ws, "w"), wall.now())
}

// The watchers of a world learn of its end, however it ends: the next world of its name has another notifier.
func TestEndsAreNotified(t *testing.T) {
	ws, wall := open()
	for how, end := range map[string]func() error{
		"deleted": func() error { return ws.Delete(t.Context(), "w") },
		"reset":   func() error { return ws.Reset(t.Context(), "w") },
		"dropped": func() error {
			wall.wait(world.IdleLimit + 1)
			ws.All()
			return nil
		},
	} {
		ended := get(t, ws, "w").Changed.Wait()
		if err := end(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ended:
		default:
			t.Errorf("a world was %s, and its watchers were not notified", how)
		}
	}
}

func namesOf(ws *world.Worlds) string {
	var names []string
	for _, w := range ws.All() {
		names = append(names, w.Name)
	}
	return strings.Join(names, " ")
}

func TestAllAreListedByName(t *testing.T) {
	ws, _ := open()
	for _, name := range []string{"m", "z", "a", "default"} {
		get(t, ws, name)
	}
	if got := namesOf(ws); got != "a default m z" {
		t.Error(got)
	}
}

func TestAFailingPopulateMakesNoWorld(t *testing.T) {
	broken := errors.New("broken")
	fail := true
	ws := world.NewWorlds(world.Options{Populate: func(ctx context.Context, w *world.World) error {
		if fail {
			return broken
		}
		return populate(ctx, w)
	}})
	if _, err := ws.Get(t.Context(), "w"); !errors.Is(err, broken) {
		t.Errorf("Get: %v", err)
	}
	if len(ws.All()) > 0 {
		t.Error("half a world is there")
	}
	fail = false
	get(t, ws, "w")
}

// Whether two meet between looking for a world and making it is chance, so there are
// many worlds to meet in.
func TestManyAskForOneWorldAtOnce(t *testing.T) {
	ws, _ := open()
	for i := range 300 {
		var all sync.WaitGroup
		got := make([]*world.World, 4)
		begin := make(chan struct{})
		for k := range got {
			all.Go(func() {
				<-begin
				got[k], _ = ws.Get(t.Context(), "w"+strconv.Itoa(i))
			})
		}
		close(begin)
		all.Wait()
		for _, w := range got {
			if w == nil || w != got[0] {
				t.Fatal("one name, several worlds")
			}
		}
	}
}

// Once a minute of the world's time, a captcha lets the world delete what ended a day before.
func TestSweep(t *testing.T) {
	ws, wall := open()
	w := get(t, ws, "w")
	sweep := func(want error) {
		t.Helper()
		err := w.Store.Update(t.Context(), func(tx store.Tx) error {
			if err := w.Sweep(tx); err != nil {
				return err
			}
			if _, err := tx.Captcha("old"); !errors.Is(err, want) {
				t.Errorf("old: %v; want %v", err, want)
			}
			_, err := tx.Captcha("young")
			return err
		})
		if err != nil {
			t.Errorf("young: %v", err)
		}
	}
	put := func(id string, ended time.Duration) {
		err := w.Store.Update(t.Context(), func(tx store.Tx) error {
			return tx.PutCaptcha(store.Captcha{ID: id, ExpiresAt: wall.now().Add(-ended)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put("old", world.Keep-time.Second)
	put("young", world.Keep-2*time.Minute)
	sweep(nil)
	wall.wait(time.Minute - 1)
	sweep(nil)
	wall.wait(1)
	sweep(store.ErrNotFound)
}
