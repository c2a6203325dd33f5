package irpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// caller is a program that uses the API.
type caller struct {
	w                      *place
	env                    string
	clientID, clientSecret string
	gstin, name, password  string
	appKey                 []byte
	token                  string
	portal                 string // the header irp; empty: none
	sek                    []byte
}

// as returns a changed copy of the caller.
func (c *caller) as(change func(*caller)) *caller {
	other := *c
	change(&other)
	return &other
}

func (c *caller) authHeaders() map[string]string {
	return map[string]string{
		"Content-Type": "application/json", "client_id": c.clientID, "client_secret": c.clientSecret, "Gstin": c.gstin,
	}
}

func (c *caller) headers() map[string]string {
	h := c.authHeaders()
	h["user_name"], h["AuthToken"] = c.name, c.token
	if c.portal != "" {
		h["irp"] = c.portal
	}
	return h
}

// envelope is an answer of the API.
type envelope struct {
	t    testing.TB
	doc  object
	data []byte // opened
}

// read checks what every answer must have: HTTP 200, the four members,
// Status a number, and either Data or ErrorDetails.
func read(t testing.TB, r reply) envelope {
	t.Helper()
	if r.status != http.StatusOK || r.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Fatalf("answered %d %s %s", r.status, r.header.Get("Content-Type"), r.body)
	}
	e := envelope{t: t, doc: r.object(t)}
	members := slices.Sorted(maps.Keys(e.doc))
	if diff := cmp.Diff([]string{"Data", "ErrorDetails", "InfoDtls", "Status"}, members); diff != "" {
		t.Errorf("members of %s: %s", r.body, diff)
	}
	good := e.doc["Status"] == 1.0 && e.doc["Data"] != nil && e.doc["ErrorDetails"] == nil
	bad := e.doc["Status"] == 0.0 && e.doc["Data"] == nil && e.doc["ErrorDetails"] != nil
	if !good && !bad {
		t.Errorf("neither good nor bad: %s", r.body)
	}
	return e
}

// codes are those of ErrorDetails; every row has exactly a code and a message, both text.
func (e envelope) codes() []string {
	e.t.Helper()
	rows, _ := e.doc["ErrorDetails"].([]any)
	var codes []string
	for _, row := range rows {
		row := row.(object)
		code, isText := row["ErrorCode"].(string)
		if message, _ := row["ErrorMessage"].(string); !isText || message == "" || len(row) != 2 {
			e.t.Errorf("a row of ErrorDetails: %v", row)
		}
		codes = append(codes, code)
	}
	return codes
}

func (e envelope) refused(code string) envelope {
	e.t.Helper()
	if got := e.codes(); !slices.Equal(got, []string{code}) {
		e.t.Errorf("answered %v; want %s", e.doc, code)
	}
	return e
}

// good wants Status 1 and returns the content of Data.
func (e envelope) good() object {
	e.t.Helper()
	if e.doc["Status"] != 1.0 {
		e.t.Fatalf("refused: %v", e.doc)
	}
	var doc object
	if err := json.Unmarshal(e.data, &doc); err != nil {
		e.t.Fatalf("%v in %s", err, e.data)
	}
	return doc
}

// credentials is the JSON of a login.
func (c *caller) credentials() object {
	return object{
		"UserName": c.name, "Password": c.password,
		"AppKey": base64.StdEncoding.EncodeToString(c.appKey), "ForceRefreshAccessToken": false,
	}
}

// sealed is the body of an auth call.
func (c *caller) sealed(plain []byte) []byte {
	c.w.t.Helper()
	text := base64.StdEncoding.EncodeToString(plain)
	return encode(c.w.t, object{"Data": rsaSeal(c.w.t, c.w.keys[c.env], []byte(text))})
}

func (c *caller) authWith(body []byte) envelope {
	c.w.t.Helper()
	return read(c.w.t, c.w.send("POST", c.w.base[c.env]+"/eivital/v1.04/auth", c.authHeaders(), body))
}

func (c *caller) auth(change object) envelope {
	c.w.t.Helper()
	e := c.authWith(c.sealed(encode(c.w.t, with(c.credentials(), change))))
	if e.doc["Data"] != nil {
		e.data = encode(c.w.t, e.doc["Data"])
	}
	return e
}

