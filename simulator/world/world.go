// Package world keeps test suites apart: each world has its own time, chance,
// taxpayers, users, inbox and journal, all made from the fixtures.
package world

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/notify"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Default is the world of a request that names none. It is never dropped.
const Default = "default"

// longestName is that of a world, in bytes.
const longestName = 40

// isName tells whether a world may be called so: [a-z0-9-]{1,40}.
func isName(s string) bool {
	return s != "" && len(s) <= longestName && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// World is one isolated state. Its parts are safe for concurrent use.
type World struct {
	Name      string
	CreatedAt time.Time // by the wall clock
	Clock     *clock.Clock
	Dice      *dice.Dice
	Passwords *password.Vault
	Store     store.Store
	Inbox     *inbox.Inbox
	Journal   *journal.Journal
	Changed   *notify.Notifier // notified after each request that may have changed something, and at its end

	defaults settings.Settings
	settings atomic.Pointer[settings.Settings]
	changing sync.Mutex   // held while the settings are changed
	lastUsed atomic.Int64 // Unix nanoseconds by the wall clock
	begun    atomic.Int64 // captchas and API registrations, which time the sweeping
	swept    atomic.Int64 // when last, Unix nanoseconds by the world's clock
}

// Settings returns what the world enforces.
func (w *World) Settings() settings.Settings { return *w.settings.Load() }

// Book returns the rules of an environment now.
func (w *World) Book(env nic.Environment) rulebook.Book {
	return rulebook.Book{Settings: w.Settings(), Environment: env, Day: w.Clock.Now()}
}

// Defaults are what the world began with. The caller may change them.
func (w *World) Defaults() settings.Settings {
	s := w.defaults
	s.Rules = maps.Clone(s.Rules)
	return s
}

// SetSettings replaces what the world enforces, from the next request on.
func (w *World) SetSettings(s settings.Settings) {
	w.changing.Lock()
	defer w.changing.Unlock()
	w.settings.Store(&s)
}

// ChangeSettings lets change edit a copy of the settings and keeps it, unless change returns an error.
func (w *World) ChangeSettings(change func(*settings.Settings) error) (settings.Settings, error) {
	w.changing.Lock()
	defer w.changing.Unlock()
	s := w.Settings()
	s.Rules = maps.Clone(s.Rules)
	if err := change(&s); err != nil {
		return settings.Settings{}, err
	}
	w.settings.Store(&s)
	return s, nil
}

// LastUsedAt is when a request last named the world, by the wall clock.
func (w *World) LastUsedAt() time.Time { return time.Unix(0, w.lastUsed.Load()) }

// Keep is how long the remains of captchas, sessions and unfinished flows are
// remembered after their end, so that a late call is told "expired" and not "not
// found" [SIM].
const Keep = 24 * time.Hour

// The cost of forgetting, which looks at everything, is spread over this many beginnings (every
// flow begins with a captcha, or is an API registration) and over this much of the world's time:
// while its clock stands, nothing ends.
const (
	sweepEvery = 512
	sweepPause = time.Minute
)

// Sweep is called for each captcha drawn and each API registration begun and, once in
// a while, forgets what ended more than Keep ago.
func (w *World) Sweep(tx store.Tx) error {
	if w.begun.Add(1)%sweepEvery != 0 {
		return nil
	}
	now := w.Clock.Now()
	if since := now.Sub(time.Unix(0, w.swept.Load())); since >= 0 && since < sweepPause {
		return nil
	}
	w.swept.Store(now.UnixNano())
	if err := tx.Sweep(now.Add(-Keep)); err != nil {
		return fmt.Errorf("forgetting what ended a day ago: %w", err)
	}
	return nil
}

// Populate fills a fresh world's store; see Options.
type Populate func(context.Context, *World) error
