package dashboard

import (
	"context"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// breath is the shortest time between two events of a stream: a page that shows a busy world is
// loaded again a few times a second, and not for each of thousands of requests.
const breath = 250 * time.Millisecond

// heartbeat is how many breaths pass before a silent stream shows that it is alive.
const heartbeat = 60

// events tells a page that something in its world has changed; the page then loads itself again.
func (d *Dashboard) events(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	name := call.World.Name
	return httpd.Reply{Stream: func(ctx context.Context, send httpd.Send) error {
		ticks, stop := clock.Ticks(breath)
		defer stop()
		changed := call.World.Changed.Wait()
		if err := send(""); err != nil { // the client sees that it is connected
			return err
		}
		for {
			if err := await(ctx, changed, ticks, send); err != nil {
				return err
			}
			w, err := d.Worlds.Get(ctx, name) // after a reset or an end it is another one of the same name
			if err != nil {
				return err
			}
			changed = w.Changed.Wait() // before the page looks: what changes from here on is another event
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

// await waits for a change, and shows now and then that the stream is alive.
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
