package irpapi

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/settings"
)

// EWayBillSystem is the dialect of the e-way bill system: names in lower case, the status as text, the code of an
// error in base64 and without a message.
var EWayBillSystem = Dialect{
	Access: irp.EWayBillSystem,
	Open:   openAction,
	Good: func(s irp.Session, answer []byte, _ []irp.Info) (httpd.Reply, error) {
		data, err := s.AppendSealed(nil, answer)
		return httpd.Reply{Body: struct {
			Status string `json:"status"`
			Data   string `json:"data"`
		}{"1", string(data)}}, err
	},
	Refused: refusedEWB,
}

// openAction opens the data of an action. It is sealed JSON, as on NIC's page, or sealed base64 of JSON, as clients
// in use send it.
func openAction(s irp.Session, body []byte) ([]byte, error) {
	var in struct{ Action, Data string }
	_ = json.Unmarshal(body, &in) // a body that cannot be read has no action
	plain, err := s.OpenAction(in.Action, in.Data)
	if trimmed := bytes.TrimSpace(plain); err == nil && !bytes.HasPrefix(trimmed, []byte("{")) {
		if inner, wrong := base64.StdEncoding.DecodeString(string(trimmed)); wrong == nil && utf8.Valid(inner) {
			return inner, nil
		}
	}
	return plain, err
}

// refusedEWB writes an error as NIC was recorded: a comma follows each code, and info is null.
func refusedEWB(r *irp.Refusal, _ settings.ErrorDetailsForm) (httpd.Reply, error) {
	codes := base64.StdEncoding.EncodeToString([]byte(`{"errorCodes":"` + r.Errors[0].Code + `,"}`))
	return httpd.Reply{Body: struct {
		Status string `json:"status"`
		Error  string `json:"error"`
		Info   any    `json:"info"`
	}{"0", codes, nil}}, nil
}
