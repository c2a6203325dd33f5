// Package irpapi puts the e-Invoice API on the wire as NIC does: NIC's paths in any
// case, headers in any spelling, and the envelope of Data, Status, ErrorDetails and
// InfoDtls, in which every business outcome is HTTP 200.
package irpapi

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/store"
)

// API is the e-Invoice API of one environment. All fields but HSN are needed.
type API struct {
	Environment store.Environment
	Keys        func() (irp.Keys, error) // read on first use: keys are slow to parse
	HSN         *invoice.HSN             // nil: chapters and lengths are checked, not codes
}

// Routes registers every call. Paths are in lower case: see Path.
func (a API) Routes(router *mux.Router) {
	on := func(method, path string, action httpd.Action) { httpd.Handle(router, method, path, action) }
	on(http.MethodPost, "/eivital/v1.04/auth", a.auth)
	on(http.MethodPost, "/eivital/v1.03/auth", a.authV103)
	on(http.MethodGet, "/eivital/v1.04/heartbeat/ping", ping)
	for _, version := range []string{"v1.03", "v1.04"} {
		on(http.MethodGet, "/eivital/"+version+"/master/gstin/{gstin}", a.call(taxpayer))
		on(http.MethodGet, "/eivital/"+version+"/master/syncgstin/{gstin}", a.call(syncTaxpayer))
	}
	on(http.MethodPost, "/eicore/v1.03/invoice", a.call(generate))
	on(http.MethodPost, "/eicore/v1.03/invoice/cancel", a.call(cancel))
	on(http.MethodPost, "/eicore/v1.03/cancel", a.call(cancel))
	on(http.MethodGet, "/eicore/v1.03/invoice/irn/{irn}", a.call(byIRN))
	on(http.MethodGet, "/eicore/v1.03/invoice/irnbydocdetails", a.call(byDocument))
	on(http.MethodGet, "/eicore/v1.03/invoice/rejectedirns", a.call(rejected))
	on(http.MethodPost, "/eiewb/v1.03/ewaybill", a.call(makeEWayBill))
	on(http.MethodGet, "/eiewb/v1.03/ewaybill/irn/{irn}", a.call(ewayBill))
	if a.Environment == store.Sandbox { // NIC: on production use the E-Way Bill system's own
		on(http.MethodPost, "/ewaybillapi/v1.03/ewayapi", a.cancelEWayBill)
	}
}

// services are the first parts of the paths of this API.
var services = []string{"eivital", "eicore", "eiewb", "ewaybillapi"}

// Path brings a path of this API to the form in which it is registered: lower case,
// single slashes. Other paths are left alone. Every request comes through here.
func Path(path string) string {
	service, _, _ := strings.Cut(strings.TrimLeft(path, "/"), "/")
	ours := func(name string) bool { return strings.EqualFold(name, service) }
	if !strings.HasPrefix(path, "/") || !slices.ContainsFunc(services, ours) {
		return path
	}
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	return strings.ToLower(path)
}

// headers reads what the caller says of itself. NIC's samples spell client_id and
// client-id; case never matters, and net/http has evened it out.
func headers(r *http.Request) irp.Headers {
	found := func(hyphen, underscore string) string {
		value, other := joined(r.Header[hyphen]), joined(r.Header[underscore])
		if value != "" && other != "" && value != other { // both spellings, and they differ
			return value + "," + other
		}
		return cmp.Or(value, other)
	}
	return irp.Headers{
		ClientID: found("Client-Id", "Client_id"), ClientSecret: found("Client-Secret", "Client_secret"),
		GSTIN: strings.ToUpper(joined(r.Header["Gstin"])), UserName: found("User-Name", "User_name"),
		AuthToken: joined(r.Header["Authtoken"]), SupplierGSTIN: strings.ToUpper(found("Sup-Gstin", "Sup_gstin")),
	}
}

func joined(values []string) string { return strings.TrimSpace(strings.Join(values, ",")) }
