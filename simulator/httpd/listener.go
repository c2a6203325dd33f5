package httpd

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// Listener is one of the listeners of a simulator. Worlds, RequestIDs, Log and Routes are required.
type Listener struct {
	Name        string // control, sandbox, production and so on, in the log and in the metrics
	Worlds      *world.Worlds
	RequestIDs  *dice.Stream
	Log         *slog.Logger
	Environment nic.Environment // empty for the control listener, which keeps no journal
	Routes      func(*mux.Router)
	// Path rewrites a path to the form in which it is registered; nil leaves it.
	Path func(string) string
	// Caller returns what the headers of a request say of its caller, for the rules of faults; nil for nothing.
	Caller func(*http.Request) fault.Caller
	// Missing answers a path without a route; nil is NotFound.
	Missing Action
	// ErrorPage shows a problem to a browser; nil answers with the document alone.
	ErrorPage ErrorPage
	// Answers reports whether the listener answers requests for a host, in the form of HostName; nil answers all.
	Answers func(name string) bool
	// Access admits requests; nil admits all.
	Access *Access
	// TrustProxy are the addresses of proxies whose X-Forwarded-For, -Host and -Proto are believed.
	TrustProxy []netip.Prefix
	// Meter counts requests; it may be nil.
	Meter Meter
	// LogRequests has the log note each request, at the level info.
	LogRequests bool
	// Ready returns why the listener is not ready for requests; nil is always ready.
	Ready func(context.Context) error

	bounds *boundLog // of a Handler
}

// Handler returns the listener's handler. It judges the name of the world, host, origin, token and path, in this order,
// before it makes a world or an entry of the journal.
func (l Listener) Handler() http.Handler {
	l.bounds = &boundLog{}
	h := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := CallOf(r.Context())
		if l.Environment != "" && call.World.Faults.Armed() {
			l.underFaults(call.handler).ServeHTTP(w, r)
			return
		}
		call.handler.ServeHTTP(w, r)
	}))
	h = recovered(h)
	if l.Environment != "" {
		h = journaled(h, l.Environment)
	}
	h = l.routed(l.inWorld(h))
	if l.Access != nil {
		h = l.Access.guard(h)
	}
	h = sameOrigin(h)
	if l.Answers != nil {
		h = guarded(h, l.Answers)
	}
	return l.called(l.probed(recovered(h)))
}

func (l Listener) router() *mux.Router {
	router := mux.NewRouter().SkipClean(true)
	l.Routes(router)
	router.NotFoundHandler = Action(NotFound)
	if l.Missing != nil {
		router.NotFoundHandler = l.Missing
	}
	router.MethodNotAllowedHandler = methodNotAllowed(router)
	return router
}

// everywhere are the headers of every answer.
var everywhere = http.Header{"Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}

// called makes the Call of a request. Its world is the one that the path names, or else the host.
func (l Listener) called(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := l.clientOf(r)
		call := &Call{RequestID: requestID(r, l.RequestIDs), Asked: r.URL.EscapedPath(), request: r, secure: from.secure,
			log: l.Log, bounds: l.bounds, errorPage: l.ErrorPage}
		h := w.Header()
		h.Set("X-Request-Id", call.RequestID)
		maps.Copy(h, everywhere)

		name, rest, named := pickWorld(r.URL.Path)
		place := "path"
		if named {
			call.Prefix = worldPrefix + name
		} else {
			name, place = hostWorld(r.Host), "Host header"
		}
		call.world = name
		r = r.WithContext(context.WithValue(r.Context(), callKey{}, call))
		if l.Path != nil {
			rest = l.Path(rest)
		}
		if rest != r.URL.Path {
			url := *r.URL
			url.Path, url.RawPath = rest, ""
			r.URL = &url
		}
		l.observed(w, r, call, from.address, func(w http.ResponseWriter) {
			if err := world.CheckName(name); err != nil {
				call.Prefix = worldPrefix + world.Default // the links of an error page must lead to a world
				refuse(worldFail(err, place, name)).ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
}

// routed chooses the route. A request without one is answered here, and so is one that is about no world.
func (l Listener) routed(next http.Handler) http.Handler {
	// Compiling the routes takes longer than the rest of a start, so the first request does it.
	router := sync.OnceValue(l.router)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := CallOf(r.Context())
		call.World = l.Worlds.Opened(call.world) // whose defects a route or a refusal may depend on
		var match mux.RouteMatch
		found := router().Match(r, &match) && match.MatchErr == nil
		call.vars, call.handler = match.Vars, match.Handler // without a route, the handler of 404 or 405
		if match.Route != nil {
			call.Route = match.Route.GetName()
			template, _ := match.Route.GetPathTemplate() // every route has one
			call.route = cmp.Or(call.Route, template)
		}
		switch match.Handler.(type) {
		case Worldless, Bare:
		default:
			if found {
				next.ServeHTTP(w, r)
				return
			}
		}
		match.Handler.ServeHTTP(w, r)
	})
}

// inWorld finds or makes the world of a call.
func (l Listener) inWorld(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := CallOf(r.Context())
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		open := l.Worlds.Use
		if reads {
			open = l.Worlds.Get
		}
		found, err := open(r.Context(), call.world)
		if err != nil {
			refuse(worldFail(err, "", call.world)).ServeHTTP(w, r)
			return
		}
		call.World = found
		if found.Defects() != nil {
			call.deviateHeaders(w.Header())
		}
		defer func() { // a dropped connection is a panic
			if !call.note.off && (l.Environment != "" || !reads) {
				found.Changed.Notify()
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// recovered turns a handler's panic into a 500 and a line in the log.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // net/http compares the very value
				panic(cause)
			}
			call := CallOf(r.Context())
			call.log.Error("a handler panicked", "requestId", call.RequestID, "method", r.Method,
				"path", call.Asked, "panic", cause, "stack", string(debug.Stack()))
			ProblemOf(nil).write(w, call)
		}()
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses requests that a browser marks as sent by a page of another origin, so that no page on the web
// can submit forms here.
func sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(refuse(Refuse(http.StatusForbidden, "cross-origin", "Cross-origin request",
		"A page of another origin may not send this.")))
	return protection.Handler(next)
}

// refuse refuses every request.
func refuse(why error) Action {
	return func(*http.Request, *Call) (Reply, error) { return Reply{}, why }
}

func (call *Call) logFailure(r *http.Request, err error) {
	call.log.Error("a request failed", "requestId", call.RequestID, "method", r.Method,
		"path", call.Asked, "error", err)
}

// A request id of a caller has 1 to 64 of these characters.
const (
	idCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-"
	longestID    = 64
)

// requestID is the caller's request id, if it is valid, or a new one.
func requestID(r *http.Request, ids *dice.Stream) string {
	if id := r.Header.Get("X-Request-Id"); id != "" && len(id) <= longestID && strings.Trim(id, idCharacters) == "" {
		return id
	}
	return ids.UUID()
}
