package irpapi_test

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// Paths in any case, doubled slashes, a slash at the end, query names in any case.
func TestPaths(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	irn := u.generate(invoice("P-1")).good()["Irn"].(string)
	for _, path := range []string{
		"/eicore/v1.03/Invoice/irn/" + irn,
		"/EICORE/V1.03/INVOICE/IRN/" + strings.ToUpper(irn),
		"//eicore//v1.03///Invoice/irn//" + irn,
		"/eicore/v1.03/invoice/irnbydocdetails?doctype=INV&docnum=P-1&docdate=15/07/2026",
		"/eicore/v1.03/Invoice/irn/" + irn + "/",
		"/eicore/v1.03/Invoice/irnbydocdetails/?doctype=INV&docnum=P-1&docdate=15/07/2026",
		"/eicore/v1.03/Invoice//IrnByDocDetails?DocType=inv&DOCNUM=p-1&docDate=15%2F07%2F2026",
	} {
		if got := u.call("GET", path, nil).good()["Irn"]; got != irn {
			t.Errorf("%s: %v", path, got)
		}
	}
	u.call("POST", "//EIcore/v1.03/invoice/CANCEL", []byte("{}")).refused3(t)
	u.call("POST", "/eicore/v1.03/cancel", encode(t, object{"Irn": irn, "CnlRsn": "4", "CnlRem": "-"})).good()
	for _, path := range []string{"/eivital/v1.03/Master/", "/eivital/v1.04/master/", "/eivital/v1.04/MASTER//sync"} {
		u.call("GET", path+"gstin/"+strings.ToLower(u.gstin), nil).good()
	}
	auth := u.as(func(c *caller) { c.w = w })
	body := auth.sealed(encode(t, u.credentials()))
	if r := w.send("POST", w.base["sandbox"]+"//EIVITAL/v1.04//Auth", u.authHeaders(), body); read(t,
		r).doc["Status"] != 1.0 {
		t.Errorf("auth: %s", r.body)
	}
}

// refused3 wants the three violations of an empty cancellation.
func (e envelope) refused3(t *testing.T) {
	t.Helper()
	if got := e.codes(); len(got) != 3 || got[0] != "5002" {
		t.Errorf("answered %v", e.doc)
	}
}

// Any body of a GET is ignored.
func TestBodyOfGET(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for _, body := range []string{`{"Data":"x"}`, "{", strings.Repeat("x", 100_000)} {
		u.callWith("GET", details+u.gstin, []byte(body)).good()
	}
}

// Refusals outside the rules are plain HTTP.
func TestPlainHTTP(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for _, c := range []struct {
		env, method, path string
		body              []byte
		status            int
		allow             string
	}{
		{"sandbox", "GET", "/eicore/v1.03/Nothing", nil, 404, ""},
		{"sandbox", "GET", "/eicore/v1.04/Invoice", nil, 404, ""},
		{"sandbox", "POST", "/eivital/v1.03/auth", nil, 404, ""}, // off
		{"production", "POST", "/ewaybillapi/v1.03/ewayapi", nil, 404, ""},
		{"sandbox", "GET", "/eivital/v1.04/auth", nil, 405, "POST"},
		{"sandbox", "PUT", "/eicore/v1.03/Invoice", nil, 405, "POST"},
		{"sandbox", "POST", "/eicore/v1.03/Invoice/irn/x", nil, 405, "GET, HEAD"},
		{"sandbox", "POST", "/eicore/v1.03/Invoice", bytes.Repeat([]byte("x"), 4<<20+1), 413, ""},
		{"sandbox", "POST", "/eivital/v1.04/auth", bytes.Repeat([]byte("x"), 4<<20+1), 413, ""},
	} {
		r := w.send(c.method, w.base[c.env]+c.path, u.headers(), c.body)
		if r.status != c.status || r.header.Get("Allow") != c.allow || bytes.Contains(r.body, []byte("ErrorDetails")) {
			t.Errorf("%s %s %s: %d, Allow %q, %s", c.env, c.method, c.path, r.status, r.header.Get("Allow"), r.body)
		}
	}
}

