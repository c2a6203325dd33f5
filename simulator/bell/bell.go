// Package bell tells those who watch a world that something in it has changed, and costs next to
// nothing while nobody watches.
package bell

import (
	"sync"
	"sync/atomic"
)

// Bell is rung after each change. Its zero value is ready; it is safe for concurrent use.
type Bell struct {
	watched atomic.Bool // whether rung is there

	mu   sync.Mutex    // guards rung
	rung chan struct{} // closed by the next Ring; nil while nobody waits
}

// Ring wakes everybody who waits. It never blocks.
func (b *Bell) Ring() {
	if !b.watched.Load() {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
		b.watched.Store(false)
	}
}

// Next returns what is closed when the bell rings next. Who looks at the world after calling it,
// and waits then, misses no change.
func (b *Bell) Next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = make(chan struct{})
		b.watched.Store(true)
	}
	return b.rung
}
