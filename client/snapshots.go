package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// ReadWorldWithState is [Control.ReadWorld] with all that has happened in the world: its invoices, e-way bills, flows,
// messages, counts and faults. It has no tokens: after [Control.PutWorld], clients log in again.
func (c *Control) ReadWorldWithState(ctx context.Context) (json.RawMessage, error) {
	k := get(controlPath+"world", "state")
	k.query = url.Values{"with": {"state"}}
	return read[json.RawMessage](ctx, c.connection, k)
}

// Snapshot is a copy of the state of a world, which the simulator keeps by a name.
type Snapshot struct {
	Name    string    `json:"name"`
	TakenAt time.Time `json:"takenAt"` // by the world's clock
	Bytes   int       `json:"bytes"`
}

const snapshotsPath = controlPath + "snapshots"

// Snapshots lists the snapshots of the world.
func (c *Control) Snapshots(ctx context.Context) ([]Snapshot, error) {
	return pages[Snapshot](ctx, c.connection, get(snapshotsPath, "snapshots"), 0)
}

// TakeSnapshot keeps the state of the world by a name, in place of a snapshot of the same name.
func (c *Control) TakeSnapshot(ctx context.Context, name string) (Snapshot, error) {
	return read[Snapshot](ctx, c.connection, call{
		method: http.MethodPost, path: snapshotsPath, in: map[string]string{"name": name}, status: http.StatusCreated,
		need: "name",
	})
}

// RestoreSnapshot restores the state of a snapshot, with its tokens and sessions.
func (c *Control) RestoreSnapshot(ctx context.Context, name string) error {
	return c.do(ctx, call{
		method: http.MethodPost, path: item(snapshotsPath, name) + "/restore", status: http.StatusNoContent,
	})
}

// DeleteSnapshot deletes a snapshot.
func (c *Control) DeleteSnapshot(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: item(snapshotsPath, name), status: http.StatusNoContent})
}
