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
	"github.com/nicsim/nicsim/simulator/notify"
	"github.com/nicsim/nicsim/simulator/situation"
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
// seconds, so open unlocks them meanwhile; other calls for this world wait.
func (ws *Worlds) open(ctx context.Context, name string, now time.Time, from Origin) (w *World, err error) {
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
	return ws.build(ctx, name, now, from)
}

// build makes a world, or opens it with its state. Other worlds may be used meanwhile.
func (ws *Worlds) build(ctx context.Context, name string, now time.Time, from Origin) (*World, error) {
	s, fresh, err := ws.options.Stores.Open(ctx, name)
	if err == nil && !fresh {
		s, fresh, err = ws.whole(ctx, name, s)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the store of world %s: %w", name, err)
	}
	w := &World{
		Name: name, CreatedAt: now, Clock: clock.New(ws.options.Wall), Store: s,
		Inbox: &inbox.Inbox{Budget: ws.kept}, Journal: &journal.Journal{Budget: ws.kept}, Changed: &notify.Notifier{},
		origin: from, defaults: *cmp.Or(from.Settings, ws.options.Settings),
		Faults: &fault.Set{},
	}
	if from.Clock != nil {
		from.Clock(w.Clock)
	}
	if _, ends := ws.options.Stores.(memory); !ends {
		w.logs, w.shared = newLogs(s, ws.options.Log), ws.shared
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
	if fresh {
		if err := from.Populate(ctx, w); err != nil {
			err = errors.Join(err, ws.options.Stores.Drop(context.WithoutCancel(ctx), name))
			return nil, fmt.Errorf("making world %s: %w", name, err)
		}
	}
	var condition *Condition
	if fresh {
		condition = from.Condition
	}
	if err := w.restore(ctx, condition); err != nil {
		return nil, fmt.Errorf("opening world %s: %w", name, err)
	}
	begins := cmp.Or(from.Situation, ws.options.Situation, situation.Calm)
	if fresh && condition == nil && begins != situation.Calm {
		if err := w.begin(ctx, begins); err != nil {
			err = errors.Join(err, ws.options.Stores.Drop(context.WithoutCancel(ctx), name))
			return nil, fmt.Errorf("making world %s: %w", name, err)
		}
	}
	if fresh {
		if err := w.change(ctx, func(s *state) (func(), error) { s.Made = true; return func() {}, nil }); err != nil {
			return nil, err
		}
	}
	w.used.Store(!fresh)
	return w, nil
}
