package dashboard

import (
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
)

// stateWord writes a state as a word: ACTIVE as Active.
func stateWord(code string) string {
	if code == "" {
		return ""
	}
	return strings.ToUpper(code[:1]) + strings.ToLower(code[1:])
}

// taxpayerType is NIC's name of a type, and its code.
func taxpayerType(code string) string {
	masters, err := fixtures.LoadMasters()
	if err != nil || masters.TaxpayerTypes[code].Name == "" {
		return code
	}
	return masters.TaxpayerTypes[code].Name + " (" + code + ")"
}

// documentName is NIC's name of a type of document.
func documentName(code string) string {
	masters, err := fixtures.LoadMasters()
	if err != nil || masters.DocumentTypes[code] == "" {
		return code
	}
	return masters.DocumentTypes[code]
}

// through writes a way of integrating: GSP and ERP are words already.
func through(code string) string {
	if code == "DIRECT" {
		return "Direct"
	}
	return code
}

// directAccess says how far a taxpayer has come with direct access, and with what the portal refuses.
func directAccess(status string) string {
	switch status {
	case "APPROVED":
		return "approved"
	case "AWAITING_IP":
		return "waits for the IP address (3059)"
	case "AWAITING_OFFICER":
		return "waits for an officer (3060)"
	case "REJECTED":
		return "rejected (3061)"
	}
	return "not applied for"
}

// invoiceState writes the state of an invoice or an e-way bill.
func invoiceState(code string) string {
	switch code {
	case nic.InvoiceActive:
		return "Active"
	case nic.InvoiceCancelled:
		return "Cancelled"
	}
	return code
}

// crore writes a turnover.
func crore(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) + " crore rupees" }

// states are choices of a state.
func states(codes ...string) []layout.Option {
	list := make([]layout.Option, len(codes))
	for i, code := range codes {
		list[i] = layout.Option{Value: code, Label: stateWord(code)}
	}
	return list
}
