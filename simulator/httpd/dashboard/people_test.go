package dashboard_test

import (
	"slices"
	"strings"
	"testing"
)

// row returns the text of the first row of a kind that contains a text.
func (p page) row(name, holding string) string {
	p.t.Helper()
	for _, row := range p.marked("data-row", name) {
		if strings.Contains(row, holding) {
			return row
		}
	}
	p.t.Fatalf("%s has no row %s with %s", p.at, name, holding)
	return ""
}

// lockOut sends wrong credentials until the login is locked.
func (v *visitor) lockOut(portal, body string) {
	v.t.Helper()
	for range 5 {
		captcha := v.json("POST", portal+"/portal/v1/captchas", "")["captchaId"].(string)
		answer := v.json("GET", v.control+"/control/v1/captchas/"+captcha, "")["answer"].(string)
		v.json("POST", portal+"/portal/v1/login", `{`+body+`,"captcha":{"captchaId":"`+captcha+`","answer":"`+answer+`"}}`)
	}
}

func TestLocksAreShownWhileTheyHold(t *testing.T) {
	v := visit(t, "/w/locked")
	v.json("PUT", v.control+"/control/v1/clock", `{"mode":"frozen","now":"2026-04-01T09:30:00+05:30"}`)
	v.lockOut(v.production, `"username":"dakshin29","password":"Wrong@2024"`)
	v.lockOut(v.sandbox, `"clientId":"AABCK27GSP4K7QX","clientSecret":"WrongSecret000000001"`)
	const locked = "locked until 1 April 2026, 09:45:00 IST"
	shown := func() map[string]bool {
		return map[string]bool{
			"taxpayer":  strings.Contains(text(v.open("/taxpayers/29ABCCD1234E1Z1").doc), locked),
			"taxpayers": strings.Contains(v.open("/taxpayers").row("taxpayer", "dakshin29"), locked),
			"provider":  strings.Contains(v.open("/providers").row("provider", "AABCK27GSP4K7QX"), locked),
		}
	}
	for where, ok := range shown() {
		if !ok {
			t.Errorf("%s does not show the lock", where)
		}
	}
	if other := v.open("/providers").row("provider", "AAFCC29ERP82ZSO"); strings.Contains(other, "locked") {
		t.Errorf("another provider is locked: %s", other)
	}
	v.json("POST", v.control+"/control/v1/clock/advance", `{"by":"15m"}`)
	for where, still := range shown() {
		if still {
			t.Errorf("%s shows a lock that has ended", where)
		}
	}
}

func TestDirectAccessIsShown(t *testing.T) {
	v := visit(t, "/w/direct")
	for pan, want := range map[string]string{
		"ABCCD1234E": "approved", "ABCCK7913G": "waits for the IP address (3059)",
		"ABCCU8024H": "waits for an officer (3060)",
		"ABCCR9135J": "rejected (3061)", "ABCPD1234E": "not applied for",
	} {
		row := v.open("/taxpayers?q=" + pan).values("gstin")
		if len(row) == 0 {
			t.Fatalf("no taxpayer has the PAN %s", pan)
		}
		if p := v.open("/taxpayers/" + row[0]); !slices.Equal(p.values("directAccess"), []string{want}) {
			t.Errorf("direct access of %s is %q; want %q", row[0], p.values("directAccess"), want)
		}
	}
	if row := v.open("/providers").row("provider", "ABCCD29TXP7M3QD"); !strings.Contains(row, "Direct its own use") ||
		!strings.Contains(row, "direct access approved") {
		t.Errorf("a taxpayer's own client is %q", row)
	}
}

func TestFirmsAreListedWithTheirCredentials(t *testing.T) {
	p := visit(t, "/w/firms").open("/providers")
	for pan, want := range map[string]string{
		"AADCV8642S": "Vindhya Tax Network Private Limited GSP AADCV8642S 9876540005 api@vindhya.example none yet",
		"AAFCC4321K": "Sahyadri GST Suvidha Private Limited ERP AAFCC4321K 9876540001 api@sahyadri.example AAFCC29ERP82ZSO",
	} {
		if got := p.row("organisation", pan); got != want {
			t.Errorf("the firm is %q; want %q", got, want)
		}
	}
}

func TestTaxpayersAreShownInWords(t *testing.T) {
	v := visit(t, "/w/words")
	p := v.open("/taxpayers")
	dakshin := p.row("taxpayer", "29ABCCD1234E1Z1")
	for _, want := range []string{"Active", "Regular (REG)", "dakshin29 / Dakshin@2024"} {
		if !strings.Contains(dakshin, want) {
			t.Errorf("%q does not show %s", dakshin, want)
		}
	}
	v.json("PATCH", v.control+"/control/v1/taxpayers/29ABCCD1234E1Z1", `{"eInvoiceEnabled":false,"transporterOnly":true}`)
	if row := v.open("/taxpayers").row("taxpayer", "29ABCCD1234E1Z1"); !strings.HasSuffix(row,
		"not enabled for e-invoicing, transporter only") {
		t.Errorf("the notes are in %q", row)
	}
	p = v.open("/taxpayers?q=nobody+at+all")
	if all := p.marked("href", "/w/words/taxpayers"); !strings.Contains(p.text, "No taxpayer matches") ||
		!slices.Contains(all, "Show all taxpayers") || len(p.elements("table")) != 0 {
		t.Errorf("a search without results shows %s", text(p.doc))
	}
}
