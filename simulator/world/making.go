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

// lock locks the worlds once no other call makes or drops the world of the name. The caller unlocks them.
func (ws *Worlds) lock(ctx context.Context, name string) error {
	for {
		ws.mu.Lock()
		ended, busy := ws.busy[name]
		if !busy {
			return nil
		}
		ws.mu.Unlock()
		select {
		case <-ended:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// lockAll locks the worlds once no call makes or drops a world.
func (ws *Worlds) lockAll() {
	for {
		ws.mu.Lock()
		var ended chan struct{}
		for _, ended = range ws.busy {
			break
		}
		if ended == nil {
			return
		}
		ws.mu.Unlock()
		<-ended
	}
}

// apart runs f, which makes or drops a world and can take seconds, and unlocks the worlds meanwhile. The caller has
// locked them with lock. Other calls for this world wait, in other processes too.
func (ws *Worlds) apart(ctx context.Context, name string, f func() error) error {
	ended := make(chan struct{})
	ws.busy[name] = ended
	ws.mu.Unlock()
	defer func() {
		ws.mu.Lock()
		delete(ws.busy, name)
		close(ended)
	}()
	return ws.alone(ctx, name, f)
}

// open makes a world, or opens it with its state. The caller has locked the worlds with lock.
func (ws *Worlds) open(ctx context.Context, name string, now time.Time, from Origin) (w *World, err error) {
	err = ws.apart(ctx, name, func() error {
		w = ws.blank(name, now, from)
		w.Store, err = ws.stored(ctx, name)
		switch {
		case err == nil:
			w.keepLogs(ws)
			if err := w.restore(ctx, nil); err != nil {
				return fmt.Errorf("opening world %s: %w", name, err)
			}
			w.used.Store(true)
			return nil
		case store.IsMissing(err):
			return ws.fill(ctx, w, nil)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	ws.byName[name] = w
	return w, nil
}

// remake makes a world in the place of the one that there may be. The caller has locked the worlds with lock.
func (ws *Worlds) remake(ctx context.Context, name string, from Origin) (*World, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	var snapshots func(store.Tx) error
	old, open := ws.byName[name]
	if open && ws.inMemory() { // its bytes are free for the next
		err := old.Store.View(ctx, func(r store.Reader) (err error) {
			snapshots, err = carrySnapshots(r)
			return err
		})
		if err != nil {
			return nil, err
		}
		ws.end(old)
	}
	w := ws.blank(name, ws.options.Wall(), from)
	if err := ws.apart(ctx, name, func() error { return ws.fill(ctx, w, snapshots) }); err != nil {
		return nil, err
	}
	if ws.byName[name] != nil {
		ws.endDropped(old)
	}
	ws.byName[name] = w
	w.used.Store(true) // its caller asked for it
	return w, nil
}

// blank returns a world that has no store yet.
func (ws *Worlds) blank(name string, now time.Time, from Origin) *World {
	w := &World{
		Name: name, CreatedAt: now, Clock: clock.New(ws.options.Wall),
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
	return w
}

// fill makes the records of a fresh world and, in memory, puts its snapshots. A world that Stores keep is made in
// memory and then written as a whole: one unit with few statements, which carries the snapshots of the world before it.
func (ws *Worlds) fill(ctx context.Context, w *World, snapshots func(store.Tx) error) (err error) {
	defer func() {
		if err != nil {
			store.Release(w.Store)
			err = fmt.Errorf("making world %s: %w", w.Name, err)
		}
	}()
	w.Store = store.NewMemory()
	if ws.inMemory() && w.Name != Default { // requests for other worlds need that one too: it is counted when it is made
		w.Store = ws.records.NewMemory()
	}
	if err := ws.begin(ctx, w); err != nil {
		return err
	}
	w.swept.Store(w.Clock.Now().UnixNano()) // nothing of it has ended
	if ws.inMemory() {
		ws.records.Count(w.Store)
		if snapshots == nil {
			return nil
		}
		return w.Store.Update(ctx, snapshots)
	}
	messages := w.Inbox.All()
	err = w.Store.View(ctx, func(made store.Reader) (err error) {
		w.Store, err = ws.options.Stores.Make(ctx, w.Name, func(old store.Reader) (func(store.Tx) error, error) {
			snapshots, err := carrySnapshots(old)
			return func(tx store.Tx) error {
				_, err := deliver(tx, messages...)
				return errors.Join(store.Fill(tx, made), err, snapshots(tx))
			}, err
		})
		return err
	})
	w.keepLogs(ws)
	w.logs.inboxRead, w.logs.behind = int64(len(messages)), false
	return err
}

// keepLogs has the world keep its inbox and its journal in its store.
func (w *World) keepLogs(ws *Worlds) { w.logs, w.shared = newLogs(w.Store, ws.options.Log), ws.shared }

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
