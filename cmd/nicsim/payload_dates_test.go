package main

import (
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// All dates of an invoice keep their distance to the date of the document, and nothing else changes.
func TestDated(t *testing.T) {
	day := time.Date(2026, time.March, 2, 12, 0, 0, 0, nic.IST)
	for _, c := range []struct{ text, want string }{
		{`{"DocDtls": {"Dt" : "31/12/2025"}, "RefDtls": {"PrecDocDtls": [{"InvDt":"01/12/2025"}]}, "EwbDtls":{"TransDocDt":"01/01/2026"}}`,
			`{"DocDtls": {"Dt" : "02/03/2026"}, "RefDtls": {"PrecDocDtls": [{"InvDt":"31/01/2026"}]}, "EwbDtls":{"TransDocDt":"03/03/2026"}}`},
		{`{"DocDtls":{"Dt":"02/03/2026","No":"02/03/2026"},"ItemList":[{"AssAmt":10.50,"BchDtls":{"ExpDt":"31/02/2026"}}]}`,
			`{"DocDtls":{"Dt":"02/03/2026","No":"02/03/2026"},"ItemList":[{"AssAmt":10.50,"BchDtls":{"ExpDt":"31/02/2026"}}]}`},
		{`{"DocDtls":{"Dt":"01/03/2026","No":"01/03/2026"},"Note":"\"Dt\":\"01/03/2026\""}`,
			`{"DocDtls":{"Dt":"02/03/2026","No":"01/03/2026"},"Note":"\"Dt\":\"01/03/2026\""}`},
		{`{"DocDtls":{"Dt":"soon"},"RefDtls":{"InvDt":"01/03/2026"}}`, `{"DocDtls":{"Dt":"soon"},"RefDtls":{"InvDt":"01/03/2026"}}`},
		{`{"DocDtls":[]}`, `{"DocDtls":[]}`},
		{`{}`, `{}`},
	} {
		if got := dated(c.text, day); got != c.want {
			t.Errorf("%s\nis moved to %s\nwant        %s", c.text, got, c.want)
		}
	}
}
