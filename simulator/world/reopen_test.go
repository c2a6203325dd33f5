package world_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// disk keeps stores by name, as a database would. It fails once broken is set.
type disk struct {
	stores map[string]store.Store
	broken error
}

func (d *disk) Open(_ context.Context, name string) (store.Store, error) {
	if s, kept := d.stores[name]; kept || d.broken != nil {
		return s, d.broken
	}
	return nil, store.ErrNotFound
}

func (d *disk) Make(ctx context.Context, name string, content func(store.Reader) (func(store.Tx) error, error)) (
	store.Store, error,
) {
	old, kept := d.stores[name]
	if !kept {
		old = store.NewMemory()
	}
	s := store.NewMemory()
	err := old.View(ctx, func(r store.Reader) error {
		put, err := content(r)
		return errors.Join(d.broken, err, s.Update(ctx, put))
	})
	if err == nil {
		d.stores[name] = s
	}
	return s, err
}

func (d *disk) Drop(_ context.Context, name string) error {
	delete(d.stores, name)
	return d.broken
}

func (d *disk) Names(context.Context) ([]string, error) {
	return slices.Sorted(maps.Keys(d.stores)), d.broken
}

// start is a process that keeps its worlds on a disk.
func (d *disk) start(wall *walls) *world.Worlds {
	return world.NewWorlds(world.Options{Wall: wall.now, Stores: d, Populate: populate})
}

func update(t *testing.T, w *world.World, f func(store.Tx) error) {
	t.Helper()
	if err := w.Store.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// drawn is what a world draws next for the wire: an OTP, a token, an id.
func drawn(w *world.World) []string {
	return []string{w.Dice.Stream("otp").Digits(6), w.Dice.Stream("token").Alphanumeric(25), w.Dice.Stream("id").UUID()}
}

// A world that is opened by another process goes on: records, numbers, clock and settings are as they were, and
// what it draws is new.
func TestReopen(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	hash := ""
	invoice := store.Invoice{IRN: "b1a5", Environment: nic.Sandbox, Status: nic.InvoiceActive}
	var draws [][]string
	for n := range int64(3) {
		w := get(t, d.start(wall), "w")
		draws = append(draws, drawn(w))
		update(t, w, func(tx store.Tx) error {
			if next, err := tx.Next(nic.Sandbox, "acknowledgement"); err != nil || next != n+1 {
				t.Errorf("opening %d counts to %d, %v", n+1, next, err)
			}
			return nil
		})
		if n == 0 {
			var err error
			if hash, err = w.Passwords.Hash("Testing@123"); err != nil {
				t.Fatal(err)
			}
			update(t, w, func(tx store.Tx) error {
				return errors.Join(tx.AddInvoice(invoice), tx.PutTaxpayer(store.Taxpayer{GSTIN: taxpayer.GSTIN, Email: "x"}),
					tx.AddAPIUser(store.APIUser{Environment: nic.Sandbox, Username: "dakshin_api", PasswordHash: hash}))
			})
			if err := w.ChangeClock(t.Context(), func(c *clock.Clock) error { return c.Advance(time.Hour) }); err != nil {
				t.Fatal(err)
			}
			_, err = w.ChangeSettings(t.Context(), func(s *settings.Settings) error { s.OTPMaxSends = 77; return nil })
			if err != nil {
				t.Fatal(err)
			}
		}
		err := w.Store.View(t.Context(), func(r store.Reader) error {
			changed, err := r.Taxpayer(taxpayer.GSTIN)
			user, userErr := r.APIUser(nic.Sandbox, "dakshin_api")
			kept, invoiceErr := r.Invoice(nic.Sandbox, invoice.IRN)
			if changed.Email != "x" || user.PasswordHash != hash || !cmp.Equal(kept, invoice) {
				t.Errorf("kept are %+v, %+v, %+v", changed, user, kept)
			}
			return errors.Join(err, userErr, invoiceErr)
		})
		if err != nil {
			t.Error(err)
		}
		if right, err := w.Passwords.Matches(hash, "Testing@123"); !right || err != nil {
			t.Errorf("the password: %v, %v", right, err)
		}
		if got, want := w.Clock.Now(), wall.now().Add(time.Hour); !got.Equal(want) || w.Clock.Mode() != clock.Real {
			t.Errorf("the clock shows %s, %s; want %s", got, w.Clock.Mode(), want)
		}
		if s := w.Settings(); s.OTPMaxSends != 77 || w.Defaults().OTPMaxSends == 77 {
			t.Errorf("settings %+v, by default %+v", s, w.Defaults())
		}
		if want := time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC); !w.CreatedAt.Equal(want) {
			t.Errorf("was created at %s", w.CreatedAt)
		}
		wall.wait(time.Hour)
	}
	var all []string
	for _, opening := range draws {
		all = append(all, opening...)
	}
	if slices.Sort(all); len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("drawn again: %v", draws)
	}
	fresh, _ := open()
	if first := drawn(get(t, fresh, "w")); !slices.Equal(draws[0], first) {
		t.Errorf("the first opening draws %v; want %v", draws[0], first)
	}
}

