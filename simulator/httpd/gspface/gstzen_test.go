package gspface_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
)

func (e erp) zen(path, body string, change map[string]string) string {
	e.Helper()
	header := map[string]string{"Token": "3f6a1b9c-0d2e-4f5a-8b7c-9d0e1f2a3b4c"}
	maps.Copy(header, change)
	status, answer := e.call("POST", path, body, header)
	if status != http.StatusOK {
		e.Errorf("%s answered %d %s", path, status, answer)
	}
	return answer
}

func TestGSTZen(t *testing.T) {
	e := start(t)
	const einvoice, connect = "/~gstzen/a/post-einvoice-data/einvoice-json/", "/api/einvoice-login-session/"
	is(t, e.zen(einvoice, sample(t, "Z/1"), nil), `{"status":0,"message":"No credentials are stored for the GSTIN"}`)
	user := func(password string) string {
		return `{"gstin":"` + dakshin + `","username":"books","password":"` + password + `"}`
	}
	is(t, e.zen(connect, user("x"), nil), `{"status":0,"message":"Incorrect Password","ErrorDetails":[…]}`)
	is(t, e.zen(connect, user("Books@2024"), map[string]string{"Token": "",
		"Authorization": "Bearer 3f6a1b9c-0d2e-4f5a-8b7c-9d0e1f2a3b4c"}),
		`{"status":1,"message":"Successfully logged in to the E-Invoice API Portal for the GSTIN: `+dakshin+`"}`)
	made := e.zen(einvoice, sample(t, "Z/1"), nil)
	is(t, made, `{"status":1,"message":"…","Irn":"…","AckDt":"…","AckNo":…,"EwbDt":null,"EwbNo":null,"Status":"ACT",`+
		`"Remarks":null,"AckNoStr":"…","InfoDtls":null,"EwbValidTill":null,"SignedQRCode":"…","SignedInvoice":"…","uuid":"…",`+
		`"SignedQrCodeImgUrl":"/…","InvoicePdfUrl":"/…","IrnStatus":"ACT","EwbStatus":"","Irp":"NIC1"}`)
	var answer struct{ Irn string }
	if err := json.Unmarshal([]byte(made), &answer); err != nil {
		t.Fatal(err)
	}
	is(t, e.zen(einvoice, sample(t, "Z/1"), nil), `{"status":0,"message":"Duplicate IRN","uuid":"…","Irn":"","IrnStatus":"",`+
		`"EwbStatus":"","Irp":"NIC1","Status":0,"Data":null,"ErrorDetails":[{"ErrorCode":"2150",…}],"InfoDtls":[…]}`)
	is(t, e.zen(einvoice+"geteinv/", `{"SellerDtls":{"Gstin":"`+dakshin+`"},"Irn":"`+answer.Irn+`","irp":"NIC1"}`, nil),
		`{"status":1,…"Irn":"`+answer.Irn+`",…}`)
	is(t, e.zen("/api/gstin-validator/", `{"gstin":"29ABCPD1234E2Z9"}`, nil),
		`{"status":1,"valid":true,"company_details":{"legal_name":"Deccan Trading House",…}}`)
	is(t, e.zen(einvoice+"cancel/", sample(t, "Z/1"), nil), `{"status":1,…"Irn":"`+answer.Irn+`",…"CancelDate":"…}`)
	is(t, e.zen(einvoice+"cancel/", sample(t, "Z/1"), nil), `{"status":0,…"ErrorDetails":[{"ErrorCode":"9999",…`)
	if status, got := e.call("POST", einvoice, "{}", map[string]string{"Token": "x"}); status != http.StatusUnauthorized ||
		!strings.Contains(got, "Invalid token") {
		t.Errorf("another token answered %d %s", status, got)
	}
}
