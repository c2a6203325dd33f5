package admin

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// World is one of the worlds of a simulator. Its times are of the wall clock.
type World struct {
	Name       string    `json:"name"`
	CreatedAt  time.Time `json:"createdAt"`
	LastUsedAt time.Time `json:"lastUsedAt"`
}

// Worlds returns the worlds by name, those that are kept and not open among them.
func Worlds(ctx context.Context, worlds *world.Worlds) ([]World, error) {
	all := []World{}
	for _, w := range worlds.All() {
		all = append(all, World{w.Name, w.CreatedAt.In(nic.IST), w.LastUsedAt().In(nic.IST)})
	}
	closed, err := worlds.Closed(ctx)
	for _, c := range closed {
		all = append(all, World{c.Name, c.CreatedAt.In(nic.IST), c.UsedAt.In(nic.IST)})
	}
	slices.SortFunc(all, func(a, b World) int { return cmp.Compare(a.Name, b.Name) })
	return all, err
}

// FindWorld refuses the name of a world that does not exist.
func FindWorld(ctx context.Context, worlds *world.Worlds, name string) error {
	return worldFound(worlds.Find(ctx, name))
}

// EndWorld ends a world. The next request that names it begins a fresh one.
func EndWorld(ctx context.Context, worlds *world.Worlds, name string) error {
	return worldFound(worlds.Delete(ctx, name))
}

func worldFound(err error) error {
	if errors.Is(err, world.ErrNotFound) {
		return noWorld
	}
	return err
}

var noWorld = &Refusal{Kind: NotFound, Detail: "There is no world of this name here."}

// Reset makes a world again from its origin, with the same chance as at its beginning.
func Reset(ctx context.Context, worlds *world.Worlds, name string) error {
	return worlds.Reset(ctx, name)
}
