package world

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
)

// Closed is a world that is kept in a store and is not open: no request has named it since this process began, or for
// longer than the IdleLimit.
type Closed struct {
	Name      string
	CreatedAt time.Time // by the wall clock
	UsedAt    time.Time // when it was closed or, if the process ended first, opened
}

// Closed returns the worlds that are kept and are not open, by name.
func (ws *Worlds) Closed(ctx context.Context) ([]Closed, error) {
	if ws.inMemory() {
		return nil, nil
	}
	names, err := ws.options.Stores.Names(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the worlds that are kept: %w", err)
	}
	var list []Closed
	for _, name := range names {
		if ws.Opened(name) != nil {
			continue
		}
		s, err := ws.stored(ctx, name)
		if store.IsMissing(err) {
			continue // it was dropped meanwhile
		}
		if err != nil {
			return nil, err
		}
		kept, err := readState(ctx, s)
		if err != nil {
			return nil, fmt.Errorf("reading the state of world %s: %w", name, err)
		}
		if kept.Made {
			list = append(list, Closed{name, kept.CreatedAt, kept.UsedAt})
		}
	}
	return slices.DeleteFunc(list, func(c Closed) bool { return ws.Opened(c.Name) != nil }), nil // it was opened meanwhile
}

// readState returns what a world keeps of itself, or the zero value if it keeps nothing.
func readState(ctx context.Context, s store.Store) (kept state, err error) {
	err = s.View(ctx, func(r store.Reader) error {
		kept, err = stateIn(r)
		return err
	})
	return kept, err
}

func stateIn(r store.Reader) (kept state, err error) {
	data, err := r.State()
	if store.IsMissing(err) {
		return kept, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	return kept, err
}

// rest completes what the store of a world keeps before the world is closed.
func (w *World) rest(ctx context.Context) error {
	if w.logs == nil {
		return nil
	}
	w.flush()
	return w.change(ctx, func(s *state) (func(), error) {
		s.UsedAt = w.LastUsedAt()
		return func() {}, nil
	})
}
