package world

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/simulator/store"
)

// Shared is what Stores have too when other processes can use them at the same time.
type Shared interface {
	// Alone runs f while no other process runs one for the world.
	Alone(ctx context.Context, world string, f func() error) error
	// Follow has changed called when another process has written into a world, and with an empty name when any world may
	// have changed or ended. It reports whether other processes can.
	Follow(changed func(world string)) bool
}

// alone runs f while no other process opens, makes or drops the world.
func (ws *Worlds) alone(ctx context.Context, name string, f func() error) error {
	if shared, ok := ws.options.Stores.(Shared); ok && ws.shared {
		return shared.Alone(ctx, name, f)
	}
	return f()
}

// follow reads what other processes have changed in the open worlds of a name, or in all.
func (ws *Worlds) follow(name string) {
	ws.mu.RLock()
	var list []*World
	for _, w := range ws.byName {
		if name == "" || name == w.Name {
			list = append(list, w)
		}
	}
	ws.mu.RUnlock()
	for _, w := range list {
		if w.following.Swap(true) {
			continue // it reads after this change
		}
		go func() {
			w.following.Store(false) // a change from here on is read once more
			ended, err := w.catchUp(context.Background())
			switch {
			case ended:
				ws.mu.Lock()
				defer ws.mu.Unlock()
				if ws.byName[w.Name] == w {
					ws.endDropped(w)
				}
			case err != nil:
				ws.options.Log.Error("what another process changed could not be read", "world", w.Name, "error", err)
			}
		}()
	}
}

// catchUp applies the state that another process has kept. It reports whether the world was dropped.
func (w *World) catchUp(ctx context.Context) (ended bool, err error) {
	w.changing.Lock()
	defer w.changing.Unlock()
	kept, err := readState(ctx, w.Store)
	if err != nil {
		return false, err
	}
	if !kept.Made {
		return true, nil
	}
	defer w.Changed.Notify()
	return false, w.adopt(kept)
}

// adopt applies a state that is kept, if another process has changed it since this one read it.
func (w *World) adopt(kept state) error {
	if kept.Version == w.state.Version {
		return nil
	}
	apply, err := w.prepare(kept)
	if err != nil {
		return fmt.Errorf("reading what another process changed: %w", err)
	}
	w.state = kept
	apply(w.Faults.Adopt)
	return nil
}

// refresh is catchUp before an operation on the whole state.
func (w *World) refresh(ctx context.Context) error {
	if !w.shared {
		return nil
	}
	_, err := w.catchUp(ctx)
	return err
}

// changeShared is change for a world that other processes change too: what they have changed is applied first.
func (w *World) changeShared(ctx context.Context, f func(*state) (apply func(), err error)) error {
	var next state
	var apply func()
	var refused error
	err := w.Store.Update(ctx, func(tx store.Tx) error {
		kept, err := stateIn(tx)
		if err == nil {
			err = w.adopt(kept)
		}
		if err != nil {
			return err
		}
		next = w.state
		if apply, refused = f(&next); refused != nil {
			return refused
		}
		return next.put(tx)
	})
	if refused != nil {
		return refused
	}
	if err != nil {
		return w.notKept(err)
	}
	w.state = next
	apply()
	return nil
}
