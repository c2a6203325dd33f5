// Package httpd is what the simulator's listeners have in common: worlds in the path or the
// host, request ids, the journal, limits, strict JSON, and one place that turns a value or a
// refusal into an answer. The folders below it have the routes of the listeners.
package httpd

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/world"
)

// Call is a request on its way: its world, and what the journal will be told about it.
type Call struct {
	World     *world.World // nil for an Action that is Worldless, if the world is not open
	Prefix    string       // "/w/{world}" as asked, or empty; goes before every link
	Asked     string       // the whole path as asked
	RequestID string
	Route     string         // name of the route, or empty
	Faults    *fault.Request // nil when no rule matches the request

	world     string            // name of the world
	handler   http.Handler      // of the route
	route     string            // the route's name or its path, without values; empty without a route
	secure    bool              // the client came by TLS
	streams   bool              // the answer is an event stream
	vars      map[string]string // of the path
	request   *http.Request
	log       *slog.Logger
	bounds    *boundLog
	errorPage ErrorPage
	note      note
}

// note is what a call tells the journal besides the request line and the answer.
type note struct {
	off     bool            // keep the exchange out of the journal
	request json.RawMessage // what is shown of the request
	answer  json.RawMessage // what is shown of the answer, if that is sealed or a page
	problem *Problem        // why a call was refused
	reason  *journal.Reason // why an API refused in an envelope of its own
}

// Root is the name of the world of paths without a prefix, which the host decides.
func (call *Call) Root() string { return hostWorld(call.request.Host) }

// WorldPath is the prefix of the world's paths under every host name. Prefix is empty for a world that the host names.
func (call *Call) WorldPath() string {
	if call.Prefix == "" && call.world != world.Default {
		return worldPrefix + call.world
	}
	return call.Prefix
}

// Secure reports whether the client came by TLS, so that cookies are for TLS alone.
func (call *Call) Secure() bool { return call.secure }

// Unrecorded keeps the exchange out of the journal.
func (call *Call) Unrecorded() { call.note.off = true }

// Show tells the journal what was inside a sealed request, without its secrets.
func (call *Call) Show(request []byte) { call.note.request = journal.Answer(request) }

// ShowAnswer tells the journal what is inside a sealed answer. It must be JSON, without secrets.
func (call *Call) ShowAnswer(answer []byte) { call.note.answer = journal.Written(answer) }

// Refused tells the journal why an API refused in an envelope of its own.
func (call *Call) Refused(reason *journal.Reason) { call.note.reason = reason }

// The media types of answers other than pages.
const (
	jsonType    = "application/json; charset=utf-8"
	problemType = "application/problem+json"
	pictureType = "image/png"
)

// HTMLType is the media type of web pages.
const HTMLType = "text/html; charset=utf-8"

type callKey struct{}

// CallOf returns the call of a request that came through a listener.
func CallOf(ctx context.Context) *Call {
	call, ok := ctx.Value(callKey{}).(*Call)
	if !ok {
		panic("httpd: a handler was mounted outside a listener")
	}
	return call
}

// WorldOf returns the world of a request that came through a listener; nil for another request.
func WorldOf(ctx context.Context) *world.World {
	if call, ok := ctx.Value(callKey{}).(*Call); ok {
		return call.World
	}
	return nil
}

// Var returns the value of a {variable} of the route.
func Var(r *http.Request, name string) string { return CallOf(r.Context()).vars[name] }

// Reply is a good answer.
type Reply struct {
	Status   int    // 0 is 200
	Location string // a path within the world, or one that names a world, or empty
	Cookies  []*http.Cookie
	Header   http.Header // more of it; may be shared
	Refusal  *Problem    // of a page that shows one; it gives the status
	Reason   *Problem    // why a form was refused, for the journal: the next page shows it
	Body     any         // JSON; nil for none
	Raw      []byte      // instead of Body, of type RawType
	RawType  string

	// Stream, if it is there, writes the answer instead: server-sent events, until it returns.
	Stream func(ctx context.Context, send Send) error

	Page string // title of the page that Raw is; the journal shows it instead of the markup
}

// Action answers one kind of request. It returns a reply or an error and writes nothing.
type Action func(*http.Request, *Call) (Reply, error)

// ServeHTTP writes what the action returns.
func (action Action) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call := CallOf(r.Context())
	reply, err := action(r, call)
	if err != nil {
		problem := ProblemOf(err)
		call.logProblem(r, err, problem)
		call.deviate(problem).write(w, call)
		return
	}
	reply.write(w, r, call)
}

func (reply Reply) write(w http.ResponseWriter, r *http.Request, call *Call) {
	if reply.Stream != nil {
		call.streams = true
		stream(w, r, reply.Stream)
		return
	}
	h := w.Header()
	if reply.Location != "" && !call.wrong(defect.LocationMissing) {
		if !strings.HasPrefix(reply.Location, worldPrefix) {
			reply.Location = call.Prefix + reply.Location
		}
		h.Set("Location", reply.Location)
	}
	for _, cookie := range reply.Cookies {
		http.SetCookie(w, cookie)
	}
	maps.Copy(h, reply.Header)
	if reply.Refusal != nil {
		refusal := *reply.Refusal // an answer may be given twice
		refusal.head(h, call)
		reply.Status = refusal.Status
	}
	if reply.Reason != nil {
		call.note.problem = reply.Reason
	}
	if reply.Page != "" {
		call.showPage(reply.Page)
	}
	body, kind := reply.Raw, reply.RawType
	if reply.Body != nil {
		var err error
		if body, err = json.Marshal(reply.Body); err != nil {
			call.logFailure(r, err)
			ProblemOf(err).write(w, call)
			return
		}
		body, kind = append(body, '\n'), jsonType
		if call.wrong(defect.CharsetMissing) {
			kind = "application/json"
		}
	}
	if body != nil {
		h.Set("Content-Type", kind)
		h.Set("Content-Length", strconv.Itoa(len(body))) // for HEAD too
	}
	if reply.Status == 0 {
		reply.Status = http.StatusOK
	}
	w.WriteHeader(reply.Status)
	_, _ = w.Write(body) // fails only if the client is gone
}
