package admin

import (
	"context"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/world"
)

// Clock is what a world's clock shows.
type Clock struct {
	Mode clock.Mode `json:"mode"`
	Now  time.Time  `json:"now"`
}

// ReadClock returns what a world's clock shows.
func ReadClock(_ context.Context, w *world.World) (Clock, error) {
	return Clock{w.Clock.Mode(), w.Clock.Now()}, nil
}

// ClockChange lets a clock run or stand still. Without Now, a frozen clock stops where it is and a
// real one shows real time.
type ClockChange struct {
	Mode clock.Mode `json:"mode"`
	Now  *time.Time `json:"now"`
}

// earliest is the first instant that a clock can show.
var earliest = time.Date(2020, time.October, 1, 0, 0, 0, 0, nic.IST)

// SetClock changes a world's clock.
func SetClock(ctx context.Context, w *world.World, change ClockChange) (Clock, error) {
	var at time.Time
	if change.Now != nil {
		at = *change.Now
		if at.Before(earliest) || at.In(nic.IST).Year() > 2999 {
			return Clock{}, refuse("now", "clock-invalid", "must lie between 2020-10-01, when e-invoicing began, and 2999")
		}
	}
	err := w.ChangeClock(ctx, func(c *clock.Clock) error {
		switch change.Mode {
		case clock.Real:
			c.Run(at)
		case clock.Frozen:
			c.Freeze(at)
		default:
			return refuse("mode", "clock-invalid", "must be real or frozen")
		}
		return nil
	})
	if err != nil {
		return Clock{}, err
	}
	return ReadClock(ctx, w)
}

// ClockAdvance moves a clock forwards.
type ClockAdvance struct {
	By *settings.Duration `json:"by"`
}

// AdvanceClock moves a world's clock forwards.
func AdvanceClock(ctx context.Context, w *world.World, change ClockAdvance) (Clock, error) {
	if change.By == nil {
		return Clock{}, refuse("by", "clock-invalid", `must be given, such as "10m"`)
	}
	err := w.ChangeClock(ctx, func(c *clock.Clock) error {
		if err := c.Advance(time.Duration(*change.By)); err != nil { // backwards, or too far
			return refuse("by", "clock-invalid", err.Error())
		}
		return nil
	})
	if err != nil {
		return Clock{}, err
	}
	return ReadClock(ctx, w)
}
