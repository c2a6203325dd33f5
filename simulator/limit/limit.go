// Package limit counts the events of a name in windows of a world's clock: calls, logins, OTPs, errors. A count is one
// record of the world's store, so it survives a restart, ends with a reset, and is the same for all processes that
// share the store. Only the clock ends a window: a frozen clock keeps it.
package limit

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Limit allows a number of events in a window. The window begins with its first event.
type Limit struct {
	Most   int
	Window time.Duration
}

// Take counts an event, unless the window has as many as the limit allows. It returns the count and whether the event
// is allowed.
func (l Limit) Take(tx store.Tx, env nic.Environment, name string, now time.Time) (c store.Count, ok bool, err error) {
	c, spent, err := l.Spent(tx, env, name, now)
	if err != nil || spent {
		return c, false, err
	}
	c.Events++
	return c, true, tx.PutCount(c)
}

// Spent returns the count of a name and whether the window has as many events as the limit allows.
func (l Limit) Spent(r store.Reader, env nic.Environment, name string, now time.Time) (c store.Count, spent bool,
	err error) {
	c, err = current(r, env, name, now, l.Window)
	return c, c.Events >= l.Most, err
}

// Block blocks a name that has a number of errors in a window.
type Block struct {
	Errors int
	Window time.Duration
	Lasts  time.Duration
}

// Count counts an error. The errors of a blocked name are not counted.
func (b Block) Count(tx store.Tx, env nic.Environment, name string, now time.Time) error {
	c, err := current(tx, env, name, now, b.Window)
	if err != nil || c.Blocked() {
		return err
	}
	if c.Events++; c.Events >= b.Errors {
		c.BlockedAt, c.ExpiresAt = second(now), second(now).Add(b.Lasts)
	}
	return tx.PutCount(c)
}

// Blocked returns the count of a name and whether the name is blocked.
func Blocked(r store.Reader, env nic.Environment, name string, now time.Time) (c store.Count, blocked bool, err error) {
	c, err = current(r, env, name, now, 0)
	return c, c.Blocked(), err
}

// current returns the count whose window or block has not ended, or a new one. A clock that was set to a time before a
// window ends the window.
func current(r store.Reader, env nic.Environment, name string, now time.Time, window time.Duration) (c store.Count,
	err error) {
	c, err = r.Count(env, name)
	missing := store.IsMissing(err)
	if err != nil && !missing {
		return c, err
	}
	if missing || now.Before(c.Since) || !now.Before(c.ExpiresAt) {
		since := second(now)
		c = store.Count{Environment: env, Name: name, Since: since, ExpiresAt: since.Add(window)}
	}
	return c, nil
}

// second cuts an instant to the second, as it is shown.
func second(at time.Time) time.Time { return at.Truncate(time.Second) }
