package irpapi_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Sealed texts that cannot be opened.
func TestUnopenable(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	good := aesSeal(u.sek, []byte("{}"))
	garbage := slices.Concat(bytes.Repeat([]byte{0xfe, 'x'}, 15), []byte{2, 2})
	for name, data := range map[string]any{
		"another key":                 aesSeal(make([]byte, 32), []byte("{}")),
		"a truncated block":           good[:len(good)-8],
		"no whole block":              base64.StdEncoding.EncodeToString([]byte("short")),
		"no base64":                   "{}",
		"base64 with a hole":          good[:4] + "*" + good[5:],
		"valid padding over garbage":  base64.StdEncoding.EncodeToString(blocks(u.sek, garbage, false)),
		"padding of nothing":          base64.StdEncoding.EncodeToString(blocks(u.sek, make([]byte, 16), false)),
		"another login's RSA":         string(json.RawMessage(strings.Trim(string(u.sealed([]byte("{}"))[8:]), `"}`))),
		"two megabytes of no padding": base64.StdEncoding.EncodeToString(make([]byte, 2<<20)),
	} {
		t.Run(name, func(t *testing.T) {
			c := u.as(func(c *caller) { c.w = w.in(t) })
			body := encode(t, object{"Data": data})
			for _, path := range []string{"/eicore/v1.03/Invoice", "/eicore/v1.03/Invoice/Cancel", "/eiewb/v1.03/ewaybill"} {
				c.callWith("POST", path, body).refused("1020")
			}
			if _, code := c.ewayapi("CANEWB", data); code != "109" {
				t.Errorf("ewayapi: %q", code)
			}
		})
	}
	for _, body := range []string{"", "{", "null", "[]", `"x"`, "{}", `{"Data":null}`, `{"Data":1}`, `{"Data":{}}`,
		`{"Data":["x"]}`, `{"Data":"  "}`, "\xff\xfe", strings.Repeat("[", 100_000)} {
		u.callWith("POST", "/eicore/v1.03/Invoice", []byte(body)).refused("5003")
		u.authWith([]byte(body)).refused("5003")
	}
}

func TestUnopenableLogin(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	key := w.keys["sandbox"]
	good := u.sealed(encode(t, u.credentials()))
	var sealed struct{ Data string }
	if err := json.Unmarshal(good, &sealed); err != nil {
		t.Fatal(err)
	}
	block, err := base64.StdEncoding.DecodeString(sealed.Data)
	if err != nil {
		t.Fatal(err)
	}
	text := base64.StdEncoding.EncodeToString
	for name, data := range map[string]string{
		"a truncated block":        text(block[:255]),
		"a byte more":              text(append(slices.Clone(block), 0)),
		"two blocks":               text(slices.Concat(block, block)),
		"garbage":                  text(bytes.Repeat([]byte{0x5a}, 256)),
		"the modulus":              text(key.N.Bytes()),
		"nought":                   text(make([]byte, 256)),
		"JSON without its base64":  rsaSeal(t, key, encode(t, object{"UserName": "x"})),
		"garbage, sealed well":     rsaSeal(t, key, bytes.Repeat([]byte{0xfe}, 100)),
		"no base64":                "***",
		"two megabytes of letters": strings.Repeat("A", 2<<20),
	} {
		t.Run(name, func(t *testing.T) {
			u.as(func(c *caller) { c.w = w.in(t) }).authWith(encode(t, object{"Data": data})).refused("1013")
		})
	}
	for _, plain := range []string{
		"", "null", "[]", `"x"`, "1", "{", "NaN", "{\xff", strings.Repeat("[", 180), `{"UserName":1}`, `{"AppKey":{}}`,
		`{"Password":[]}`, `{"UserName":"x"}}`, `{"x":1e400,}`,
	} {
		u.authWith(u.sealed([]byte(plain))).refused("1007")
	}
	for plain, code := range map[string]string{
		`{}`: "1016", `{"UserName":null,"Password":null,"AppKey":null}`: "1016", `{"x":1e400,"y":[[[[[]]]]]}`: "1016",
		`{"AppKey":"AAAAAAAAAAAAAAAAAAAAAA=="}`:                                              "1017",
		`{"AppKey":"AAAAAAAAAAAAAAAAAAAAAA==","UserName":"\ud800"}`:                          "1017",
		`{"AppKey":"AAAAAAAAAAAAAAAAAAAAAA==","UserName":"dakshin_api"}`:                     "1019",
		`{"AppKey":"AAAAAAAAAAAAAAAAAAAAAA==","UserName":"dakshin_api","Password":"\udfff"}`: "1019",
	} {
		u.authWith(u.sealed([]byte(plain))).refused(code)
	}
}

