package client

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// ErrorDetail is one row of a refusal, in NIC's words.
type ErrorDetail struct {
	Code    string // as in 2150
	Message string // may be empty: the e-way bill system gives codes alone
}

// String is code and message.
func (d ErrorDetail) String() string {
	if d.Message == "" {
		return d.Code
	}
	return d.Code + ": " + d.Message
}

// Info is a row of InfoDtls: what the API adds to an answer, good or bad. Several may come; take
// them by their code.
type Info struct {
	Code string          `json:"InfCd"` // InfoDuplicate, InfoEwayBillFailed, …
	Desc json.RawMessage `json:"Desc"`  // an object, an array or a string, by code
}

// What NIC says in [Info].
const (
	InfoDuplicate         = "DUPIRN"    // with 2150: AckNo, AckDt, Irn
	InfoDuplicateOtherIRP = "DUPIRNGLP" // with 2295: the same and the IRP where it is registered
	InfoEwayBillFailed    = "EWBERR"    // registered, and why its e-way bill was not made
	InfoDistance          = "EWBPPD"    // the distance that was calculated from the PIN codes
	InfoAdditional        = "ADDNLNFO"  // text
)

// APIError is a refusal of the e-Invoice API: its rows as they came, all of them. It comes wrapped
// with the call's method and path; take it out with errors.As.
type APIError struct {
	Details []ErrorDetail // at least one
	Info    []Info
}

// Error gives all rows.
func (e *APIError) Error() string {
	rows := make([]string, len(e.Details))
	for i, d := range e.Details {
		rows[i] = d.String()
	}
	return "the API refused: " + strings.Join(rows, "; ")
}

// Has reports whether one of the rows has the code.
func (e *APIError) Has(code string) bool {
	return slices.ContainsFunc(e.Details, func(d ErrorDetail) bool { return d.Code == code })
}

// InfoDesc returns what the refusal adds under a code, nil if nothing.
func (e *APIError) InfoDesc(code string) json.RawMessage { return infoDesc(e.Info, code) }

// staleLoginCodes refuse a call for its login: for the token (1005), or for the SEK, under which the request does not
// decrypt (1020). The e-way bill system, which answers under /ewaybillapi, has codes of its own for an invalid token
// (105), an expired one (106) and the SEK (109).
var staleLoginCodes = [...]string{"1005", "1020", "105", "106", "109"}

func (e *APIError) aboutLogin() bool { return slices.ContainsFunc(staleLoginCodes[:], e.Has) }

// AlreadyRegistered is the refusal 2150 where it says what is registered: the same supplier,
// financial year, document type and number. Whether the document is the same in content it does not
// say: fetch it by its IRN and compare.
type AlreadyRegistered struct {
	IRN   string
	AckNo int64
	AckDt Stamp

	Refusal *APIError // as it came
}

func (e *AlreadyRegistered) Error() string {
	return e.Refusal.Error() + " (registered as " + e.IRN + ")"
}

// Unwrap returns the refusal.
func (e *AlreadyRegistered) Unwrap() error { return e.Refusal }

// RegisteredElsewhere is the refusal 2295 where it says what is registered: another IRP has the number, or the other
// portal of NIC's has it and this one not yet. At NIC's, [API.At] reads it.
type RegisteredElsewhere struct {
	IRN   string
	IRP   string // NIC1, NIC2 or the code of another IRP; may be empty
	AckDt Stamp

	Refusal *APIError // as it came
}

func (e *RegisteredElsewhere) Error() string {
	return e.Refusal.Error() + " (registered as " + e.IRN + " at " + cmp.Or(e.IRP, "another IRP") + ")"
}

// Unwrap returns the refusal.
func (e *RegisteredElsewhere) Unwrap() error { return e.Refusal }

// elsewhere reads the information of 2295. Some clients read RegIrp in IrnDtl, and NIC publishes no form.
func elsewhere(e *APIError) error {
	var registered struct {
		AckDt  Stamp
		Irn    string
		RegIrp string
		IrnDtl struct{ RegIrp string }
	}
	desc := e.InfoDesc(InfoDuplicateOtherIRP)
	if desc == nil || json.Unmarshal(unquote(desc), &registered) != nil || registered.Irn == "" {
		return e
	}
	return &RegisteredElsewhere{
		IRN: registered.Irn, IRP: cmp.Or(registered.IrnDtl.RegIrp, registered.RegIrp), AckDt: registered.AckDt, Refusal: e,
	}
}

// refusal makes the most telling error of an answer's rows.
func refusal(details []ErrorDetail, info []Info) error {
	e := &APIError{Details: details, Info: info}
	if e.Has("2295") {
		return elsewhere(e)
	}
	desc := e.InfoDesc(InfoDuplicate)
	if !e.Has("2150") || desc == nil {
		return e
	}
	var registered struct {
		AckNo Number
		AckDt Stamp
		Irn   string
	}
	if err := json.Unmarshal(unquote(desc), &registered); err != nil || registered.Irn == "" {
		return e
	}
	return &AlreadyRegistered{
		IRN: registered.Irn, AckNo: int64(registered.AckNo), AckDt: registered.AckDt, Refusal: e,
	}
}

func infoDesc(info []Info, code string) json.RawMessage {
	for _, i := range info {
		if i.Code == code {
			return i.Desc
		}
	}
	return nil
}

// unquote takes the document out of a JSON string that holds one; other documents stay.
func unquote(document json.RawMessage) json.RawMessage {
	var inside string
	if json.Unmarshal(document, &inside) == nil && json.Valid([]byte(inside)) {
		return json.RawMessage(inside)
	}
	return document
}
