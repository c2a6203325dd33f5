package world_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// within fails a test that waits for another call.
func within(t *testing.T, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal(what + " waits")
	}
}

// While a world is made, which takes seconds for a large document, the other worlds are open. A call for that world
// waits for it, until the call ends.
func TestMakingAWorldHoldsNoOther(t *testing.T) {
	ws, _ := open()
	get(t, ws, "open")
	begun, end := make(chan struct{}), make(chan struct{})
	slow := world.Origin{Populate: func(context.Context, *world.World) error {
		close(begun)
		<-end
		return nil
	}}
	made := make(chan *world.World)
	go func() {
		w, err := ws.Remake(t.Context(), "slow", slow)
		if err != nil {
			t.Error(err)
		}
		made <- w
	}()
	<-begun
	within(t, "another world", func() { get(t, ws, "open"); get(t, ws, "new") })
	within(t, "the list", func() { ws.All() })
	within(t, "another reset", func() {
		if err := ws.Reset(t.Context(), "open"); err != nil {
			t.Error(err)
		}
	})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range map[string]func() error{
		"get":    func() error { _, err := ws.Get(gone, "slow"); return err },
		"reset":  func() error { return ws.Reset(gone, "slow") },
		"remake": func() error { _, err := ws.Remake(gone, "slow", slow); return err },
		"delete": func() error { return ws.Delete(gone, "slow") },
	} {
		within(t, name, func() {
			if err := call(); !errors.Is(err, context.Canceled) {
				t.Errorf("%s of the world that is made: %v", name, err)
			}
		})
	}
	waits := make(chan *world.World)
	go func() { waits <- get(t, ws, "slow") }()
	close(end)
	if w := <-made; w == nil || w != <-waits {
		t.Error("the call that waited has another world")
	}
}

// A world that cannot be made leaves the name free.
func TestAWorldThatCannotBeMade(t *testing.T) {
	ws, _ := open()
	broken := errors.New("broken")
	_, err := ws.Remake(t.Context(), "w", world.Origin{
		Populate: func(context.Context, *world.World) error { return broken }})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	within(t, "the name", func() { get(t, ws, "w") })
}

// dropping is a disk on which a drop takes until end is closed.
type dropping struct {
	*disk
	begun, end chan struct{}
}

func (d dropping) Drop(ctx context.Context, name string) error {
	close(d.begun)
	<-d.end
	return d.disk.Drop(ctx, name)
}

// While a world is deleted, which takes the commit of a database, the other worlds are open. A call for that world
// waits and finds the next one.
func TestDeletingAWorldHoldsNoOther(t *testing.T) {
	d := dropping{&disk{stores: map[string]store.Store{}}, make(chan struct{}), make(chan struct{})}
	ws := world.NewWorlds(world.Options{Stores: d, Populate: populate})
	get(t, ws, "open")
	old := get(t, ws, "ends")
	deleted, next := make(chan error), make(chan *world.World)
	go func() { deleted <- ws.Delete(t.Context(), "ends") }()
	<-d.begun
	within(t, "another world", func() { get(t, ws, "open") })
	within(t, "the list", func() { ws.All() })
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ws.Get(gone, "ends"); !errors.Is(err, context.Canceled) {
		t.Errorf("get of the world that ends: %v", err)
	}
	go func() { next <- get(t, ws, "ends") }()
	close(d.end)
	if err := <-deleted; err != nil {
		t.Error(err)
	}
	if w := <-next; w == old {
		t.Error("the call that waited has the world that was deleted")
	}
}
