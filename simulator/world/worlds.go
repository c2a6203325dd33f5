package world

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/budget"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Limits of the worlds that one simulator keeps, unless Options say otherwise [SIM].
const (
	IdleLimit  = time.Hour // a world is closed when no request names it for longer than this
	MaxWorlds  = 4096      // open at once
	MaxKept    = 256 << 20 // bytes that the journals and inboxes of all worlds keep together
	MaxRecords = 512 << 20 // bytes of the records of all worlds in memory, about; one world has half of them at most
)

// Errors of Worlds; match with errors.Is.
var (
	ErrName     = errors.New("the name of a world is 1 to 40 of a-z, 0-9 and -")
	ErrNotFound = errors.New("no such world")
)

// FullError is the error of Get and Use when too many worlds are open.
type FullError struct {
	RetryAfter time.Duration // until an idle world is closed, or a minute if none will be
}

func (*FullError) Error() string { return "there are too many worlds already" }

// Options make Worlds. Populate is needed; the rest may be zero.
type Options struct {
	Dice       *dice.Dice         // chance for all worlds; nil is the dice of the empty seed
	Wall       clock.Wall         // nil is clock.System
	Max        int                // worlds open at once; 0 is MaxWorlds
	MaxKept    int64              // bytes that journals and inboxes keep together; 0 is MaxKept
	MaxRecords int64              // bytes of the records of all worlds in memory; 0 is MaxRecords
	IdleLimit  time.Duration      // after which a world without requests is closed; 0 is IdleLimit, below 0 never
	Settings   *settings.Settings // of a fresh world; nil is settings.Default()
	Situation  string             // of a fresh world; empty is calm
	Stores     Stores             // nil keeps worlds in memory
	Log        *slog.Logger       // receives failures of the stores; nil is slog.Default()
	Populate   Populate           // fills the store of a fresh world
	// Defects returns the names of the defects of a fresh world; nil is none. It must be safe for concurrent use.
	Defects func(world string) []string
	// Reached may be nil. It is called when a call in a world comes to the place of a defect, whether the world has the
	// defect or not. It must be safe for concurrent use.
	Reached func(world, defect string)
	Origins map[string]Origin // by name, of the worlds that begin otherwise; they are never closed for being idle
}

// Origin is what a world is made from.
type Origin struct {
	Populate  Populate
	Settings  *settings.Settings // nil is those of Options
	Situation string             // empty is that of Options
	Clock     func(*clock.Clock) // sets the clock; nil leaves it real
	Condition *Condition         // in place of the situation and of the defects of Options; nil: as they say
}

// Worlds opens worlds by name. Use NewWorlds. It is safe for concurrent use.
type Worlds struct {
	options Options
	kept    *budget.Budget // of all journals and inboxes
	records store.Quota    // of the worlds in memory
	shared  bool           // other processes can use the stores

	mu     sync.RWMutex // guards the fields below
	byName map[string]*World
	busy   map[string]chan struct{} // worlds that a call makes or drops, in byName or not; closed when it has ended
}

// NewWorlds returns Worlds of which none is open.
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
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Max == 0 {
		o.Max = MaxWorlds
	}
	if o.IdleLimit == 0 {
		o.IdleLimit = IdleLimit
	}
	ws := &Worlds{options: o, kept: budget.New(cmp.Or(o.MaxKept, MaxKept)), byName: map[string]*World{},
		busy: map[string]chan struct{}{}}
	most := cmp.Or(o.MaxRecords, MaxRecords)
	ws.records = store.Quota{World: most / 2, All: most}
	if shared, ok := o.Stores.(Shared); ok {
		ws.shared = shared.Follow(ws.follow)
	}
	return ws
}

// Get returns the world of a name, opened on first use. It returns ErrName or a *FullError when it cannot be. A world
// that only Get has opened is closed when another needs its place.
func (ws *Worlds) Get(ctx context.Context, name string) (*World, error) {
	return ws.get(ctx, name, false)
}

// Use is Get for a call that may change the world: the world then keeps its place.
func (ws *Worlds) Use(ctx context.Context, name string) (*World, error) {
	return ws.get(ctx, name, true)
}

