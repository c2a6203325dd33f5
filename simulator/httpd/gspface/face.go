package gspface

import (
	"context"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Face is one vendor's gateway.
type Face struct {
	Name  string
	Names []string // of package subscription, whose subscriptions the face accepts
	Own   []string // headers besides the secrets that are for the gateway alone
	Plain bool     // bodies are plain JSON; otherwise they are NIC's, sealed
	Calls []Call
	// When chooses the requests of the face at paths that another face has too; nil is all.
	When func(*http.Request) bool
	// Unknown are prefixes below which the face refuses the calls that it does not have.
	Unknown []string
	// Refuse writes a refusal of the gateway.
	Refuse func(*ask, *Refusal) httpd.Reply
}

// Call is one call of a face.
type Call struct {
	Name   string // that of NIC's call, or one of the gateway's own
	Method string
	Path   string // as the vendor writes it; a segment may be a {variable}
	// NIC is the path of the call at NIC, with the variables of Path, or with parameters of the query.
	NIC string
	Env nic.Environment // that the path decides; empty for that of the subscription
	Do  func(*ask) (httpd.Reply, error)
}

func (c Call) methods() []string {
	if c.Method == http.MethodGet {
		return []string{http.MethodGet, http.MethodHead}
	}
	return strings.Split(c.Method, "|")
}

// variables are the names of the variables of the path.
func (c Call) variables() []string {
	var names []string
	for _, part := range strings.Split(c.Path, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		name, _, _ = strings.Cut(name, ":")
		names = append(names, name)
	}
	return names
}

// ask is one call on its way.
type ask struct {
	*Gateway
	face   Face
	call   Call
	in     *httpd.Call
	ctx    context.Context //nolint:containedctx // it lives as long as the request
	method string
	params params
	header http.Header // as it was sent
	body   []byte

	fails        string // the fault of the call; empty for none
	env          nic.Environment
	subscription store.Subscription
	company      store.Provider // the GSP
}

// params are the headers and the query of a request, by names in lower case, with a hyphen for an underscore: clients
// write them in every way.
type params struct {
	header, query, vars map[string]string
}

func normal(name string) string { return strings.ReplaceAll(strings.ToLower(name), "_", "-") }

func paramsOf(r *http.Request) params {
	p := params{header: make(map[string]string, len(r.Header)), query: map[string]string{},
		vars: map[string]string{}}
	for name, values := range r.Header {
		if value := strings.TrimSpace(strings.Join(values, ",")); value != "" {
			p.header[normal(name)] = value
		}
	}
	for name, values := range r.URL.Query() {
		p.query[normal(name)] = strings.TrimSpace(values[0])
	}
	return p
}

// either returns a parameter of the headers or else of the query.
func (p params) either(name string) string {
	if value := p.header[normal(name)]; value != "" {
		return value
	}
	return p.query[normal(name)]
}

// gstin is the taxpayer of the call.
func (a *ask) gstin() string { return strings.ToUpper(a.params.either("gstin")) }
