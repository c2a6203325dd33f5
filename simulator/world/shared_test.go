package world_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// database is a disk that several processes use at the same time. It tells none of them by itself.
type database struct {
	*disk
	using *sync.Mutex
	tell  []func(string)
}

func (d *database) Alone(_ context.Context, _ string, f func() error) error {
	d.using.Lock()
	defer d.using.Unlock()
	return f()
}

func (d *database) Follow(changed func(string)) bool {
	d.tell = append(d.tell, changed)
	return true
}

func (d *database) process() *world.Worlds {
	return world.NewWorlds(world.Options{Stores: d, Populate: populate})
}

// follows has a process read what others have changed, and waits for it.
func (d *database) follows(t *testing.T, process int, w *world.World) {
	t.Helper()
	changed := w.Changed.Wait()
	d.tell[process](w.Name)
	select {
	case <-changed:
	case <-t.Context().Done():
		t.Fatal("the process does not follow")
	}
}

// Clock, settings, situation and faults of one process are those of the other.
func TestProcessesFollowEachOther(t *testing.T) {
	d := &database{disk: &disk{stores: map[string]store.Store{}}, using: &sync.Mutex{}}
	one, other := get(t, d.process(), "w"), get(t, d.process(), "w")
	at := time.Date(2030, time.January, 1, 0, 0, 0, 0, nic.IST)
	if err := one.ChangeClock(t.Context(), func(c *clock.Clock) error { c.Freeze(at); return nil }); err != nil {
		t.Fatal(err)
	}
	// Without being told, a change goes on from what the other process has kept.
	if err := other.ChangeClock(t.Context(), func(c *clock.Clock) error { return c.Advance(time.Hour) }); err != nil {
		t.Fatal(err)
	}
	_, err := one.ChangeSettings(t.Context(), func(s *settings.Settings) error { s.OTPMaxSends = 77; return nil })
	if err != nil {
		t.Fatal(err)
	}
	rule, violations := fault.Parse(map[string][]byte{"name": []byte(`"once"`), "does": []byte(`{"kind":"html"}`),
		"often": []byte(`{"next":1}`)})
	if len(violations) > 0 {
		t.Fatal(violations)
	}
	err = one.ChangeFaults(t.Context(), func([]fault.Live) ([]fault.Live, error) {
		return []fault.Live{{Rule: rule}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.follows(t, 1, other)
	for _, w := range []*world.World{one, other} {
		if got := w.Clock.Now(); !got.Equal(at.Add(time.Hour)) || w.Settings().OTPMaxSends != 77 {
			t.Errorf("shows %s, %d sends", got, w.Settings().OTPMaxSends)
		}
	}
	fires := func(w *world.World) bool {
		_, fires := fault.Take[fault.Answering](w.Faults.Match(&fault.Point{Environment: nic.Sandbox, Call: "ping"}))
		return fires
	}
	if !fires(one) {
		t.Error("the fault does not fire")
	}
	if err := one.KeepFaults(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.follows(t, 1, other)
	if fires(other) {
		t.Error("the fault fires in the other process again")
	}
}

// A world that one process makes again, or deletes, ends in the other.
func TestProcessesEndWorlds(t *testing.T) {
	d := &database{disk: &disk{stores: map[string]store.Store{}}, using: &sync.Mutex{}}
	here, there := d.process(), d.process()
	before := get(t, there, "w")
	get(t, here, "w")
	old := d.stores["w"]
	if err := here.Reset(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	// A store of a database that was replaced is empty.
	if err := old.Update(t.Context(), func(tx store.Tx) error { return tx.PutState([]byte(`{}`)) }); err != nil {
		t.Fatal(err)
	}
	changed := before.Changed.Wait()
	d.tell[1]("")
	<-changed
	after := get(t, there, "w")
	if after == before {
		t.Error("the world goes on in the other process")
	}
}
