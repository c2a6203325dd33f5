package client

import (
	"context"
	"net/http"
	"time"
)

// The modes of a world's clock, [Clock].Mode.
const (
	ClockReal   = "real"
	ClockFrozen = "frozen"
)

// Clock is a world's clock, by which everything in it expires.
type Clock struct {
	Mode string    `json:"mode"`
	Now  time.Time `json:"now,omitzero"`
}

// Clock reads the world's clock.
func (c *Control) Clock(ctx context.Context) (Clock, error) {
	return read[Clock](ctx, c.connection, get(controlPath+"clock", "now"))
}

// SetClock freezes the clock at Now, or lets it run: from Now, or as the wall clock if Now is zero.
func (c *Control) SetClock(ctx context.Context, to Clock) error {
	return c.do(ctx, call{method: http.MethodPut, path: controlPath + "clock", in: to})
}

// Advance puts the clock forward and returns what it shows then.
func (c *Control) Advance(ctx context.Context, by time.Duration) (Clock, error) {
	return read[Clock](ctx, c.connection, call{
		method: http.MethodPost, path: controlPath + "clock/advance",
		in: map[string]string{"by": by.String()}, need: "now",
	})
}
