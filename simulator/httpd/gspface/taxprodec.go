package gspface

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/seal"
)

// taxproDec is TaxPro with dec: plain JSON in NIC's envelope, whose Data is a text.
func taxproDec() Face {
	const get, post = http.MethodGet, http.MethodPost
	f := Face{Name: "taxpro-dec", Names: []string{"taxpro-dec"}, Plain: true, Refuse: refuseDec,
		Unknown: []string{"/v1.03/dec/"}}
	f.Calls = []Call{
		{Name: "auth", Method: get, Path: "/eivital/dec/v1.04/auth", Do: decLogin("eInvPwd", "user_name")},
		{Name: "auth", Method: get, Path: "/ewaybillapi/dec/v1.03/auth", Do: decLogin(ewayPassword, "username")},
		{Name: "auth", Method: get, Path: "/v1.03/dec/auth", Do: decLogin(ewayPassword, "username")},
		{Name: "generate", Method: post, Path: "/eicore/dec/v1.03/Invoice"},
		{Name: "cancel", Method: post, Path: "/eicore/dec/v1.03/Invoice/Cancel"},
		{Name: "read-irn", Method: get, Path: "/eicore/dec/v1.03/Invoice/irn/{irn}"},
		{Name: "read-document", Method: get, Path: "/eicore/dec/v1.03/Invoice/irnbydocdetails"},
		{Name: "ewb-generate", Method: post, Path: "/eiewb/dec/v1.03/ewaybill"},
		{Name: "ewb-read", Method: get, Path: "/eiewb/dec/v1.03/ewaybill/irn/{irn}"},
		{Name: "gstin", Method: get, Path: "/eivital/dec/v1.04/Master/gstin/{gstin}"},
		{Name: "gstin", Method: get, Path: "/eivital/dec/v1.03/Master/gstin/{gstin}"},
		{Name: "ewb-cancel", Method: post, Path: "/ewaybillapi/dec/v1.03/ewayapi"},
		{Name: "ewb-cancel", Method: post, Path: "/v1.03/dec/ewayapi"},
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		if c.NIC = nicPaths[c.Name]; c.Do == nil {
			c.Do = decCall
		}
	}
	return f
}

// refuseDec is refuseASP. With fortally=1 the members are flat. A token of the e-way bill system has a code of its own.
func refuseDec(a *ask, r *Refusal) httpd.Reply {
	if r.Why == TokenInvalid && a.call.Name == "ewb-cancel" {
		return decEWayRefused(upstream.Error{Code: "GSP102", Message: "EWB AuthToken not found or expired"}) // words: [SIM]
	}
	code, text := aspCode(r)
	if a.params.either("fortally") == "1" {
		return ok(object("status_cd", "0", "error_cd", code, "error_message", text))
	}
	return refuseASP(a, r)
}

// ewayPassword is the parameter with the password in a login for e-way bills.
const ewayPassword = "ewbpwd"

// decEWayRefused is a refusal of the e-way bill system.
func decEWayRefused(e upstream.Error) httpd.Reply {
	return ok(object("status_cd", "0", "error", object("error_cd", e.Code, "message", e.Message)))
}

// decLogin logs a user in at NIC. Its session key stays with the gateway.
func decLogin(password, user string) func(*ask) (httpd.Reply, error) {
	return func(a *ask) (httpd.Reply, error) {
		if err := byASP(a); err != nil {
			return httpd.Reply{}, err
		}
		name := a.params.either(user)
		if name == "" {
			return httpd.Reply{}, &Refusal{Why: Missing, Names: []string{"user_name"}}
		}
		s, refused, err := a.logIn(a.gstin(), name, a.params.either(password))
		switch {
		case err != nil:
			return httpd.Reply{}, err
		case len(refused.errors) > 0 && password == ewayPassword:
			return decEWayRefused(refused.errors[0]), nil
		case len(refused.errors) > 0:
			return ok(object("Status", 0, "Data", nil, "ErrorDetails", refused.errors, "InfoDtls", nil)), nil
		}
		a.sessions.put(a.sessionKey("token", s.AuthToken), s)
		a.in.ShowAnswer(object("Data", "***"))
		if password == ewayPassword {
			return ok(object("status", "1", "authtoken", s.AuthToken, "sek", "")), nil
		}
		return ok(object("Status", 1, "Data", object("ClientId", s.ClientID, "UserName", s.UserName,
			"AuthToken", s.AuthToken, "Sek", "", "TokenExpiry", a.expiry(s)), "ErrorDetails", nil, "InfoDtls", nil)), nil
	}
}