// bad are texts that are no invoice, and no other request.
var bad = map[string]string{
	"nothing": "", "null": "null", "an array": "[]", "a text": `"x"`, "a number": "1", "cut off": `{"Version":`,
	"something behind": `{} {}`, "NaN": `{"ValDtls":{"TotInvVal":NaN}}`, "no UTF-8": "{\"Version\":\"\xff\"}",
	"a lone surrogate": `{"Version":"\ud800"}`, "a byte order mark": "\ufeff{}", "NUL": "{\"Version\":\"\x00\"}",
	"nested 100,000 deep": strings.Repeat("[", 100_000), "objects 50,000 deep": strings.Repeat(`{"a":`, 50_000),
	"nested and closed":    `{"x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}",
	"a megabyte of commas": strings.Repeat(",", 1<<20),
	"100,000 members":      "{" + strings.Repeat(`"a":1,`, 100_000) + `"b":2}`,
}

func TestBadRequests(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for name, plain := range bad {
		t.Run(name, func(t *testing.T) {
			c := u.as(func(c *caller) { c.w = w.in(t) })
			for _, path := range []string{"/eicore/v1.03/Invoice", "/eicore/v1.03/Invoice/Cancel", "/eiewb/v1.03/ewaybill"} {
				codes := c.call("POST", path, []byte(plain)).codes()
				for _, code := range codes {
					empty := code == "2255" && (plain == "" || plain == "null")
					if code != "5002" && !empty {
						t.Errorf("%s: %v", path, codes)
					}
				}
				if len(codes) == 0 {
					t.Errorf("%s took it", path)
				}
			}
			want := "100"
			if name == "100,000 members" { // ewbNo is not among them
				want = "301"
			}
			if _, code := c.ewayapi("CANEWB", aesSeal(c.sek, []byte(plain))); code != want {
				t.Errorf("ewayapi: %q", code)
			}
		})
	}
}

// A text that is not one JSON object is refused in NIC's words. The journal alone has the line, the column and what was
// expected.
func TestNotJSON(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	const applicationError = "Application error, issue with application while processing the request. Please try again. " +
		"If error persists kindly " +
		"raise a ticket along with request JSON, error details and timestamp of the error occurrence."
	for plain, where := range map[string]string{
		"{\n  \"Version\": \"1.1\"\n  \"Irn\": 1}": `line 3, column 3: invalid character '"' after object value (expecting ',' or '}')`,
		`{"Version":`: "line 1, column 12: unexpected EOF",
		`{} {}`:       "line 1, column 3: there is more than one JSON value",
		"\n [1]":      "line 2, column 2: the value is not a JSON object",
		`"x"`:         "line 1, column 1: the value is not a JSON object",
		"1":           "line 1, column 1: the value is not a JSON object",
		"":            "",
		" null ":      "",
	} {
		t.Run(plain, func(t *testing.T) {
			c := u.as(func(c *caller) { c.w = w.in(t) })
			code, rule, message, want := "5002", "request-json", applicationError, "a JSON object; "+where
			if where == "" {
				code, rule, message, want = "2255", "request-empty", "Requested Payload is empty", "a JSON object"
			}
			for _, path := range []string{"/eicore/v1.03/Invoice", "/eicore/v1.03/Invoice/Cancel", "/eiewb/v1.03/ewaybill"} {
				rows := c.call("POST", path, []byte(plain)).refused(code).doc["ErrorDetails"]
				if diff := cmp.Diff(any([]any{object{"ErrorCode": code, "ErrorMessage": message}}), rows); diff != "" {
					t.Errorf("%s: %s", path, diff)
				}
				reason := c.w.requests()[0]["reason"].(object)["fields"].([]any)[0].(object)
				same(t, path+": rule in the journal", reason["rule"], rule)
				same(t, path+": want in the journal", reason["want"], want)
			}
			if _, got := c.ewayapi("CANEWB", aesSeal(c.sek, []byte(plain))); got != "100" {
				t.Errorf("ewayapi: %q", got)
			}
			reason := c.w.requests()[0]["reason"].(object)["fields"].([]any)[0].(object)
			same(t, "ewayapi: want in the journal", reason["want"], want)
		})
	}
}

// Numbers that no double holds, surrogates and null in every place of an invoice.
func TestBadValues(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	full := with(invoice("Z-1"), object{
		"EwbDtls": byRoad, "ShipDtls": object{"Gstin": deccan.gstin, "LglNm": "Deccan", "Addr1": "x", "Loc": "Hubballi",
			"Pin": 580020, "Stcd": "29"},
		"DispDtls": object{"Nm": "Dakshin", "Addr1": "x", "Loc": "Bengaluru", "Pin": 560001, "Stcd": "29"},
		"PayDtls":  object{"CrDay": 1}, "RefDtls": object{"PrecDocDtls": []any{object{"InvNo": "A", "InvDt": "01/07/2026"}}},
	})
	harmless := []string{"null", `""`, "[]", "-0"} // in some places
	for _, value := range []string{"null", "1e400", "-1e400", "1e-400", strings.Repeat("9", 300),
		"0." + strings.Repeat("3", 300), "{}", "[]", "[null]", "true", `"\ud800"`, `""`, "-0"} {
		for path, doc := range everywhere(full, json.RawMessage(value)) {
			e := u.generate(doc)
			for _, code := range e.codes() {
				if len(code) != 4 {
					t.Errorf("%s at %s: %v", value, path, e.doc)
				}
			}
			if e.doc["Status"] == 1.0 && !slices.Contains(harmless, value) {
				t.Errorf("%.20s at %s was taken", value, path)
			}
		}
	}
}

// everywhere puts a value in the place of each member, one at a time.
func everywhere(doc object, value any) map[string]object {
	all := map[string]object{}
	for _, name := range slices.Sorted(maps.Keys(doc)) {
		all[name] = with(doc, object{name: value})
		switch member := doc[name].(type) {
		case object:
			for path, inner := range everywhere(member, value) {
				all[name+"."+path] = with(doc, object{name: inner})
			}
		case []any:
			for path, inner := range everywhere(member[0].(object), value) {
				all[name+"[0]."+path] = with(doc, object{name: []any{inner}})
			}
		}
	}
	return all
}

func TestDuplicateMembers(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	document := string(encode(t, invoice("M-1")))
	twice := strings.Replace(document, `"DocDtls":{`, `"DocDtls":{"No":"M-0",`, 1)
	got := u.call("POST", "/eicore/v1.03/Invoice", []byte(twice)).good()
	if got["Irn"] != irnOf(dakshin.gstin, "2026-27", "INV", "M-1") {
		t.Errorf("of two members: %v", got["Irn"])
	}
	body := `{"data":"x","Data":"y","DATA":"` + aesSeal(u.sek, encode(t, invoice("M-2"))) + `"}`
	u.callWith("POST", "/eicore/v1.03/Invoice", []byte(body)).good()
}

// long is an invoice of so many lines of a rupee.
func long(number string, lines int) object {
	n := func(format string, v int) json.Number { return json.Number(fmt.Sprintf(format, v)) }
	doc := invoice(number)
	line := with(doc["ItemList"].([]any)[0].(object), object{
		"UnitPrice": n("%d", 100), "TotAmt": n("%d", 100), "AssAmt": n("%d", 100), "CgstAmt": n("%d", 9),
		"SgstAmt": n("%d", 9), "TotItemVal": n("%d", 118),
	})
	var list []any
	for i := range lines {
		list = append(list, with(line, object{"SlNo": strconv.Itoa(i + 1)}))
	}
	return with(doc, object{"ItemList": list, "ValDtls": object{
		"AssVal": n("%d", 100*lines), "CgstVal": n("%d", 9*lines), "SgstVal": n("%d", 9*lines),
		"TotInvVal": n("%d", 118*lines),
	}})
}

// 1,000 lines and 2 MB are NIC's limits.
func TestLargest(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	u.generate(long("N-1000", 1000)).good()
	if codes := u.generate(long("N-1001", 1001)).codes(); len(codes) != 1 || codes[0] == "5002" {
		t.Errorf("1,001 lines: %v", codes)
	}
	largest := u.call("POST", "/eicore/v1.03/Invoice", sized(t, "N-2MB", 2<<20)).good()
	u.ship(largest["Irn"].(string), nil).good()
	u.call("POST", "/eicore/v1.03/Invoice", append(sized(t, "N-2MB+1", 2<<20), ' ')).refused("5002")
}

// sized is an invoice of 1,000 lines and so many bytes, nearly all of which are signed too.
func sized(t *testing.T, number string, size int) []byte {
	doc := long(number, 1000)
	attribute := object{"Nm": "n", "Val": strings.Repeat("v", 100)}
	room := size - len(encode(t, doc))
	for i := 0; room > 200; i++ {
		line := doc["ItemList"].([]any)[i%1000].(object)
		attributes, _ := line["AttribDtls"].([]any)
		if room -= len(encode(t, attribute)) + len(","); len(attributes) == 0 {
			room -= len(`"AttribDtls":[]`)
		}
		line["AttribDtls"] = append(attributes, attribute)
	}
	document := encode(t, doc)
	return append(document, bytes.Repeat([]byte(" "), size-len(document))...)
}