// login authenticates and keeps token and SEK.
func (c *caller) login() *caller {
	c.w.t.Helper()
	c.keep(c.auth(nil).good())
	return c
}

func (c *caller) keep(login object) {
	c.w.t.Helper()
	sek, err := aesOpen(c.appKey, login["Sek"].(string))
	if err != nil || len(sek) != 32 {
		c.w.t.Fatalf("SEK of %d bytes, %v", len(sek), err)
	}
	c.token, c.sek = login["AuthToken"].(string), sek
}

// call sends a sealed document, or nothing with GET, and opens the answer.
func (c *caller) call(method, path string, plain []byte, headers ...string) envelope {
	c.w.t.Helper()
	var body []byte
	if method == "POST" {
		body = encode(c.w.t, object{"Data": aesSeal(c.sek, plain)})
	}
	return c.callWith(method, path, body, headers...)
}

func (c *caller) callWith(method, path string, body []byte, headers ...string) envelope {
	c.w.t.Helper()
	h := c.headers()
	for i := 0; i < len(headers); i += 2 {
		h[headers[i]] = headers[i+1]
	}
	e := read(c.w.t, c.w.send(method, c.w.base[c.env]+path, h, body))
	if data, ok := e.doc["Data"].(string); ok {
		plain, err := aesOpen(c.sek, data)
		if err != nil {
			c.w.t.Fatalf("opening an answer: %v", err)
		}
		e.data = plain
	}
	return e
}

// The calls of the contract.

func (c *caller) generate(invoice object) envelope {
	c.w.t.Helper()
	return c.call("POST", "/eicore/v1.03/Invoice", encode(c.w.t, invoice))
}

func (c *caller) cancel(irn string, headers ...string) envelope {
	c.w.t.Helper()
	return c.call("POST", "/eicore/v1.03/Invoice/Cancel",
		encode(c.w.t, object{"Irn": irn, "CnlRsn": "1", "CnlRem": "Wrong entry"}), headers...)
}

func (c *caller) byIRN(irn string, headers ...string) envelope {
	c.w.t.Helper()
	return c.call("GET", "/eicore/v1.03/Invoice/irn/"+irn, nil, headers...)
}

func (c *caller) byDocument(typ, number, date string, headers ...string) envelope {
	c.w.t.Helper()
	// Slashes go out as they are, as from the clients in use.
	return c.call("GET", "/eicore/v1.03/Invoice/irnbydocdetails?doctype="+typ+"&docnum="+number+"&docdate="+date, nil,
		headers...)
}

// invoice is a valid B2B invoice within Karnataka, of one line.
func invoice(number string) object {
	party := func(gstin, name, address, place string, pin int) object {
		return object{"Gstin": gstin, "LglNm": name, "Addr1": address, "Loc": place, "Pin": pin, "Stcd": "29"}
	}
	n := func(digits string) json.Number { return json.Number(digits) }
	return object{
		"Version":    "1.1",
		"TranDtls":   object{"TaxSch": "GST", "SupTyp": "B2B"},
		"DocDtls":    object{"Typ": "INV", "No": number, "Dt": "15/07/2026"},
		"SellerDtls": party(dakshin.gstin, "Dakshin Components Private Limited", "No. 12 Mayura House", "Bengaluru", 560001),
		"BuyerDtls":  with(party(deccan.gstin, "Deccan Trading House", "Shop 5", "Hubballi", 580020), object{"Pos": "29"}),
		"ItemList": []any{object{
			"SlNo": "1", "IsServc": "N", "PrdDesc": "Bearings", "HsnCd": "847130", "Qty": n("1"), "Unit": "NOS",
			"UnitPrice": n("1000.00"), "TotAmt": n("1000.00"), "AssAmt": n("1000.00"), "GstRt": n("18"),
			"CgstAmt": n("90.0"), "SgstAmt": n("90.00"), "TotItemVal": n("1180.00"),
		}},
		"ValDtls": object{"AssVal": n("1000.00"), "CgstVal": n("90.0"), "SgstVal": n("90.00"), "TotInvVal": n("1180.0")},
	}
}

// changed is an invoice with other members in one of its blocks.
func changed(document object, block string, change object) object {
	before, _ := document[block].(object)
	return with(document, object{block: with(before, change)})
}
