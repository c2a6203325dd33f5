package irpapi

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
)

// Endpoint is one call of the API.
type Endpoint struct {
	Method string
	Path   string // as NIC writes it, with {names} for what varies; case does not matter
	Does   string
	Token  bool // whether it wants the token of a login

	action func(API) httpd.Action
}

// Endpoints are the calls of an environment.
func Endpoints(env nic.Environment) []Endpoint {
	call := func(step work) func(API) httpd.Action {
		return func(a API) httpd.Action { return a.call(step) }
	}
	list := []Endpoint{
		{http.MethodPost, "/eivital/v1.04/auth", "Login: token and session key", false,
			func(a API) httpd.Action { return a.auth }},
		{http.MethodPost, "/eivital/v1.03/auth", "Login, the retired version; a setting lets it answer", false,
			func(a API) httpd.Action { return a.authV103 }},
		{http.MethodGet, "/eivital/v1.04/heartbeat/ping", "Whether the API is alive", false,
			func(API) httpd.Action { return ping }},
	}
	for _, version := range []string{"v1.03", "v1.04"} {
		list = append(list,
			Endpoint{http.MethodGet, "/eivital/" + version + "/Master/gstin/{gstin}", "Details of a GSTIN", true,
				call(taxpayer)},
			Endpoint{http.MethodGet, "/eivital/" + version + "/Master/syncgstin/{gstin}",
				"The same, read anew from the GST common portal", true, call(syncTaxpayer)},
		)
	}
	list = append(list,
		Endpoint{http.MethodPost, "/eicore/v1.03/Invoice", "Generate an IRN", true, call(generate)},
		Endpoint{http.MethodPost, "/eicore/v1.03/Invoice/Cancel", "Cancel an IRN", true, call(cancel)},
		Endpoint{http.MethodPost, "/eicore/v1.03/Cancel", "Cancel an IRN, the former path", true, call(cancel)},
		Endpoint{http.MethodGet, "/eicore/v1.03/Invoice/irn/{irn}", "An invoice by IRN", true, call(byIRN)},
		Endpoint{http.MethodGet, "/eicore/v1.03/Invoice/irnbydocdetails",
			"An invoice by its document: doctype, docnum, docdate", true, call(byDocument)},
		Endpoint{http.MethodGet, "/eicore/v1.03/Invoice/rejectedirns", "Rejected IRNs of a day", true, call(rejected)},
		Endpoint{http.MethodPost, "/eiewb/v1.03/ewaybill", "Generate an e-way bill by IRN", true, call(makeEWayBill)},
		Endpoint{http.MethodGet, "/eiewb/v1.03/ewaybill/irn/{irn}", "An e-way bill by IRN", true, call(ewayBill)},
	)
	if env == nic.Sandbox { // NIC: on production use the E-Way Bill system's own
		list = append(list, Endpoint{http.MethodPost, "/ewaybillapi/v1.03/ewayapi", "Cancel an e-way bill", true,
			func(a API) httpd.Action { return a.cancelEWayBill }})
	}
	return list
}
