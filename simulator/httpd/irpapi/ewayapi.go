package irpapi

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
)

// ewbEnvelope is the answer of the one call in the E-Way Bill system's manner: lower
// case, the status as text, the error in base64.
type ewbEnvelope struct {
	Status string `json:"status"`
	Data   string `json:"data,omitempty"`
	Error  string `json:"error,omitempty"`
}

// cancelEWayBill cancels an e-way bill. Its data is sealed JSON, or sealed base64 of
// JSON: NIC's page has the one, clients in use send the other.
func (a API) cancelEWayBill(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	i, err := a.irp(call)
	if err != nil {
		return httpd.Reply{}, err
	}
	body, err := httpd.ReadBody(r, maxBody)
	if err != nil {
		return httpd.Reply{}, err
	}
	h := headers(r)
	session, err := i.EWayBillSession(r.Context(), h)
	if err != nil {
		return refusedEWB(call, err)
	}
	var in struct{ Action, Data string }
	_ = json.Unmarshal(body, &in) // what cannot be read has no action
	plain, err := session.OpenAction(in.Action, in.Data)
	if err != nil {
		return refusedEWB(call, err)
	}
	plain = unwrapped(plain)
	call.Show(plain)
	done, err := i.CancelEWayBill(r.Context(), session, plain)
	if err != nil {
		return refusedEWB(call, err)
	}
	answer, err := json.Marshal(done)
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("writing an answer: %w", err)
	}
	call.ShowAnswer(answer)
	sealed, err := session.Seal(answer)
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("sealing an answer: %w", err)
	}
	return httpd.Reply{Body: ewbEnvelope{Status: "1", Data: sealed}}, nil
}

// unwrapped takes the inner base64 off, if there is one.
func unwrapped(plain []byte) []byte {
	if bytes.HasPrefix(bytes.TrimSpace(plain), []byte("{")) {
		return plain
	}
	if inner, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(plain))); err == nil {
		return inner
	}
	return plain
}

func refusedEWB(call *httpd.Call, err error) (httpd.Reply, error) {
	refusal, ok := errors.AsType[*irp.Refusal](err)
	if !ok {
		return httpd.Reply{}, err
	}
	call.Refused(reasonOf(refusal))
	document, err := json.Marshal(struct {
		ErrorCodes string `json:"errorCodes"`
	}{refusal.Errors[0].Code})
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("writing an error: %w", err)
	}
	return httpd.Reply{Body: ewbEnvelope{Status: "0", Error: base64.StdEncoding.EncodeToString(document)}}, nil
}
