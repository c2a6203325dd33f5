package httpd

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/world"
)

// Handle adds a route; a GET route answers HEAD too. A segment of the path may have one {variable}.
func Handle(router *mux.Router, method, path string, action Action) {
	methods := []string{method}
	if method == http.MethodGet {
		methods = append(methods, http.MethodHead)
	}
	begin, _, _ := strings.Cut(path, "{")
	soon := func(r *http.Request, _ *mux.RouteMatch) bool {
		return strings.HasPrefix(r.URL.Path, begin) && fits(path, r.URL.Path)
	}
	router.MatcherFunc(soon).Path(path).Methods(methods...).Handler(action)
}

// fits tells whether a path is of a route, as the regular expression does that mux makes of it. Mux
// tries one route after another: this rules out all but one for a fraction of the time. The two must
// agree, or mux takes a wrong method for a path that is unknown.
func fits(route, path string) bool {
	for {
		want, nextWant, wantMore := strings.Cut(route, "/")
		got, nextGot, gotMore := strings.Cut(path, "/")
		before, rest, variable := strings.Cut(want, "{")
		_, after, _ := strings.Cut(rest, "}")
		switch {
		case wantMore != gotMore, !variable && want != got:
			return false
		case variable && (len(got) <= len(before)+len(after) || !strings.HasPrefix(got, before) ||
			!strings.HasSuffix(got, after)):
			return false
		case !wantMore:
			return true
		}
		route, path = nextWant, nextGot
	}
}

// worldPrefix comes before the name of a world in a path.
const worldPrefix = "/w/"

// pickWorld splits /w/{world}/rest; a path without that prefix is the default world's.
func pickWorld(path string) (name, rest string) {
	after, ok := strings.CutPrefix(path, worldPrefix)
	if !ok {
		return world.Default, path
	}
	name, rest, _ = strings.Cut(after, "/")
	return name, "/" + rest
}

func worldFail(err error) error {
	switch {
	case errors.Is(err, world.ErrName):
		return &Fail{Status: http.StatusNotFound, Code: "not-found", Title: "Not found", Detail: err.Error() + "."}
	case errors.Is(err, world.ErrTooMany):
		return &Fail{Status: http.StatusServiceUnavailable, Code: "too-many-worlds", Title: "Too many worlds",
			Detail: err.Error() + "."}
	}
	return err
}

// NotFound answers a path at which there is nothing.
func NotFound(r *http.Request, _ *Call) (Reply, error) {
	return Reply{}, &Fail{
		Status: http.StatusNotFound, Code: "not-found", Title: "Not found",
		Detail: "There is nothing at " + shorten(r.URL.Path, longestPath) + ".",
	}
}

// longestPath bounds what is repeated of a path: the journal keeps it.
const longestPath = 256

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
	http.MethodDelete}

// methodNotAllowed answers 405 and finds out by asking the router what is allowed.
func methodNotAllowed(router *mux.Router) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range methods {
			try := *r
			try.Method = method
			var match mux.RouteMatch
			if router.Match(&try, &match) && match.MatchErr == nil {
				allowed = append(allowed, method)
			}
		}
		p := newProblem(http.StatusMethodNotAllowed, "method-not-allowed", "Method not allowed",
			shorten(r.Method, longestName)+" is not possible here; "+strings.Join(allowed, ", ")+" is.")
		p.allow = strings.Join(allowed, ", ")
		p.write(w, CallOf(r.Context()))
	})
}
