package gspface

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/gsp"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/store"
)

// gstzen is GSTZen, which keeps the API users of taxpayers and takes the invoice alone.
func gstzen() Face {
	const get, post, einvoice = http.MethodGet, http.MethodPost, "/~gstzen/a/post-einvoice-data/einvoice-json"
	f := Face{Name: "gstzen", Names: []string{"gstzen"}, Plain: true, Unknown: []string{"/~gstzen/"}}
	f.Refuse = func(_ *ask, r *Refusal) httpd.Reply {
		switch r.Why {
		case Missing, Unknown, SecretReset:
			return replied(http.StatusUnauthorized, object("detail", "Invalid token.")) // not seen [SIM]
		case PathUnknown:
			return replied(http.StatusNotFound, object("detail", "Not found.")) // not seen [SIM]
		}
		return ok(object("status", 0, "message", r.Error()))
	}
	f.Calls = []Call{
		{Name: "generate", Method: post, Path: einvoice + "/"}, {Name: "cancel", Method: post, Path: einvoice + "/cancel/"},
		{Name: "ewb-generate", Method: post, Path: einvoice + "/genewb/"},
		{Name: "ewb-cancel", Method: post, Path: einvoice + "/cancelewb/"},
		{Name: "ewb-cancel", Method: post, Path: "/~gstzen/a/ewbapi/cancel/"},
		{Name: "read-irn", Method: post, Path: einvoice + "/geteinv/"},
		{Name: "gstin", Method: post, Path: "/api/gstin-validator/"},
		{Name: "gateway-version", Method: get, Path: einvoice + "/version/",
			Do: func(*ask) (httpd.Reply, error) { return ok(object("status", 1, "version", "1.0")), nil }},
		{Name: "gateway-login", Method: post, Path: "/api/einvoice-login-session/", Do: gstzenConnect},
		{Name: "read-irn", Method: get, Path: gstzenFiles + "qr.png", Do: gstzenFile(invoicePicture)},
		{Name: "read-irn", Method: get, Path: gstzenFiles + "invoice.pdf", Do: gstzenFile(invoicePage)},
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		if c.NIC, c.Path = nicPaths[c.Name], strings.TrimSuffix(c.Path, "/"); c.Do == nil {
			c.Do = gstzenCall
		}
	}
	return f
}

// byToken identifies a caller by the header Token, or by Authorization where the vendor's page has that.
func byToken(a *ask) error {
	token := a.params.header["token"]
	if _, bearer, found := strings.Cut(a.params.header["authorization"], " "); token == "" && found {
		token = bearer
	}
	if token == "" {
		return &Refusal{Why: Missing, Names: []string{"Token"}}
	}
	return a.subscribed(token)
}

// gstzenConnect stores the API user of a taxpayer, with which it logs in at NIC at once.
func gstzenConnect(a *ask) (httpd.Reply, error) {
	if err := byToken(a); err != nil {
		return httpd.Reply{}, err
	}
	var in struct{ GSTIN, Username, Password string }
	if err := json.Unmarshal(a.body, &in); err != nil {
		return httpd.Reply{}, &Refusal{Why: BadBody}
	}
	in.GSTIN = strings.ToUpper(in.GSTIN)
	s, refused, err := a.logIn(in.GSTIN, in.Username, in.Password)
	if err != nil {
		return httpd.Reply{}, err
	}
	if len(refused.errors) > 0 {
		return ok(object("status", 0, "message", refused.errors[0].Message, "ErrorDetails", refused.errors)), nil
	}
	a.sessions.put(a.sessionKey(in.GSTIN, in.Username, in.Password), s)
	id := a.in.World.Dice.Stream("connection").UUID()
	entry := gsp.Entry{CompanyName: a.company.CompanyName, Environment: string(a.env), GSTIN: in.GSTIN,
		Username: in.Username, Password: store.Password(in.Password)}
	err = a.in.World.Store.Update(a.ctx, func(tx store.Tx) error {
		return gsp.Replace(tx, entry, id, a.in.World.Clock.Now())
	})
	if wrong, is := errors.AsType[*gsp.Refusal](err); is {
		return httpd.Reply{}, &Refusal{Why: BadBody, Detail: wrong.Error()}
	}
	return ok(object("status", 1, "message",
		"Successfully logged in to the E-Invoice API Portal for the GSTIN: "+in.GSTIN)), err
}

// gstzenBody is what the gateway reads of a body. The rest is NIC's.
type gstzenBody struct {
	GSTIN      string `json:"gstin"`
	Irn        string
	IRP        string `json:"irp"`
	SellerDtls struct{ Gstin string }
	DocDtls    struct{ Typ, No, Dt string }
	CnlRsn     string
	CnlRem     string
}

func gstzenCall(a *ask) (httpd.Reply, error) {
	if err := byToken(a); err != nil {
		return httpd.Reply{}, err
	}
	document, err := a.document(false)
	if err != nil {
		return httpd.Reply{}, err
	}
	var in gstzenBody
	_ = json.Unmarshal(document, &in) // a member of another type is NIC's to refuse
	a.params.header["gstin"] = cmp.Or(a.params.header["gstin"], in.SellerDtls.Gstin)
	if in.IRP != "" {
		a.params.header["irp"] = in.IRP
	}
	var held store.Connection
	err = a.in.World.Store.View(a.ctx, func(r store.Reader) (err error) {
		if held, err = r.ConnectionOf(a.env, a.company.ClientID, a.gstin()); err != nil && a.call.Name == "gstin" {
			var all []store.Connection // any of the GSP's customers may ask
			if all, err = r.ConnectionsOf(a.company.ClientID, store.Page{Limit: 1}); len(all) > 0 {
				held = all[0]
			}
		}
		return err
	})
	if held.ID == "" {
		return httpd.Reply{}, &Refusal{Why: NotConnected}
	}
	if err != nil {
		return httpd.Reply{}, err
	}
	a.params.header["gstin"] = held.GSTIN
	o, err := a.gstzenAsk(held, in)
	if err != nil {
		return httpd.Reply{}, err
	}
	if a.call.Name == "gstin" {
		return gstzenTaxpayer(o), nil
	}
	return a.gstzenAnswer(o, in, held), nil
}

