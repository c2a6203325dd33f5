package irpapi

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// maxBody is the longest body in bytes. NIC's 2 MB of JSON grow by a third in base64.
const maxBody = 4 << 20

// envelope is NIC's answer. It always has all four members.
type envelope struct {
	Status       int        `json:"Status"`
	Data         any        `json:"Data"`
	ErrorDetails any        `json:"ErrorDetails"`
	InfoDtls     []irp.Info `json:"InfoDtls"`
}

// errorDetail is one row of ErrorDetails; codes are strings.
type errorDetail struct {
	ErrorCode    string `json:"ErrorCode"`
	ErrorMessage string `json:"ErrorMessage"`
}

// NIC is the dialect of the e-Invoice API.
var NIC = Dialect{
	Access: irp.EInvoice,
	Open: func(s irp.Session, body []byte) ([]byte, error) {
		return s.Open(text(dataOf(body)))
	},
	Good:    good,
	Refused: refusal,
}

// dataOf returns the Data of a request's body. Its name is taken in any case. A body that is no envelope has none.
func dataOf(body []byte) jsontext.Value {
	var envelope struct{ Data jsontext.Value }
	err := jsonv2.Unmarshal(body, &envelope, jsonv2.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true),
		jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return nil
	}
	return envelope.Data
}

// text returns a Data that is a string; any other Data is empty.
func text(data jsontext.Value) string {
	plain, err := jsontext.AppendUnquote(nil, data)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(plain))
}

// good writes the envelope of Status 1 around a Data in base64, which needs no escapes.
func good(s irp.Session, answer []byte, info []irp.Info) (httpd.Reply, error) {
	rows, err := json.Marshal(info)
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("writing InfoDtls: %w", err)
	}
	body, err := s.AppendSealed([]byte(`{"Status":1,"Data":"`), answer)
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("sealing an answer: %w", err)
	}
	body = append(body, `","ErrorDetails":null,"InfoDtls":`...)
	body = append(append(body, rows...), "}\n"...)
	return httpd.Reply{Raw: body, RawType: "application/json; charset=utf-8"}, nil
}

// refusal writes the envelope of Status 0.
func refusal(r *irp.Refusal, form settings.ErrorDetailsForm) (httpd.Reply, error) {
	rows := make([]errorDetail, 0, len(r.Errors))
	for _, e := range r.Errors {
		rows = append(rows, errorDetail{e.Code, e.Message})
	}
	details, err := errorDetails(rows, form)
	return httpd.Reply{Body: envelope{ErrorDetails: details, InfoDtls: r.Info}}, err
}

// reasonOf is the reason for the journal. It has what the wire leaves out: the diagnosis, the path, the rule and the
// value that would have passed.
func reasonOf(refusal *irp.Refusal, d irp.Diagnosis) *journal.Reason {
	first := refusal.Errors[0]
	known := nic.RemedyOf(first.Code)
	reason := &journal.Reason{Code: first.Code, NICCode: first.Code, Detail: first.Message,
		Cause: cmp.Or(d.Cause.Text, known.Cause), Kind: d.Cause.Kind, Remedy: cmp.Or(d.Remedy, known.Remedy)}
	for _, e := range refusal.Errors {
		if e.Path == "" && e.Rule == "" {
			continue
		}
		reason.Fields = append(reason.Fields, journal.FieldReason{
			Field: e.Path, Code: e.Code, Message: e.Message, Rule: e.Rule, Want: e.Want,
		})
	}
	return reason
}

// errorDetails writes the rows in one of the forms that clients of NIC's have seen.
func errorDetails(rows []errorDetail, form settings.ErrorDetailsForm) (any, error) {
	if form == settings.ErrorDetailsArray {
		return rows, nil
	}
	document, err := json.Marshal(rows)
	if err != nil {
		return nil, fmt.Errorf("writing ErrorDetails: %w", err)
	}
	if form == settings.ErrorDetailsBase64 {
		return base64.StdEncoding.EncodeToString(document), nil
	}
	return string(document), nil
}
