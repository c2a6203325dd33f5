package irpapi_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
)

// The answer to every request is an envelope with a code of NIC's, as read wants it:
// no 5xx, no hang. A registered invoice can be read again unchanged.

// FuzzRequest varies the content of a call's Data.
func FuzzRequest(f *testing.F) {
	u := open(f).world(f).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	paths := []string{"/eicore/v1.03/Invoice", "/eicore/v1.03/Invoice/Cancel", "/eiewb/v1.03/ewaybill"}
	first := u.generate(with(invoice("F-1"), object{"EwbDtls": byRoad})).good()["Irn"].(string)
	for i, seed := range []object{
		with(invoice("F-2"), object{"EwbDtls": byRoad}),
		{"Irn": first, "CnlRsn": "1", "CnlRem": "x"},
		with(byRoad, object{"Irn": first}),
		{"ewbNo": 111000000001, "cancelRsnCode": 2, "cancelRmrk": "x"},
	} {
		f.Add(uint8(i), string(encode(f, seed)))
	}
	f.Fuzz(func(t *testing.T, call uint8, plain string) {
		c := u.as(func(c *caller) { c.w = c.w.in(t) })
		if call %= 4; call == 3 {
			if done, code := c.ewayapi("CANEWB", aesSeal(c.sek, []byte(plain))); done == nil && code == "" {
				t.Errorf("neither good nor refused")
			}
			return
		}
		e := c.call("POST", paths[call], []byte(plain))
		for _, code := range e.codes() {
			if len(code) != 4 || strings.Trim(code, "0123456789") != "" {
				t.Errorf("code %q", code)
			}
		}
		if call == 0 && e.doc["Status"] == 1.0 {
			c.readsBack(e)
		}
	})
}

// FuzzLogin varies the content of a login's Data.
func FuzzLogin(f *testing.F) {
	u := open(f).world(f).user("sandbox", dakshin, sahyadri, "dakshin_api")
	f.Add(string(encode(f, u.credentials())))
	f.Fuzz(func(t *testing.T, plain string) {
		if base64.StdEncoding.EncodedLen(len(plain)) > 245 {
			t.Skip("more than one block of RSA holds")
		}
		c := u.as(func(c *caller) { c.w = c.w.in(t) })
		e := c.authWith(c.sealed([]byte(plain)))
		inside := []string{"1007", "1016", "1017", "1018", "1019"}
		if codes := e.codes(); e.doc["Status"] != 1.0 && (len(codes) != 1 || !slices.Contains(inside, codes[0])) {
			t.Errorf("answered %v", e.doc)
		}
	})
}

// FuzzEnvelope is a body of any call, with the Data not sealed by anyone.
func FuzzEnvelope(f *testing.F) {
	w := open(f).world(f)
	w.settings(object{"irpV103": true})
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	f.Add(string(u.sealed(encode(f, u.credentials()))))
	f.Add(string(encode(f, object{"Data": aesSeal(u.sek, []byte("{}"))})))
	f.Add(`{"data":{"UserName":"dakshin_api","Password":"AA==","AppKey":"AA==","ForceRefreshAccessToken":true}}`)
	f.Fuzz(func(t *testing.T, body string) {
		c := u.as(func(c *caller) { c.w = c.w.in(t) })
		c.authWith([]byte(body))
		c.callWith("POST", "/eicore/v1.03/Invoice", []byte(body))
		read(t, c.w.send("POST", c.w.base["sandbox"]+"/eivital/v1.03/auth", c.authHeaders(), []byte(body)))
		r := c.w.send("POST", c.w.base["sandbox"]+"/ewaybillapi/v1.03/ewayapi", c.headers(), []byte(body))
		if doc := r.object(t); r.status != 200 || doc["status"] != "0" && doc["status"] != "1" {
			t.Errorf("ewayapi answered %d %s", r.status, r.body)
		}
	})
}
