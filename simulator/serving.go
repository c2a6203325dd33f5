package simulator

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// Running is a simulator whose four listeners are open.
type Running struct {
	URLs    URLs
	Public  URLs // as Addresses.Public says
	log     *slog.Logger
	servers []*http.Server
	waiting waiting
	failed  chan error
	serving sync.WaitGroup

	stopping chan struct{} // closed to end event streams, which do not end by themselves
	stop     sync.Once
}

// The limits of every listener. A client that is slower is disconnected.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10 // bytes
)

func (run *Running) serve(l *limited, h http.Handler) {
	base := httpd.WithStopping(context.Background(), run.stopping)
	server := &http.Server{
		BaseContext: func(net.Listener) context.Context { return base },
		ConnContext: run.waiting.connContext,
		ConnState: func(c net.Conn, state http.ConnState) {
			l.changed(c, state)
			run.waiting.state(c, state)
		},
		Handler: run.waiting.handler(h), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}, // no HTTP/2
		ErrorLog:     slog.NewLogLogger(run.log.Handler(), slog.LevelInfo),
	}
	run.servers = append(run.servers, server)
	run.serving.Go(func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			run.failed <- err
		}
	})
}

// Failed returns a channel that receives the error of a listener that fails while it serves.
func (run *Running) Failed() <-chan error { return run.failed }

// Close closes the listeners and the connections without a request, and waits for the requests under way, until ctx
// ends.
func (run *Running) Close(ctx context.Context) error {
	run.stop.Do(func() { close(run.stopping) })
	errs := make([]error, len(run.servers))
	var closing sync.WaitGroup
	for i, server := range run.servers {
		closing.Go(func() {
			if errs[i] = server.Shutdown(ctx); errs[i] != nil {
				_ = server.Close() // cuts off what is left; the first error is returned
			}
		})
	}
	run.waiting.close()
	closing.Wait()
	run.serving.Wait()
	return errors.Join(errs...)
}
