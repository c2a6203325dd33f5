package world

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/notify"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Limits of the worlds that one simulator keeps [SIM].
const (
	IdleLimit = time.Hour // a world that nobody asks for is dropped after this
	MaxWorlds = 4096      // at once, unless Options say otherwise
)

// Errors of Worlds; match with errors.Is.
var (
	ErrName     = errors.New("the name of a world is 1 to 40 of a-z, 0-9 and -")
	ErrTooMany  = errors.New("there are too many worlds already; end some with DELETE /control/v1/worlds/{world}")
	ErrNotFound = errors.New("no such world")
)

// Options make Worlds. Populate is needed; the rest may be zero.
type Options struct {
	Dice     *dice.Dice         // chance for all worlds; nil is the dice of the empty seed
	Wall     clock.Wall         // nil is clock.System
	Max      int                // worlds at once; 0 is MaxWorlds
	Settings *settings.Settings // what each begins with; nil is settings.Default()
	Populate Populate
}

// Worlds makes and keeps worlds by name. Use NewWorlds. It is safe for concurrent use.
type Worlds struct {
	options Options

	mu     sync.RWMutex // guards byName
	byName map[string]*World
}

// NewWorlds returns worlds that are made from what Populate puts into them.
func NewWorlds(o Options) *Worlds {
	if o.Dice == nil {
		o.Dice = dice.New("")
	}
	if o.Wall == nil {
		o.Wall = clock.System
	}
	if o.Settings == nil {
		figures := settings.Default()
		o.Settings = &figures
	}
	if o.Max == 0 {
		o.Max = MaxWorlds
	}
	return &Worlds{options: o, byName: map[string]*World{}}
}

// Get returns the world of a name, made on first use. It returns ErrName or ErrTooMany.
func (ws *Worlds) Get(ctx context.Context, name string) (*World, error) {
	now := ws.options.Wall()
	ws.mu.RLock()
	w, ok := ws.byName[name]
	ws.mu.RUnlock()
	if ok && !ws.idle(w, now) {
		w.lastUsed.Store(now.UnixNano())
		return w, nil
	}
	if !isName(name) {
		return nil, ErrName
	}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.dropIdle(now)
	if w, ok := ws.byName[name]; ok { // somebody was faster
		w.lastUsed.Store(now.UnixNano())
		return w, nil
	}
	if len(ws.byName) >= ws.options.Max && name != Default {
		return nil, ErrTooMany
	}
	return ws.make(ctx, name, now)
}

// Reset makes the world anew from the fixtures: its next captchas, OTPs and ids are
// those that it had at its beginning.
func (ws *Worlds) Reset(ctx context.Context, name string) error {
	if !isName(name) {
		return ErrName
	}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	_, err := ws.make(ctx, name, ws.options.Wall())
	return err
}

// Delete ends a world, or returns ErrNotFound. The next request that names it finds
// a fresh one.
func (ws *Worlds) Delete(name string) error {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.dropIdle(ws.options.Wall())
	w, ok := ws.byName[name]
	if !ok {
		return ErrNotFound
	}
	ws.end(w)
	return nil
}

// All returns the worlds by name.
func (ws *Worlds) All() []*World {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.dropIdle(ws.options.Wall())
	list := make([]*World, 0, len(ws.byName))
	for _, w := range ws.byName {
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b *World) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

func (ws *Worlds) idle(w *World, now time.Time) bool {
	return w.Name != Default && now.Sub(w.LastUsedAt()) > IdleLimit
}

func (ws *Worlds) dropIdle(now time.Time) {
	for _, w := range ws.byName {
		if ws.idle(w, now) {
			ws.end(w)
		}
	}
}

// end forgets a world. Its watchers are told, and find the next world of its name: nothing notifies
// the watchers of this one again.
func (ws *Worlds) end(w *World) {
	delete(ws.byName, w.Name)
	w.Changed.Notify()
}

func (ws *Worlds) make(ctx context.Context, name string, now time.Time) (*World, error) {
	chance := ws.options.Dice.Child(name)
	w := &World{
		Name:      name,
		CreatedAt: now,
		Clock:     clock.New(ws.options.Wall),
		Dice:      chance,
		Passwords: password.NewVault(chance),
		Store:     store.NewMemory(),
		Inbox:     &inbox.Inbox{},
		Journal:   &journal.Journal{},
		Changed:   &notify.Notifier{},
	}
	w.defaults = *ws.options.Settings
	w.SetSettings(w.Defaults())
	w.lastUsed.Store(now.UnixNano())
	if err := ws.options.Populate(ctx, w); err != nil {
		return nil, fmt.Errorf("making world %s: %w", name, err)
	}
	if former, ok := ws.byName[name]; ok {
		ws.end(former)
	}
	ws.byName[name] = w
	return w, nil
}
