package gspface_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
)

func (e erp) dec(method, path, body string, more ...string) string {
	e.Helper()
	query := url.Values{"aspid": {"1600000003"}, "PASSWORD": {"Sal-Asp-3"}, "Gstin": {dakshin}, "user_name": {"books"}}
	for i := 0; i+1 < len(more); i += 2 {
		query.Set(more[i], more[i+1])
	}
	status, answer := e.call(method, path+"?"+query.Encode(), body, nil)
	if status != http.StatusOK {
		e.Errorf("%s answered %d", path, status)
	}
	return answer
}

func TestTaxProDec(t *testing.T) {
	e := start(t)
	login := e.dec("GET", "/eivital/dec/v1.04/auth", "", "eInvPwd", "Books@2024")
	is(t, login, `{"Status":1,"Data":{"ClientId":"AAFCC29ERP82ZSO","UserName":"books","AuthToken":"…","Sek":"",`+
		`"TokenExpiry":"20…"},"ErrorDetails":null,"InfoDtls":null}`)
	var in struct{ Data struct{ AuthToken string } }
	if err := json.Unmarshal([]byte(login), &in); err != nil {
		t.Fatal(err)
	}
	token := []string{"AuthToken", in.Data.AuthToken}
	made := e.dec("POST", "/eicore/dec/v1.03/Invoice", sample(t, "T/1"), append(token, "QrCodeSize", "250")...)
	is(t, made, `{"Status":"1","Data":"{\"AckNo\":…,\"AckDt\":\"…\"Irn\":\"…QrCodeImage…","ErrorDetails":null,"InfoDtls":null}`)
	var answer struct{ Data string }
	var data struct{ Irn, QrCodeImage, JwtIssuer, ExtractedSignedQrCode string }
	if err := json.Unmarshal([]byte(made), &answer); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(answer.Data), &data); err != nil || data.QrCodeImage == "" || data.JwtIssuer == "" ||
		data.ExtractedSignedQrCode == "" {
		t.Fatalf("Data is %s: %v", answer.Data, err)
	}
	const core = "/eicore/dec/v1.03/Invoice"
	for _, c := range []struct {
		name, got, want string
	}{
		{"a duplicate", e.dec("POST", core, sample(t, "T/1"), token...), `{"Status":"0","Data":null,"ErrorDetails":` +
			`[{"ErrorCode":"2150","ErrorMessage":"Duplicate IRN"}],"InfoDtls":[{"InfCd":"DUPIRN","Desc":{"AckNo":…,` +
			`"AckDt":"…","Irn":"` + data.Irn + `"}}]}`},
		{"by IRN, for Tally", e.dec("GET", core+"/irn/"+data.Irn, "", append(token, "fortally", "1")...),
			`{"Status":"1","Data":"…","ErrorDetails":null,"InfoDtls":null,"status_cd":"1","error_cd":"","error_message":""}`},
		{"a GSTIN", e.dec("GET", "/eivital/dec/v1.04/master/gstin/29ABCPD1234E2Z9", "", token...),
			`{"Status":"1","Data":"{\"Gstin\":\"29ABCPD1234E2Z9\"…","ErrorDetails":null,"InfoDtls":null}`},
		{"a token that is not known", e.dec("POST", core, sample(t, "T/2"), "AuthToken", "x"),
			`{"status_cd":"0","error":{"error_cd":"GSP752","message":"eInvoice AuthToken not found or expired"}}`},
		{"the same for Tally", e.dec("POST", core, sample(t, "T/2"), "AuthToken", "x", "fortally", "1"),
			`{"status_cd":"0","error_cd":"GSP752","error_message":"eInvoice AuthToken not found or expired"}`},
		{"no token", e.dec("POST", core, sample(t, "T/2")), `{"status_cd":"0","error":{"error_cd":"GSP008",…}}`},
		{"a wrong ASP password", e.dec("POST", core, sample(t, "T/2"), "PASSWORD", "x"),
			`{"status_cd":"0","error":{"error_cd":"GSP020A","message":"Error: Invalid ASP Password."}}`},
		{"a wrong password", e.dec("GET", "/eivital/dec/v1.04/auth", "", "eInvPwd", "x"),
			`{"Status":0,"Data":null,"ErrorDetails":[{"ErrorCode":"1019",…}],"InfoDtls":null}`},
		{"a sealed body", e.dec("POST", core, `{"Data":"AAAA"}`, token...), `{"status_cd":"0","error":{"error_cd":"GSP500",…}}`},
		{"the e-way bill login", e.dec("GET", "/ewaybillapi/dec/v1.03/auth", "", "username", "books", "ewbpwd", "Books@2024",
			"action", "ACCESSTOKEN"), `{"status":"1","authtoken":"…","sek":""}`},
	} {
		t.Run(c.name, func(t *testing.T) { is(t, c.got, c.want) })
	}
}
