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

// ErrBackwards is answered when a clock is asked to advance by less than nothing.
var ErrBackwards = errors.New("a clock only advances forwards")

// Wall is where a clock takes real time from.
type Wall func() time.Time

// System is the wall clock of this machine.
func System() time.Time { return time.Now() }

// Clock is one world's time. Use New. It is safe for concurrent use.
type Clock struct {
	wall Wall

	mu     sync.Mutex // guards the fields below
	frozen bool
	at     time.Time     // the instant shown, while frozen
	offset time.Duration // shown minus wall, while running
}

// New returns a running clock that shows the wall's time; a nil wall is System.
func New(wall Wall) *Clock {
	if wall == nil {
		wall = System
	}
	return &Clock{wall: wall}
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
		t = c.wall().Add(c.offset)
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
	c.frozen, c.offset = false, 0
	if !from.IsZero() {
		c.offset = from.Sub(c.wall())
	}
}

// Advance moves the clock forwards, frozen or running. A negative step is
// ErrBackwards and changes nothing.
func (c *Clock) Advance(by time.Duration) error {
	if by < 0 {
		return ErrBackwards
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen {
		c.at = c.at.Add(by)
	} else {
		c.offset += by
	}
	return nil
}
