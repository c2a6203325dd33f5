package world

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/store"
)

// lock locks the worlds once no other call makes the world of the name. The caller unlocks them.
func (ws *Worlds) lock(ctx context.Context, name string) error {
	for {
		ws.mu.Lock()
		made, busy := ws.making[name]
		if !busy {
			return nil
		}
		ws.mu.Unlock()
		select {
		case <-made:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// lockAll locks the worlds once no call makes a world.
func (ws *Worlds) lockAll() {
	for {
		ws.mu.Lock()
		var made chan struct{}
		for _, made = range ws.making {
			break
		}
		if made == nil {
			return
		}
		ws.mu.Unlock()
		<-made
	}
}

// open makes a world, or opens it with its state. The caller has locked the worlds with lock. Making a world can take
// seconds, so open unlocks them meanwhile; other calls for this world wait. Put may be nil; it writes more into a world
// that is made.
func (ws *Worlds) open(ctx context.Context, name string, now time.Time, from Origin, put func(store.Tx) error) (
	w *World, err error,
) {
	made := make(chan struct{})
	ws.making[name] = made
	ws.mu.Unlock()
	defer func() {
		ws.mu.Lock()
		delete(ws.making, name)
		close(made)
		if err == nil && w != nil { // nil after a panic
			ws.byName[name] = w
		}
	}()
	return ws.build(ctx, name, now, from, put)
}

// build makes a world, or opens it with its state. Other worlds may be used meanwhile.
func (ws *Worlds) build(ctx context.Context, name string, now time.Time, from Origin, put func(store.Tx) error) (
	*World, error,
) {
	s, fresh, err := ws.options.Stores.Open(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("opening the store of world %s: %w", name, err)
	}
	w := &World{
		Name: name, CreatedAt: now, Clock: clock.New(ws.options.Wall), Store: s,
		Inbox: &inbox.Inbox{Budget: ws.kept}, Journal: &journal.Journal{Budget: ws.kept},
		origin: from, defaults: *cmp.Or(from.Settings, ws.options.Settings),
		Faults: &fault.Set{},
	}
	if from.Clock != nil {
		from.Clock(w.Clock)
	}
	if ws.options.Reached != nil {
		w.reached = func(defect string) { ws.options.Reached(name, defect) }
	}
	if ws.options.Defects != nil {
		w.state.Defects = ws.options.Defects(name)
	}
	w.settings.Store(&w.defaults)
	w.lastUsed.Store(now.UnixNano())
	w.roll(ws.options.Dice.Child(name))
	if !fresh {
		if err := w.restore(ctx, nil); err != nil {
			return nil, fmt.Errorf("opening world %s: %w", name, err)
		}
		w.keepLogs(ws)
	} else if err := ws.fill(ctx, w, put); err != nil {
		store.Release(w.Store)
		err = errors.Join(err, ws.options.Stores.Drop(context.WithoutCancel(ctx), name))
		return nil, fmt.Errorf("making world %s: %w", name, err)
	}
	w.used.Store(!fresh)
	return w, nil
}

// fill makes a fresh world in memory and then writes it into its store as a whole: one unit with few statements.
func (ws *Worlds) fill(ctx context.Context, w *World, put func(store.Tx) error) error {
	if put == nil {
		put = func(store.Tx) error { return nil }
	}
	to := w.Store
	inMemory, ends := ws.options.Stores.(memory)
	if !ends {
		w.Store = store.NewMemory()
	}
	if err := ws.begin(ctx, w); err != nil {
		return err
	}
	if ends {
		inMemory.quota.Count(w.Store)
		return w.Store.Update(ctx, put)
	}
	err := w.Store.View(ctx, func(made store.Reader) error {
		w.Store = to
		w.keepLogs(ws)
		return to.Update(ctx, func(tx store.Tx) error {
			return errors.Join(store.Fill(tx, made), w.logs.deliver(tx, w.Inbox.All()...), put(tx))
		})
	})
	w.Inbox.Clear() // the messages are read from the store
	return err
}

// ends reports whether the worlds end with the process.
func (ws *Worlds) ends() bool {
	_, ends := ws.options.Stores.(memory)
	return ends
}

// keepLogs has the world keep its inbox and its journal unless it ends with the process.
func (w *World) keepLogs(ws *Worlds) {
	if !ws.ends() {
		w.logs, w.shared = newLogs(w.Store, ws.options.Log), ws.shared
	}
}

// begin makes the records and the state of a fresh world.
func (ws *Worlds) begin(ctx context.Context, w *World) error {
	from := w.origin
	if err := from.Populate(ctx, w); err != nil {
		return err
	}
	w.state.Made = true
	if err := w.restore(ctx, from.Condition); err != nil {
		return err
	}
	begins := cmp.Or(from.Situation, ws.options.Situation, situation.Calm)
	if from.Condition == nil && begins != situation.Calm {
		return w.begin(ctx, begins)
	}
	return nil
}
