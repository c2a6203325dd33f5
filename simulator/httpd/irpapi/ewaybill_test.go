package irpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var byRoad = object{"Distance": 0, "TransMode": "1", "TransDocNo": "LR1", "TransDocDt": "15/07/2026",
	"VehNo": "KA01AB1234", "VehType": "R"}

func (c *caller) ship(irn string, change object) envelope {
	c.w.t.Helper()
	return c.call("POST", "/eiewb/v1.03/ewaybill", encode(c.w.t, with(with(byRoad, object{"Irn": irn}), change)))
}

func (c *caller) ewb(irn string) envelope {
	c.w.t.Helper()
	return c.call("GET", "/eiewb/v1.03/ewaybill/irn/"+irn, nil)
}

// ewayapi is the call of the e-way bill system; it returns the opened data,
// or the code of the refusal.
func (c *caller) ewayapi(action string, data any) (done object, code string) {
	c.w.t.Helper()
	h := map[string]string{"client-id": c.clientID, "client-secret": c.clientSecret, "Gstin": c.gstin,
		"authtoken": c.token}
	r := c.w.send("POST", c.w.base[c.env]+"/ewaybillapi/v1.03/ewayapi", h,
		encode(c.w.t, object{"action": action, "data": data}))
	doc := r.object(c.w.t)
	if r.status != 200 {
		c.w.t.Fatalf("answered %d %s", r.status, r.body)
	}
	if doc["status"] == "1" && len(doc) == 2 {
		plain, err := aesOpen(c.sek, doc["data"].(string))
		if err != nil || json.Unmarshal(plain, &done) != nil {
			c.w.t.Fatalf("%v in %s", err, plain)
		}
		return done, ""
	}
	violation, err := base64.StdEncoding.DecodeString(doc["error"].(string))
	var body map[string]string
	err = errors.Join(err, json.Unmarshal(violation, &body))
	info, there := doc["info"]
	code, comma := strings.CutSuffix(body["errorCodes"], ",")
	if err != nil || doc["status"] != "0" || len(doc) != 3 || !there || info != nil || !comma || len(body) != 1 {
		c.w.t.Fatalf("answered %s, with the error %s", r.body, violation)
	}
	return nil, code
}

func TestEWayBill(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	buyer := w.user("sandbox", deccan, sahyadri, "deccan_api").login()
	irn := u.generate(invoice("B-1")).good()["Irn"].(string)

	u.ewb(irn).refused("4005")
	u.ewb(irnOf("nobody", "", "", "")).refused("2148")
	u.ship(irnOf("nobody", "", "", ""), nil).refused("2148")
	buyer.ship(irn, nil).refused("2143")
	u.ship(irn, object{"VehNo": nil}).refused("4011")
	if codes := u.ship("x", object{"Distance": -1}).codes(); len(codes) != 3 || codes[0] != "5002" {
		t.Errorf("misshapen: %v", codes)
	}

	e := u.ship(irn, nil)
	made := e.good()
	number := digitsOf(e.data, "EwbNo")
	if !regexp.MustCompile(`^111[0-9]{9}$`).MatchString(number) || made["EwbDt"] != "2026-07-15 10:31:00" {
		t.Errorf("made %s", e.data)
	}
	km := regexp.MustCompile(`^Pin-Pin calc distance: ([0-9]+)KM$`).FindStringSubmatch(made["Remarks"].(string))
	if diff := cmp.Diff(any([]any{object{"InfCd": "EWBPPD", "Desc": made["Remarks"]}}), e.doc["InfoDtls"]); diff != "" ||
		km == nil {
		t.Errorf("%v: %s", made["Remarks"], diff)
	}
	distance, _ := strconv.Atoi(km[1])
	last := 15 + (distance+199)/200 // a day for every 200 km begun
	if want := "2026-07-" + strconv.Itoa(last) + " 23:59:00"; made["EwbValidTill"] != want {
		t.Errorf("made %s; want it to last till %s", e.data, want)
	}
	u.ship(irn, nil).refused("4002")
	u.cancel(irn).refused("2230")

	want := object{"EwbNo": made["EwbNo"], "Status": "ACT", "GenGstin": dakshin.gstin, "EwbDt": made["EwbDt"],
		"EwbValidTill": made["EwbValidTill"]}
	for _, c := range []*caller{u, buyer} {
		if diff := cmp.Diff(want, c.ewb(irn).good()); diff != "" {
			t.Error(diff)
		}
	}
	if got := u.byIRN(irn).good(); got["EwbNo"] != made["EwbNo"] || got["EwbDt"] != made["EwbDt"] ||
		got["EwbValidTill"] != made["EwbValidTill"] {
		t.Errorf("read: %v", got)
	}

	// Its cancellation, in both layers; then there may be another, and the old number is done with.
	sealed := func(ewb string) string {
		return aesSeal(u.sek, []byte(`{"ewbNo":`+ewb+`,"cancelRsnCode":2,"cancelRmrk":"x"}`))
	}
	for code, try := range map[string]func() (object, string){
		"100": func() (object, string) { return u.ewayapi("", sealed(number)) },
		"239": func() (object, string) { return u.ewayapi("GENEWAYBILL", sealed(number)) },
		"109": func() (object, string) { return u.ewayapi("CANEWB", "bm90aGluZw==") },
		"110": func() (object, string) {
			return u.as(func(c *caller) { c.clientSecret = "x" }).ewayapi("CANEWB", sealed(number))
		},
		"105": func() (object, string) {
			return u.as(func(c *caller) { c.token = "x" }).ewayapi("CANEWB", sealed(number))
		},
		"301": func() (object, string) { return u.ewayapi("CANEWB", sealed("999999999999")) },
	} {
		if _, got := try(); got != code {
			t.Errorf("answered %q; want %s", got, code)
		}
	}
	if _, code := buyer.ewayapi("CANEWB", aesSeal(buyer.sek, []byte(`{"ewbNo":`+number+`}`))); code != "312" {
		t.Errorf("the buyer: %q", code)
	}
	for _, not := range []string{`"x"`, "null", "{}", "[]", "1.5", `""`, "1e30"} {
		if _, code := u.ewayapi("CANEWB", sealed(not)); code != "301" {
			t.Errorf("the number %s: %q", not, code)
		}
	}
	done, code := u.ewayapi("CANEWB ", sealed(number)) // a blank, as in NIC's own sample
	if diff := cmp.Diff(object{"ewayBillNo": number, "cancelDate": "15/07/2026 10:31:00 AM"}, done); diff != "" ||
		code != "" {
		t.Errorf("%q %s", code, diff)
	}
	if got := u.ewb(irn).good()["Status"]; got != "CNL" {
		t.Errorf("after its cancellation: %v", got)
	}
	e = u.ship(irn, object{"Distance": distance})
	if got := e.good(); e.doc["InfoDtls"] != nil || got["Remarks"] != nil || got["EwbValidTill"] != made["EwbValidTill"] {
		t.Errorf("another: %s %v", e.data, e.doc)
	}
	if _, code := u.ewayapi("CANEWB", sealed(number)); code != "312" {
		t.Errorf("the old number again: %q", code)
	}
	inner := base64.StdEncoding.EncodeToString([]byte(`{"ewbNo":"` + digitsOf(e.data, "EwbNo") + `","cancelRsnCode":2,"CancelRmrk":"x"}`))
	if _, code := u.ewayapi("CANEWB", aesSeal(u.sek, []byte(inner))); code != "" {
		t.Errorf("base64 inside: %q", code)
	}
	u.cancel(irn).good()
	u.ship(irn, nil).refused("2302")
	w.advance("1h")
	if _, code := u.ewayapi("CANEWB", sealed(number)); code != "106" {
		t.Errorf("after the token's life: %q", code)
	}
}

