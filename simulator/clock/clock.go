// Package clock tells the time of a world. Every expiry is computed from it, so that a test can freeze or advance
// the time and see a captcha, a one-time password or a session expire without waiting. Nothing else in the simulator
// reads the wall clock.
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

// end is the first instant that no clock is advanced to: an expiry that is computed from the time must still be one
// that RFC 3339 can write.
var end = time.Date(3000, time.January, 1, 0, 0, 0, 0, nic.IST)

// Wall returns the real time.
type Wall func() time.Time

// System is the wall clock of this machine.
func System() time.Time { return time.Now() }

// Ticks delivers a tick in every period of real time until stop is called, for code that waits on connections and
// has no world.
func Ticks(every time.Duration) (ticks <-chan time.Time, stop func()) {
	t := time.NewTicker(every)
	return t.C, t.Stop
}

// State is what a Clock needs to go on later, in another process too.
type State struct {
	Frozen bool
	At     time.Time // the instant shown, while frozen; the one shown at Since, while running
	Since  time.Time // by the wall clock, while running
}

// Clock is one world's time. Use New. It is safe for concurrent use.
type Clock struct {
	wall Wall

	mu    sync.Mutex // guards state
	state State
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

// State returns the state of the clock, for Restore.
func (c *Clock) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// Restore gives the clock a state. A running clock then shows as much more than it did at State as the wall
// clock has gone on since.
func (c *Clock) Restore(s State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = s
}

// Copy returns a clock that shows the same and moves by itself.
func (c *Clock) Copy() *Clock { return &Clock{wall: c.wall, state: c.State()} }

// Now returns the world's time in IST, to the millisecond.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	t := c.state.At
	if !c.state.Frozen {
		t = t.Add(c.wall().Sub(c.state.Since))
	}
	return t.In(nic.IST).Truncate(time.Millisecond)
}

// Mode reports whether the clock runs or stands still.
func (c *Clock) Mode() Mode {
	if c.State().Frozen {
		return Frozen
	}
	return Real
}

// Shifted reports whether the clock shows another time than the wall: it is frozen, or it was set or advanced.
func (c *Clock) Shifted() bool {
	s := c.State()
	return s.Frozen || !s.At.Equal(s.Since)
}

// Freeze stops the clock at the given instant, or at the one that it shows when that is zero.
func (c *Clock) Freeze(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.IsZero() {
		at = c.now()
	}
	c.state = State{Frozen: true, At: at}
}

// Run lets the clock run from the given instant, or with the wall clock when that is zero.
func (c *Clock) Run(from time.Time) {
	since := c.wall().Round(0) // without the monotonic reading, which stops while a machine sleeps
	if from.IsZero() {
		from = since
	}
	c.Restore(State{At: from, Since: since})
}

// Advance moves the clock forwards, frozen or running. It returns ErrBackwards for a negative step and
// ErrTooFar for one that ends after the year 2999; then the clock is unchanged.
func (c *Clock) Advance(by time.Duration) error {
	if by < 0 {
		return ErrBackwards
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.now().Add(by).Before(end) {
		return ErrTooFar
	}
	c.state.At = c.state.At.Add(by)
	return nil
}

// Alarm returns a channel that receives after a time of the wall clock, and a function that ends the waiting.
func Alarm(after time.Duration) (<-chan time.Time, func()) {
	timer := time.NewTimer(after)
	return timer.C, func() { timer.Stop() }
}
