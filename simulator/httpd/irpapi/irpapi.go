// Package irpapi is the HTTP side of the e-Invoice API: NIC's paths in any case, headers in
// any spelling, and the envelope of Data, Status, ErrorDetails and InfoDtls, in which every
// outcome of a rule is HTTP 200.
//
// Every call with a token goes through one pipeline, [API.Routes] registers it, and a [Dialect]
// says who may call and how envelopes are written.
package irpapi

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/world"
)

// API is the e-Invoice API of one environment. Environment and Keys are needed.
type API struct {
	Environment nic.Environment
	Keys        func() (irp.Keys, error) // read on first use: keys are slow to parse
	HSN         *invoice.HSN             // nil: chapters and lengths are checked, not codes
	Worlds      *world.Worlds            // nil: a token of another world is one that was never issued
}

// Routes registers every call. Paths are in lower case: see Path.
func (a API) Routes(router *mux.Router) {
	a.cancelLive(router)
	for _, e := range Endpoints(a.Environment) {
		e.Path = strings.ToLower(e.Path)
		action := e.action(a)
		if e.Path == authV103 {
			action = withdrawn(action)
		}
		e.Handle(router, action)
	}
	router.Path(authV103).Name("auth").Handler(withdrawn(onlyPost))
}

// services are the first parts of the paths of this API.
var services = []string{"eivital", "eicore", "eiewb", "ewaybillapi"}

// Path brings a path of this API to the form in which it is registered: lower case, single slashes, none at the end.
// It leaves other paths alone. Every request comes through here.
func Path(path string) string {
	service, _, _ := strings.Cut(strings.TrimLeft(path, "/"), "/")
	ours := func(name string) bool { return strings.EqualFold(name, service) }
	if !strings.HasPrefix(path, "/") || !slices.ContainsFunc(services, ours) {
		return path
	}
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	return strings.ToLower(strings.TrimSuffix(path, "/"))
}

// headers reads the headers of a call. NIC's samples write client_id and client-id; both are accepted.
func headers(r *http.Request) irp.Headers {
	found := func(hyphen, underscore string) string {
		value, other := joined(r.Header[hyphen]), joined(r.Header[underscore])
		if value != "" && other != "" && value != other { // both spellings, with different values
			return value + "," + other
		}
		return cmp.Or(value, other)
	}
	return irp.Headers{
		ClientID: found("Client-Id", "Client_id"), ClientSecret: found("Client-Secret", "Client_secret"),
		GSTIN: strings.ToUpper(joined(r.Header["Gstin"])), UserName: found("User-Name", "User_name"),
		AuthToken: joined(r.Header["Authtoken"]), SupplierGSTIN: strings.ToUpper(found("Sup-Gstin", "Sup_gstin")),
		IRP: strings.ToUpper(joined(r.Header["Irp"])),
	}
}

// Caller returns what the headers of a request say of its caller.
func Caller(r *http.Request) fault.Caller {
	h := headers(r)
	return fault.Caller{GSTIN: h.GSTIN, User: h.UserName, ClientID: h.ClientID}
}

func joined(values []string) string { return strings.TrimSpace(strings.Join(values, ",")) }
