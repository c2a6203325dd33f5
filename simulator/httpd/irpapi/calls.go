package irpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/store"
)

// answer is what a call returns inside its envelope.
type answer struct {
	value any
	info  []irp.Info
}

// work is a call of somebody who is logged in; request is the JSON that was sealed.
type work func(i irp.IRP, s irp.Session, r *http.Request, request []byte) (answer, error)

// call checks who calls, opens the envelope, and seals the answer. A GET has none to
// open; a body that it sends all the same is ignored.
func (a API) call(do work) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		i, err := a.irp(call)
		if err != nil {
			return httpd.Reply{}, err
		}
		var data json.RawMessage
		if r.Method == http.MethodPost {
			if data, err = readData(r); err != nil {
				return httpd.Reply{}, err
			}
		}
		session, err := i.Session(r.Context(), headers(r))
		if err != nil {
			return refused(call, err)
		}
		var request []byte
		if r.Method == http.MethodPost {
			if request, err = session.Open(text(data)); err != nil {
				return refused(call, err)
			}
			call.Show(request)
		}
		result, err := do(i, session, r, request)
		if err != nil {
			return refused(call, err)
		}
		plain, err := json.Marshal(result.value)
		if err != nil {
			return httpd.Reply{}, fmt.Errorf("writing an answer: %w", err)
		}
		call.ShowAnswer(plain)
		sealed, err := session.Seal(plain)
		if err != nil {
			return httpd.Reply{}, fmt.Errorf("sealing an answer: %w", err)
		}
		return goodSealed(sealed, result.info)
	}
}

func (a API) irp(call *httpd.Call) (irp.IRP, error) {
	keys, err := a.Keys()
	if err != nil {
		return irp.IRP{}, fmt.Errorf("reading the %s keys: %w", a.Environment, err)
	}
	return irp.In(call.World, a.Environment, keys).WithHSN(a.HSN), nil
}

func (a API) auth(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	i, err := a.irp(call)
	if err != nil {
		return httpd.Reply{}, err
	}
	data, err := readData(r)
	if err != nil {
		return httpd.Reply{}, err
	}
	login, credentials, err := i.Authenticate(r.Context(), headers(r), text(data))
	return loggedIn(call, login, credentials, err)
}

// authV103 is the version that NIC withdrew in 2021: each secret sealed on its own.
func (a API) authV103(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if !call.World.Settings().IRPv103 {
		return httpd.NotFound(r, call)
	}
	i, err := a.irp(call)
	if err != nil {
		return httpd.Reply{}, err
	}
	data, err := readData(r)
	if err != nil {
		return httpd.Reply{}, err
	}
	login, credentials, err := i.AuthenticateV103(r.Context(), headers(r), data)
	return loggedIn(call, login, credentials, err)
}

// loggedIn answers an authentication and shows the journal what was sealed in it,
// the password and the keys hidden.
func loggedIn(call *httpd.Call, login irp.Login, c irp.Credentials, err error) (httpd.Reply, error) {
	request := map[string]any{"UserName": c.UserName, "Password": journal.Hidden, "AppKey": journal.Hidden,
		"ForceRefreshAccessToken": c.Force}
	if err != nil {
		if c.UserName != "" || c.AppKey != nil { // it was opened
			call.Show(shownJSON(request))
		}
		return refused(call, err)
	}
	shown := login
	shown.AuthToken, shown.Sek = journal.Hidden, journal.Hidden
	call.Show(shownJSON(request))
	call.ShowAnswer(shownJSON(shown))
	return good(login, nil), nil
}

// shownJSON is what the journal shows of a value that always marshals.
func shownJSON(v any) []byte {
	document, _ := json.Marshal(v)
	return document
}

// ping is NIC's health check, in NIC's words.
func ping(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	now := call.World.Clock.Now().Format("02-01-2006 15:04:05")
	return httpd.Reply{Raw: []byte("e-Invoice Vital:-" + now), RawType: "text/plain; charset=utf-8"}, nil
}

func generate(i irp.IRP, s irp.Session, r *http.Request, request []byte) (answer, error) {
	registered, info, err := i.Generate(r.Context(), s, request)
	return answer{registered, info}, err
}

func cancel(i irp.IRP, s irp.Session, r *http.Request, request []byte) (answer, error) {
	cancelled, err := i.Cancel(r.Context(), s, request)
	return answer{value: cancelled}, err
}

func byIRN(i irp.IRP, s irp.Session, r *http.Request, _ []byte) (answer, error) {
	registered, err := i.Invoice(r.Context(), s, httpd.Var(r, "irn"))
	return answer{value: registered}, err
}

func byDocument(i irp.IRP, s irp.Session, r *http.Request, _ []byte) (answer, error) {
	query := queryOf(r)
	registered, err := i.InvoiceByDocument(r.Context(), s, store.DocumentKey{
		Type: strings.ToUpper(query["doctype"]), Number: query["docnum"], Date: query["docdate"],
	})
	return answer{value: registered}, err
}

func rejected(i irp.IRP, s irp.Session, r *http.Request, _ []byte) (answer, error) {
	irns, err := i.Rejected(r.Context(), s, queryOf(r)["date"])
	return answer{value: irns}, err
}

// queryOf reads a query; names are taken in any case.
func queryOf(r *http.Request) map[string]string {
	query := map[string]string{}
	for name, values := range r.URL.Query() {
		query[strings.ToLower(name)] = strings.TrimSpace(values[0])
	}
	return query
}

func taxpayer(i irp.IRP, s irp.Session, r *http.Request, _ []byte) (answer, error) {
	details, err := i.Taxpayer(r.Context(), s, strings.ToUpper(httpd.Var(r, "gstin")))
	return answer{value: details}, err
}

// syncTaxpayer fetches from the GST common portal what taxpayer reads from NIC's
// copy; here they are one.
func syncTaxpayer(i irp.IRP, s irp.Session, r *http.Request, request []byte) (answer, error) {
	return taxpayer(i, s, r, request)
}

func makeEWayBill(i irp.IRP, s irp.Session, r *http.Request, request []byte) (answer, error) {
	made, info, err := i.MakeEWayBill(r.Context(), s, request)
	return answer{made, info}, err
}

func ewayBill(i irp.IRP, s irp.Session, r *http.Request, _ []byte) (answer, error) {
	found, err := i.EWayBill(r.Context(), s, httpd.Var(r, "irn"))
	return answer{value: found}, err
}
