package world

import (
	"sync"
	"sync/atomic"
)

// Notifier tells the watchers of a world that it has changed. Without watchers a change costs one atomic load. Its zero
// value is ready; it is safe for concurrent use.
type Notifier struct {
	watched atomic.Bool // whether changed exists

	mu      sync.Mutex    // guards changed
	changed chan struct{} // closed by the next Notify; nil while nothing waits
}

// Notify wakes every watcher. It never blocks.
func (n *Notifier) Notify() {
	if !n.watched.Load() {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.changed != nil {
		close(n.changed)
		n.changed = nil
		n.watched.Store(false)
	}
}

// Wait returns a channel that is closed at the next change. A watcher that calls Wait, then reads the
// world, then receives from the channel misses no change.
func (n *Notifier) Wait() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.changed == nil {
		n.changed = make(chan struct{})
		n.watched.Store(true)
	}
	return n.changed
}
