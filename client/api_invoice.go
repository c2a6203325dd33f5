package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
)

const invoicePath = "/eicore/v1.03/Invoice"

// The states of a registered invoice, [Invoice].Status.
const (
	InvoiceActive    = "ACT"
	InvoiceCancelled = "CNL"
)

// Invoice is what the API says of an invoice that it has registered.
type Invoice struct {
	AckNo         Number // 15 digits
	AckDt         Stamp  // from Generate and in the signed documents to the second, from a read to the minute
	IRN           string `json:"Irn"`
	SignedInvoice string // JWS, see VerifyInvoice
	SignedQRCode  string // JWS, see VerifyQRCode
	Status        string // InvoiceActive or InvoiceCancelled
	EwbNo         Number // 0 if it has no e-way bill
	EwbDt         Stamp
	EwbValidTill  Stamp // zero while the e-way bill has its Part A alone
	Remarks       string

	Info []Info `json:"-"` // what came beside the document
}

// EwayBillErrors says why an e-way bill that the invoice asked for was not made; the invoice is
// registered all the same.
func (i Invoice) EwayBillErrors() []ErrorDetail {
	rows, err := envelope{ErrorDetails: infoDesc(i.Info, InfoEwayBillFailed)}.errorDetails()
	if err != nil {
		return nil
	}
	return rows
}

// Generate registers an invoice: a document of schema INV-01, version 1.1. It may be any value that
// encodes to one; a json.RawMessage or []byte is sent as it is. A document that is registered
// already gives an [*AlreadyRegistered], at another IRP a [*RegisteredElsewhere], one with violations an [*APIError]
// with all of them.
func (a *API) Generate(ctx context.Context, invoice any) (Invoice, error) {
	return a.invoice(ctx, a.sealedCall(http.MethodPost, invoicePath), sealJSON(invoice))
}

// InvoiceByIRN reads an invoice that was registered in the last two days. Refusals: 2148 unknown,
// 2143 another's, 2283 too long ago. An invoice that the other of NIC's portals registered may be unknown here for a
// while: see [API.At].
func (a *API) InvoiceByIRN(ctx context.Context, irn string) (Invoice, error) {
	return a.invoice(ctx, a.sealedCall(http.MethodGet, invoicePath+"/irn/"+url.PathEscape(irn)), nil)
}

// Document names a supplier's own document.
type Document struct {
	Type   string // INV, CRN or DBN
	Number string
	Date   string // dd/MM/yyyy
}

// InvoiceByDocument reads as InvoiceByIRN does. Refusals: 2154 unknown, 2283 too long ago.
func (a *API) InvoiceByDocument(ctx context.Context, d Document) (Invoice, error) {
	k := a.sealedCall(http.MethodGet, invoicePath+"/irnbydocdetails")
	k.query = url.Values{"doctype": {d.Type}, "docnum": {d.Number}, "docdate": {d.Date}}
	return a.invoice(ctx, k, nil)
}

// invoice performs a call that answers with a registered invoice.
func (a *API) invoice(ctx context.Context, k call, seal sealer) (Invoice, error) {
	var i Invoice
	info, err := a.sealed(ctx, k, seal, &i)
	if err != nil {
		return Invoice{}, err
	}
	if i.IRN == "" || i.AckNo == 0 {
		return Invoice{}, k.unexpected(http.StatusOK, "the document in Data has no Irn or no AckNo")
	}
	i.Info = info
	return i, nil
}

// Why an invoice is cancelled, [Cancellation].Reason. An e-way bill has the same reasons under other
// numbers.
const (
	CancelDuplicate      = "1"
	CancelDataEntry      = "2"
	CancelOrderCancelled = "3"
	CancelOther          = "4"
)

// Cancellation asks for an invoice to be cancelled.
type Cancellation struct {
	IRN    string `json:"Irn"`
	Reason string `json:"CnlRsn"`
	Remark string `json:"CnlRem"` // up to 100 characters
}

// Cancelled is the receipt of a cancellation.
type Cancelled struct {
	IRN        string `json:"Irn"`
	CancelDate Stamp
}

// Cancel cancels an invoice within 24 hours of its registration; its number is spent. Refusals:
// 2270 too late, 9999 cancelled already, 2230 it has an e-way bill, 2143 another's, 2148 unknown.
func (a *API) Cancel(ctx context.Context, c Cancellation) (Cancelled, error) {
	k := a.sealedCall(http.MethodPost, invoicePath+"/Cancel")
	good := func(receipt Cancelled) bool { return receipt.IRN != "" }
	return document(ctx, a, k, sealJSON(c), good, "Irn")
}

// RejectedIRNs lists the IRNs of a date, dd/MM/yyyy, that another IRP gave as well and that lost
// against it.
func (a *API) RejectedIRNs(ctx context.Context, date string) ([]string, error) {
	k := a.sealedCall(http.MethodGet, invoicePath+"/rejectedirns")
	k.query = url.Values{"date": {date}}
	var irns []string
	if _, err := a.sealed(ctx, k, nil, &irns); err != nil {
		return nil, err
	}
	return irns, nil
}

// DistanceKM is the distance that the API calculated from the PIN codes for an e-way bill with
// Distance 0: "Pin-Pin calc distance: 2467KM". It is 0 if it calculated none.
func (i Invoice) DistanceKM() int { return distanceOf(i.Info) }

var digits = regexp.MustCompile(`[0-9]+`)

func distanceOf(info []Info) int {
	var text string
	if json.Unmarshal(infoDesc(info, InfoDistance), &text) != nil {
		return 0
	}
	km, err := strconv.Atoi(digits.FindString(text))
	if err != nil {
		return 0
	}
	return km
}
