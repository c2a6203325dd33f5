package sqlstore

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/nicsim/nicsim/simulator/store"
)

// writer runs units of Update one after the other. Units that wait for each other are committed together, since a
// commit takes longer than a unit: each but the first is a savepoint of the transaction, and returns after the commit.
type writer struct {
	pool    *pool
	begin   func(*session) error // begins a transaction that excludes all other writers of the same worlds
	end     func(*session) error // what is done before a commit; nil for nothing
	bound   *bound               // of what a unit may write
	cache   *cache               // of all worlds; nil if other processes write
	waiting atomic.Int64         // units that want mu

	mu    sync.Mutex // held while a unit runs; guards batch
	batch *batch     // nil while no transaction is open
}

// batch is a transaction.
type batch struct {
	session *session
	units   int // to be kept
	changed *changes
	done    chan struct{} // closed once it has ended
	err     error         // why nothing of it was kept; to be read after done
}

// maxBatch is how many units are committed together at most.
const maxBatch = 64

// errUndone is the error of the units of a transaction that another unit made impossible.
var errUndone = errors.New("store: the database undid the transaction of this unit")

// update runs f as a unit in a world. It returns nil once what f wrote is kept.
func (w *writer) update(ctx context.Context, world int64, f func(*rows) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.waiting.Add(1)
	w.mu.Lock()
	w.waiting.Add(-1)
	b, err := w.run(ctx, world, f)
	if err != nil {
		return err
	}
	<-b.done
	return b.err
}

// run runs f in the open transaction, or in a new one, and ends the transaction if no other unit waits. It unlocks mu,
// also when f panics.
func (w *writer) run(ctx context.Context, world int64, f func(*rows) error) (*batch, error) {
	defer w.mu.Unlock()
	defer w.leave()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := w.enter(ctx); err != nil {
		return nil, err
	}
	b := w.batch
	alone := b.units == 0 // so the transaction can be undone with the unit
	if !alone {
		if err := b.session.exec(`SAVEPOINT unit`); err != nil {
			b.err = err
			return nil, err
		}
	}
	r := &rows{session: b.session, world: world, cache: w.cache, changed: b.changed, written: new([]place)}
	kept := false
	defer func() {
		if kept {
			return
		}
		r.undone() // f failed or panicked
		if !alone {
			b.undo()
		}
	}()
	if err := f(r); err != nil {
		return nil, err
	}
	if r.err != nil {
		return nil, r.err
	}
	if err := w.bound.check(r, world); err != nil {
		return nil, err
	}
	if !alone {
		if err := b.session.exec(`RELEASE SAVEPOINT unit`); err != nil {
			return nil, err
		}
	}
	kept = true
	b.units++
	return b, nil
}

// enter begins a transaction if none is open.
func (w *writer) enter(ctx context.Context) error {
	if w.batch != nil {
		return nil
	}
	s, err := w.pool.get(ctx)
	if err != nil {
		return err
	}
	if err := w.begin(s); err != nil {
		w.pool.put(s, true)
		return err
	}
	w.batch = &batch{session: s, changed: newChanges(), done: make(chan struct{})}
	return nil
}

// undo takes back what a unit wrote. If that is impossible, the whole transaction has failed.
func (b *batch) undo() {
	if err := errors.Join(b.session.exec(`ROLLBACK TO SAVEPOINT unit`), b.session.exec(`RELEASE SAVEPOINT unit`)); err != nil {
		b.err = errors.Join(errUndone, err)
	}
}

// leave commits the transaction unless another unit waits to join it.
func (w *writer) leave() {
	b := w.batch
	if b == nil || b.err == nil && 0 < b.units && b.units < maxBatch && w.waiting.Load() > 0 {
		return
	}
	w.batch = nil
	if b.err == nil && b.units > 0 && w.end != nil {
		b.err = w.end(b.session)
	}
	end := `COMMIT`
	if b.units == 0 || b.err != nil {
		end = `ROLLBACK`
	}
	if w.cache != nil {
		w.cache.commits.Lock()
	}
	err := b.session.exec(end)
	if w.cache != nil {
		w.cache.follow(b.changed, err == nil && end == `COMMIT`)
		w.cache.commits.Unlock()
	}
	if err != nil && end == `COMMIT` {
		_ = b.session.exec(`ROLLBACK`) // the session is closed
	}
	if b.err == nil && end == `COMMIT` {
		b.err = err
	}
	close(b.done)
	w.pool.put(b.session, err != nil)
}

// backend is a world's store.
type backend struct {
	world   int64
	readers *pool
	writer  *writer
	reading string // begins a transaction for View; see dialect
}

func (b *backend) Update(ctx context.Context, f func(store.Rows) error) error {
	return b.writer.update(ctx, b.world, func(r *rows) error { return f(r) })
}

func (b *backend) View(ctx context.Context, f func(store.Rows) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c := b.writer.cache; c != nil {
		c.commits.RLock()
		defer c.commits.RUnlock()
	}
	r := &rows{world: b.world, cache: b.writer.cache, begin: func() (*session, error) {
		s, err := b.readers.get(ctx)
		if err != nil || b.reading == "" {
			return s, err
		}
		if err := s.exec(b.reading); err != nil {
			b.readers.put(s, true)
			return nil, err
		}
		return s, nil
	}}
	defer func() {
		if r.session == nil {
			return
		}
		broken := r.err != nil
		if b.reading != "" {
			broken = r.session.exec(`ROLLBACK`) != nil
		}
		b.readers.put(r.session, broken)
	}()
	if err := f(r); err != nil {
		return err
	}
	return r.err
}