func decCall(a *ask) (httpd.Reply, error) {
	if err := byASP(a); err != nil {
		return httpd.Reply{}, err
	}
	token := a.params.either("AuthToken")
	switch action := a.params.either("action"); {
	case token == "":
		return httpd.Reply{}, &Refusal{Why: Missing, Names: []string{"AuthToken"}}
	case a.params.either("user_name") == "" && a.params.either("username") == "":
		return httpd.Reply{}, &Refusal{Why: Missing, Names: []string{"user_name"}}
	case a.call.Name == "ewb-cancel" && action != "" && !strings.EqualFold(action, "CANEWB"):
		return httpd.Reply{}, &Refusal{Why: NotSimulated}
	}
	if portal := cmp.Or(a.params.either("irp"), a.params.either("irpurl")); portal == "1" || portal == "2" {
		a.params.header["irp"] = "NIC" + portal
	}
	for _, own := range []string{"aspid", "password", "gstin", "user-name", "authtoken", "einvpwd", "qrcodesize", "action",
		"username", "fortally", "parseirnresp", "irp", "irpurl"} { // NIC does not get them
		if a.params.header[own] == "" {
			a.params.header[own] = a.params.query[own]
		}
		if own != "gstin" || a.call.Name != "gstin" {
			delete(a.params.query, own)
		}
	}
	o, err := a.withToken(token, false)
	if err != nil {
		return httpd.Reply{}, err
	}
	if a.call.Name == "ewb-cancel" {
		if len(o.errors) > 0 {
			return decEWayRefused(o.errors[0]), nil
		}
		return ok(o.data), nil
	}
	members := []any{"Status", "1", "Data", string(o.data), "ErrorDetails", nil, "InfoDtls", o.infoOrNull()}
	if len(o.errors) > 0 {
		members = []any{"Status", "0", "Data", nil, "ErrorDetails", o.errors, "InfoDtls", o.infoOrNull()}
	} else if a.params.header["qrcodesize"] != "" {
		members[3] = string(withPicture(o.data, a.params.header["qrcodesize"]))
	}
	if a.params.header["fortally"] == "1" {
		members = append(members, "status_cd", members[1], "error_cd", "", "error_message", "")
	}
	return ok(object(members...)), nil
}

// withPicture adds to an invoice what its signed texts have, and the QR code as a picture.
func withPicture(data json.RawMessage, size string) json.RawMessage {
	var members struct{ SignedInvoice, SignedQRCode string }
	if json.Unmarshal(data, &members) != nil || members.SignedQRCode == "" || len(data) == 0 {
		return data
	}
	signed, _ := seal.ReadToken(members.SignedInvoice)
	code, _ := seal.ReadToken(members.SignedQRCode)
	drawn, err := picture(members.SignedQRCode, map[string]string{"width": size, "height": size})
	if err != nil {
		return data
	}
	more := object("ExtractedSignedInvoiceData", signed.Data, "ExtractedSignedQrCode", code.Data,
		"QrCodeImage", base64.StdEncoding.EncodeToString(drawn.Raw), "JwtIssuer", signed.Issuer)
	return append(append(data[:len(data)-1:len(data)-1], ','), more[1:]...)
}
