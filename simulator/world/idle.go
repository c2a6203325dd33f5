package world

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
)

// makeRoom closes a world that was never used: of those, the one that was named longest ago. It reports whether there
// was one.
func (ws *Worlds) makeRoom() bool {
	var oldest *World
	for w := range ws.closable() {
		if !w.used.Load() && (oldest == nil || w.lastUsed.Load() < oldest.lastUsed.Load()) {
			oldest = w
		}
	}
	if oldest != nil {
		ws.close(oldest)
	}
	return oldest != nil
}

// untilIdle returns the time until a world is closed for being idle, or a minute if none will be.
func (ws *Worlds) untilIdle(now time.Time) time.Duration {
	var first time.Duration
	for w := range ws.closable() {
		left := ws.options.IdleLimit - now.Sub(w.LastUsedAt())
		if left > 0 && (first == 0 || left < first) {
			first = left
		}
	}
	return cmp.Or(first, time.Minute)
}

// closable returns the worlds that may be closed now.
func (ws *Worlds) closable() iter.Seq[*World] {
	return func(yield func(*World) bool) {
		for name, w := range ws.byName {
			if _, busy := ws.busy[name]; !busy && !ws.stays(w) && !yield(w) {
				return
			}
		}
	}
}

// stays reports whether a world is never closed.
func (ws *Worlds) stays(w *World) bool {
	_, named := ws.options.Origins[w.Name]
	return w.Name == Default || named
}

func (ws *Worlds) idle(w *World, now time.Time) bool {
	return !ws.stays(w) && ws.options.IdleLimit > 0 && now.Sub(w.LastUsedAt()) > ws.options.IdleLimit
}

func (ws *Worlds) dropIdle(now time.Time) {
	for w := range ws.closable() {
		if ws.idle(w, now) {
			ws.close(w)
		}
	}
}

// Close closes all worlds. What their stores keep is complete then.
func (ws *Worlds) Close() {
	ws.lockAll()
	defer ws.mu.Unlock()
	for _, w := range ws.byName {
		ws.close(w)
	}
}

// close ends a world and completes what its store keeps. A world that was never used is dropped, so that requests for
// any names do not fill a disk.
func (ws *Worlds) close(w *World) {
	var err error
	if ctx := context.Background(); w.used.Load() || ws.stays(w) || ws.shared {
		err = w.rest(ctx)
	} else {
		err = ws.dropStore(ctx, w.Name)
	}
	if err != nil {
		ws.options.Log.Error("a world could not be closed", "world", w.Name, "error", err)
	}
	ws.end(w)
}

// endDropped is end for a world that has no store any more.
func (ws *Worlds) endDropped(w *World) {
	w.dropped.Store(true)
	ws.end(w)
}

// end closes a world and notifies its watchers: they find the next world of its name, since nothing notifies the
// watchers of this one again. What its faults still do ends.
func (ws *Worlds) end(w *World) {
	delete(ws.byName, w.Name)
	w.ended.Store(true)
	w.Faults.Replace(nil)
	w.Journal.Close()
	w.Inbox.Clear()
	store.Release(w.Store)
	w.Changed.Notify()
}
