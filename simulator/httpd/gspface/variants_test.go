package gspface_test

import (
	"maps"
	"net/http"
	"testing"
)

func TestUniqueRequestID(t *testing.T) {
	e := start(t)
	const path = "/ei/api/master/gstin?gstin=29ABCPD1234E2Z9"
	ask := func(id, want string) {
		t.Helper()
		_, got := e.enriched("GET", path, "", map[string]string{"requestid": id})
		is(t, got, want)
	}
	ask("r1", `{"success":true,…}`)
	ask("r1", `{"success":true,…}`) // a subscription without the variant
	ask("", `{"success":true,…}`)
	e.control("DELETE", "/subscriptions/adaequare", "", http.StatusNoContent)
	e.control("POST", "/subscriptions", `{"id":"adaequare","companyName":"Sahyadri GST Suvidha","face":"adaequare",
		"environment":"sandbox","secrets":{"gspappid":"`+gspAppID+`","gspappsecret":"`+gspAppSecret+`"},
		"variants":["unique_requestid"]}`, http.StatusCreated)
	ask("r1", `{"success":true,…}`)
	ask("r1", `{"message":"The requestid was sent before","success":false}`)
	ask("r2", `{"success":true,…}`)
	ask("", `{"success":false,"message":"Missing parameters: requestid"}`)
	e.control("POST", "/clock/advance", `{"by":"24h"}`, http.StatusOK)
	ask("r1", `{"success":true,…}`)
}

func TestLowerCamelErrors(t *testing.T) {
	e := start(t)
	for _, face := range []string{"whitebooks", "mastergst", "perione"} {
		e.control("POST", "/subscriptions", `{"companyName":"Sahyadri GST Suvidha","face":"`+face+`","environment":"sandbox",
			"secrets":{"client_id":"`+face+`1","client_secret":"s","email":"erp@deodar.example"},
			"variants":["lower_camel_errors"]}`, http.StatusCreated)
		caller := map[string]string{"client_id": face + "1", "client_secret": "s"}
		got := e.whiteBooks("GET", "/einvoice/authenticate?", "", with(caller, map[string]string{"password": "x"}))
		is(t, got, `{"status_cd":"0","status_desc":"[{\"errorCode\":\"1019\",\"errorMessage\":\"Incorrect Password\"}]"}`)
		got = e.whiteBooks("POST", "/einvoice/type/GENERATE/version/V1_03?", "{}",
			with(caller, map[string]string{"auth-token": "x"}))
		is(t, got, `{"irp":"NIC1","status_cd":"0","status_desc":"[{\"errorCode\":\"1005\",\"errorMessage\":\"Invalid Token\"}]"}`)
	}
}

// A login at WhiteBooks lasts an hour in the sandbox.
func TestWhiteBooksLoginEnds(t *testing.T) {
	e := start(t)
	login := e.whiteBooks("GET", "/einvoice/authenticate?", "", map[string]string{"password": "Books@2024"})
	gstin := func() string {
		return e.whiteBooks("GET", "/einvoice/type/GSTNDETAILS/version/V1_03?param1=29ABCPD1234E2Z9&", "",
			map[string]string{"auth-token": tokenOf(login, "AuthToken")})
	}
	e.control("POST", "/clock/advance", `{"by":"59m"}`, http.StatusOK)
	is(t, gstin(), `{"irp":"NIC1","status_cd":"1",…}`)
	e.control("POST", "/clock/advance", `{"by":"1m"}`, http.StatusOK)
	is(t, gstin(), `{"irp":"NIC1","status_cd":"0","status_desc":"[{\"ErrorCode\":\"1005\",…`)
}

// Resilient passes on Adaequare's calls, without a login. Its subscription decides the environment.
func TestResilientEnriched(t *testing.T) {
	e := start(t)
	header := map[string]string{"x-api-key": "rs1a7c93e05d4b2f86", "user_name": "books", "password": "Books@2024",
		"gstin": dakshin}
	_, made := e.call("POST", "/test/ei/api/invoice", sample(t, "R/1"), header)
	is(t, made, `{"success":true,"message":"IRN generated successfully","result":{"AckNo":…}}`)
	_, again := e.call("POST", "/test/ei/api/invoice", sample(t, "R/1"), header)
	is(t, again, `{"message":"2150 : Duplicate IRN","result":[{"InfCd":"DUPIRN","Desc":{…}}],"success":false}`)
	status, other := e.call("POST", "/ei/api/invoice", sample(t, "R/2"), header)
	if status != http.StatusForbidden {
		t.Errorf("the path of the other environment: HTTP status %d", status)
	}
	is(t, other, `{"message":"Forbidden"}`)
	for how, want := range map[string]answerTo{
		"down": {200, `{"message":"GSPERR300 : Ei : GSPGSTDOWN","success":false}`}, "credit-used": {429, `{"message":"Limit Exceeded"}`},
		"timed-out": {504, `{"message":"Endpoint request timed out"}`},
	} {
		e.fails(how)
		status, got := e.call("POST", "/test/ei/api/invoice", sample(t, "R/3"), header)
		if status != want.status {
			t.Errorf("%s: HTTP status %d", how, status)
		}
		is(t, got, want.want)
	}
}

