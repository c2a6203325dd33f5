// Package gspface is the gateways of a GSP (GST Suvidha Provider), as ERPs (Enterprise Resource Planning systems) call
// them. A [Face] is one vendor's gateway. A pass-through face forwards NIC's sealed bodies and adds the client id and
// secret of the GSP; a plain face takes plain JSON, logs in at NIC itself, and has an envelope of its own.
//
// Every call of every face goes through one pipeline, and a Face says how its callers are identified and how its
// answers are written. What a call can be refused for before NIC is asked is a [Refusal], which each face words in its
// own way. The facts come from recordings of clients and from the vendors' pages; docs/gsp-faces.md says what is known.
package gspface

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
)

// Gateway serves all faces. NIC is required.
type Gateway struct {
	NIC upstream.NIC

	sessions sessions
}

// Faces returns all faces, the pass-through faces first.
func Faces() []Face {
	return []Face{cleartax(), vayana(), alankit(), resilient(), taxpro(), adaequare(), resilientEnriched(), taxproDec(),
		whitebooks(), gstzen()}
}

// Routes registers the calls of all faces. Paths are in lower case: see Path.
func (g *Gateway) Routes(router *mux.Router) {
	for _, f := range Faces() {
		for _, c := range f.Calls {
			route := router.Path(strings.ToLower(c.Path)).Methods(c.methods()...).Name(c.Name)
			if f.When != nil {
				route.MatcherFunc(func(r *http.Request, _ *mux.RouteMatch) bool { return f.When(r) })
			}
			route.Handler(g.answer(f, c))
		}
	}
	for _, f := range Faces() { // faces share prefixes
		for _, prefix := range f.Unknown {
			route := router.PathPrefix(strings.ToLower(prefix))
			if f.When != nil {
				route.MatcherFunc(func(r *http.Request, _ *mux.RouteMatch) bool { return f.When(r) })
			}
			route.Handler(g.answer(f, Call{Do: unknown}))
		}
	}
}

// unknown refuses a call that a face does not have.
func unknown(*ask) (httpd.Reply, error) { return httpd.Reply{}, &Refusal{Why: PathUnknown} }

// roots are the first parts of the faces' paths.
var roots = map[string]bool{
	"einv-gsp": true, "gus": true, "einvoicegateway": true, "api": true, "standard": true, "gsp": true, "test": true,
	"enriched": true, "eivital": true, "eicore": true, "eiewb": true, "ewaybillapi": true, "einvoice": true,
	"~gstzen": true, "v1.03": true, "static": true, "ei": true, "ewb": true,
}

// Path brings a path of a face to the form in which it is registered: lower case, single slashes, none at the end. It
// leaves other paths alone, and redirects none.
func Path(path string) string {
	for strings.HasPrefix(path, "//") {
		path = path[1:]
	}
	root, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !roots[strings.ToLower(root)] {
		return path
	}
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	return strings.ToLower(strings.TrimSuffix(path, "/"))
}

// answer is the pipeline of every call: it reads the request, finds the subscription, and asks NIC.
func (g *Gateway) answer(f Face, c Call) httpd.Action {
	names := c.variables()
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		a := &ask{Gateway: g, face: f, call: c, in: call, ctx: r.Context(), method: r.Method, header: r.Header,
			params: paramsOf(r)}
		for _, name := range names {
			a.params.vars[name] = httpd.Var(r, name)
		}
		body, err := httpd.ReadBody(r, maxBody)
		if err != nil {
			return httpd.Reply{}, err
		}
		a.body, a.env = body, c.Env
		reply, err := c.Do(a)
		if refused, ok := errors.AsType[*Refusal](err); ok {
			call.Refused(refused.reason(f))
			return f.Refuse(a, refused), nil
		}
		return reply, err
	}
}

// maxBody is the longest body in bytes, that of the e-Invoice API.
const maxBody = 4 << 20
