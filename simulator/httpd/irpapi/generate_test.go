package irpapi_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// irnOf is NIC's published recipe.
func irnOf(gstin, year, typ, number string) string {
	sum := sha256.Sum256([]byte(gstin + year + typ + number))
	return hex.EncodeToString(sum[:])
}

func TestGenerate(t *testing.T) {
	s := open(t)
	for env, issuer := range map[string]string{"sandbox": "NIC Sandbox", "production": "NIC"} {
		t.Run(env, func(t *testing.T) {
			w := s.world(t)
			u := w.user(env, dakshin, sahyadri, "dakshin_api").login()
			e := u.generate(invoice("Ab/1"))
			got := e.good()
			want := object{
				"AckNo": got["AckNo"], "AckDt": "2026-07-15 10:30:42", "Irn": irnOf(dakshin.gstin, "2026-27", "INV", "AB/1"),
				"SignedInvoice": got["SignedInvoice"], "SignedQRCode": got["SignedQRCode"], "Status": "ACT",
				"EwbNo": nil, "EwbDt": nil, "EwbValidTill": nil, "Remarks": nil,
			}
			if diff := cmp.Diff(want, got); diff != "" || e.doc["InfoDtls"] != nil {
				t.Error(diff, e.doc["InfoDtls"])
			}
			// A node of two digits, the year, and a number.
			if no := regexp.MustCompile(`"AckNo":[0-9]{2}26[0-9]{11},`); !no.Match(e.data) {
				t.Errorf("AckNo in %s", e.data)
			}
			certificate := w.control("GET", "/signing-certificates/"+env+".pem", nil).body

			iss, data := jwsOpen(t, got["SignedInvoice"].(string), certificate)
			ack := `{"AckNo":` + json.Number(digitsOf(e.data, "AckNo")).String() + `,"AckDt":"2026-07-15 10:30:42","Irn":"` +
				want["Irn"].(string) + `","Version":"1.1",`
			if iss != issuer || !strings.HasPrefix(data, ack) {
				t.Errorf("SignedInvoice of %s: %s\nwant %s", iss, data, ack)
			}
			for _, sent := range []string{`"No":"Ab/1"`, `"UnitPrice":1000.00`, `"CgstAmt":90.0,`, `"SgstAmt":90.00,`,
				`"GstRt":18,`, `"TotInvVal":1180.0}`, `"ItemNo":0,`} {
				if !strings.Contains(data, sent) {
					t.Errorf("no %s in %s", sent, data)
				}
			}
			iss, data = jwsOpen(t, got["SignedQRCode"].(string), certificate)
			qr := `{"SellerGstin":"29ABCCD1234E1Z1","BuyerGstin":"29ABCPD1234E2Z9","DocNo":"Ab/1","DocTyp":"INV","DocDt":"15/07/2026",` +
				`"TotInvVal":1180.0,"ItemCnt":1,"MainHsnCode":"847130","Irn":"` + want["Irn"].(string) +
				`","IrnDt":"2026-07-15 10:30:42"}`
			if diff := cmp.Diff(qr, data); diff != "" || iss != issuer {
				t.Error(iss, diff)
			}
			u.readsBack(e)
		})
	}
}

// readsBack wants a read to return the object that generate returned, in the same order, but for the seconds of AckDt.
func (c *caller) readsBack(made envelope) {
	c.w.t.Helper()
	want := strings.Replace(string(made.data), `"AckDt":"2026-07-15 10:30:42"`, `"AckDt":"2026-07-15 10:31:00"`, 1)
	if diff := cmp.Diff(want, string(c.byIRN(made.good()["Irn"].(string)).data)); diff != "" {
		c.w.t.Error(diff)
	}
}

// digitsOf is a number as it stands in a document.
func digitsOf(document []byte, member string) string {
	return regexp.MustCompile(`"` + member + `":([0-9.]+)`).FindStringSubmatch(string(document))[1]
}

// The signed copy keeps the digits: numbers that binary floating point does not hold.
func TestDigitsKept(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	doc := invoice("D-1")
	line := doc["ItemList"].([]any)[0].(object)
	line["Qty"], line["UnitPrice"] = json.Number("0.100"), json.Number("10000.000")
	got := u.generate(doc).good()
	_, data := jwsOpen(t, got["SignedInvoice"].(string), u.w.control("GET", "/signing-certificates/sandbox.pem", nil).body)
	if !strings.Contains(data, `"Qty":0.100,`) || !strings.Contains(data, `"UnitPrice":10000.000,`) {
		t.Errorf("signed %s", data)
	}
}

