package httpd

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/world"
)

// Route is one kind of request. The name may be empty, and routes may share it.
type Route struct {
	Name   string
	Method string
	Path   string // a segment may have one {variable}
}

// Handle registers a route; a GET route answers HEAD too.
func (route Route) Handle(router *mux.Router, action Action) {
	methods := []string{route.Method}
	if route.Method == http.MethodGet {
		methods = append(methods, http.MethodHead)
	}
	router.Path(route.Path).Methods(methods...).Name(route.Name).Handler(action)
}

// Handle registers a route without a name.
func Handle(router *mux.Router, method, path string, action Action) {
	Route{Method: method, Path: path}.Handle(router, action)
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
	switch {
	case errors.Is(err, world.ErrName):
		return Refuse(http.StatusNotFound, "not-found", "Not found", fmt.Sprintf("The %s names the world %q, but %s.", place,
			shorten(name, longestName), err))
	case errors.Is(err, world.ErrTooMany):
		return Refuse(http.StatusServiceUnavailable, "too-many-worlds", "Too many worlds",
			err.Error()+"; end some with DELETE /control/v1/worlds/{world}.")
	}
	return err
}

// NotFound answers a path without a route.
func NotFound(_ *http.Request, call *Call) (Reply, error) {
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
		allowed := strings.Join(list, ", ")
		w.Header().Set("Allow", allowed)
		refuse(Refuse(http.StatusMethodNotAllowed, "method-not-allowed", "Method not allowed",
			shorten(r.Method, longestName)+" is not possible here; "+allowed+" is.")).ServeHTTP(w, r)
	})
}
