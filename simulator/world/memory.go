package world

import (
	"context"

	"github.com/nicsim/nicsim/simulator/store"
)

// memory is the Stores whose worlds end when they are closed.
type memory struct{}

func (memory) Open(context.Context, string) (store.Store, bool, error) {
	return store.NewMemory(), true, nil
}
func (memory) Drop(context.Context, string) error      { return nil }
func (memory) Names(context.Context) ([]string, error) { return nil, nil }
