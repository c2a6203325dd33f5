package gspface

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/nic"
)

// The paths of NIC's calls, for plain faces.
var nicPaths = map[string]string{
	"auth": "/eivital/v1.04/auth", "gstin": "/eivital/v1.04/Master/gstin/{gstin}",
	"sync-gstin": "/eivital/v1.04/Master/syncgstin/{gstin}", "generate": "/eicore/v1.03/Invoice",
	"cancel": "/eicore/v1.03/Invoice/Cancel", "read-irn": "/eicore/v1.03/Invoice/irn/{irn}",
	"read-document": "/eicore/v1.03/Invoice/irnbydocdetails", "rejected-irns": "/eicore/v1.03/Invoice/rejectedirns",
	"ewb-generate": "/eiewb/v1.03/ewaybill", "ewb-read": "/eiewb/v1.03/ewaybill/irn/{irn}",
	"ewb-cancel": "/ewaybillapi/v1.03/ewayapi",
}

// nicNames are the members that clients of plain faces write in another case than NIC, by calls.
var nicNames = map[string][]string{
	"cancel":     {"Irn", "CnlRsn", "CnlRem"},
	"ewb-cancel": {"ewbNo", "cancelRsnCode", "cancelRmrk"},
	"ewb-generate": {"Irn", "TransId", "TransMode", "TransDocNo", "TransDocDt", "VehNo", "VehType", "Distance",
		"TransName"},
}

// otherNames are other names of members.
var otherNames = map[string]string{"trndocno": "TransDocNo", "trndocdt": "TransDocDt"}

// document is the document of a POST for NIC. A face may take the names of members in any case.
func (a *ask) document(anyCase bool) ([]byte, error) {
	body := bytes.TrimSpace(a.body)
	a.in.Show(body)
	var members map[string]json.RawMessage
	if !json.Valid(body) || json.Unmarshal(body, &members) != nil {
		if bytes.HasPrefix(body, []byte("[")) || bytes.HasPrefix(body, []byte("{")) {
			return body, nil // NIC has its own words for it
		}
		return nil, &Refusal{Why: BadBody}
	}
	for name, value := range members {
		if strings.EqualFold(name, "data") && len(value) > 0 && value[0] == '"' && len(members) < 3 {
			return nil, &Refusal{Why: BadBody, Detail: "The body is encrypted as NIC asks for it; this gateway takes plain JSON"}
		}
	}
	names := nicNames[a.call.Name]
	if !anyCase || names == nil || members == nil {
		return body, nil
	}
	return renamed(members, names), nil
}

// renamed writes members with NIC's names.
func renamed(members map[string]json.RawMessage, names []string) []byte {
	var list []any
	for _, name := range slices.Sorted(maps.Keys(members)) {
		as := name
		if other := otherNames[strings.ToLower(name)]; other != "" {
			as = other
		}
		for _, known := range names {
			if strings.EqualFold(as, known) {
				as = known
			}
		}
		list = append(list, as, members[name])
	}
	return object(list...)
}

// withPassword performs a call of NIC for a caller that sends its user name and password with each call. The gateway
// keeps the login, and makes another when NIC does not know the token any more.
func (a *ask) withPassword(user, password string, anyCase bool) (outcome, error) {
	var document []byte
	if a.call.NIC != "" && a.sends() {
		var err error
		if document, err = a.document(anyCase); err != nil {
			return outcome{}, err
		}
	}
	path, err := a.nicPath()
	if err != nil {
		return outcome{}, err
	}
	key := a.sessionKey(a.gstin(), user, password)
	s, kept := a.sessions.get(key)
	for range 2 {
		if !kept {
			var refused outcome
			var err error
			if s, refused, err = a.logIn(a.gstin(), user, password); err != nil || len(refused.errors) > 0 {
				return refused, err
			}
			a.sessions.put(key, s)
		}
		o, err := a.under(s, a.gstin(), path, document)
		if err != nil || !o.has("1005", "1020", "105", "106") {
			return o, err
		}
		a.sessions.drop(key)
		if kept = !kept; kept { // the login was new
			return o, nil
		}
	}
	return outcome{}, nil
}

// sends reports whether the call at NIC is a POST.
func (a *ask) sends() bool {
	switch a.call.Name {
	case "generate", "cancel", "ewb-generate", "ewb-cancel":
		return true
	}
	return false
}

// joined writes errors of NIC as "CODE : text, CODE : text".
func joined(errors []upstream.Error) string {
	texts := make([]string, len(errors))
	for i, e := range errors {
		texts[i] = e.Code + " : " + e.Message
	}
	return strings.Join(texts, ", ")
}

// messages are NIC's texts alone.
func messages(errors []upstream.Error) string {
	texts := make([]string, len(errors))
	for i, e := range errors {
		texts[i] = e.Message
	}
	return strings.Join(texts, ", ")
}

// text is a text of JSON; empty for another value.
func text(raw json.RawMessage) (s string) {
	_ = json.Unmarshal(raw, &s) // empty then
	return s
}

// withToken performs a call under a login that the caller made before.
func (a *ask) withToken(token string, anyCase bool) (outcome, error) {
	s, known := a.sessions.get(a.sessionKey("token", token))
	if ends, err := time.ParseInLocation(time.DateTime, s.TokenExpiry, nic.IST); !known ||
		err == nil && !a.in.World.Clock.Now().Before(ends) {
		return outcome{}, &Refusal{Why: TokenInvalid}
	}
	var document []byte
	var err error
	if a.sends() {
		if document, err = a.document(anyCase); err != nil {
			return outcome{}, err
		}
	}
	path, err := a.nicPath()
	if err != nil {
		return outcome{}, err
	}
	return a.under(s, a.gstin(), path, document)
}

// infoOrNull is the InfoDtls for JSON.
func (o outcome) infoOrNull() any {
	if o.info == nil {
		return nil
	}
	return o.info
}
