package sqlstore

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// follower receives what other processes have changed.
type follower struct {
	self atomic.Uint32 // the number of the connection that listens, by which this process knows its own changes

	mu      sync.Mutex // guards changed
	changed func(world string)
}

// Follow has changed called when another process has written into a world, and with an empty name when any world may
// have changed or ended. It reports whether other processes can.
func (d *Database) Follow(changed func(world string)) bool {
	if d.follow == nil {
		return false
	}
	d.follow.mu.Lock()
	defer d.follow.mu.Unlock()
	d.follow.changed = changed
	return true
}

func (f *follower) tell(world string) {
	f.mu.Lock()
	changed := f.changed
	f.mu.Unlock()
	if changed != nil {
		changed(world)
	}
}

// reconnectPause is the time between two attempts to listen again.
const reconnectPause = 500 * time.Millisecond

// listen receives notifications until the context ends. What was missed while there was no connection may be anything.
func (f *follower) listen(ctx context.Context, config *pgx.ConnConfig) {
	for ctx.Err() == nil {
		_ = f.receive(ctx, config) // the units fail too while the database is away, and say so
		pause, cancel := context.WithTimeout(ctx, reconnectPause)
		<-pause.Done()
		cancel()
	}
}

func (f *follower) receive(ctx context.Context, config *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, config.Copy())
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it was lost, or the process ends
	if _, err := conn.Exec(ctx, `LISTEN nicsim`); err != nil {
		return err
	}
	f.self.Store(conn.PgConn().PID())
	f.tell("")
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		from, world, _ := strings.Cut(n.Payload, " ")
		if from != strconv.FormatUint(uint64(f.self.Load()), 10) {
			f.tell(world)
		}
	}
}
