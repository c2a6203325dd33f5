package steps

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// paced is a transport that spaces its calls evenly, so that a target gets no more than a number of them in a minute.
type paced struct {
	http.RoundTripper
	every time.Duration
	now   func() time.Time
	wait  func(ctx context.Context, d time.Duration) error

	mu   sync.Mutex // guards next
	next time.Time  // when the next call may begin
}

// pace limits a transport to a number of calls in a minute; 0 means no limit.
func pace(carrier http.RoundTripper, perMinute int) http.RoundTripper {
	if perMinute == 0 {
		return carrier
	}
	return &paced{RoundTripper: carrier, every: time.Minute / time.Duration(perMinute), now: time.Now, wait: wait}
}

// RoundTrip makes the call when its turn has come.
func (p *paced) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := p.wait(request.Context(), p.turn()); err != nil {
		return nil, err
	}
	return p.RoundTripper.RoundTrip(request)
}

// turn takes the next turn, and returns how long it is until then.
func (p *paced) turn() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if p.next.Before(now) {
		p.next = now
	}
	until := p.next.Sub(now)
	p.next = p.next.Add(p.every)
	return until
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
