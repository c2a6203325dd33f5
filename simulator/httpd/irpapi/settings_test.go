package irpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The three forms of ErrorDetails that were seen in the wild hold the same rows.
func TestErrorDetailsForms(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	rows := func(form string) any {
		w.settings(object{"irpErrorDetails": form})
		return u.byIRN("x").doc["ErrorDetails"]
	}
	array := rows("array")
	decode := func(text []byte) any {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Errorf("%v in %s", err, text)
		}
		return v
	}
	if diff := cmp.Diff(array, decode([]byte(rows("json").(string)))); diff != "" {
		t.Error(diff)
	}
	text, err := base64.StdEncoding.DecodeString(rows("base64").(string))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(array, decode(text)); diff != "" {
		t.Error(diff)
	}
}

func TestFigures(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	produced := w.user("production", dakshin, sahyadri, "dakshin_api")
	w.settings(object{
		"tokenLifetimeSandbox": "20m", "tokenLifetimeProduction": "30m", "cancelWindow": "5m", "readWindow": "24h",
		"aatoThresholdCrore": 100, "maxDocumentAgeDays": 3, "floorDate": "2026-07-01",
	})
	if got := u.auth(nil).good()["TokenExpiry"]; got != "2026-07-15 10:50:42" {
		t.Errorf("sandbox: %v", got)
	}
	if got := produced.auth(nil).good()["TokenExpiry"]; got != "2026-07-15 11:00:42" {
		t.Errorf("production: %v", got)
	}
	irn := u.login().generate(invoice("S-1")).good()["Irn"].(string)
	u.generate(changed(invoice("S-2"), "DocDtls", object{"Dt": "11/07/2026"})).refused("2305")
	u.generate(changed(invoice("S-3"), "DocDtls", object{"Dt": "12/07/2026"})).good()
	if codes := u.generate(changed(invoice("S-4"), "DocDtls", object{"Dt": "30/06/2026"})).codes(); !slices.Equal(codes,
		[]string{"2284", "2305"}) {
		t.Errorf("before the floor: %v", codes)
	}
	w.advance("5m1s")
	u.cancel(irn).refused("2270")
	w.advance("24h")
	u.login().byIRN(irn).refused("2283")
}

func TestUnknownGSTIN(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	const nobody = "29AAPFU0939F1ZR"
	doc := changed(invoice("U-1"), "BuyerDtls", object{"Gstin": nobody})
	e := u.generate(doc).refused("3028")
	if row := e.doc["ErrorDetails"].([]any)[0].(object)["ErrorMessage"].(string); !strings.Contains(row, nobody) {
		t.Errorf("says %q", row)
	}
	w.settings(object{"unknownGstin": "synthesise"})
	u.generate(doc).good()
}

// Rules are switched by name, and only those that there are.
func TestRulesByName(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	doc := changed(invoice("X-1"), "DocDtls", object{"Dt": "16/07/2026"})
	u.generate(doc).refused("2163")
	w.settings(object{"rules": object{"document-date-future": false}})
	u.generate(doc).good()

	r := w.send("PUT", w.base["control"]+"/settings", map[string]string{"Content-Type": "application/json"},
		[]byte(`{"cancelWindow":"0s","rules":{"no-such-rule":false,"document-age":true,"a-typo":true}}`))
	var fields []string
	for _, row := range r.object(t)["errors"].([]any) {
		fields = append(fields, row.(object)["field"].(string))
	}
	if r.status != http.StatusUnprocessableEntity ||
		!slices.Equal(fields, []string{"cancelWindow", "rules.a-typo", "rules.no-such-rule", "rules"}) {
		t.Errorf("answered %d %s", r.status, r.body)
	}
	if got := w.control("GET", "/settings", nil).object(t); len(got["rules"].(object)) != 1 {
		t.Errorf("settings that were refused are in force: %v", got["rules"])
	}
}

// The rules of the calls are switched by name too.
func TestRulesOfCallsByName(t *testing.T) {
	w := open(t).world(t)
	user := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	u := user.login()
	irn := u.generate(invoice("C-1")).good()["Irn"].(string)
	expiry := user.auth(nil).good()["TokenExpiry"]
	w.settings(object{"readWindow": "1ns", "cancelWindow": "1ns"})
	w.advance("1m")
	u.byIRN(irn).refused("2283")
	u.cancel(irn).refused("2270")
	if got := user.auth(object{"ForceRefreshAccessToken": true}).good()["TokenExpiry"]; got != expiry {
		t.Errorf("a token was renewed an hour before its expiry: %v", got)
	}
	w.settings(object{"readWindow": "1ns", "cancelWindow": "1ns",
		"rules": object{"read-window": false, "cancel-window": false, "token-refresh-window": false}})
	u.byIRN(irn).good()
	u.cancel(irn).good()
	if got := user.auth(object{"ForceRefreshAccessToken": true}).good()["TokenExpiry"]; got == expiry {
		t.Errorf("the token was not renewed: %v", got)
	}
}

