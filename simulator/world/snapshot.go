package world

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/store"
)

// Limits of the snapshots of a world [SIM].
const (
	MostSnapshots     = 20
	MostSnapshotBytes = 32 << 20 // compressed, of all together
)

// Errors of snapshots; match with errors.Is.
var (
	ErrSnapshotName     = errors.New("must be 1 to 40 of a-z, 0-9 and -, as in before-cancelling")
	ErrTooManySnapshots = fmt.Errorf("is one too many: a world has at most %d snapshots; delete one first", MostSnapshots)
	ErrSnapshotTooLarge = fmt.Errorf("is too large: the snapshots of a world have at most %d bytes together",
		MostSnapshotBytes)
)

// Snapshots returns the snapshots of the world.
func (w *World) Snapshots(ctx context.Context) (all []store.Snapshot, err error) {
	err = w.Store.View(ctx, func(r store.Reader) error {
		all, err = r.Snapshots()
		return err
	})
	return all, err
}

// TakeSnapshot keeps a copy of the state of the world by a name: all records, secrets and counts included, the inbox,
// the clock, the settings, the situation, the faults and the defects. It replaces a snapshot of the same name.
func (w *World) TakeSnapshot(ctx context.Context, name string) (taken store.Snapshot, err error) {
	if CheckName(name) != nil {
		return taken, ErrSnapshotName
	}
	if _, err := w.Messages(ctx, inbox.Filter{Limit: 1}); err != nil { // those of other processes too
		return taken, err
	}
	if err := w.refresh(ctx); err != nil {
		return taken, err
	}
	w.changing.Lock()
	defer w.changing.Unlock()
	full := w.state // with what it says only by default
	full.Faults, err = fault.Written(w.Faults.List())
	if err == nil {
		full.Settings, err = json.Marshal(w.Settings())
	}
	if err != nil {
		return taken, err
	}
	messages := w.Inbox.All()
	err = w.Store.Update(ctx, func(tx store.Tx) error {
		all, err := tx.Snapshots()
		if err != nil {
			return err
		}
		left := MostSnapshotBytes
		all = slices.DeleteFunc(all, func(s store.Snapshot) bool { return s.Name == name })
		for _, s := range all {
			left -= s.Bytes
		}
		if len(all) >= MostSnapshots {
			return ErrTooManySnapshots
		}
		content := bounded{left: left}
		if err := errors.Join(full.put(tx), copyTo(&content, messages, tx), w.state.put(tx)); err != nil {
			return err
		}
		taken = store.Snapshot{Name: name, TakenAt: w.Clock.Now(), Bytes: content.Len()}
		return tx.PutSnapshot(taken, content.Bytes())
	})
	return taken, err
}

// copyTo writes the messages and the records of a world.
func copyTo(to io.Writer, messages []inbox.Message, r store.Reader) error {
	compressed := gzip.NewWriter(to)
	if err := json.NewEncoder(compressed).Encode(messages); err != nil { //nolint:gosec // it stays in the store
		return err
	}
	return errors.Join(store.Copy(r, compressed), compressed.Close())
}

// bounded keeps what is written to it, up to a number of bytes.
type bounded struct {
	bytes.Buffer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, ErrSnapshotTooLarge
	}
	return b.Buffer.Write(p)
}

// RestoreSnapshot restores the state of a snapshot, or returns store.ErrNotFound. A clock that ran ahead of or
// behind real time shows what it showed. What the world draws next was not drawn before, so that it cannot be taken for
// something that the snapshot has.
func (w *World) RestoreSnapshot(ctx context.Context, name string) error {
	if err := w.refresh(ctx); err != nil {
		return err
	}
	w.changing.Lock()
	defer w.changing.Unlock()
	var next state
	var messages []inbox.Message
	var apply func(func([]fault.Live))
	err := w.Store.Update(ctx, func(tx store.Tx) error {
		all, err := tx.Snapshots()
		content, missing := tx.SnapshotContent(name)
		if err := errors.Join(err, missing); err != nil {
			return err
		}
		if messages, err = replace(tx, content); err != nil {
			return err
		}
		data, err := tx.State()
		if err == nil {
			err = json.Unmarshal(data, &next)
		}
		if err != nil {
			return err
		}
		next.Openings, next.Chance, next.CreatedAt = w.state.Openings, w.state.Chance, w.state.CreatedAt
		next.Version = w.state.Version
		of := slices.IndexFunc(all, func(s store.Snapshot) bool { return s.Name == name })
		next.Clock = w.clockAt(next.Clock, all[of])
		if apply, err = w.prepare(next); err != nil {
			return err
		}
		if w.logs == nil {
			return next.put(tx)
		}
		emptied := w.logs.messages.Empty(tx)
		_, err = deliver(tx, messages...)
		return errors.Join(next.put(tx), emptied, err)
	})
	if err != nil {
		return fmt.Errorf("restoring the snapshot %s: %w", name, err)
	}
	w.state = next
	apply(w.Faults.Replace)
	if w.logs != nil {
		w.logs.changed()
		return nil
	}
	w.Inbox.Clear()
	w.Inbox.Deliver(messages...)
	return nil
}

// replace puts the records of a snapshot in the place of those of a store, and returns the messages.
func replace(tx store.Tx, content []byte) (messages []inbox.Message, err error) {
	text, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	first := json.NewDecoder(text)
	if err := first.Decode(&messages); err != nil {
		return nil, err
	}
	return messages, store.Replace(tx, io.MultiReader(first.Buffered(), text))
}

// clockAt returns the state of a clock that shows what it showed at a snapshot, or real time if it showed that.
func (w *World) clockAt(then clock.State, s store.Snapshot) clock.State {
	c := w.Clock.Copy()
	c.Restore(then)
	if !then.Frozen && c.Shifted() {
		c.Run(s.TakenAt)
	}
	return c.State()
}

// DeleteSnapshot deletes a snapshot, or returns store.ErrNotFound.
func (w *World) DeleteSnapshot(ctx context.Context, name string) error {
	return w.Store.Update(ctx, func(tx store.Tx) error {
		if _, err := tx.SnapshotContent(name); err != nil {
			return err
		}
		return tx.DeleteSnapshot(name)
	})
}

// carrySnapshots returns a function that puts the snapshots of a world into the world that takes its place.
func carrySnapshots(old store.Reader) (put func(store.Tx) error, err error) {
	all, err := old.Snapshots()
	var contents [][]byte
	for _, s := range all {
		content, err := old.SnapshotContent(s.Name)
		if err != nil {
			return nil, err
		}
		contents = append(contents, content)
	}
	return func(tx store.Tx) error {
		for i, s := range all {
			if err := tx.PutSnapshot(s, contents[i]); err != nil {
				return err
			}
		}
		return nil
	}, err
}
