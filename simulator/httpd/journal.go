package httpd

import (
	"cmp"
	"encoding/json"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// journaled records each exchange in the journal of its world.
func journaled(next http.Handler, env nic.Environment) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := CallOf(r.Context())
		recorder := &recorder{ResponseWriter: w, call: call, asked: r, env: env, at: call.World.Clock.Now(),
			began: clock.System()}
		defer recorder.record() // a dropped connection is a panic
		next.ServeHTTP(recorder, r)
	})
}

// record adds the exchange to the journal, once.
func (r *recorder) record() {
	call, h := r.call, r.Header()
	if r.recorded || call.note.off {
		return
	}
	r.recorded = true
	reason := reasonOf(call)
	call.World.Record(journal.Exchange{
		At: r.at, Environment: r.env, RequestID: call.RequestID, Method: r.asked.Method, Path: call.Asked,
		Status: r.status, Duration: clock.System().Sub(r.began),
		Request: call.note.request, Response: r.answer(), Reason: reason,
		Query: journal.Query(r.asked.URL.RawQuery), Sent: sentType(r.asked), Answered: h.Get("Content-Type"),
		Size: r.size, RetryAfter: h.Get("Retry-After"), Location: journal.Address(h.Get("Location")),
		View: reason == nil && r.isView(), Faults: call.Faults.Fired(), Headers: journal.Headers(r.asked.Header),
	})
}

// sentType is the media type of a request, if it is one that the portals read. Others may contain secrets.
func sentType(r *http.Request) string {
	sent := r.Header.Get("Content-Type")
	if sent == "" || sent == "application/json" {
		return sent
	}
	kind, _, _ := mime.ParseMediaType(sent) // an invalid one is not listed below
	switch kind {
	case "application/json", FormType, UploadType:
		return kind
	}
	return ""
}

func reasonOf(call *Call) *journal.Reason {
	p := call.note.problem
	if p == nil {
		return call.note.reason
	}
	known := nic.RemedyOf(p.NICCode, p.Code)
	reason := &journal.Reason{Code: p.Code, NICCode: p.NICCode, Detail: p.Detail, Remedy: known.Remedy,
		Cause: cmp.Or(p.cause.Text, known.Cause), Kind: p.cause.Kind}
	for _, e := range p.Errors {
		reason.Fields = append(reason.Fields, journal.FieldReason{Field: e.Field, Code: e.Code, Message: e.Message})
	}
	return reason
}

// isView reports whether the answer was a page or a picture, or a redirect to one.
func (r *recorder) isView() bool {
	if r.asked.Method != http.MethodGet && r.asked.Method != http.MethodHead || r.status >= http.StatusBadRequest {
		return false
	}
	switch r.Header().Get("Content-Type") {
	case HTMLType, pictureType:
		return true
	}
	return r.Header().Get("Location") != ""
}

// recorder notes an answer while it is written.
type recorder struct {
	http.ResponseWriter
	call     *Call
	asked    *http.Request
	env      nic.Environment
	at       time.Time // by the clock of the world
	began    time.Time // by the wall clock
	status   int
	size     int // bytes that were written
	body     []byte
	recorded bool
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	r.size += len(p)
	if r.call.note.answer == nil { // a sealed answer is shown as it was before sealing
		r.body = append(r.body, p...)
	}
	if r.Header().Get("Content-Length") == strconv.Itoa(r.size) { // a client with the whole answer finds it in the journal
		r.record()
	}
	return r.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) answer() json.RawMessage {
	if r.call.note.answer != nil {
		return r.call.note.answer
	}
	switch r.Header().Get("Content-Type") {
	case jsonType, problemType:
		return journal.Written(r.body)
	case pictureType:
		return nil
	}
	return journal.Answer(r.body)
}
