package httpd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/gsp"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// Problem is an RFC 9457 problem document with the contract's members.
type Problem struct {
	Type     string       `json:"type"`
	Title    string       `json:"title"`
	Status   int          `json:"status"`
	Detail   string       `json:"detail"`
	Instance string       `json:"instance"`
	Code     string       `json:"code"`
	NICCode  string       `json:"nicCode,omitempty"`
	Errors   []FieldError `json:"errors"`

	State        string `json:"state,omitempty"`
	Expected     string `json:"expected,omitempty"`
	AttemptsLeft *int   `json:"attemptsLeft,omitempty"`
	RequestID    string `json:"requestId,omitempty"` // of a 500; the log has it too

	retryAfter time.Duration
	allow      string
	cause      journal.Cause // for the journal
}

// FieldError is one refused field.
type FieldError struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Fail is a refusal that comes from HTTP itself or from the control API. Use Refuse.
type Fail struct {
	Status int
	Code   string
	Title  string
	Detail string
	Fields []FieldError
	// RetryAfter is the time after which the request may be repeated; 0 says nothing about it.
	RetryAfter time.Duration
	Allow      string // methods, of a 405
}

// Refuse returns a refusal.
func Refuse(status int, code, title, detail string, fields ...FieldError) *Fail {
	return &Fail{Status: status, Code: code, Title: title, Detail: detail, Fields: fields}
}

func (f *Fail) Error() string { return f.Code + ": " + f.Detail }

// RetryAfter is the time after which the request may be repeated; 0 if the problem has none.
func (p *Problem) RetryAfter() time.Duration { return p.retryAfter }

// newProblem makes a problem without fields.
func newProblem(status int, code, title, detail string) *Problem {
	return &Problem{
		Type: "urn:nicsim:problem:" + code, Title: title, Status: status, Detail: detail,
		Code: code, Errors: []FieldError{},
	}
}

// ProblemOf turns an error into what the wire shows. An error that is not a refusal is shown as a failure without
// details.
func ProblemOf(err error) *Problem {
	if r, ok := errors.AsType[*portal.Refusal](err); ok {
		return ofRefusal(r)
	}
	if f, ok := errors.AsType[*Fail](err); ok {
		p := newProblem(f.Status, f.Code, f.Title, f.Detail)
		p.Errors, p.retryAfter, p.allow = append(p.Errors, f.Fields...), f.RetryAfter, f.Allow
		return p
	}
	if r, ok := errors.AsType[*admin.Refusal](err); ok {
		return ofOperation(r)
	}
	if r, ok := errors.AsType[*gsp.Refusal](err); ok {
		return ofGSP(r)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return newProblem(http.StatusServiceUnavailable, "canceled", "Canceled",
			"The request was given up before it was done.")
	}
	if errors.Is(err, store.ErrFull) {
		return newProblem(http.StatusInsufficientStorage, "disk-full", "The disk is full",
			"Nothing was done: the disk of the simulator has no place to keep it.")
	}
	if errors.Is(err, store.ErrTooMuch) {
		return newProblem(http.StatusInsufficientStorage, "records-full", "Too many records",
			"Nothing was done: the records of this world, or of all worlds together, have as many bytes as they may. Reset or "+
				"delete worlds, or start the simulator with more --memory, or with --data, --data-limit and --world-limit.")
	}
	if errors.Is(err, store.ErrDropped) {
		return newProblem(http.StatusConflict, "world-ended", "The world has ended",
			"Nothing was done: the world was reset or deleted meanwhile. The next request finds a fresh one.")
	}
	return newProblem(http.StatusInternalServerError, "internal-error", "Internal error",
		"The simulator failed; its log has a line with this request id.")
}

