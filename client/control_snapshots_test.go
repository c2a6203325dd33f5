package client_test

import (
	"context"
	"encoding/json"

	"github.com/nicsim/nicsim/client"
)

// controlSnapshotRows are the calls about worlds with their state and about snapshots.
func controlSnapshotRows() []method[*client.Control] {
	type ctl = *client.Control
	const one = `{"name":"before","takenAt":"2026-11-22T10:00:00+05:30","bytes":7}`
	before := client.Snapshot{Name: "before", TakenAt: at(10, 0), Bytes: 7}
	return []method[ctl]{
		{
			name:     "world with state",
			exchange: exchange{want: "GET /control/v1/world?with=state", status: 200, answer: `{"name":"w","state":{"note":"n"}}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.ReadWorldWithState(ctx) },
			want:     json.RawMessage(`{"name":"w","state":{"note":"n"}}`),
		},
		{
			name:     "snapshots",
			exchange: exchange{want: "GET /control/v1/snapshots", status: 200, answer: `{"snapshots":[` + one + `]}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Snapshots(ctx) },
			want:     []client.Snapshot{before},
		},
		{
			name:     "take a snapshot",
			exchange: exchange{want: "POST /control/v1/snapshots", status: 201, answer: one, body: `{"name":"before"}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.TakeSnapshot(ctx, "before") },
			want:     before,
		},
		{
			name:     "restore a snapshot",
			exchange: exchange{want: "POST /control/v1/snapshots/before/restore", status: 204},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.RestoreSnapshot(ctx, "before")) },
		},
		{
			name:     "delete a snapshot",
			exchange: exchange{want: "DELETE /control/v1/snapshots/before", status: 204},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.DeleteSnapshot(ctx, "before")) },
		},
	}
}