// An e-way bill asked for with the invoice: its violations do not fail the registration.
func TestEWayBillWithInvoice(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	e := u.generate(with(invoice("V-1"), object{"EwbDtls": byRoad}))
	got := e.good()
	if got["EwbNo"] == nil || got["EwbValidTill"] == nil || e.doc["InfoDtls"].([]any)[0].(object)["InfCd"] != "EWBPPD" {
		t.Errorf("with an e-way bill: %s %v", e.data, e.doc["InfoDtls"])
	}
	u.readsBack(e)
	u.cancel(got["Irn"].(string)).refused("2230")

	e = u.generate(with(invoice("V-2"), object{"EwbDtls": with(byRoad, object{"VehNo": nil})}))
	got = e.good()
	info := e.doc["InfoDtls"].([]any)[0].(object)
	rows := info["Desc"].([]any)
	if got["EwbNo"] != nil || info["InfCd"] != "EWBERR" || len(rows) != 1 || rows[0].(object)["ErrorCode"] != "4011" ||
		len(rows[0].(object)) != 2 {
		t.Errorf("with a violation in the e-way bill: %v %v", got, info)
	}
	u.ship(got["Irn"].(string), nil).good()

	// Part A alone: a number, and no validity.
	e = u.generate(with(invoice("V-3"), object{"EwbDtls": object{"Distance": 0, "TransId": deccan.gstin,
		"TransName": "Deccan"}}))
	if got = e.good(); got["EwbNo"] == nil || got["EwbValidTill"] != nil {
		t.Errorf("Part A: %s %v", e.data, e.doc["InfoDtls"])
	}
}

// An e-way bill can be cancelled for 24 hours: from the entry of Part B, or, without Part B, from its generation.
func TestEWayBillCancelledLate(t *testing.T) {
	partA := object{"Distance": 0, "TransId": deccan.gstin}
	for _, c := range []struct {
		name     string
		shipment object
		late     string
		rule     string
	}{
		{"with Part B", byRoad, "728", "ewb-cancel-window-part-b"},
		{"without Part B", partA, "315", "ewb-cancel-window"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t).world(t)
			u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
			var numbers []string
			for _, number := range []string{"L-1", "L-2"} {
				made := u.generate(with(invoice(number), object{"EwbDtls": c.shipment}))
				made.good()
				numbers = append(numbers, digitsOf(made.data, "EwbNo"))
			}
			cancel := func(number string) string {
				_, code := u.login().ewayapi("CANEWB", aesSeal(u.sek, []byte(`{"ewbNo":`+number+`}`)))
				return code
			}
			w.advance("24h") // from the moment itself; EwbDt is 18 seconds later
			same(t, "code after 24 hours", cancel(numbers[0]), "")
			w.advance("1s")
			same(t, "code a second later", cancel(numbers[1]), c.late)
			same(t, "code of the cancelled one", cancel(numbers[0]), "312")
			w.settings(object{"rules": object{c.rule: false}})
			same(t, "code without the rule", cancel(numbers[1]), "")
		})
	}
}
