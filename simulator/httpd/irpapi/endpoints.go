package irpapi

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Endpoint is one call of the API. Its path is NIC's, in any case.
type Endpoint struct {
	httpd.Route
	Does  string
	Token bool // whether it requires the token of a login

	action func(API) httpd.Action
}

// Endpoints are the calls of an environment.
func Endpoints(env nic.Environment) []Endpoint {
	const get, post = http.MethodGet, http.MethodPost
	open := func(name, method, path, does string, action func(API) httpd.Action) Endpoint {
		return Endpoint{httpd.Route{Name: name, Method: method, Path: path}, does, false, action}
	}
	call := func(name, method, path, does string, do work) Endpoint {
		return Endpoint{httpd.Route{Name: name, Method: method, Path: path}, does, true,
			func(a API) httpd.Action { return a.call(NIC, do) }}
	}
	list := []Endpoint{
		open("auth", post, "/eivital/v1.04/auth", "Login: token and session key",
			func(a API) httpd.Action { return a.auth(loginV104) }),
		open("auth", post, authV103, "Login, the retired version; the setting irpV103 lets it answer",
			func(a API) httpd.Action { return a.auth(loginV103) }),
		open("ping", get, "/eivital/v1.04/heartbeat/ping", "Whether the API is alive",
			func(API) httpd.Action { return ping }),
	}
	for _, version := range []string{"v1.03", "v1.04"} {
		list = append(list,
			call("gstin", get, "/eivital/"+version+"/Master/gstin/{gstin}", "Details of a GSTIN", reads(taxpayer)),
			// NIC's copy of the taxpayers and the GST common portal's are the same here, but for stale records.
			call("sync-gstin", get, "/eivital/"+version+"/Master/syncgstin/{gstin}",
				"The same, from the GST common portal", synchronised),
		)
	}
	list = append(list,
		call("generate", post, "/eicore/v1.03/Invoice", "Generate an IRN", sealed(irp.IRP.Generate)),
		call("cancel", post, "/eicore/v1.03/Invoice/Cancel", "Cancel an IRN", sealed(irp.IRP.Cancel)),
		call("cancel", post, "/eicore/v1.03/Cancel", "Cancel an IRN, the former path", sealed(irp.IRP.Cancel)),
		call("read-irn", get, "/eicore/v1.03/Invoice/irn/{irn}", "An invoice by IRN", reads(byIRN)),
		call("read-document", get, "/eicore/v1.03/Invoice/irnbydocdetails",
			"An invoice by its document: doctype, docnum, docdate", reads(byDocument)),
		call("rejected-irns", get, "/eicore/v1.03/Invoice/rejectedirns", "Rejected IRNs of a day", reads(rejected)),
		call("ewb-generate", post, "/eiewb/v1.03/ewaybill", "Generate an e-way bill by IRN",
			sealed(irp.IRP.MakeEWayBill)),
		call("ewb-read", get, "/eiewb/v1.03/ewaybill/irn/{irn}", "An e-way bill by IRN", reads(ewayBill)),
	)
	if env == nic.Sandbox { // on production, NIC refers to the e-way bill system's own API
		list = append(list, Endpoint{httpd.Route{Name: "ewb-cancel", Method: post, Path: ewbCancel},
			"Cancel an e-way bill", true, API.cancelEWayBill})
	}
	return list
}

const ewbCancel = "/ewaybillapi/v1.03/ewayapi"

func (a API) cancelEWayBill() httpd.Action {
	return a.call(EWayBillSystem, sealed(irp.IRP.CancelEWayBill))
}

// cancelLive registers the path of the cancellation of e-way bills in production. Only worlds with a defect answer.
func (a API) cancelLive(router *mux.Router) {
	if a.Environment == nic.Production {
		router.Path(ewbCancel).Name("ewb-cancel").Handler(httpd.Action(func(r *http.Request, call *httpd.Call) (httpd.Reply,
			error) {
			if call.World.Defects().Has(defect.EWayBillCancelLive) {
				return a.cancelEWayBill()(r, call)
			}
			return httpd.NotFound(r, call)
		}))
	}
}

// ping is NIC's health check, in NIC's words.
func ping(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	now := call.World.Clock.Now().Format("02-01-2006 15:04:05")
	if call.World.Defects().Has(defect.HealthWithoutTime) {
		now = ""
	}
	return httpd.Reply{Raw: []byte("e-Invoice Vital:-" + now), RawType: "text/plain; charset=utf-8"}, nil
}

func taxpayer(i irp.IRP, v irp.View, r *http.Request) (irp.Taxpayer, error) {
	return i.Taxpayer(v, strings.ToUpper(httpd.Var(r, "gstin")))
}

func byIRN(i irp.IRP, v irp.View, r *http.Request) (irp.Registered, error) {
	return i.Invoice(v, httpd.Var(r, "irn"))
}

func byDocument(i irp.IRP, v irp.View, r *http.Request) (irp.Registered, error) {
	query := queryOf(r)
	return i.InvoiceByDocument(v, store.DocumentKey{
		Type: strings.ToUpper(query["doctype"]), Number: query["docnum"], Date: query["docdate"],
	})
}

func rejected(i irp.IRP, v irp.View, r *http.Request) ([]string, error) {
	return i.Rejected(v, queryOf(r)["date"])
}

func ewayBill(i irp.IRP, v irp.View, r *http.Request) (irp.EWayBill, error) {
	return i.EWayBill(v, httpd.Var(r, "irn"))
}

// queryOf reads a query; names are taken in any case.
func queryOf(r *http.Request) map[string]string {
	query := map[string]string{}
	for name, values := range r.URL.Query() {
		query[strings.ToLower(name)] = strings.TrimSpace(values[0])
	}
	return query
}
