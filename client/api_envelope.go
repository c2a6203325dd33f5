package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// envelope is every answer of the API that is about business. Names are matched without regard to
// case, which is encoding/json's own way.
type envelope struct {
	Status       json.RawMessage // 1 or 0; some pages of NIC show "1"
	Data         json.RawMessage
	ErrorDetails json.RawMessage // an array; a string of it; base64 of it
	InfoDtls     json.RawMessage // null, "" or an array
	Error        json.RawMessage // the e-way bill system's ErrorDetails, in base64
}

// envelope performs a call and returns a good answer's envelope, or the refusal that came in it.
func (a *API) envelope(ctx context.Context, k call) (envelope, error) {
	status, body, err := a.exchange(ctx, k)
	if err != nil {
		return envelope{}, err
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return envelope{}, k.unexpected(status, describeJSONError(err))
	}
	good, err := e.good()
	if err != nil {
		return envelope{}, k.unexpected(status, err.Error())
	}
	if good {
		return e, nil
	}
	details, err := e.errorDetails()
	if err != nil {
		return envelope{}, k.unexpected(status, "a refusal, but "+err.Error())
	}
	return envelope{}, fmt.Errorf("%s %s: %w", k.method, k.path, refusal(details, e.info()))
}

// good reads Status.
func (e envelope) good() (bool, error) {
	switch text, err := bareText(e.Status); {
	case err != nil || text != "1" && text != "0":
		return false, errors.New(`the member "Status" is neither 1 nor 0`)
	default:
		return text == "1", nil
	}
}

// info reads InfoDtls. What is there in another form adds nothing that could be understood.
func (e envelope) info() []Info {
	var rows []Info
	if json.Unmarshal(unquote(e.InfoDtls), &rows) != nil {
		return nil
	}
	return rows
}

// errorDetails reads the rows of a refusal, of which there is at least one.
func (e envelope) errorDetails() ([]ErrorDetail, error) {
	list := e.ErrorDetails
	if isEmpty(list) {
		list = e.Error
	}
	for range 3 { // a string in base64 in a string, at the most
		inside, wrapped := unwrapText(list)
		if !wrapped {
			break
		}
		list = inside
	}
	var rows []struct {
		ErrorCode    json.RawMessage
		ErrorMessage string
	}
	if bytes.HasPrefix(bytes.TrimSpace(list), []byte("{")) {
		if codes := ewayBillCodes(list); codes != nil {
			return codes, nil
		}
		list = append(append([]byte("["), list...), ']')
	}
	if err := json.Unmarshal(list, &rows); err != nil || len(rows) == 0 {
		return nil, errors.New("without ErrorDetails in any known form")
	}
	details := make([]ErrorDetail, len(rows))
	for i, row := range rows {
		code, err := bareText(row.ErrorCode)
		if err != nil || code == "" {
			return nil, errors.New("with an ErrorCode missing")
		}
		details[i] = ErrorDetail{Code: code, Message: row.ErrorMessage}
	}
	return details, nil
}

// ewayBillCodes reads {"errorCodes":"312,"}, the e-way bill system's form, which its page shows with a number. It
// returns nil for another form.
func ewayBillCodes(document []byte) []ErrorDetail {
	var e struct{ ErrorCodes json.RawMessage }
	if json.Unmarshal(document, &e) != nil {
		return nil
	}
	codes, err := bareText(e.ErrorCodes)
	if err != nil {
		return nil
	}
	var details []ErrorDetail
	for code := range strings.SplitSeq(codes, ",") {
		if code = strings.TrimSpace(code); code != "" {
			details = append(details, ErrorDetail{Code: code})
		}
	}
	return details
}

// unwrapText takes what is in a JSON string: JSON, or JSON in base64.
func unwrapText(document json.RawMessage) (json.RawMessage, bool) {
	var text string
	if json.Unmarshal(document, &text) != nil {
		return nil, false
	}
	if json.Valid([]byte(text)) {
		return json.RawMessage(text), true
	}
	decoded, err := base64.StdEncoding.DecodeString(text)
	return decoded, err == nil && json.Valid(decoded)
}

func isEmpty(document json.RawMessage) bool {
	text := string(document)
	return text == "" || text == "null" || text == `""`
}
