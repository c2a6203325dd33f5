package worldfile

import (
	"encoding/json"
	"fmt"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// checks find what the schema cannot find in the records of a state, by the name of their form.
var checks = map[string]func(json.RawMessage) ([]admin.Violation, error){"invoices": checkInvoice}

// longestQR is how many bytes a QR code can have that a phone reads: version 40 at level M.
const longestQR = 2331

// checkInvoice returns what is wrong with the signed texts of an invoice, from which e-way bills, pages and the control
// API read it. Only an invoice that NIC registered has them. That NIC signed them is not checked.
func checkInvoice(record json.RawMessage) (violations []admin.Violation, err error) {
	var i store.Invoice
	if err := json.Unmarshal(record, &i); err != nil {
		return nil, fmt.Errorf("reading an invoice: %w", err)
	}
	add := func(member, message string) {
		violations = append(violations, admin.Violation{Field: member, Code: "invoice-invalid", Message: message})
	}
	if !admin.AtNIC(i) {
		if i.SignedInvoice != "" || i.SignedQRCode != "" {
			add("irp", "must be NIC1 or NIC2 for an invoice with signed texts")
		}
		return violations, nil
	}
	signed, err := seal.ReadToken(i.SignedInvoice)
	if err == nil {
		_, err = invoice.ParseSigned(signed.Data)
	}
	if err != nil {
		add("signedInvoice", "must be a signed text (JWS) with a document of schema INV-01")
	}
	qr, err := seal.ReadToken(i.SignedQRCode)
	if err != nil || !json.Valid([]byte(qr.Data)) || len(i.SignedQRCode) > longestQR {
		add("signedQrCode", fmt.Sprintf("must be a signed text (JWS) with JSON, of at most %d bytes", longestQR))
	}
	return violations, nil
}
