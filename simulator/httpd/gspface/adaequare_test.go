package gspface_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
)

// Secrets of the fixtures.
const (
	gspAppID     = "5A1D0C7E94B24F6F8E3D21C0B7A96F10"
	gspAppSecret = "A1B2C3D4GE5F6A7B8GC9D0E1F2GA3B4C5D6"
)

// token logs in at Adaequare.
func (e erp) token() string {
	e.Helper()
	status, answer := e.call("POST", "/gsp/authenticate?grant_type=token", "",
		map[string]string{"gspappid": gspAppID, "gspappsecret": gspAppSecret})
	if status != http.StatusOK {
		e.Fatalf("the login answered %d %s", status, answer)
	}
	is(e.T, answer, `{"access_token":"…","token_type":"bearer","expires_in":2591999,"scope":"gsp","jti":"…"}`)
	return strings.Split(answer, `"`)[3]
}

func (e erp) enriched(method, path, body string, change map[string]string) (int, string) {
	e.Helper()
	header := map[string]string{"user_name": "books", "password": "Books@2024", "gstin": dakshin,
		"requestid": "r1", "Authorization": "bearer " + e.token()}
	maps.Copy(header, change)
	return e.call(method, "/test/enriched"+path, body, header)
}

func TestAdaequare(t *testing.T) {
	e := start(t)
	status, made := e.enriched("POST", "/ei/api/invoice", sample(t, "A/1"), nil)
	is(t, made, `{"success":true,"message":"IRN generated successfully","result":{"AckNo":…,"AckDt":"…","Irn":"…",`+
		`"SignedInvoice":"…","SignedQRCode":"…","Status":"ACT","EwbNo":null,"EwbDt":null,"EwbValidTill":null,"Remarks":null}}`)
	var answer struct{ Result struct{ Irn string } }
	if err := json.Unmarshal([]byte(made), &answer); err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	irn := answer.Result.Irn
	for _, c := range []struct{ name, method, path, body, want string }{
		{"a duplicate", "POST", "/ei/api/invoice", sample(t, "A/1"), `{"message":"2150 : Duplicate IRN","result":` +
			`[{"InfCd":"DUPIRN","Desc":{"AckNo":…,"AckDt":"…","Irn":"` + irn + `"}}],"success":false}`},
		{"by IRN", "GET", "/ei/api/invoice/irn?irn=" + irn, "",
			`{"success":true,"message":"E-Invoice fetched successfully","result":{"AckNo":…"Irn":"` + irn + `"…}}`},
		{"by IRN with POST", "POST", "/ei/api/invoice/irn?irn=" + irn, "", `{"success":true,…}`},
		{"a GSTIN", "GET", "/ei/api/master/gstin?gstin=29ABCPD1234E2Z9", "",
			`{"success":true,"message":"GSTIN details are fetched successfully","result":{"Gstin":"29ABCPD1234E2Z9",…}}`},
		{"no IRN", "GET", "/ei/api/invoice/irn", "", `{"success":false,"message":"Missing parameters: irn"}`},
		{"a double slash", "GET", "//ei/api//invoice/irn/?irn=" + irn, "", `{"success":true,…}`},
		{"cancel", "POST", "/ei/api/invoice/cancel", `{"irn":"` + irn + `","cnlrsn":"1","Cnlrem":"Wrong"}`,
			`{"success":true,"message":"E-Invoice is cancelled successfully","result":{"Irn":"` + irn + `","CancelDate":"…"}}`},
		{"cancel again", "POST", "/ei/api/invoice/cancel", `{"Irn":"` + irn + `","CnlRsn":"1","CnlRem":"Wrong"}`,
			`{"success":false,"message":"9999 : …"}`},
		{"a sealed body", "POST", "/ei/api/invoice", `{"Data":"AAAA"}`, `{"message":"The body is encrypted …","success":false}`},
		{"not JSON", "POST", "/ei/api/invoice", `Irn=1`, `{"message":"The body must be plain JSON","success":false}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, got := e.enriched(c.method, c.path, c.body, nil)
			if status != http.StatusOK {
				t.Errorf("HTTP status %d", status)
			}
			is(t, got, c.want)
		})
	}
}

func TestAdaequareRefusesCallers(t *testing.T) {
	e := start(t)
	for _, c := range []struct {
		name   string
		change map[string]string
		status int
		want   string
	}{
		{"no token", map[string]string{"Authorization": ""}, 401, `{"error":"invalid_token","error_description":"…"}`},
		{"another token", map[string]string{"Authorization": "Bearer a.b.c"}, 401, `{"error":"invalid_token",…}`},
		{"a wrong password", map[string]string{"password": "no"}, 200,
			`{"success":false,"message":"1019 : Incorrect Password…"}`},
		{"an unknown user", map[string]string{"user_name": "other"}, 200, `{"success":false,"message":"1017 : …"}`},
		{"no user", map[string]string{"user_name": "", "password": ""}, 200, `{"success":false,"message":"1…"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, got := e.enriched("POST", "/ei/api/invoice", sample(t, "B/1"), c.change)
			if status != c.status {
				t.Errorf("HTTP status %d; want %d", status, c.status)
			}
			is(t, got, c.want)
		})
	}
	t.Run("the path of the other environment", func(t *testing.T) {
		status, got := e.call("GET", "/enriched/ei/api/master/gstin?gstin=29ABCPD1234E2Z9", "",
			map[string]string{"Authorization": "Bearer " + e.token()})
		if status != http.StatusForbidden {
			t.Errorf("HTTP status %d", status)
		}
		is(t, got, `{"error":"access_denied",…}`)
	})
	t.Run("a reset secret", func(t *testing.T) {
		token := e.token()
		e.control("DELETE", "/subscriptions/adaequare", "", http.StatusNoContent)
		e.control("POST", "/subscriptions", `{"id":"adaequare","companyName":"Sahyadri GST Suvidha","face":"adaequare",
			"environment":"sandbox","secrets":{"gspappid":"`+gspAppID+`","gspappsecret":"NEW"}}`, http.StatusCreated)
		status, got := e.call("GET", "/test/enriched/ei/api/master/gstin?gstin=29ABCPD1234E2Z9", "",
			map[string]string{"Authorization": "Bearer " + token})
		if status != http.StatusForbidden {
			t.Errorf("HTTP status %d", status)
		}
		is(t, got, `{"error":"access_denied",…}`)
		status, got = e.call("POST", "/gsp/authenticate", "",
			map[string]string{"gspappid": gspAppID, "gspappsecret": gspAppSecret})
		if status != http.StatusUnauthorized {
			t.Errorf("HTTP status %d", status)
		}
		is(t, got, `{"error":"invalid_client",…}`)
	})
}
