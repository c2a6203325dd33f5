// Package face lets the sentences about NIC's e-Invoice API call a gateway of a GSP (GST Suvidha Provider) instead. A
// sentence sends what NIC asks for; the package turns that into the gateway's request, and the gateway's answer into
// NIC's. It knows the gateways by their documents, independently of the simulator.
package face

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps/needs"
)

// Face is the way in which one vendor's gateway is called.
type Face struct {
	Name string
	// Plain says that its bodies are plain JSON. NIC's login, tokens and keys are then between the gateway and NIC.
	Plain bool
	Lacks []needs.Need // what it cannot carry

	open func(Target) dialect
}

// Target is a gateway, and the subscription with which it is called.
type Target struct {
	Base       string // URL, with the world
	Production bool
	Secrets    map[string]string
	Now        func(context.Context) (time.Time, error)
}

// dialect turns NIC's calls into those of a gateway.
type dialect interface {
	// carry makes a call of NIC's through the gateway.
	carry(carrier http.RoundTripper, call call) (*http.Response, error)
}

// call is a call of NIC's e-Invoice API.
type call struct {
	*http.Request
	path string // below the base URL
	body []byte
}

var pairs = []needs.Need{needs.ClientPair, needs.SecondAccount}

// faces are in the order of their names.
var faces = []Face{
	{Name: "adaequare", Plain: true, Lacks: slices.Concat(pairs, []needs.Need{needs.Sealed, needs.Health,
		needs.ReadRejected}), open: newPlain(adaequare{})},
	{Name: "alankit", Lacks: pairs, open: passThrough(map[string]string{"/eivital": "/eInvoiceGateway/eivital",
		"/eicore": "/eInvoiceGateway/eicore", "/eiewb": "/eInvoiceGateway/eiewb", "/ewaybillapi": "/api/ewaybillapi"})},
	{Name: "cleartax", Lacks: pairs, open: passThrough(map[string]string{"/eivital": "/einv-gsp/vital",
		"/eicore": "/einv-gsp/core", "/eiewb": "/einv-gsp/eiewb", "/ewaybillapi": "/einv-gsp/ewb"})},
	{Name: "gstzen", Plain: true, Lacks: slices.Concat(pairs, []needs.Need{needs.Sealed, needs.Health, needs.ReadDocument,
		needs.ReadRejected, needs.GSTINDetails, needs.GSTINSync, needs.ReadEwayBill}), open: newPlain(gstzen{})},
	{Name: "resilient", Lacks: slices.Concat(pairs, []needs.Need{needs.Health, needs.ReadDocument,
		needs.ReadRejected, needs.RetiredLogin}),
		open: func(t Target) dialect { return forwarding{t, resilientPath} }},
	{Name: "taxpro", Lacks: slices.Concat(pairs, []needs.Need{needs.NoGSTIN}), open: passThrough(nil)},
	{Name: "taxpro-dec", Plain: true, Lacks: slices.Concat(pairs, []needs.Need{needs.Sealed, needs.Health, needs.GSTINSync,
		needs.ReadRejected}), open: newPlain(taxproDec{})},
	{Name: "vayana", Lacks: pairs, open: passThrough(map[string]string{"/eivital": "/gus/irp/nic1/eivital",
		"/eicore": "/gus/irp/nic1/eicore", "/eiewb": "/gus/irp/nic1/eiewb", "/ewaybillapi": "/gus/eway/ew1"})},
	{Name: "whitebooks", Plain: true, Lacks: slices.Concat(pairs, []needs.Need{needs.Sealed, needs.Health,
		needs.DuplicateIRN}), open: newPlain(whiteBooks{})},
}

// Named returns the face of a name, and whether there is one.
func Named(name string) (Face, bool) {
	at := slices.IndexFunc(faces, func(f Face) bool { return f.Name == name })
	if at < 0 {
		return Face{}, false
	}
	return faces[at], true
}

// Names returns the names of all faces.
func Names() []string {
	var names []string
	for _, f := range faces {
		names = append(names, f.Name)
	}
	return names
}

// Gateway is a gateway with the logins that it keeps for its callers.
type Gateway struct {
	base    string
	dialect dialect
}

// Open returns the gateway of a target.
func (f Face) Open(t Target) *Gateway { return &Gateway{t.Base, f.open(t)} }

// Via returns a transport for calls of NIC's below the base URL of the gateway.
func (g *Gateway) Via(carrier http.RoundTripper) http.RoundTripper { return transport{g, carrier} }

type transport struct {
	*Gateway
	carrier http.RoundTripper
}

// RoundTrip makes the call.
func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := read(request)
	if err != nil {
		return nil, err
	}
	path, _ := strings.CutPrefix(request.URL.Scheme+"://"+request.URL.Host+request.URL.Path, t.base)
	return t.dialect.carry(t.carrier, call{request, strings.ReplaceAll(path, "//", "/"), body})
}
