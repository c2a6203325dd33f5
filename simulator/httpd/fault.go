package httpd

import (
	"bytes"
	"context"
	"io"
	"math"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/fault"
)

// underFaults performs a request in a world with faults. It performs the kinds that concern the wire in this order:
// latency; reset, hang or an answer in place of the portal's; and drop-answer, truncate or drip. The others are left to
// the handler, which finds them in the Call and in the context.
func (l Listener) underFaults(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := CallOf(r.Context())
		body := hold(r)
		f := call.World.Faults.Match(&fault.Point{
			Environment: l.Environment, Call: callName(r, call, body), Header: r.Header.Get,
			Caller: func() fault.Caller { return l.callerOf(r, call, body) },
		})
		if f == nil {
			next.ServeHTTP(w, r)
			return
		}
		call.Faults = f
		defer func() {
			if err := call.World.KeepFaults(context.WithoutCancel(r.Context())); err != nil {
				call.logProblem(r, err, ProblemOf(err))
			}
		}()
		r = r.WithContext(fault.In(r.Context(), f))
		if slow, ok := fault.Take[*fault.Latency](f); ok && !pause(w, r, slow.Wait(f.Chance()), f.Ended(slow)) {
			panic(http.ErrAbortHandler)
		}
		if _, ok := fault.Take[*fault.Reset](f); ok {
			reset(w)
			return
		}
		if silent, ok := fault.Take[*fault.Hang](f); ok {
			pause(w, r, forever, f.Ended(silent))
			panic(http.ErrAbortHandler)
		}
		if other, ok := fault.Take[fault.Answering](f); ok {
			answer(w, r, call, other.Answer())
			return
		}
		performThenFail(next, w, r, f)
	})
}

// performThenFail performs a request and lets a fault happen to its answer.
func performThenFail(next http.Handler, w http.ResponseWriter, r *http.Request, f *fault.Request) {
	below := &w // the journal records the answer as it would have been
	if recorder, ok := w.(*recorder); ok {
		below = &recorder.ResponseWriter
	}
	if _, ok := fault.Take[*fault.DropAnswer](f); ok {
		*below = lost{*below}
		next.ServeHTTP(w, r)
		panic(http.ErrAbortHandler)
	}
	if short, ok := fault.Take[*fault.Truncate](f); ok {
		*below = cutOff{*below, short}
		next.ServeHTTP(w, r)
		panic(http.ErrAbortHandler) // there was no body to cut
	}
	if slow, ok := fault.Take[*fault.Drip](f); ok {
		*below = dripping{*below, r, time.Duration(slow.Over), f.Ended(slow)}
	}
	next.ServeHTTP(w, r)
}

// forever is a pause without an end of its own.
const forever time.Duration = -1

// pause waits, and reports whether the request is still to be performed. It ends early, with true, when the rule ends.
// It returns false when the client is gone or the server stops.
func pause(w http.ResponseWriter, r *http.Request, d time.Duration, ended <-chan struct{}) bool {
	connection := http.NewResponseController(w) // the server's deadlines would end the pause
	_ = connection.SetReadDeadline(time.Time{})
	_ = connection.SetWriteDeadline(time.Time{})
	var over <-chan time.Time
	if d != forever {
		alarm, stop := clock.Alarm(d)
		defer stop()
		over = alarm
	}
	select {
	case <-over:
	case <-ended:
	case <-r.Context().Done():
		return false
	case <-stoppingOf(r.Context()):
		return false
	}
	return true
}

// reset resets the connection. Where there is none of its own, as in HTTP/2, the request is aborted. The journal has
// the request before the client can send another one.
func reset(w http.ResponseWriter) {
	if recorder, ok := w.(*recorder); ok {
		recorder.record()
	}
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer connection.Close()
	if secure, ok := connection.(interface{ NetConn() net.Conn }); ok {
		connection = secure.NetConn()
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // Close sends RST
	}
}

// answer answers in place of the handler.
func answer(w http.ResponseWriter, r *http.Request, call *Call, a fault.Answer) {
	reply := Reply{Status: a.Code, Raw: []byte(a.Body), RawType: a.ContentType, Header: http.Header{}}
	if a.RetryAfter > 0 {
		reply.Header.Set("Retry-After", strconv.Itoa(int(math.Ceil(a.RetryAfter.Seconds()))))
	}
	reply.write(w, r, call)
}

// lost is the writer of an answer that is not sent.
type lost struct{ http.ResponseWriter }

func (lost) WriteHeader(int)             {}
func (lost) Write(p []byte) (int, error) { return len(p), nil }

// cutOff is the writer of an answer of which only the beginning is sent.
type cutOff struct {
	http.ResponseWriter
	short *fault.Truncate
}

func (c cutOff) Write(p []byte) (int, error) {
	_, _ = c.ResponseWriter.Write(p[:c.short.Keep(len(p))])
	_ = http.NewResponseController(c.ResponseWriter).Flush()
	panic(http.ErrAbortHandler)
}

// pieces is how many pieces a dripping body has at most.
const pieces = 20

// dripping is the writer of an answer that is sent slowly.
type dripping struct {
	http.ResponseWriter
	r     *http.Request
	over  time.Duration
	ended <-chan struct{}
}

func (d dripping) Write(p []byte) (int, error) {
	size := (len(p) + pieces - 1) / pieces
	count := time.Duration((len(p) + size - 1) / max(size, 1))
	written := 0
	for written < len(p) {
		if !pause(d.ResponseWriter, d.r, d.over/count, d.ended) {
			panic(http.ErrAbortHandler)
		}
		n, err := d.ResponseWriter.Write(p[written:min(written+size, len(p))])
		if written += n; err != nil {
			return written, err
		}
		_ = http.NewResponseController(d.ResponseWriter).Flush()
	}
	return written, nil
}

// hold reads the body of a request, as far as any call would, and puts it back. Without that, the server does not
// notice when a client gives up.
func hold(r *http.Request) []byte {
	if r.Body == nil {
		return nil
	}
	body, _ := io.ReadAll(io.LimitReader(r.Body, maxDrain)) // an error meets the next reader too
	rest := r.Body
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), rest), rest}
	return body
}
