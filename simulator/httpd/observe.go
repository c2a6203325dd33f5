package httpd

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
)

// Exchange is a request and its answer, as metrics count it. No text in it is a caller's.
type Exchange struct {
	Listener string
	Call     string // name of the route, or its path without values; NoCall for a request without a route
	Outcome  Outcome
	Status   int // 0 without an answer
	Took     time.Duration
	Stream   bool // the answer went on until the client or the server ended it
}

// NoCall is the Call of a request without a route.
const NoCall = "none"

// Outcome is how a request ended.
type Outcome string

// The outcomes. A call of the e-Invoice API may be refused with the status 200.
const (
	Good    Outcome = "good"
	Refused Outcome = "refused"
	Failed  Outcome = "failed"  // a status of 500 or more
	Dropped Outcome = "dropped" // the connection was closed without a whole answer
)

// Meter counts requests. It must be safe for concurrent use.
type Meter interface {
	Began(listener string)
	Ended(Exchange)
}

// observed tells the meter and the log of each request, refused ones included.
func (l Listener) observed(w http.ResponseWriter, r *http.Request, call *Call, from string,
	serve func(http.ResponseWriter)) {
	logs := l.LogRequests && l.Log.Enabled(r.Context(), slog.LevelInfo)
	if l.Meter == nil && !logs {
		serve(w)
		return
	}
	answer, whole, began := &counted{ResponseWriter: w}, false, clock.System()
	if l.Meter != nil {
		l.Meter.Began(l.Name)
	}
	defer func() {
		e := Exchange{
			Listener: l.Name, Call: cmp.Or(call.route, NoCall), Outcome: outcome(call, answer.status, whole),
			Status: answer.status, Took: clock.System().Sub(began), Stream: call.streams,
		}
		if l.Meter != nil {
			l.Meter.Ended(e)
		}
		if logs { // without the query, which may have secrets
			l.Log.LogAttrs(context.WithoutCancel(r.Context()), slog.LevelInfo, "request",
				slog.String("listener", l.Name), slog.String("requestId", call.RequestID), slog.String("method", r.Method),
				slog.String("path", shorten(call.Asked, longestPath)), slog.String("call", e.Call),
				slog.String("world", call.world), slog.String("client", from), slog.Int("status", e.Status),
				slog.String("outcome", string(e.Outcome)), slog.String("code", call.code()), slog.Int("bytes", answer.size),
				slog.Duration("took", e.Took))
		}
	}()
	serve(answer)
	whole = true
}

func outcome(call *Call, status int, whole bool) Outcome {
	switch {
	case !whole || status == 0:
		return Dropped
	case status >= http.StatusInternalServerError:
		return Failed
	case status >= http.StatusBadRequest || call.note.problem != nil || call.note.reason != nil:
		return Refused
	}
	return Good
}

// code is the code of a refusal; empty without one.
func (call *Call) code() string {
	switch {
	case call.note.problem != nil:
		return call.note.problem.Code
	case call.note.reason != nil:
		return cmp.Or(call.note.reason.NICCode, call.note.reason.Code)
	}
	return ""
}

// counted notes the status and the size of an answer.
type counted struct {
	http.ResponseWriter
	status, size int
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(p []byte) (int, error) {
	c.status = cmp.Or(c.status, http.StatusOK)
	n, err := c.ResponseWriter.Write(p)
	c.size += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }
