package client_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

// reject returns the error of a call to an API that gives this answer to each call after the login.
func reject(t *testing.T, answer string) error {
	t.Helper()
	n := newNIC(t)
	n.set(func() { n.answer = func(nicCall) string { return answer } })
	_, err := n.api(func() time.Time { return at(10, 0) }).Generate(t.Context(), []byte(`{}`))
	if err == nil {
		t.Fatal("no error")
	}
	requireNoAPISecrets(t, err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err))
	return err
}

func TestAPIErrorForms(t *testing.T) {
	t.Parallel()
	const rows = `[{"ErrorCode":"3039","ErrorMessage":"PIN code does not exist"},{"ErrorCode":"2177","ErrorMessage":"Invalid total"}]`
	quoted, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	encoded := `"` + b64(rows) + `"`
	both := []client.ErrorDetail{{Code: "3039", Message: "PIN code does not exist"},
		{Code: "2177", Message: "Invalid total"}}
	one := []client.ErrorDetail{{Code: "2148", Message: "gone"}}
	for name, c := range map[string]struct {
		answer string
		want   []client.ErrorDetail
	}{
		"array":               {refused(rows), both},
		"JSON string":         {refused(string(quoted)), both},
		"base64":              {refused(encoded), both},
		"base64 of a string":  {refused(`"` + b64(string(quoted)) + `"`), both},
		"status a string":     {strings.Replace(refused(rows), `"Status":0`, `"Status":"0"`, 1), both},
		"status with a blank": {strings.Replace(refused(rows), `"Status":0`, `"Status":"0 "`, 1), both},
		"names in lower case": {strings.ToLower(refused(`[{"ErrorCode":"2148","ErrorMessage":"gone"}]`)), one},
		"one alone":           {refused(`{"ErrorCode":"2148","ErrorMessage":"gone"}`), one},
		"code a number":       {refused(`[{"ErrorCode":2148,"ErrorMessage":"gone"}]`), one},
		"four members only":   {`{"Status":0,"ErrorDetails":[{"ErrorCode":"2148","ErrorMessage":"gone"}]}`, one},
		"InfoDtls empty": {`{"Status":0,"InfoDtls":"","ErrorDetails":[{"ErrorCode":"2148","ErrorMessage":"gone"}]}`,
			one},
		"e-way bill system": {`{"status":"0","error":"` + b64(`{"errorCodes":"312,240,"}`) + `","info":null}`,
			[]client.ErrorDetail{{Code: "312"}, {Code: "240"}}},
		"e-way bill system, as on its page": {`{"status":"0","error":{"errorCodes":240}}`,
			[]client.ErrorDetail{{Code: "240"}}},
		"error, an array": {`{"status":"0","error":"` + b64(`[{"errorCode":"2148","errorMessage":"gone"}]`) + `"}`, one},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := reject(t, c.answer)
			got := as[*client.APIError](t, err)
			if diff := cmp.Diff(c.want, got.Details); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if !strings.HasPrefix(err.Error(), "POST /eicore/v1.03/Invoice: the API refused: "+c.want[0].String()) {
				t.Errorf("error is %q", err)
			}
			if !got.Has(c.want[0].Code) || got.Has("9999") {
				t.Errorf("Has is wrong for %v", got)
			}
		})
	}
}

func TestAPIUnexpectedAnswers(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"nothing":              ``,
		"a page":               `<html>`,
		"a list":               `[]`,
		"no status":            `{}`,
		"status 2":             `{"Status":2}`,
		"status true":          `{"Status":true}`,
		"status a list":        `{"Status":[1]}`,
		"good without Data":    `{"Status":1}`,
		"Data null":            `{"Status":1,"Data":null}`,
		"Data empty":           `{"Status":1,"Data":""}`,
		"Data not sealed":      `{"Status":1,"Data":{"Irn":"x"}}`,
		"Data no base64":       `{"Status":1,"Data":"*"}`,
		"under another key":    `{"Status":1,"Data":"` + publicSEKs[0].sealed + `"}`,
		"not whole blocks":     `{"Status":1,"Data":"AAAA"}`,
		"refused without rows": refused(`null`),
		"no rows":              refused(`[]`),
		"rows empty":           refused(`""`),
		"rows of something":    refused(`"hello"`),
		"rows of numbers":      refused(`[1]`),
		"a row without code":   refused(`[{"ErrorMessage":"gone"}]`),
		"a code that is a row": refused(`[{"ErrorCode":"\q"}]`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := as[*client.UnexpectedAnswer](t, reject(t, answer))
			if got.Method != "POST" || got.Path != "/eicore/v1.03/Invoice" || got.Status != 200 || got.Reason == "" {
				t.Errorf("error is %v", got)
			}
		})
	}
}

func TestDataWithBadPadding(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]string{
		"zero":      "fifteen bytes..\x00",
		"seventeen": "fifteen bytes..\x11",
		"different": "fourteen bytes\x01\x02",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// The first block only, without the valid padding after it.
			sealed, err := base64.StdEncoding.DecodeString(ecb(t, "seal", firstSEK(t), block))
			if err != nil {
				t.Fatal(err)
			}
			answer := `{"Status":1,"Data":"` + b64(string(sealed[:16])) + `"}`
			got := as[*client.UnexpectedAnswer](t, reject(t, answer))
			if !strings.Contains(got.Reason, "does not decrypt") {
				t.Errorf("reason is %q", got.Reason)
			}
		})
	}
}

// Unusable answers to a login.
func TestLoginUnexpectedAnswers(t *testing.T) {
	t.Parallel()
	const token = `"AuthToken":"` + fakeToken + `"`
	sek := `"Sek":"` + publicSEKs[0].sealed + `"`
	const expiry = `"TokenExpiry":"2026-11-22 11:00:00"`
	for name, data := range map[string]string{
		"text":           `"` + publicSEKs[0].sealed + `"`,
		"null":           `null`,
		"no token":       `{` + sek + `,` + expiry + `}`,
		"no Sek":         `{` + token + `,` + expiry + `}`,
		"no expiry":      `{` + token + `,` + sek + `}`,
		"expiry no time": `{` + token + `,` + sek + `,"TokenExpiry":"soon"}`,
		"another AppKey": `{` + token + `,"Sek":"` + publicSEKs[1].sealed + `",` + expiry + `}`,
		"a Sek of 5 byte": `{` + token + `,"Sek":"` + ecb(t, "seal", []byte(publicSEKs[0].appKey), "12345") + `",` + expiry +
			`}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			transport := roundTrip(func(r *http.Request) (*http.Response, error) {
				return answerOf(r, `{"Status":1,"Data":`+data+`}`), nil
			})
			n := &nic{t: t, base: "http://irp.example"}
			a := n.apiOf(apiUser, client.Options{HTTP: &http.Client{Transport: transport}, Random: repeat(publicSEKs[0].appKey)})
			_, err := a.Login(t.Context())
			_ = as[*client.UnexpectedAnswer](t, err)
			requireNoAPISecrets(t, err.Error(), fmt.Sprintf("%#v", err))
		})
	}
}

func TestAPIWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer func(*http.Request) (*http.Response, error)
		check  func(*testing.T, error)
	}{
		"unreachable": {
			func(*http.Request) (*http.Response, error) { return nil, errors.New("no route") },
			func(t *testing.T, err error) { t.Helper(); _ = as[*client.Unreachable](t, err) },
		},
		"404": {
			func(r *http.Request) (*http.Response, error) {
				answer := answerOf(r, "not here")
				answer.StatusCode = http.StatusNotFound
				return answer, nil
			},
			func(t *testing.T, err error) {
				t.Helper()
				if got := as[*client.UnexpectedAnswer](t, err); got.Status != 404 {
					t.Errorf("error is %v", err)
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := &nic{t: t, base: "http://irp.example"}
			a := n.apiOf(apiUser, client.Options{HTTP: &http.Client{Transport: roundTrip(c.answer)},
				Random: repeat(publicSEKs[0].appKey)})
			_, err := a.InvoiceByIRN(t.Context(), anIRN)
			c.check(t, err)
			requireNoAPISecrets(t, err.Error(), fmt.Sprintf("%#v", err))
		})
	}
}

func TestLoginWithoutRandomBytes(t *testing.T) {
	t.Parallel()
	a := newNIC(t).apiOf(apiUser, client.Options{Random: strings.NewReader("too short")})
	if _, err := a.Login(t.Context()); err == nil || !strings.Contains(err.Error(), "making an AppKey") {
		t.Errorf("error is %v", err)
	}
}

func TestDocumentThatCannotBeEncoded(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	a := n.api(func() time.Time { return at(10, 0) })
	_, generate := a.Generate(t.Context(), func() {})
	_, ewayBill := a.EwayBill(t.Context(), func() {})
	for _, err := range []error{generate, ewayBill} {
		if err == nil || !strings.Contains(err.Error(), "encoding the document") {
			t.Errorf("error is %v", err)
		}
	}
	if _, calls := n.seen(); len(calls) != 0 {
		t.Errorf("calls are %q", calls)
	}
}

func TestAlreadyRegistered(t *testing.T) {
	t.Parallel()
	const rows = `"ErrorDetails":[{"ErrorCode":"2150","ErrorMessage":"Duplicate IRN"}]`
	desc := `{"AckNo":112410188589976,"AckDt":"2026-11-22 10:00:00","Irn":"` + anIRN + `"}`
	quoted, err := json.Marshal(desc)
	if err != nil {
		t.Fatal(err)
	}
	for name, info := range map[string]string{
		"object": `[{"InfCd":"DUPIRN","Desc":` + desc + `}]`,
		"text":   `[{"InfCd":"DUPIRN","Desc":` + string(quoted) + `}]`,
		"AckNo a string": `[{"InfCd":"DUPIRN","Desc":` + strings.Replace(desc, "112410188589976", `"112410188589976"`, 1) +
			`}]`,
		"not the first": `[{"InfCd":"ADDNLNFO","Desc":"x"},{"InfCd":"DUPIRN","Desc":` + desc + `}]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := reject(t, `{"Status":0,"Data":null,`+rows+`,"InfoDtls":`+info+`}`)
			got := as[*client.AlreadyRegistered](t, err)
			if got.IRN != anIRN || got.AckNo != 112410188589976 || !got.AckDt.Equal(at(10, 0)) {
				t.Errorf("registered as %+v", got)
			}
			if refused := as[*client.APIError](t, err); !refused.Has("2150") || refused != got.Refusal {
				t.Errorf("refusal is %v", refused)
			}
			if !strings.Contains(err.Error(), "2150: Duplicate IRN (registered as "+anIRN+")") {
				t.Errorf("error is %v", err)
			}
		})
	}
	for name, answer := range map[string]string{
		"2150 without information": `{"Status":0,` + rows + `,"InfoDtls":null}`,
		"information of no use":    `{"Status":0,` + rows + `,"InfoDtls":[{"InfCd":"DUPIRN","Desc":{"AckNo":1}}]}`,
		"information of no form":   `{"Status":0,` + rows + `,"InfoDtls":[{"InfCd":"DUPIRN","Desc":7}]}`,
		"another refusal":          `{"Status":0,"ErrorDetails":[{"ErrorCode":"2148","ErrorMessage":"x"}],"InfoDtls":[{"InfCd":"DUPIRN","Desc":` + desc + `}]}`,
		"another IRP's": `{"Status":0,"ErrorDetails":[{"ErrorCode":"2295","ErrorMessage":"x"}],"InfoDtls":[{"InfCd":"DUPIRNGLP",` +
			`"Desc":{"AckNo":"-","AckDt":"2026-11-22 10:00:00","Irn":"x","RegIrp":"y"}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := reject(t, answer)
			var registered *client.AlreadyRegistered
			if errors.As(err, &registered) {
				t.Errorf("registered as %+v", registered)
			}
			_ = as[*client.APIError](t, err)
		})
	}
}

// A number that another IRP has registered, in the forms in which clients read it.
func TestRegisteredElsewhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ desc, irp, at string }{
		"details":          {`{"AckNo":"-","AckDt":"2026-11-22 10:00:00","Irn":"` + anIRN + `","IrnDtl":{"RegIrp":"NIC2"}}`, "NIC2", "NIC2"},
		"beside the IRN":   {`{"AckNo":null,"AckDt":"2026-11-22 10:00:00","Irn":"` + anIRN + `","RegIrp":"EY"}`, "EY", "EY"},
		"without its name": {`{"AckDt":"2026-11-22 10:00:00","Irn":"` + anIRN + `"}`, "", "another IRP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := reject(t, `{"Status":0,"ErrorDetails":[{"ErrorCode":"2295","ErrorMessage":"x"}],"InfoDtls":[{"InfCd":"DUPIRNGLP",`+
				`"Desc":`+c.desc+`}]}`)
			got := as[*client.RegisteredElsewhere](t, err)
			if got.IRN != anIRN || got.IRP != c.irp || !got.AckDt.Equal(at(10, 0)) || !got.Refusal.Has("2295") {
				t.Errorf("registered as %+v", got)
			}
			if !strings.Contains(err.Error(), "registered as "+anIRN+" at "+c.at) {
				t.Errorf("error is %v", err)
			}
		})
	}
	for name, desc := range map[string]string{"no IRN": `{"AckDt":"-"}`, "no form": `7`} {
		err := reject(t, `{"Status":0,"ErrorDetails":[{"ErrorCode":"2295","ErrorMessage":"x"}],"InfoDtls":[{"InfCd":"DUPIRNGLP",`+
			`"Desc":`+desc+`}]}`)
		var elsewhere *client.RegisteredElsewhere
		if errors.As(err, &elsewhere) {
			t.Errorf("%s: registered as %+v", name, elsewhere)
		}
		_ = as[*client.APIError](t, err)
	}
}

// The invoice is registered, and the answer has additional information.
func TestInformationBesideAnInvoice(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.set(func() {
		n.answer = func(nicCall) string {
			return strings.Replace(sealedAnswer(t, `{"Irn":"x","AckNo":1,"EwbNo":5}`), `"InfoDtls":null`,
				`"InfoDtls":[{"InfCd":"EWBPPD","Desc":"Pin-Pin calc distance: 2467KM"},
					{"InfCd":"EWBERR","Desc":[{"ErrorCode":"4019","ErrorMessage":"Provide Transporter ID"}]}]`, 1)
		}
	})
	a := n.api(func() time.Time { return at(10, 0) })
	got, err := a.Generate(t.Context(), []byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	if want := []client.ErrorDetail{{Code: "4019", Message: "Provide Transporter ID"}}; !cmp.Equal(got.EwayBillErrors(),
		want) {
		t.Errorf("e-way bill: %v", got.EwayBillErrors())
	}
	if got.DistanceKM() != 2467 {
		t.Errorf("distance %d", got.DistanceKM())
	}
	if e, err := a.EwayBill(t.Context(), []byte(`{}`)); err != nil || e.DistanceKM() != 2467 {
		t.Errorf("e-way bill %+v, %v", e, err)
	}
	for _, desc := range []string{`"none"`, `7`, `"99999999999999999999999"`, `null`} {
		other := client.Invoice{Info: []client.Info{
			{Code: client.InfoDistance, Desc: json.RawMessage(desc)},
			{Code: client.InfoEwayBillFailed, Desc: json.RawMessage(desc)},
		}}
		if other.DistanceKM() != 0 || other.EwayBillErrors() != nil {
			t.Errorf("%s: %d, %v", desc, other.DistanceKM(), other.EwayBillErrors())
		}
	}
	if (client.Invoice{}).DistanceKM() != 0 || (client.Invoice{}).EwayBillErrors() != nil {
		t.Error("an invoice without information has some")
	}
}
