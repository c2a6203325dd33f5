package irpapi

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/settings"
)

// EWayBillSystem is the dialect of the e-way bill system: names in lower case, the status as text, the error in
// base64.
var EWayBillSystem = Dialect{
	Headers: headers,
	Access:  irp.EWayBillSystem,
	Open:    openAction,
	Seal:    irp.Session.Seal,
	Good: func(data string, _ []irp.Info) (httpd.Reply, error) {
		return httpd.Reply{Body: ewbEnvelope{Status: "1", Data: data}}, nil
	},
	Refused: refusedEWB,
}

type ewbEnvelope struct {
	Status string `json:"status"`
	Data   string `json:"data,omitempty"`
	Error  string `json:"error,omitempty"`
}

// openAction opens the data of an action. It is sealed JSON, as on NIC's page, or sealed base64 of JSON, as clients
// in use send it.
func openAction(s irp.Session, body []byte) ([]byte, error) {
	var in struct{ Action, Data string }
	_ = json.Unmarshal(body, &in) // a body that cannot be read has no action
	plain, err := s.OpenAction(in.Action, in.Data)
	if trimmed := bytes.TrimSpace(plain); err == nil && !bytes.HasPrefix(trimmed, []byte("{")) {
		if inner, wrong := base64.StdEncoding.DecodeString(string(trimmed)); wrong == nil {
			return inner, nil
		}
	}
	return plain, err
}

func refusedEWB(r *irp.Refusal, _ settings.ErrorDetailsForm) (httpd.Reply, error) {
	document, err := json.Marshal(struct {
		ErrorCodes string `json:"errorCodes"`
	}{r.Errors[0].Code})
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("writing an error: %w", err)
	}
	return httpd.Reply{Body: ewbEnvelope{Status: "0", Error: base64.StdEncoding.EncodeToString(document)}}, nil
}
