// Package world keeps test suites apart. Each world has a clock, dice, records, an inbox and a journal of its own,
// and is made from an origin, such as the fixtures. What a world must not lose is in its store: a world that is
// opened again, by another process too, goes on as it was.
package world

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Default is the world of a request that names none. It is never dropped.
const Default = "default"

// longestName is the length of the longest name of a world, in bytes.
const longestName = 40

// CheckName returns ErrName for a name that a world cannot have.
func CheckName(s string) error {
	if s == "" || len(s) > longestName || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return ErrName
	}
	return nil
}

// World is one isolated state. Its parts are safe for concurrent use. What is in Inbox and Journal is kept beside the
// records by Deliver and Record.
type World struct {
	Name      string
	CreatedAt time.Time    // by the wall clock
	Clock     *clock.Clock // moved by ChangeClock
	Dice      *dice.Dice
	Passwords *password.Hasher
	Store     store.Store
	Inbox     *inbox.Inbox     // changed by Deliver and ClearInbox; Messages reads it
	Journal   *journal.Journal // changed by Record; Recorded returns it
	Faults    *fault.Set       // changed by ChangeFaults
	Changed   Notifier         // notified after each request that may have changed something, and at its end

	origin    Origin
	defaults  settings.Settings
	settings  atomic.Pointer[settings.Settings]
	defects   atomic.Pointer[defect.Set] // changed by SetDefects
	reached   func(defect string)        // see Options
	changing  sync.Mutex                 // guards state
	state     state
	logs      *logs        // nil for a world that ends with the process
	lastUsed  atomic.Int64 // Unix nanoseconds by the wall clock
	used      atomic.Bool  // a call may have changed the world
	shared    bool         // with other processes
	following atomic.Bool  // what another process changed will be read
	ended     atomic.Bool  // the world was closed or dropped
	dropped   atomic.Bool  // its store is gone, or belongs to the next world of the name
	swept     atomic.Int64 // when Sweep last deleted, in Unix nanoseconds by the world's clock
}

// Settings returns what the world enforces.
func (w *World) Settings() settings.Settings { return *w.settings.Load() }

// LimitsCalls reports whether a limit or a block of the e-Invoice API is set. Every call asks, so it copies nothing.
func (w *World) LimitsCalls() bool { return w.settings.Load().LimitsCalls() }

// Book returns the rules of an environment now.
func (w *World) Book(env nic.Environment) rulebook.Book {
	b := rulebook.New(w.settings.Load(), env, w.Clock.Now())
	b.Defects = w.Defects()
	return b
}

// Defects returns how the world is wrong on purpose; nil for a world that is right.
func (w *World) Defects() *defect.Set { return w.defects.Load() }

// Defaults returns the settings that a fresh world has. The caller may change them.
func (w *World) Defaults() settings.Settings { return w.defaults.Clone() }

// LastUsedAt returns when a request last named the world, by the wall clock.
func (w *World) LastUsedAt() time.Time { return time.Unix(0, w.lastUsed.Load()) }

// name notes that a request named the world, and whether it may change the world.
func (w *World) name(now time.Time, uses bool) {
	w.lastUsed.Store(now.UnixNano())
	if uses {
		w.used.Store(true)
	}
}

// Keep is how long ended captchas, sessions and unfinished flows are remembered, so that a late call is
// answered "expired" and not "not found" [SIM].
const Keep = 24 * time.Hour

// sweepPause is the world's time between two sweeps: a sweep looks at every record that ends.
const sweepPause = time.Minute

// Sweep is called whenever a record that ends is made without a login: for each captcha and each API
// registration. Once a minute it deletes what ended more than Keep ago.
func (w *World) Sweep(tx store.Tx) error {
	now := w.Clock.Now()
	if since := now.Sub(time.Unix(0, w.swept.Load())); since >= 0 && since < sweepPause {
		return nil
	}
	w.swept.Store(now.UnixNano())
	if err := tx.Sweep(now.Add(-Keep)); err != nil {
		return fmt.Errorf("deleting what ended a day ago: %w", err)
	}
	return nil
}

// Populate fills the store of a fresh world; see Options.
type Populate func(context.Context, *World) error
