package dashboard

import (
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

// stateWord returns the word for a status: Active for ACTIVE.
func stateWord(code string) string {
	if code == "" {
		return ""
	}
	return strings.ToUpper(code[:1]) + strings.ToLower(code[1:])
}

// taxpayerType returns NIC's name of a taxpayer type with its code.
func taxpayerType(code string) string {
	masters, err := fixtures.LoadMasters()
	if err != nil || masters.TaxpayerTypes[code].Name == "" {
		return code
	}
	return masters.TaxpayerTypes[code].Name + " (" + code + ")"
}

// documentName returns NIC's name of a document type.
func documentName(code string) string {
	masters, err := fixtures.LoadMasters()
	if err != nil || masters.DocumentTypes[code] == "" {
		return code
	}
	return masters.DocumentTypes[code]
}

// crore returns the text of a turnover.
func crore(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) + " crore rupees" }

// states returns the options of a select field for statuses.
func states(codes ...string) []layout.Option {
	list := make([]layout.Option, len(codes))
	for i, code := range codes {
		list[i] = layout.Option{Value: code, Label: stateWord(code)}
	}
	return list
}
