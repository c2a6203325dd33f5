package httpd

import (
	"cmp"
	"encoding/json"
	"mime"
	"net/http"
	"strconv"
	"sync"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// journaled records each exchange in the journal of its world.
func journaled(next http.Handler, env nic.Environment) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := CallOf(r.Context())
		at, began := call.World.Clock.Now(), clock.System()
		recorder := &recorder{ResponseWriter: w, call: call}
		recorder.record = sync.OnceFunc(func() {
			if call.note.off {
				return
			}
			reason := reasonOf(call)
			call.World.Record(journal.Exchange{
				At: at, Environment: env, RequestID: call.RequestID, Method: r.Method, Path: call.Asked,
				Status: recorder.status, Duration: clock.System().Sub(began),
				Request: call.note.request, Response: recorder.answer(), Reason: reason,
				Query: journal.Query(r.URL.RawQuery), Sent: sentType(r), Answered: recorder.Header().Get("Content-Type"),
				Size: recorder.size, RetryAfter: recorder.Header().Get("Retry-After"),
				Location: journal.Address(recorder.Header().Get("Location")),
				View:     reason == nil && recorder.isView(r), Faults: call.Faults.Fired(), Headers: journal.Headers(r.Header),
			})
		})
		defer recorder.record() // a dropped connection is a panic
		next.ServeHTTP(recorder, r)
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
func (r *recorder) isView(asked *http.Request) bool {
	if asked.Method != http.MethodGet && asked.Method != http.MethodHead || r.status >= http.StatusBadRequest {
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
	call   *Call
	record func() // adds the exchange to the journal, once
	status int
	size   int // bytes that were written
	body   []byte
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
