package irp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// The places of the e-Invoice API that are called here by hand.
const (
	authPath    = "/eivital/v1.04/auth"
	authV103    = "/eivital/v1.03/auth"
	pingPath    = "/eivital/v1.04/heartbeat/ping"
	gstinPath   = "/eivital/v1.04/Master/gstin/"
	invoicePath = "/eicore/v1.03/Invoice"
	cancelPath  = "/eicore/v1.03/Invoice/Cancel"
)

// headers are what an API call says of its caller, spelt as on NIC's pages. One that is empty is
// not sent.
type headers map[string]string

// envelope is an answer of the e-Invoice API.
type envelope struct {
	Status       int
	Data         json.RawMessage
	ErrorDetails []client.ErrorDetail
	InfoDtls     []client.Info
}

// UnmarshalJSON wants all four members, spelt as NIC spells them, and codes that are strings.
func (e *envelope) UnmarshalJSON(text []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return err
	}
	var rows []struct{ ErrorCode, ErrorMessage string }
	for name, into := range map[string]any{
		"Status": &e.Status, "Data": &e.Data, "ErrorDetails": &rows, "InfoDtls": &e.InfoDtls,
	} {
		member, there := members[name]
		if !there {
			return fmt.Errorf("the envelope has no %s", name)
		}
		if err := json.Unmarshal(member, into); err != nil {
			return fmt.Errorf("the envelope's %s: %w", name, err)
		}
	}
	for _, r := range rows {
		e.ErrorDetails = append(e.ErrorDetails, client.ErrorDetail{Code: r.ErrorCode, Message: r.ErrorMessage})
	}
	if good := e.Status == 1; good == (len(rows) > 0) || len(members) != 4 {
		return fmt.Errorf("the envelope has the status %d, %d errors and %d members", e.Status, len(rows), len(members))
	}
	return nil
}

// callAPI sends a request to the API by hand. A refusal comes back as a *client.APIError.
func (c *calls) callAPI(ctx context.Context, portal, method, path string, h headers, body []byte) (envelope, error) {
	var e envelope
	if err := c.exchange(ctx, portal, method, path, h, body, &e); err != nil {
		return envelope{}, err
	}
	if e.Status != 1 {
		return envelope{}, &client.APIError{Details: e.ErrorDetails, Info: e.InfoDtls}
	}
	return e, nil
}

// exchange sends a request with the headers as they are spelt, and reads the JSON of the answer.
func (c *calls) exchange(ctx context.Context, portal, method, path string, h headers, body []byte, into any) error {
	request, err := http.NewRequestWithContext(ctx, method, c.API(portal)+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("making the request: %w", scene.UnwrapURL(err))
	}
	request.Header["Content-Type"] = []string{"application/json"}
	for name, value := range h {
		if value != "" {
			request.Header[name] = []string{value}
		}
	}
	answer, err := c.ExchangeAPI(portal, request)
	if err != nil {
		return err
	}
	if status := answer.Status; status != http.StatusOK {
		return &client.Problem{Status: status, Title: http.StatusText(status), Code: "http"}
	}
	if err := json.Unmarshal(answer.Got, into); err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	return nil
}

// spelt writes the names of headers otherwise: "with hyphens", "in capitals" or "in small letters".
func (h headers) spelt(how string) (headers, error) {
	other := headers{}
	for name, value := range h {
		switch how {
		case "with hyphens":
			name = strings.ReplaceAll(name, "_", "-")
		case "in capitals":
			name = strings.ToUpper(name)
		case "in small letters":
			name = strings.ToLower(name)
		default:
			return nil, fmt.Errorf("there is no spelling of headers %q", how)
		}
		other[name] = value
	}
	return other, nil
}