// gstzenAsk performs the call at NIC. A cancellation has the invoice again, whose IRN NIC finds; one with NIC's own
// members is sent on.
func (a *ask) gstzenAsk(held store.Connection, in gstzenBody) (outcome, error) {
	as := func() (outcome, error) { return a.withPassword(held.Username, string(held.Password), false) }
	a.params.query = nil
	switch {
	case a.call.Name == "read-irn":
		a.params.query = map[string]string{"irn": in.Irn}
	case a.call.Name == "gstin":
		a.params.query = map[string]string{"gstin": in.GSTIN}
	case a.call.Name == "cancel" && in.DocDtls.No != "":
		asked := a.call
		a.call = Call{Name: "read-document", NIC: nicPaths["read-document"] + "?" + url.Values{
			"doctype": {in.DocDtls.Typ}, "docnum": {in.DocDtls.No}, "docdate": {in.DocDtls.Dt}}.Encode()}
		found, err := as()
		if a.call = asked; err != nil || len(found.errors) > 0 {
			return found, err
		}
		if in.CnlRsn == "" {
			in.CnlRsn, in.CnlRem = "1", "Cancelled" // the names of these members were not seen [SIM]
		}
		_ = json.Unmarshal(found.data, &in) // it has an Irn
		a.body = object("Irn", in.Irn, "CnlRsn", in.CnlRsn, "CnlRem", in.CnlRem)
	}
	return as()
}

// gstzenAnswer has NIC's data at its root, beside the members of the gateway.
func (a *ask) gstzenAnswer(o outcome, in gstzenBody, held store.Connection) httpd.Reply {
	id := a.in.World.Dice.Stream("answers of gateways").UUID()
	portal := cmp.Or(a.params.header["irp"], "NIC1")
	if len(o.errors) > 0 {
		return ok(object("status", 0, "message", messages(o.errors), "uuid", id, "Irn", in.Irn, "IrnStatus", "",
			"EwbStatus", "", "Irp", portal, "Status", 0, "Data", nil, "ErrorDetails", o.errors, "InfoDtls", o.infoOrNull()))
	}
	data := map[string]json.RawMessage{}
	if json.Unmarshal(o.data, &data) != nil || data == nil {
		return ok(object("status", 0, "message", words[Down]))
	}
	data["InfoDtls"] = plainJSON(o.infoOrNull())
	if number := data["AckNo"]; number != nil {
		data["AckNoStr"] = plainJSON(strings.Trim(string(number), `"`))
	}
	members := []any{"status", 1, "message", "Request processed successfully"}
	add := func(names ...string) {
		for _, name := range names {
			if value, has := data[name]; has {
				members = append(members, name, value)
				delete(data, name)
			}
		}
	}
	irn, status := text(data["Irn"]), text(data["Status"])
	add("Irn", "AckDt", "AckNo", "EwbDt", "EwbNo", "Status", "Remarks", "AckNoStr", "InfoDtls", "EwbValidTill",
		"SignedQRCode", "SignedInvoice")
	add(slices.Sorted(maps.Keys(data))...)
	members = append(members, "uuid", id)
	if irn != "" {
		at := strings.NewReplacer("{connection}", held.ID, "{irn}", irn).Replace(gstzenFiles)
		members = append(members, "SignedQrCodeImgUrl", at+"qr.png?irp="+portal,
			"InvoicePdfUrl", at+"invoice.pdf?irp="+portal)
	}
	return ok(object(append(members, "IrnStatus", status, "EwbStatus", "", "Irp", portal)...))
}

// gstzenFiles is where the files of an invoice are. The vendor's paths were not seen [SIM].
const gstzenFiles = "/~gstzen/a/einvoice/{connection}/{irn}/"

// gstzenFile answers with a file of an invoice, which it reads at NIC. A browser has only the address.
func gstzenFile(write func(*ask, invoice) (httpd.Reply, error)) func(*ask) (httpd.Reply, error) {
	return func(a *ask) (httpd.Reply, error) {
		var held store.Connection
		err := a.in.World.Store.View(a.ctx, func(r store.Reader) (err error) {
			if held, err = r.Connection(a.params.vars["connection"]); err == nil {
				a.company, err = r.Provider(held.ClientID)
			}
			return err
		})
		if store.IsMissing(err) {
			return httpd.Reply{}, &Refusal{Why: PathUnknown}
		} else if err != nil {
			return httpd.Reply{}, err
		}
		a.env, a.params.header["gstin"], a.params.header["irp"] = held.Environment, held.GSTIN, a.params.query["irp"]
		a.params.query = nil
		found, refused, err := a.invoice(held.Username, string(held.Password))
		if err != nil || len(refused) > 0 {
			return httpd.Reply{}, cmp.Or[error](err, &Refusal{Why: PathUnknown})
		}
		return write(a, found)
	}
}

// gstzenTaxpayer answers whether a GSTIN is valid.
func gstzenTaxpayer(o outcome) httpd.Reply {
	var t struct{ Gstin, LegalName, TradeName string }
	if len(o.errors) > 0 || json.Unmarshal(o.data, &t) != nil {
		return ok(object("status", 1, "valid", false))
	}
	return ok(object("status", 1, "valid", true, "company_details",
		object("legal_name", t.LegalName, "trade_name", t.TradeName, "gstin", t.Gstin)))
}
