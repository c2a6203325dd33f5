package gspface_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"testing"
)

func (e erp) whiteBooks(method, path, body string, change map[string]string) string {
	e.Helper()
	header := map[string]string{"client_id": "EINS3c81f0a9-77d2-4b1e", "client_secret": "EINS9b04e6c2-15af-4d8c",
		"ip_address": "10.0.0.1", "username": "books", "gstin": dakshin}
	maps.Copy(header, change)
	status, answer := e.call(method, path+"email=erp%40deodar.example", body, header)
	if status != http.StatusOK {
		e.Errorf("%s answered %d", path, status)
	}
	return answer
}

const recordedCode = "Sucess" //nolint:misspell // as recorded

func TestWhiteBooks(t *testing.T) {
	e := start(t)
	login := e.whiteBooks("GET", "/einvoice/authenticate?", "", map[string]string{"password": "Books@2024"})
	is(t, login, `{"data":{"UserName":"books","TokenExpiry":"20…","Sek":"…","ClientId":"AAFCC29ERP82ZSO","AuthToken":"…"},`+
		`"status_cd":"`+recordedCode+`","status_desc":"GSTR request succeeds","header":{…"password":"Books@2024",…`+
		`"gst_username":"books","txn":"…"}}`)
	again := e.whiteBooks("GET", "/einvoice/authenticate?", "", map[string]string{"password": "Books@2024"})
	token := func(answer string) string {
		var in struct{ Data struct{ AuthToken string } }
		if err := json.Unmarshal([]byte(answer), &in); err != nil {
			t.Fatal(err)
		}
		return in.Data.AuthToken
	}
	if token(login) != token(again) {
		t.Error("the second login has another token")
	}
	with := map[string]string{"auth-token": token(login)}
	by := func(more map[string]string) map[string]string {
		maps.Copy(more, with)
		return more
	}
	const kind = "/einvoice/type/"
	made := e.whiteBooks("POST", kind+"GENERATE/version/V1_03?", sample(t, "W/1"), with)
	is(t, made, `{"irp":"NIC1","status_cd":"1","status_desc":"GSTR request succeeds","data":{"AckNo":…,"EwbNo":null,…}}`)
	for _, c := range []struct{ name, got, want string }{
		{"a duplicate has no IRN", e.whiteBooks("POST", kind+"GENERATE/version/V1_03?", sample(t, "W/1"), with),
			`{"irp":"NIC1","status_cd":"0","status_desc":"[{\"ErrorCode\":\"2150\",\"ErrorMessage\":\"Duplicate IRN\"}]"}`},
		{"by document", e.whiteBooks("GET", kind+"GETIRNBYDOCDETAILS/version/V1_03?param1=INV&", "",
			by(map[string]string{"docnum": "W/1", "docdate": today()})), `{"irp":"NIC1","status_cd":"1",…"Irn":"…}}`},
		{"by document in the query", e.whiteBooks("GET", kind+"GETIRNBYDOCDETAILS/version/V1_03?param1=INV:W/1&", "", with),
			`{"status_cd":"0","status_desc":"WB_ERR_9104 : Missing mandatory headers : docnum,docdate",` +
				`"error":{"error_cd":"WB_ERR_9104","message":"Missing mandatory headers : docnum,docdate"}}`},
		{"the token under another name", e.whiteBooks("POST", kind+"GENERATE/version/V1_03?", sample(t, "W/2"),
			map[string]string{"auth_token": token(login)}), `{"irp":"NIC1","status_cd":"0","status_desc":"[{\"ErrorCode\":\"1005\",…`},
		{"no token", e.whiteBooks("POST", kind+"GENERATE/version/V1_03?", sample(t, "W/2"), nil),
			`{"status_cd":"0","status_desc":"WB_ERR_9104 : Missing mandatory headers : auth-token",…}`},
		{"camel case", e.whiteBooks("POST", kind+"GENERATE/version/V1_03?", `{"version":"1.1"}`, with),
			`{"status_cd":"0","status_desc":"JSON validation failed due to required key [Version] not found",…}`},
		{"another kind", e.whiteBooks("GET", kind+"OTHER/version/V1_03?", "", with),
			`{"status_cd":"0","status_desc":"WB_ERR_9404 : No API configured for :/einvoice/type/OTHER/version/V1_03",…}`},
		{"a wrong password", e.whiteBooks("GET", "/einvoice/authenticate?", "", map[string]string{"password": "x"}),
			`{"status_cd":"0","status_desc":"[{\"ErrorCode\":\"1019\",\"ErrorMessage\":\"Incorrect Password\"}]"}`},
		{"an action in capitals", e.whiteBooks("POST", "/ewaybillapi/v1.03/ewayapi/CANEWB?", "{}", nil),
			`{"status_cd":"0","status_desc":"WB_ERR_9404 : …`},
		{"the e-way bill login", e.whiteBooks("GET", "/ewaybillapi/v1.03/authenticate?username=books&password=Books%402024&",
			"", nil), `{"irp":"NIC1","status_cd":"1","status_desc":"If authentication succeeds"}`},
		{"PeriOne", e.whiteBooks("GET", "/einvoice/authenticate?", "", map[string]string{"password": "Books@2024",
			"client_id": "PEINVS4a7d1c9e", "client_secret": "PEINVSb2f80d63"}), `{"data":{…},"status_cd":"Success",…}`},
	} {
		t.Run(c.name, func(t *testing.T) { is(t, c.got, c.want) })
	}
}
