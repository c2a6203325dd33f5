package httpd

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Send sends one server-sent event without data. An empty name sends a comment, which keeps the connection alive.
// Send fails when the client has disconnected.
type Send func(event string) error

// stream answers with server-sent events until the request ends or the server stops.
func stream(w http.ResponseWriter, r *http.Request, run func(context.Context, Send) error) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	go func() {
		select {
		case <-stoppingOf(ctx):
			cancel()
		case <-ctx.Done():
		}
	}()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead { // it has no body that could have events
		return
	}
	connection := http.NewResponseController(w)
	_ = connection.SetWriteDeadline(time.Time{}) // the server's deadline would cut the stream off
	send := func(event string) error {
		text := ":\n\n"
		if event != "" {
			text = "event: " + event + "\ndata:\n\n"
		}
		if _, err := fmt.Fprint(w, text); err != nil {
			return fmt.Errorf("sending an event: %w", err)
		}
		return connection.Flush()
	}
	_ = run(ctx, send) // the client has disconnected, or the server stops
}

type stoppingKey struct{}

// stoppingOf returns the channel that is closed when the server of a request stops, or nil.
func stoppingOf(ctx context.Context) <-chan struct{} {
	stopping, _ := ctx.Value(stoppingKey{}).(<-chan struct{})
	return stopping
}

// WithStopping returns the base context of a server that stops when the channel is closed. Its streams end then;
// other requests may finish.
func WithStopping(ctx context.Context, stopping <-chan struct{}) context.Context {
	return context.WithValue(ctx, stoppingKey{}, stopping)
}
