package gspface

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/gsp"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/store"
)

// gstzen is GSTZen, which keeps the API users of taxpayers and takes the invoice alone.
func gstzen() Face {
	const get, post, einvoice = http.MethodGet, http.MethodPost, "/~gstzen/a/post-einvoice-data/einvoice-json"
	f := Face{Name: "gstzen", Names: []string{"gstzen"}, Plain: true, Refuse: func(_ *ask, r *Refusal) httpd.Reply {
		switch r.Why {
		case Missing, Unknown, SecretReset:
			return replied(http.StatusUnauthorized, object("detail", "Invalid token.")) // not seen [SIM]
		}
		return ok(object("status", 0, "message", r.Error()))
	}}
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
	s, refused, err := a.logIn(strings.ToUpper(in.GSTIN), in.Username, in.Password)
	if err != nil {
		return httpd.Reply{}, err
	}
	if len(refused.errors) > 0 {
		return ok(object("status", 0, "message", refused.errors[0].Message, "ErrorDetails", refused.errors)), nil
	}
	a.sessions.put(a.sessionKey(strings.ToUpper(in.GSTIN), in.Username, in.Password), s)
	id := a.in.World.Dice.Stream("connection").UUID()
	err = a.in.World.Store.Update(a.ctx, func(tx store.Tx) error {
		if held, err := tx.ConnectionOf(a.env, a.company.ClientID, strings.ToUpper(in.GSTIN)); err == nil {
			if err := tx.DeleteConnection(held.ID); err != nil {
				return err
			}
		}
		_, err := gsp.Enter(tx, gsp.Entry{CompanyName: a.company.CompanyName, Environment: string(a.env), GSTIN: in.GSTIN,
			Username: in.Username, Password: store.Password(in.Password)}, id, a.in.World.Clock.Now())
		return err
	})
	if wrong, is := errors.AsType[*gsp.Refusal](err); is {
		return httpd.Reply{}, &Refusal{Why: BadBody, Detail: wrong.Error()}
	}
	return ok(object("status", 1, "message",
		"Successfully logged in to the E-Invoice API Portal for the GSTIN: "+strings.ToUpper(in.GSTIN))), err
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
	gstin := a.params.header["gstin"]
	if gstin == "" {
		gstin = in.SellerDtls.Gstin
	}
	a.params.header["gstin"] = gstin
	if in.IRP != "" {
		a.params.header["irp"] = in.IRP
	}
	var held store.Connection
	err = a.in.World.Store.View(a.ctx, func(r store.Reader) (err error) {
		if held, err = r.ConnectionOf(a.env, a.company.ClientID, a.gstin()); err != nil && a.call.Name == "gstin" {
			var all []store.Connection // any of the GSP's customers may ask
			if all, err = r.ConnectionsOf(a.company.ClientID); len(all) > 0 {
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
	return a.gstzenAnswer(o, in), nil
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
func (a *ask) gstzenAnswer(o outcome, in gstzenBody) httpd.Reply {
	id := a.in.World.Dice.Stream("answers of gateways").UUID()
	portal := a.params.header["irp"]
	if portal == "" {
		portal = "NIC1"
	}
	if len(o.errors) > 0 {
		return ok(object("status", 0, "message", joinedMessages(o.errors), "uuid", id, "Irn", in.Irn, "IrnStatus", "",
			"EwbStatus", "", "Irp", portal, "Status", 0, "Data", nil, "ErrorDetails", o.errors, "InfoDtls", o.infoOrNull()))
	}
	var data map[string]json.RawMessage
	_ = json.Unmarshal(o.data, &data) // NIC's documents are objects
	members := []any{"status", 1, "message", "Request processed successfully"}
	known := map[string]bool{}
	for _, name := range []string{"Irn", "AckDt", "AckNo", "EwbDt", "EwbNo", "Status", "Remarks"} {
		if value, has := data[name]; has {
			members, known[name] = append(members, name, value), true
		}
	}
	if number, err := strconv.ParseInt(string(data["AckNo"]), 10, 64); err == nil {
		members = append(members, "AckNoStr", strconv.FormatInt(number, 10))
	}
	members = append(members, "InfoDtls", o.infoOrNull())
	for _, name := range []string{"EwbValidTill", "SignedQRCode", "SignedInvoice"} {
		if value, has := data[name]; has {
			members, known[name] = append(members, name, value), true
		}
	}
	for name, value := range data {
		if !known[name] {
			members = append(members, name, value)
		}
	}
	const files = "/a/einvoice/"
	return ok(object(append(members, "uuid", id, "SignedQrCodeImgUrl", files+id+"/qr.png",
		"InvoicePdfUrl", files+id+"/invoice.pdf", "IrnStatus", data["Status"], "EwbStatus", "", "Irp", portal)...))
}

// joinedMessages are NIC's texts.
func joinedMessages(errors []upstream.Error) string {
	texts := make([]string, len(errors))
	for i, e := range errors {
		texts[i] = e.Message
	}
	return strings.Join(texts, ", ")
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