// The retired login says how it is switched on.
func TestRetiredLoginNamesItsSetting(t *testing.T) {
	w := open(t).world(t)
	const path = "/eivital/v1.03/auth"
	for _, method := range []string{"POST", "GET", "PUT", "DELETE", "PATCH"} {
		r := w.send(method, w.base["sandbox"]+path, nil, nil)
		if r.status != 404 || r.header.Get("Allow") != "" || !bytes.Contains(r.body, []byte("irpV103")) {
			t.Errorf("%s: answered %d %s", method, r.status, r.body)
		}
	}
	if r := w.send("HEAD", w.base["sandbox"]+path, nil, nil); r.status != 404 {
		t.Errorf("HEAD: answered %d", r.status)
	}
	w.settings(object{"irpV103": true})
	if r := w.send("GET", w.base["sandbox"]+path, nil, nil); r.status != 405 || r.header.Get("Allow") != "POST" {
		t.Errorf("switched on, GET answered %d, Allow %q", r.status, r.header.Get("Allow"))
	}
	if r := w.send("POST", w.base["sandbox"]+path, nil, nil); r.status != 200 {
		t.Errorf("switched on, answered %d %s", r.status, r.body)
	}
}

func TestHealth(t *testing.T) {
	w := open(t).world(t)
	for _, env := range []string{"sandbox", "production"} {
		r := w.send("GET", w.base[env]+"/eivital/v1.04/heartbeat/ping", nil, nil)
		if r.status != http.StatusOK || string(r.body) != "e-Invoice Vital:-15-07-2026 10:30:42" ||
			!strings.HasPrefix(r.header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s: %d %s %q", env, r.status, r.header.Get("Content-Type"), r.body)
		}
	}
}

func TestTaxpayerDetails(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for _, call := range []string{"/eivital/v1.04/Master/gstin/", "/eivital/v1.04/Master/syncgstin/"} {
		got := u.call("GET", call+dakshin.gstin, nil).good()
		for name, want := range (object{
			"Gstin": dakshin.gstin, "TradeName": "Dakshin Components", "LegalName": "Dakshin Components Private Limited",
			"AddrBnm": "No. 12 Mayura House", "AddrBno": "12", "AddrFlno": "2nd Floor", "AddrSt": "Old Mill Road",
			"AddrLoc":   "Bengaluru",
			"StateCode": 29.0, "AddrPncd": 560001.0, "TxpType": "REG", "Status": "ACT", "BlkStatus": "U", "DtReg": "2017-07-01",
			"DtDReg": nil,
		}) {
			if value, there := got[name]; !there || value != want || len(got) != 15 {
				t.Errorf("%s: %s is %v; want %v", call, name, value, want)
			}
		}
		for gstin, status := range map[string]string{
			"27ABCFC2345K1ZH": "CNL", "09ABCCI3456L1Z7": "INA", "24ABCCP4567M1Z0": "PRO", "08ABCCS5678N1ZJ": "SUS",
		} {
			if got := u.call("GET", call+gstin, nil).good(); got["Status"] != status {
				t.Errorf("%s is %v", gstin, got)
			}
		}
		u.call("GET", call+"27AAPFU0939F1ZV", nil).refused("3001")
		u.call("GET", call+"27AAPFU0939F1ZA", nil).refused("3001") // the check character is not judged
		u.call("GET", call+"27AAPFU", nil).refused("3030")
	}
	w.settings(object{"unknownGstin": "synthesise"})
	first := u.call("GET", details+"27AAPFU0939F1ZV", nil).good()
	again := u.call("GET", details+"27AAPFU0939F1ZV", nil).good()
	if first["Status"] != "ACT" || first["TxpType"] != "REG" || first["LegalName"] == "" ||
		string(encode(t, first)) != string(encode(t, again)) {
		t.Errorf("made up: %v, then %v", first, again)
	}
	if !regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(first["DtReg"].(string)) {
		t.Errorf("made up: %v", first)
	}
	u.call("GET", details+"27AAPFU", nil).refused("3030")
}
