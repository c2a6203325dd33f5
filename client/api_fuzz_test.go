package client_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

// Every answer of an API gives an invoice or one of the documented errors.
func FuzzAPIAnswer(f *testing.F) {
	f.Add(refused(`[{"ErrorCode":"2148","ErrorMessage":"gone"}]`), `{}`)
	f.Add(refused(`"`+b64(`[{"ErrorCode":"2150"}]`)+`"`), ``)
	f.Add(`{"Status":0,"ErrorDetails":[{"ErrorCode":"2150"}],"InfoDtls":[{"InfCd":"DUPIRN","Desc":{"Irn":"x"}}]}`, `[`)
	f.Add(`{"status":"0","error":"`+b64(`{"errorCodes":"1,"}`)+`"}`, `{"Irn":"x","AckNo":1}`)
	f.Add(``, `{"Irn":"x","AckNo":"1e3","AckDt":"-"}`)
	f.Fuzz(func(t *testing.T, answer, document string) {
		for _, body := range []string{answer, sealedAnswer(t, document)} {
			n := &nic{t: t, base: "http://irp.example"}
			transport := roundTrip(func(r *http.Request) (*http.Response, error) {
				if r.URL.Path == "/eivital/v1.04/auth" {
					return answerOf(r, loggedIn(fakeToken, publicSEKs[0].sealed, "2026-11-22 11:00:00")), nil
				}
				return answerOf(r, body), nil
			})
			a := n.apiOf(apiUser, client.Options{
				HTTP: &http.Client{Transport: transport}, Random: repeat(publicSEKs[0].appKey),
				Now: func() time.Time { return at(10, 0) },
			})
			invoice, err := a.InvoiceByIRN(t.Context(), anIRN)
			if err == nil {
				if invoice.IRN == "" || invoice.AckNo == 0 {
					t.Errorf("%q gives %+v", body, invoice)
				}
				_, _ = invoice.DistanceKM(), invoice.EwayBillErrors()
				continue
			}
			var refusal *client.APIError
			var unexpected *client.UnexpectedAnswer
			if !errors.As(err, &refusal) && !errors.As(err, &unexpected) || refusal != nil && len(refusal.Details) == 0 {
				t.Errorf("%q gives %v", body, err)
			}
		}
	})
}
