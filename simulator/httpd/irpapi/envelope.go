package irpapi

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/settings"
)

// maxBody is the longest sealed body that is read: NIC's 2 MB of JSON grow by a
// third in base64.
const maxBody = 4 << 20

// envelope is NIC's answer; all four members are always there.
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

// readData returns the Data of a request's body, whatever the case of its name.
func readData(r *http.Request) (json.RawMessage, error) {
	body, err := httpd.ReadBody(r, maxBody)
	if err != nil {
		return nil, err
	}
	var envelope struct{ Data json.RawMessage } // encoding/json takes names in any case
	_ = json.Unmarshal(body, &envelope)         // no envelope is an empty one: 5003
	return envelope.Data, nil
}

// text is a Data that is a string; anything else is an empty one.
func text(data json.RawMessage) string {
	// An invoice of a hundred lines is 50 KB here, read as JSON already; nothing is escaped in base64.
	if len(data) > 1 && data[0] == '"' && !bytes.ContainsRune(data, '\\') {
		return strings.TrimSpace(string(data[1 : len(data)-1]))
	}
	var s string
	_ = json.Unmarshal(data, &s) // no string is no Data: 5003
	return strings.TrimSpace(s)
}

// good answers Status 1.
func good(data any, info []irp.Info) httpd.Reply {
	return httpd.Reply{Body: envelope{Status: 1, Data: data, InfoDtls: info}}
}

// goodSealed is good for a Data in base64, which is long and has nothing to escape.
func goodSealed(data string, info []irp.Info) (httpd.Reply, error) {
	rows, err := json.Marshal(info)
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("writing InfoDtls: %w", err)
	}
	body := slices.Concat([]byte(`{"Status":1,"Data":"`), []byte(data), []byte(`","ErrorDetails":null,"InfoDtls":`), rows,
		[]byte("}\n"))
	return httpd.Reply{Raw: body, RawType: "application/json; charset=utf-8"}, nil
}

// refused answers a *irp.Refusal as Status 0 and tells the journal why; any other
// error goes on.
func refused(call *httpd.Call, err error) (httpd.Reply, error) {
	refusal, ok := errors.AsType[*irp.Refusal](err)
	if !ok {
		return httpd.Reply{}, err
	}
	rows := make([]errorDetail, 0, len(refusal.Errors))
	for _, e := range refusal.Errors {
		rows = append(rows, errorDetail{e.Code, e.Message})
	}
	call.Refused(reasonOf(refusal))
	details, err := errorDetails(rows, call.World.Settings().IRPErrorDetails)
	if err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{Body: envelope{ErrorDetails: details, InfoDtls: refusal.Info}}, nil
}

// reasonOf tells the journal what the wire does not: the path, the rule, the value
// that would have passed.
func reasonOf(refusal *irp.Refusal) *journal.Reason {
	first := refusal.Errors[0]
	reason := &journal.Reason{Code: first.Code, NICCode: first.Code, Detail: first.Message}
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

// errorDetails gives the rows the form that was asked for: NIC's pages speak of
// base64, captures show a plain array, and some clients have met JSON in a string.
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
