package world

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/simulator/store"
)

// Stores opens the stores of worlds by name. It is safe for concurrent use.
type Stores interface {
	// Open returns the store of a world, or store.ErrNotFound if the world has none.
	Open(ctx context.Context, world string) (store.Store, error)
	// Make makes a store for a world, in the place of the one that the world has. Content reads the old one, which may
	// be empty, and returns the function that fills the new one. All of this is one unit: when it fails, the world keeps
	// the store that it has.
	Make(ctx context.Context, world string, content func(old store.Reader) (put func(store.Tx) error, err error)) (
		store.Store, error)
	// Drop deletes the store of a world, if there is one.
	Drop(ctx context.Context, world string) error
	// Names returns the names of the worlds that have a store.
	Names(ctx context.Context) ([]string, error)
}

// inMemory reports whether the worlds end when they are closed.
func (ws *Worlds) inMemory() bool { return ws.options.Stores == nil }

// stored returns the store of a world that is not open, or store.ErrNotFound.
func (ws *Worlds) stored(ctx context.Context, name string) (store.Store, error) {
	if ws.inMemory() {
		return nil, store.ErrNotFound
	}
	s, err := ws.options.Stores.Open(ctx, name)
	if err != nil && !store.IsMissing(err) {
		err = fmt.Errorf("opening the store of world %s: %w", name, err)
	}
	return s, err
}

// dropStore deletes the store of a world.
func (ws *Worlds) dropStore(ctx context.Context, name string) error {
	if ws.inMemory() {
		return nil
	}
	if err := ws.options.Stores.Drop(ctx, name); err != nil {
		return fmt.Errorf("dropping the store of world %s: %w", name, err)
	}
	return nil
}
