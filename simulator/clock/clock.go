// Package clock tells the time in a world. Every expiry is computed from it, so
// that a test can freeze or advance time and see a captcha, an OTP or a session
// grow old without waiting. Nothing else in the simulator reads the wall clock.
package clock

import (
	"errors"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Mode says how a clock moves.
type Mode string

// The modes of a clock.
const (
	Real   Mode = "real"   // runs at the speed of the wall clock
	Frozen Mode = "frozen" // stands still until it is advanced
)

// Errors of Advance; match with errors.Is.
var (
	ErrBackwards = errors.New("a clock only advances forwards")
	ErrTooFar    = errors.New("a clock stops at the end of the year 2999")
)

// end is the first instant that no clock is advanced to: what is computed from the
// time, such as an expiry, must still be one that RFC 3339 can write.
var end = time.Date(3000, time.January, 1, 0, 0, 0, 0, nic.IST)

// Wall is where a clock takes real time from.
type Wall func() time.Time

// System is the wall clock of this machine.
func System() time.Time { return time.Now() }

// Ticks delivers a tick each time that much of real time has passed, until stop is called: for
// what waits on connections, which know no world's time.
func Ticks(every time.Duration) (ticks <-chan time.Time, stop func()) {
	t := time.NewTicker(every)
	return t.C, t.Stop
}

// Clock is one world's time. Use New. It is safe for concurrent use.
type Clock struct {
	wall Wall

	mu     sync.Mutex // guards the fields below
	frozen bool
	at     time.Time // the instant shown, while frozen; the one shown at since, while running
	since  time.Time // by the wall, while running
}

// New returns a running clock that shows the wall's time; a nil wall is System.
func New(wall Wall) *Clock {
	if wall == nil {
		wall = System
	}
	c := &Clock{wall: wall}
	c.Run(time.Time{})
	return c
}

// Now is the world's time in IST, to the millisecond.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	t := c.at
	if !c.frozen {
		t = t.Add(c.wall().Sub(c.since))
	}
	return t.In(nic.IST).Truncate(time.Millisecond)
}

// Mode says whether the clock runs or stands.
func (c *Clock) Mode() Mode {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen {
		return Frozen
	}
	return Real
}

// Shifted tells that the clock does not show the wall's time: it stands, or it was set or advanced.
func (c *Clock) Shifted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.frozen || !c.at.Equal(c.since)
}

// Freeze stops the clock at the given instant, or where it is when that is zero.
func (c *Clock) Freeze(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.IsZero() {
		at = c.now()
	}
	c.frozen, c.at = true, at
}

// Run lets the clock run from the given instant, or with the wall clock when that is zero.
func (c *Clock) Run(from time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen, c.since = false, c.wall().Round(0) // the reading of the wall alone, which goes on while a machine sleeps
	if c.at = from; from.IsZero() {
		c.at = c.since
	}
}

// Advance moves the clock forwards, frozen or running. A negative step is
// ErrBackwards, one that ends after the year 2999 ErrTooFar; neither changes anything.
func (c *Clock) Advance(by time.Duration) error {
	if by < 0 {
		return ErrBackwards
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.now().Add(by).Before(end) {
		return ErrTooFar
	}
	c.at = c.at.Add(by)
	return nil
}
