package world

import (
	"context"

	"github.com/nicsim/nicsim/simulator/store"
)

// Stores opens the stores of worlds by name.
type Stores interface {
	// Open returns the store of a world. It is fresh when it has no records; then the world is made from its
	// origin, and otherwise it goes on as it was.
	Open(ctx context.Context, world string) (s store.Store, fresh bool, err error)
	// Drop deletes the store of a world, if there is one.
	Drop(ctx context.Context, world string) error
	// Names returns the names of the worlds that have a store.
	Names(ctx context.Context) ([]string, error)
}

// memory is the Stores whose worlds end when they are closed.
type memory struct{ quota *store.Quota }

func (m memory) Open(_ context.Context, world string) (store.Store, bool, error) {
	if world == Default { // requests for other worlds need it too: it is made without room, and counted then
		return store.NewMemory(), true, nil
	}
	return m.quota.NewMemory(), true, nil
}
func (memory) Drop(context.Context, string) error      { return nil }
func (memory) Names(context.Context) ([]string, error) { return nil, nil }