// A clock that was frozen stands still when its world is opened again, in the same process too.
func TestIdleWorldsAreOpenedAgain(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	ws := d.start(wall)
	at := time.Date(2030, time.January, 1, 0, 0, 0, 0, nic.IST)
	before := get(t, ws, "w")
	if err := before.ChangeClock(t.Context(), func(c *clock.Clock) error { c.Freeze(at); return nil }); err != nil {
		t.Fatal(err)
	}
	wall.wait(world.IdleLimit + 1)
	after := get(t, ws, "w")
	if after == before || !after.Clock.Now().Equal(at) || after.Clock.Mode() != clock.Frozen {
		t.Errorf("shows %s, %s", after.Clock.Now(), after.Clock.Mode())
	}
}

// Reset and Delete drop the store, of a world that is not open too.
func TestDropped(t *testing.T) {
	for name, end := range map[string]func(*world.Worlds) error{
		"reset":  func(ws *world.Worlds) error { return ws.Reset(t.Context(), "w") },
		"delete": func(ws *world.Worlds) error { return ws.Delete(t.Context(), "w") },
	} {
		t.Run(name, func(t *testing.T) {
			d := &disk{stores: map[string]store.Store{}}
			wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
			first := get(t, d.start(wall), "w")
			draws := drawn(first)
			use(t, first)
			ws := d.start(wall)
			if err := end(ws); err != nil {
				t.Fatal(err)
			}
			w := get(t, ws, "w")
			untouched(t, w, wall.now())
			if got := drawn(w); !slices.Equal(got, draws) {
				t.Errorf("draws %v; want %v", got, draws)
			}
		})
	}
}

// An error of Stores, or of a store, names the world and changes nothing.
func TestStoresFail(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	ws := d.start(wall)
	w := get(t, ws, "open")
	d.broken = errors.New("the disk is full")
	for name, call := range map[string]func() error{
		"get":    func() error { _, err := ws.Get(t.Context(), "suite-7"); return err },
		"reset":  func() error { return ws.Reset(t.Context(), "suite-7") },
		"delete": func() error { return ws.Delete(t.Context(), "suite-7") },
	} {
		if err := call(); !errors.Is(err, d.broken) || !strings.Contains(err.Error(), "suite-7") {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.Store = failing{w.Store, d.broken}
	now := w.Clock.Now()
	err := w.ChangeClock(t.Context(), func(c *clock.Clock) error { c.Freeze(now.Add(time.Hour)); return nil })
	if !errors.Is(err, d.broken) || !w.Clock.Now().Equal(now) || w.Clock.Mode() != clock.Real {
		t.Errorf("ChangeClock: %v, shows %s", err, w.Clock.Now())
	}
	s := w.Settings()
	s.Outage = true
	if err := w.SetSettings(t.Context(), s); !errors.Is(err, d.broken) || w.Settings().Outage {
		t.Errorf("SetSettings: %v", err)
	}
}

// failing is a store whose units fail.
type failing struct {
	store.Store
	err error
}

func (f failing) Update(context.Context, func(store.Tx) error) error { return f.err }

// A world that is kept and not open is found.
func TestFindKeptWorld(t *testing.T) {
	d := &disk{stores: map[string]store.Store{"w": store.NewMemory()}}
	ws := d.start(&walls{})
	if err := ws.Find(t.Context(), "w"); err != nil {
		t.Error(err)
	}
	if err := ws.Find(t.Context(), "other"); !errors.Is(err, world.ErrNotFound) {
		t.Errorf("finds another: %v", err)
	}
}

// A world that is closed keeps its faults, though a request that a fault holds ends with it.
func TestFaultsOfClosedWorlds(t *testing.T) {
	d := &disk{stores: map[string]store.Store{}}
	wall := &walls{at: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)}
	ws := d.start(wall)
	before := get(t, ws, "w")
	rule, violations := fault.Parse(map[string][]byte{"name": []byte(`"silent"`), "does": []byte(`{"kind":"hang"}`)})
	if len(violations) > 0 {
		t.Fatal(violations)
	}
	err := before.ChangeFaults(t.Context(), func([]fault.Live) ([]fault.Live, error) {
		return []fault.Live{{Rule: rule}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	held := before.Faults.Match(&fault.Point{Environment: nic.Sandbox, Call: "ping"})
	effect, fires := fault.Take[*fault.Hang](held)
	if !fires {
		t.Fatal("the fault does not fire")
	}
	wall.wait(world.IdleLimit + 1)
	after := get(t, ws, "w")
	select {
	case <-held.Ended(effect):
	default:
		t.Error("the world has ended, and the fault has not")
	}
	if err := before.KeepFaults(t.Context()); err != nil { // as the end of the held request does
		t.Error(err)
	}
	for _, w := range []*world.World{after, get(t, d.start(wall), "w")} {
		if list := w.Faults.List(); len(list) != 1 || !cmp.Equal(list[0].Rule, rule) {
			t.Errorf("the faults are %+v", list)
		}
	}
}