// Forms that clients send besides NIC's: names in other cases, numbers as text, padding,
// null for optional members.
func TestInvoiceLeniency(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for name, change := range map[string]func(object) object{
		"number as text":      func(d object) object { return changed(d, "ValDtls", object{"TotInvVal": "1180.00"}) },
		"state of two digits": func(d object) object { return changed(d, "BuyerDtls", object{"Pos": "29"}) },
		"type in lower case":  func(d object) object { return changed(d, "DocDtls", object{"Typ": "inv"}) },
		"padded code":         func(d object) object { return changed(d, "TranDtls", object{"SupTyp": "B2B "}) },
		"null blocks": func(d object) object {
			return with(d, object{"PayDtls": json.RawMessage("null"), "EwbDtls": json.RawMessage("null")})
		},
		"name in other case": func(d object) object {
			return with(d, object{"docdtls": d["DocDtls"], "DocDtls": nil})
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc := changed(invoice("x"), "DocDtls", object{"No": "L-" + irnOf(name, "", "", "")[:8]})
			u.as(func(c *caller) { c.w = c.w.in(t) }).generate(change(doc)).good()
		})
	}
}

// Schema first and alone, all violations together; then every rule; then the duplicate.
func TestGenerateOrder(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	doc := invoice("O-1")
	u.generate(doc).good()
	broken := changed(doc, "ValDtls", object{"TotInvVal": 5000}) // breaks a rule
	if codes := u.generate(broken).codes(); len(codes) == 0 || codes[0] == "2150" || codes[0] == "5002" {
		t.Errorf("a rule before the duplicate: %v", codes)
	}
	misshapen := changed(changed(broken, "DocDtls", object{"Dt": "2026-07-15"}), "SellerDtls", object{"Loc": ""})
	if codes := u.generate(misshapen).codes(); !slices.Equal(codes, []string{"5002", "5002", "5002"}) {
		t.Errorf("the schema alone: %v", codes)
	}
}

func TestDuplicate(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	first := u.generate(invoice("dup-1"))
	registered := first.good()
	w.advance("1h30s")
	u.login()
	for _, number := range []string{"dup-1", "DUP-1"} {
		again := u.generate(invoice(number)).refused("2150")
		want := []any{object{"InfCd": "DUPIRN",
			"Desc": object{"AckNo": registered["AckNo"], "AckDt": "2026-07-15 10:31:00", "Irn": registered["Irn"]}}}
		if diff := cmp.Diff(any(want), again.doc["InfoDtls"]); diff != "" {
			t.Error(diff)
		}
	}
	irn := registered["Irn"].(string)
	u.cancel(irn).good()
	if e := u.generate(invoice("dup-1")).refused("2278"); e.doc["InfoDtls"] != nil {
		t.Errorf("%v", e.doc)
	}
	if got := u.byIRN(irn).good(); got["Status"] != "CNL" {
		t.Errorf("read after the cancellation: %v", got)
	}
}

// On either side of 1 June 2025 a number is hashed as sent, and upper-cased.
func TestNumberCase(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	dated := func(number string) object {
		return changed(invoice(number), "DocDtls", object{"Dt": "31/05/2025"})
	}
	w.clock("2025-05-31T23:59:00+05:30")
	u.login()
	lower := u.generate(dated("abc")).good()["Irn"].(string)
	upper := u.generate(dated("ABC")).good()["Irn"].(string)
	if lower != irnOf(dakshin.gstin, "2025-26", "INV", "abc") || upper != irnOf(dakshin.gstin, "2025-26", "INV", "ABC") {
		t.Errorf("before: %s, %s", lower, upper)
	}
	u.generate(dated("abc")).refused("2150")
	w.clock("2025-06-01T00:00:00+05:30")
	u.generate(dated("abc")).refused("2150") // it is ABC now
	mixed := u.generate(dated("aBd")).good()["Irn"].(string)
	if mixed != irnOf(dakshin.gstin, "2025-26", "INV", "ABD") {
		t.Errorf("from then on: %s", mixed)
	}
	for number, want := range map[string]string{"abc": lower, "ABC": upper, "aBC": upper, "abd": mixed, "ABD": mixed} {
		if got := u.byDocument("INV", number, "31/05/2025").good()["Irn"]; got != want {
			t.Errorf("read by %s: %v", number, got)
		}
	}
}