// Opened returns the world of a name if it is open, or nil. It does not count as a request.
func (ws *Worlds) Opened(name string) *World {
	ws.mu.RLock()
	defer ws.mu.RUnlock()
	return ws.byName[name]
}

func (ws *Worlds) get(ctx context.Context, name string, uses bool) (*World, error) {
	now := ws.options.Wall()
	ws.mu.RLock()
	w, ok := ws.byName[name]
	_, busy := ws.busy[name]
	ok = ok && !busy && !ws.idle(w, now)
	if ok {
		w.name(now, uses) // under the lock, so that the world is not closed for another
	}
	ws.mu.RUnlock()
	if ok {
		return w, nil
	}
	if err := CheckName(name); err != nil {
		return nil, err
	}
	if err := ws.lock(ctx, name); err != nil {
		return nil, err
	}
	defer ws.mu.Unlock()
	ws.dropIdle(now)
	if w, ok := ws.byName[name]; ok { // another call was faster
		w.name(now, uses)
		return w, nil
	}
	if ws.places() >= ws.options.Max && name != Default && !ws.makeRoom() {
		return nil, &FullError{RetryAfter: ws.untilIdle(now)}
	}
	w, err := ws.open(ctx, name, now, ws.origin(name))
	if err == nil {
		w.name(now, uses)
	}
	return w, err
}

// places returns how many worlds are open or being made.
func (ws *Worlds) places() int {
	n := len(ws.byName)
	for name := range ws.busy {
		if _, open := ws.byName[name]; !open {
			n++
		}
	}
	return n
}

// Settings returns what a world begins with whose origin has no settings.
func (ws *Worlds) Settings() settings.Settings { return ws.options.Settings.Clone() }

// origin is what a world that is not open is made from.
func (ws *Worlds) origin(name string) Origin {
	if named, ok := ws.options.Origins[name]; ok {
		return named
	}
	return Origin{Populate: ws.options.Populate}
}

// Reset makes a world from its origin again: its next captchas, OTPs and ids are those that it began with. The
// snapshots of the world stay. A world that Stores keep is left as it was when the reset fails.
func (ws *Worlds) Reset(ctx context.Context, name string) error {
	if err := ws.lock(ctx, name); err != nil {
		return err
	}
	defer ws.mu.Unlock()
	from := ws.origin(name)
	if w, ok := ws.byName[name]; ok {
		from = w.origin
	}
	_, err := ws.remake(ctx, name, from)
	return err
}

// Remake is Reset with another origin, to which the world comes back until it is closed or deleted.
func (ws *Worlds) Remake(ctx context.Context, name string, from Origin) (*World, error) {
	if err := ws.lock(ctx, name); err != nil {
		return nil, err
	}
	defer ws.mu.Unlock()
	return ws.remake(ctx, name, from)
}

// Delete ends a world and drops its store, or returns ErrNotFound. The next request that names the world finds a
// fresh one.
func (ws *Worlds) Delete(ctx context.Context, name string) error {
	if err := ws.lock(ctx, name); err != nil {
		return err
	}
	defer ws.mu.Unlock()
	ws.dropIdle(ws.options.Wall())
	w, open := ws.byName[name]
	err := ws.apart(ctx, name, func() error {
		if !open {
			if err := ws.find(ctx, name); err != nil {
				return err
			}
		}
		return ws.dropStore(ctx, name)
	})
	if err == nil && open {
		ws.endDropped(w)
	}
	return err
}

// Find returns ErrNotFound for a world that is neither open nor kept in a store.
func (ws *Worlds) Find(ctx context.Context, name string) error {
	if err := ws.lock(ctx, name); err != nil {
		return err
	}
	ws.dropIdle(ws.options.Wall())
	_, open := ws.byName[name]
	ws.mu.Unlock()
	if open {
		return nil
	}
	return ws.find(ctx, name)
}

// find returns ErrNotFound if no store has the world.
func (ws *Worlds) find(ctx context.Context, name string) error {
	_, err := ws.stored(ctx, name)
	if store.IsMissing(err) {
		return ErrNotFound
	}
	return err
}

// All returns the open worlds by name.
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
