package httpd

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/defect"

	"github.com/nicsim/nicsim/simulator/world"
)

// Route is one kind of request. The name may be empty, and routes may share it.
type Route struct {
	Name   string
	Method string
	Path   string // a segment may have one {variable}
}

// Handle registers a route; a GET route answers HEAD too.
func (route Route) Handle(router *mux.Router, action Action) { route.handle(router, action) }

func (route Route) handle(router *mux.Router, handler http.Handler) {
	methods := []string{route.Method}
	if route.Method == http.MethodGet {
		methods = append(methods, http.MethodHead)
	}
	router.Path(route.Path).Methods(methods...).Name(route.Name).Handler(handler)
}

// Handle registers a route without a name.
func Handle(router *mux.Router, method, path string, action Action) {
	Route{Method: method, Path: path}.Handle(router, action)
}

// Worldless is an Action about no world: it makes none, and is not in the journal. The world of its Call is nil if it
// is not open.
type Worldless func(*http.Request, *Call) (Reply, error)

// ServeHTTP writes what the action returns.
func (action Worldless) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	Action(action).ServeHTTP(w, r)
}

// Bare is a handler that is about no world, as a Worldless, and writes its answer by itself.
type Bare struct{ http.Handler }

// HandleWorldless registers a route without a name that is about no world.
func HandleWorldless(router *mux.Router, method, path string, action Worldless) {
	Route{Method: method, Path: path}.handle(router, action)
}

// worldPrefix comes before the name of a world in a path.
const worldPrefix = "/w/"

// pickWorld splits /w/{world}/rest, and reports whether the path begins like that. An empty path, which a request for
// http://host has, is the root.
func pickWorld(path string) (name, rest string, named bool) {
	after, named := strings.CutPrefix(path, worldPrefix)
	if !named {
		return "", cmp.Or(path, "/"), false
	}
	name, rest, _ = strings.Cut(after, "/")
	return name, "/" + rest, true
}

// worldFail refuses a request whose world cannot be had. The name is in the place, the path or the Host header.
func worldFail(err error, place, name string) error {
	if errors.Is(err, world.ErrName) {
		return Refuse(http.StatusNotFound, "not-found", "Not found", fmt.Sprintf("The %s names the world %q, but %s.", place,
			shorten(name, longestName), err))
	}
	if full, ok := errors.AsType[*world.FullError](err); ok {
		refused := Refuse(http.StatusServiceUnavailable, "too-many-worlds", "Too many worlds",
			err.Error()+"; end some with DELETE /control/v1/worlds/{world}.")
		refused.RetryAfter = full.RetryAfter
		return refused
	}
	return err
}

// NotFound answers a path without a route.
func NotFound(_ *http.Request, call *Call) (Reply, error) {
	if call.wrong(defect.UnknownPageAnswers) {
		return Reply{Body: struct{}{}}, nil
	}
	return Reply{}, Refuse(http.StatusNotFound, "not-found", "Not found",
		"There is nothing at "+shorten(call.Asked, longestPath)+".")
}

// longestPath is how much of a path an answer repeats, in bytes: the journal keeps answers.
const longestPath = 256

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
	http.MethodDelete}

// methodNotAllowed answers 405. It asks the router for the methods that are allowed.
func methodNotAllowed(router *mux.Router) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var list []string
		for _, method := range methods {
			try := *r
			try.Method = method
			var match mux.RouteMatch
			if router.Match(&try, &match) && match.MatchErr == nil {
				list = append(list, method)
			}
		}
		refuse(WrongMethod(r, list...)).ServeHTTP(w, r)
	})
}

// WrongMethod refuses the method of a request.
func WrongMethod(r *http.Request, allowed ...string) error {
	list := strings.Join(allowed, ", ")
	refused := Refuse(http.StatusMethodNotAllowed, "method-not-allowed", "Method not allowed",
		shorten(r.Method, longestName)+" is not possible here; "+list+" is.")
	refused.Allow = list
	return refused
}
