package irpapi

import (
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/store"
)

// ping is NIC's health check, in NIC's words.
func ping(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	now := call.World.Clock.Now().Format("02-01-2006 15:04:05")
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
