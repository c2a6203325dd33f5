package dashboard

import (
	"context"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// eventInterval is the shortest time between two events of a stream, so that a page of a busy world is not
// loaded again for each request.
const eventInterval = 250 * time.Millisecond

// heartbeat is the number of intervals without an event after which a stream sends a comment.
const heartbeat = 60

// events streams an event after each change in a world. The page then loads itself again.
func (d *Dashboard) events(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	name := call.World.Name
	return httpd.Reply{Stream: func(ctx context.Context, send httpd.Send) error {
		ticks, stop := clock.Ticks(eventInterval)
		defer stop()
		changed := call.World.Changed.Wait()
		if err := send(""); err != nil { // tells the client that it is connected
			return err
		}
		for {
			if err := await(ctx, changed, ticks, send); err != nil {
				return err
			}
			w, err := d.Worlds.Get(ctx, name) // after a reset or an end, the next world of this name
			if err != nil {
				return err
			}
			changed = w.Changed.Wait() // before the page is loaded, so that a later change is another event
			if err := send("changed"); err != nil {
				return err
			}
			select {
			case <-ticks:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}}, nil
}

// await waits for a change and sends a comment at each heartbeat.
func await(ctx context.Context, changed <-chan struct{}, ticks <-chan time.Time, send httpd.Send) error {
	for idle := 1; ; idle++ {
		select {
		case <-changed:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks:
			if idle%heartbeat == 0 {
				if err := send(""); err != nil {
					return err
				}
			}
		}
	}
}
