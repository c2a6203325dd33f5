// Package portal walks a person through NIC's two portals, as the guide tells it:
// section 1 registers on the sandbox, section 2 creates an API user on production.
//
// Each step is one method. It takes what the person typed, moves a flow from one
// state to the next inside one unit of the world's store, and returns the new state
// or a *Refusal. It knows no HTTP: the JSON API and the web pages call the same
// methods. Time, chance and figures come from the world.
package portal

import (
	"context"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Portal is one of the two portals in one world. It is a value without state.
type Portal struct {
	world *world.World
	env   nic.Environment
}

// In returns the portal of an environment in a world.
func In(w *world.World, env nic.Environment) Portal { return Portal{w, env} }

// Environment says which of the two portals it is.
func (p Portal) Environment() nic.Environment { return p.env }

func (p Portal) now() time.Time { return p.world.Clock.Now() }

// over reports whether a lifetime that ends at an instant has ended. At the instant itself it has ended, so that
// advancing a clock by a lifetime always ends it.
func (p Portal) over(end time.Time) bool { return !p.now().Before(end) }

// newID makes an identifier that the wire shows.
func (p Portal) newID() string { return p.world.Dice.Stream("id").UUID() }

// update runs f as one unit of the store; what f wrote before it refused is kept.
func (p Portal) update(ctx context.Context, f func(store.Tx) error) error {
	if p.world.Faults.Armed() {
		plain := f
		f = func(tx store.Tx) error { return plain(&copied{Tx: tx, ctx: ctx, p: p}) }
	}
	return store.Decide[*Refusal](ctx, p.world.Store, f)
}

// change is update for a function that has a result.
func change[T any](ctx context.Context, p Portal, f func(store.Tx) (T, error)) (result T, err error) {
	err = p.update(ctx, func(tx store.Tx) error {
		result, err = f(tx)
		return err
	})
	return result, err
}

// view runs f on a consistent picture of the store.
func view[T any](ctx context.Context, p Portal, f func(store.Reader) (T, error)) (result T, err error) {
	err = p.world.Store.View(ctx, func(r store.Reader) error {
		result, err = f(r)
		return err
	})
	return result, err
}

// missing reports whether a record does not exist, as opposed to a store that failed.
func missing(err error) bool { return store.IsMissing(err) }