func ofRefusal(r *portal.Refusal) *Problem {
	first := r.Violations[0]
	line := statusOf(first.Code)
	p := newProblem(line.status, string(first.Code), line.title, first.Message)
	p.NICCode, p.State, p.Expected, p.AttemptsLeft = first.NICCode, r.State, r.Expected, r.AttemptsLeft
	p.retryAfter, p.cause = r.RetryAfter, r.Cause
	for _, f := range r.Violations {
		if f.Field != "" {
			p.Errors = append(p.Errors, FieldError{f.Field, string(f.Code), f.Message})
		}
	}
	return p
}

// ofOperation is the problem of an operation on a world.
func ofOperation(r *admin.Refusal) *Problem {
	var p *Problem
	switch r.Kind {
	case admin.NotFound:
		p = newProblem(http.StatusNotFound, string(portal.NotFound), "Not found", r.Detail)
	case admin.Exists:
		p = newProblem(http.StatusConflict, "exists", "Exists already", r.Detail)
	case admin.InUse:
		p = newProblem(http.StatusConflict, "in-use", "In use", r.Detail)
	default:
		p = newProblem(http.StatusUnprocessableEntity, r.Violations[0].Code, "Invalid value", r.Detail)
	}
	for _, v := range r.Violations {
		p.Errors = append(p.Errors, FieldError(v))
	}
	return p
}

// ofGSP is the problem of what a GSP refused.
func ofGSP(r *gsp.Refusal) *Problem {
	line := map[gsp.Kind]statusLine{
		gsp.Invalid: {invalid, "Invalid details"}, gsp.NotFound: {http.StatusNotFound, "Not found"},
		gsp.Exists: {http.StatusConflict, "Exists already"}, gsp.Full: {http.StatusConflict, "No more connections"},
	}[r.Kind]
	p := newProblem(line.status, r.Code, line.title, r.Detail)
	for _, v := range r.Violations {
		p.Errors = append(p.Errors, FieldError(v))
	}
	return p
}

// write sends the problem as the answer to a call: as a page if the client accepts one, or as a document.
func (p *Problem) write(w http.ResponseWriter, call *Call) {
	call.drain()
	p.head(w.Header(), call)
	answer := Reply{RawType: problemType}
	if call.wantsPage() {
		answer = call.errorPage(call, p)
	} else {
		var document bytes.Buffer
		encoder := json.NewEncoder(&document)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(p) // text and numbers always marshal
		answer.Raw = document.Bytes()
	}
	answer.Status = p.Status
	answer.write(w, call.request, call)
}

// head completes the problem for its call and sets the headers that go with it.
func (p *Problem) head(h http.Header, call *Call) {
	p.Instance = call.Asked
	if p.Status == http.StatusInternalServerError {
		p.RequestID = call.RequestID
	}
	call.note.problem = p
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.retryAfter.Seconds()))))
	}
	if p.allow != "" {
		h.Set("Allow", p.allow)
	}
	if p.Status == http.StatusUnauthorized {
		scheme := "Session" // RFC 9110, 15.5.2: a 401 names a scheme
		if p.Code == TokenRequired {
			scheme = "Bearer"
		}
		h.Set("WWW-Authenticate", scheme+` realm="nicsim"`)
	}
}

// maxDrain is how much of a body is read and discarded, in bytes, so that a client that reads after it has sent
// everything finds the refusal and not a broken connection.
const maxDrain = 16 << 20

func (call *Call) drain() {
	if call.request.Body == nil { // a request without a server may have none
		return
	}
	_, _ = io.CopyN(io.Discard, call.request.Body, maxDrain) // the rest is not read
}

// ErrorPage makes the page that shows a problem. Only Raw, RawType, Header and Page of the reply are used.
type ErrorPage func(*Call, *Problem) Reply

// machinePaths begin the paths of the JSON APIs, which answer problem documents to browsers too.
var machinePaths = []string{"/portal/v1/", "/control/v1/"}

// wantsPage reports whether a problem is answered as a page.
func (call *Call) wantsPage() bool {
	if call.errorPage == nil || !strings.Contains(call.request.Header.Get("Accept"), "text/html") {
		return false
	}
	_, path, _ := pickWorld(call.Asked)
	return !slices.ContainsFunc(machinePaths, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}