// Of the actions of e-way bills, the gateways have the cancellation alone.
func TestOtherActionsOfEWayBills(t *testing.T) {
	e := start(t)
	const body = `{"ewbNo":1,"cancelRsnCode":2,"cancelRmrk":"x"}`
	login := e.dec("GET", "/ewaybillapi/dec/v1.03/auth", "", "username", "books", "ewbpwd", "Books@2024")
	token := tokenOf(login, "authtoken")
	for action, want := range map[string][2]string{
		"GENEWAYBILL": {`{"message":"The call is not simulated","success":false}`,
			`{"status_cd":"0","error":{"error_cd":"GSP500","message":"Error: The call is not simulated."}}`},
		"CANEWB": {`{"success":false,"message":"…"}`, `{"status_cd":"0","error":{"error_cd":"3…`},
	} {
		_, got := e.enriched("POST", "/ewb/ewayapi?action="+action, body,
			map[string]string{"user_name": "", "username": "books"})
		is(t, got, want[0])
		is(t, e.dec("POST", "/ewaybillapi/dec/v1.03/ewayapi", body, "action", action, "authtoken", token), want[1])
	}
	is(t, e.dec("POST", "/v1.03/dec/ewayapi", body, "action", "CANEWB", "authtoken", "x"),
		`{"status_cd":"0","error":{"error_cd":"GSP102",…}}`)
	is(t, e.dec("GET", "/v1.03/dec/auth", "", "username", "books", "ewbpwd", "x"),
		`{"status_cd":"0","error":{"error_cd":"1019","message":"Incorrect Password"}}`)
}

// The words of TaxPro's list.
func TestTaxProsList(t *testing.T) {
	e := start(t)
	all := map[string]string{"aspid": "1600000003", "password": "Sal-Asp-3", "gstin": dakshin, "user_name": "books",
		"AuthToken": "x"}
	for _, c := range []struct{ name, value, want string }{
		{"aspid", "", `"GSP001","message":"Missing Parameter 'aspid' in Request Header."`},
		{"aspid", "16", `"GSP001A","message":"Invalid Length of 'aspid' in Request Header."`},
		{"gstin", "", `"GSP001G","message":"Missing Parameter 'gstin' in Request Header or Query Param."`},
		{"gstin", "29", `"GSP001GA","message":"Invalid Length of 'gstin' in Request Header or Query Param."`},
		{"password", "", `"GSP002","message":"Missing Parameter 'asp-secret' in Request Header."`},
		{"user_name", "", `"GSP004","message":"Missing Parameter 'username' in Request Header."`},
		{"AuthToken", "", `"GSP008","message":"Missing Parameter 'auth-token' in Request Header."`},
		{"aspid", "1609999999", `"GSP020","message":"Invalid AspID no matching ASP found."`},
		{"password", "x", `"GSP020A","message":"Error: Invalid ASP Password."`},
	} {
		header := maps.Clone(all)
		header[c.name] = c.value
		_, got := e.call("POST", "/eicore/dec/v1.03/Invoice", "{}", header)
		is(t, got, `{"status_cd":"0","error":{"error_cd":`+c.want+`}}`)
	}
	e.fails("credit-used")
	_, got := e.call("POST", "/eicore/dec/v1.03/Invoice", "{}", all)
	is(t, got, `{"status_cd":"0","error":{"error_cd":"GSP019","message":"Insufficient ASP Credit. Please contact GSP."}}`)
	_, got = e.call("POST", "/eicore/dec/v1.03/Invoice", "{}", map[string]string{"gstin": dakshin})
	is(t, got, `{"status_cd":"0","error":{"error_cd":"GSP016","message":"Error: No Value Set for AspID or ASP Password."}}`)
}
