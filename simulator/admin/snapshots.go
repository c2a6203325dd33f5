package admin

import (
	"context"
	"errors"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Snapshot is a copy of the state of a world, which the world keeps by a name.
type Snapshot struct {
	Name    string    `json:"name"`
	TakenAt time.Time `json:"takenAt"` // by the world's clock
	Bytes   int       `json:"bytes"`
}

func snapshot(s store.Snapshot) Snapshot { return Snapshot{s.Name, s.TakenAt.In(nic.IST), s.Bytes} }

// SnapshotChange names a new snapshot.
type SnapshotChange struct {
	Name string `json:"name"`
}

// Snapshots returns the snapshots of a world.
func Snapshots(ctx context.Context, w *world.World) ([]Snapshot, error) {
	kept, err := view(ctx, w, store.Reader.Snapshots)
	shown := make([]Snapshot, len(kept))
	for i, s := range kept {
		shown[i] = snapshot(s)
	}
	return shown, err
}

// TakeSnapshot keeps the state of a world by a name, in place of a snapshot of the same name.
func TakeSnapshot(ctx context.Context, w *world.World, change SnapshotChange) (Snapshot, error) {
	s, err := w.TakeSnapshot(ctx, change.Name)
	switch {
	case errors.Is(err, world.ErrSnapshotName):
		return Snapshot{}, refuse("name", "value-invalid", err.Error())
	case errors.Is(err, world.ErrTooManySnapshots), errors.Is(err, world.ErrSnapshotTooLarge):
		return Snapshot{}, refuse("name", "snapshot-limit", err.Error())
	}
	return snapshot(s), err
}

// RestoreSnapshot restores the state that a world had at a snapshot.
func RestoreSnapshot(ctx context.Context, w *world.World, name string) error {
	return found(w.RestoreSnapshot(ctx, name), "such snapshot")
}

// DeleteSnapshot deletes a snapshot.
func DeleteSnapshot(ctx context.Context, w *world.World, name string) error {
	return found(w.DeleteSnapshot(ctx, name), "such snapshot")
}
