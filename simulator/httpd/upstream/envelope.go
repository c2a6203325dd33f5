package upstream

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Envelope is a good answer of NIC.
type Envelope struct {
	Data json.RawMessage // of a login an object, of other calls a sealed text
	Info json.RawMessage // InfoDtls; null for none
}

// Refusal is an answer of NIC that says no.
type Refusal struct {
	Errors []Error
	Info   json.RawMessage // InfoDtls; null for none
}

// Error is one of NIC's reasons.
type Error struct {
	Code    string `json:"ErrorCode"`
	Message string `json:"ErrorMessage"`
}

// Error returns NIC's codes and texts.
func (r *Refusal) Error() string {
	texts := make([]string, len(r.Errors))
	for i, e := range r.Errors {
		texts[i] = e.Code + " " + e.Message
	}
	return strings.Join(texts, "; ")
}

// Envelope reads an answer of the e-Invoice API. The error is a [*Refusal] if NIC refused, and an [ErrUnreachable] if
// the answer is not an envelope of NIC.
func (a Answer) Envelope() (Envelope, error) {
	if a.Status != http.StatusOK {
		return Envelope{}, fmt.Errorf("%w but HTTP status %d", ErrUnreachable, a.Status)
	}
	var body struct {
		Status       *int            `json:"Status"`
		Data         json.RawMessage `json:"Data"`
		ErrorDetails json.RawMessage `json:"ErrorDetails"`
		InfoDtls     json.RawMessage `json:"InfoDtls"`
	}
	err := json.Unmarshal(a.Body, &body)
	switch {
	case err != nil || body.Status == nil:
		return Envelope{}, fmt.Errorf("%w but a body that is not NIC's envelope", ErrUnreachable)
	case *body.Status == 1:
		return Envelope{body.Data, body.InfoDtls}, nil
	}
	refusal := &Refusal{Info: body.InfoDtls}
	if refusal.Errors, err = errorDetails(body.ErrorDetails); err != nil || len(refusal.Errors) == 0 {
		return Envelope{}, fmt.Errorf("%w but a refusal without a reason", ErrUnreachable)
	}
	return Envelope{}, refusal
}

// errorDetails reads ErrorDetails in each form in which NIC has written it: a list, a text with a list, and base64.
func errorDetails(details json.RawMessage) (list []Error, err error) {
	var text string
	if json.Unmarshal(details, &text) == nil {
		details = json.RawMessage(text)
		if plain, err := base64.StdEncoding.DecodeString(text); err == nil {
			details = plain
		}
	}
	err = json.Unmarshal(details, &list)
	return list, err
}
