package main

import "time"

// apiReport reports the steps at the e-Invoice API; its JSON names are a contract.
type apiReport struct {
	Steps   []stepReport      `json:"steps"`
	Invoice *registeredReport `json:"invoice,omitempty"`
	Failure *failure          `json:"failure,omitempty"`
}

type registeredReport struct {
	Number        string    `json:"number"`
	Date          string    `json:"date"` // dd/MM/yyyy
	IRN           string    `json:"irn"`
	AckNo         string    `json:"ackNo"` // 15 digits
	AckDt         time.Time `json:"ackDt"`
	Verified      bool      `json:"verified"` // both signatures, against the environment's certificate
	SignedInvoice string    `json:"signedInvoice"`
	SignedQRCode  string    `json:"signedQRCode"`
}

// lastInvoice is the invoice whose QR code is drawn, nil if none was registered.
func (r walkReport) lastInvoice() *registeredReport {
	var last *registeredReport
	for _, s := range r.Sections {
		if s.API != nil && s.API.Invoice != nil {
			last = s.API.Invoice
		}
	}
	return last
}