// The journal shows the content of sealed texts, hides secrets, and has the reason of a refusal.
func TestJournal(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	newest := func() object { return w.requests()[0] }

	login := newest()
	want := object{"UserName": u.name, "Password": "***", "AppKey": "***", "ForceRefreshAccessToken": false}
	sent := login["request"].(object)
	if mark, _ := sent["AppKeyFingerprint"].(string); len(mark) != 8 {
		t.Errorf("the fingerprint of the AppKey is %q", mark)
	}
	delete(sent, "AppKeyFingerprint")
	if diff := cmp.Diff(want, sent); diff != "" {
		t.Error(diff)
	}
	if got := login["response"].(object); got["AuthToken"] != "***" || got["Sek"] != "***" || got["UserName"] != u.name {
		t.Errorf("login answered: %v", got)
	}
	u.authWith([]byte(`{"Data":"bm90aGluZw=="}`)).refused("1013")
	if got := newest(); got["request"] != nil || got["reason"].(object)["nicCode"] != "1013" {
		t.Errorf("a login that does not open: %v", got)
	}
	u.auth(object{"AppKey": "short"}).refused("1016")
	if got := newest()["request"]; got.(object)["UserName"] != u.name {
		t.Errorf("a login with a bad AppKey: %v", got)
	}

	e := u.generate(invoice("J-1"))
	got := newest()
	if got["request"].(object)["DocDtls"].(object)["No"] != "J-1" || got["response"].(object)["Irn"] != e.good()["Irn"] ||
		got["reason"] != nil {
		t.Errorf("generate: %v", got)
	}
	field := func() object { return newest()["reason"].(object)["fields"].([]any)[0].(object) }

	u.generate(changed(invoice("J-2"), "DocDtls", object{"Dt": "16/07/2026"})).refused("2163")
	want = object{
		"field": "DocDtls.Dt", "code": "2163", "rule": "document-date-future", "want": "15/07/2026 or before",
		"message": field()["message"],
	}
	if diff := cmp.Diff(want, field()); diff != "" {
		t.Error(diff)
	}
	u.generate(changed(invoice("J-3"), "SellerDtls", object{"Pin": 5})).refused("5002")
	if got := field(); got["field"] != "SellerDtls.Pin" || got["rule"] == "" || got["want"] == "" {
		t.Errorf("schema: %v", got)
	}
	u.call("POST", "/eicore/v1.03/Invoice/Cancel",
		[]byte(`{"Irn":"`+e.good()["Irn"].(string)+`","CnlRsn":"7","CnlRem":"x"}`)).refused("5002")
	if got := field(); got["field"] != "CnlRsn" || got["want"] != "one of 1, 2, 3, 4" {
		t.Errorf("cancel: %v", got)
	}
	u.ship(e.good()["Irn"].(string), object{"VehNo": nil}).refused("4011")
	if got := field(); got["field"] != "VehNo" || got["rule"] != "ewb-vehicle-number" {
		t.Errorf("e-way bill: %v", got)
	}

	// Content that is not JSON, or not UTF-8, is shown by its size, so that the journal stays readable.
	for _, plain := range []string{"{", "{\"Version\":\"\xff\"}"} {
		u.call("POST", "/eicore/v1.03/Invoice", []byte(plain)).refused("5002")
		if got := newest()["request"]; !cmp.Equal(got, any(object{"bytesNotShown": float64(len(plain))})) {
			t.Errorf("of %q: %v", plain, got)
		}
	}

	all := string(w.control("GET", "/requests", nil).body)
	for name, hidden := range map[string]string{
		"password": u.password, "client secret": u.clientSecret, "AuthToken": u.token,
		"AppKey": base64.StdEncoding.EncodeToString(u.appKey), "SEK": base64.StdEncoding.EncodeToString(u.sek),
	} {
		if strings.Contains(all, hidden) {
			t.Errorf("the %s is in the journal", name)
		}
	}
}
