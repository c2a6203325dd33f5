package gspface_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

func (e erp) fails(how string) {
	e.Helper()
	e.control("DELETE", "/faults", "", http.StatusNoContent)
	e.control("POST", "/faults", `{"name":"f","does":{"kind":"gateway","fails":"`+how+`"},"often":{"next":1}}`,
		http.StatusCreated)
}

func TestAdaequareFails(t *testing.T) {
	e := start(t)
	authorization := map[string]string{"Authorization": "Bearer " + e.token()}
	for _, c := range []struct {
		how    string
		status int
		want   string
	}{
		{"down", 200, `{"message":"GSPERR300 : Ei : GSPGSTDOWN","success":false}`},
		{"credit-used", 200, `{"success":false,"message":"GEN5005 : Account plan limit exceeded"}`},
		{"secret-reset", 403, `{"error":"access_denied",…}`},
		{"wrong-client-id", 200, `{"success":false,"message":"1010 : …"}`},
		{"timed-out", 504, `{"message":"Endpoint request timed out"}`},
	} {
		t.Run(c.how, func(t *testing.T) {
			header := map[string]string{"user_name": "books", "password": "Books@2024", "gstin": dakshin,
				"Authorization": authorization["Authorization"]}
			e.fails(c.how)
			status, got := e.call("POST", "/test/enriched/ei/api/invoice", sample(t, "F/1"), header)
			if status != c.status {
				t.Errorf("HTTP status %d; want %d", status, c.status)
			}
			is(t, got, c.want)
		})
	}
	// NIC has registered the invoice whose answer was lost.
	_, got := e.enriched("POST", "/ei/api/invoice", sample(t, "F/1"), nil)
	is(t, got, `{"message":"2150 : Duplicate IRN",…}`)
}

// The words of the other faces.
func TestFacesFail(t *testing.T) {
	e := start(t)
	for _, c := range []struct {
		face, path, how string
		header          map[string]string
		status          int
		want            string
	}{
		{"resilient", "/standard/ei/api/invoice", "timed-out", map[string]string{"x-api-key": "rs1a7c93e05d4b2f86"}, 504,
			`{"message":"Endpoint request timed out"}`},
		{"resilient", "/standard/ei/api/invoice", "credit-used", map[string]string{"x-api-key": "rs1a7c93e05d4b2f86"}, 429,
			`{"message":"Limit Exceeded"}`},
		{"resilient", "/standard/ei/api/invoice", "wrong-client-id", map[string]string{"x-api-key": "rs1a7c93e05d4b2f86",
			"gstin": dakshin}, 200, `{"Status":0,…"ErrorCode":"1010"…}…`},
		{"taxpro", "/eicore/v1.03/Invoice", "credit-used", map[string]string{"aspid": "1600000001", "password": "Teak-Asp-1",
			"gstin": dakshin}, 200, `{"status_cd":"0","error":{"error_cd":"GSP019",…}}`},
		{"cleartax", "/einv-gsp/core/v1.03/Invoice", "down", map[string]string{
			"X-CT-Auth-Token": "1.5c0d4f7a-93b1-4e2e-8a6f-0b7d1c2e"}, 502, `{"error":{"code":"nic-unreachable",…}}`},
		{"alankit", "/eInvoiceGateway/eicore/v1.03/Invoice", "secret-reset", map[string]string{
			"Ocp-Apim-Subscription-Key": "AL8k1S7c2Q9v4W3e6R"}, 401, `{"statusCode":401,"message":"Access denied …"}`},
		{"gstzen", "/~gstzen/a/post-einvoice-data/einvoice-json", "down", map[string]string{
			"Token": "3f6a1b9c-0d2e-4f5a-8b7c-9d0e1f2a3b4c"}, 200, `{"status":0,"message":"NIC cannot be reached"}`},
	} {
		t.Run(c.face+" "+c.how, func(t *testing.T) {
			e.fails(c.how)
			status, got := e.call("POST", c.path, "{}", c.header)
			if status != c.status {
				t.Errorf("HTTP status %d; want %d", status, c.status)
			}
			is(t, got, c.want)
		})
	}
}

// A login whose expiry is past works all the same.
func TestStaleExpiry(t *testing.T) {
	e := start(t)
	e.fails("stale-expiry")
	login := e.whiteBooks("GET", "/einvoice/authenticate?", "", map[string]string{"password": "Books@2024"})
	var in struct {
		Data struct{ AuthToken, TokenExpiry string }
	}
	if err := json.Unmarshal([]byte(login), &in); err != nil {
		t.Fatal(err)
	}
	expires, err := time.ParseInLocation(time.DateTime, in.Data.TokenExpiry, nic.IST)
	if err != nil || !expires.Before(time.Now()) {
		t.Errorf("TokenExpiry is %s", in.Data.TokenExpiry)
	}
	made := e.whiteBooks("POST", "/einvoice/type/GENERATE/version/V1_03?", sample(t, "S/1"),
		map[string]string{"auth-token": in.Data.AuthToken})
	is(t, made, `{"irp":"NIC1","status_cd":"1",…}`)
}
