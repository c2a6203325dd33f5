package simulator

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// waiting has the connections on which no request is being handled: silent ones, idle ones, and those on which a
// request has not arrived whole. http.Server closes only the idle ones at once when it shuts down. The zero value
// works.
type waiting struct {
	mu     sync.Mutex // guards what follows
	conns  map[net.Conn]bool
	closed bool
}

type connKey struct{}

// connContext lets the handler find the connection of a request.
func (w *waiting) connContext(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

// state follows the connections of a server.
func (w *waiting) state(c net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew, http.StateIdle:
		w.mark(c, true)
	case http.StateClosed, http.StateHijacked:
		w.mark(c, false)
	case http.StateActive: // its request may never arrive; see handler
	}
}

// handler takes the connection of a request out of those that wait.
func (w *waiting) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(connKey{}).(net.Conn); ok {
			w.mark(c, false)
		}
		next.ServeHTTP(rw, r)
	})
}

func (w *waiting) mark(c net.Conn, waits bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case !waits:
		delete(w.conns, c)
	case w.closed: // it was accepted as the listener closed
		go c.Close() // TLS says goodbye first, which may take a while
	default:
		if w.conns == nil {
			w.conns = map[net.Conn]bool{}
		}
		w.conns[c] = true
	}
}

// close closes the connections that wait, now and from now on.
func (w *waiting) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for c := range w.conns {
		go c.Close() // TLS says goodbye first, which may take a while
	}
	w.conns = nil
}
