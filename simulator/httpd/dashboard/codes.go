package dashboard

import (
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
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
