package client_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
)

const anIRN = "35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"

// apiRow is a call: its form on the wire, its sealed document, and the result of the answer.
type apiRow struct {
	name     string
	wire     string // method and URI
	document string // sealed in the body of the request; empty for a GET
	answer   string // sealed in the answer
	call     func(context.Context, *client.API) (any, error)
	want     any
}

func apiRows() []apiRow {
	type api = *client.API
	const registered = `{"AckNo":112410188589976,"AckDt":"2026-11-22 10:00:00","Irn":"` + anIRN + `","SignedInvoice":"a.b.c",
		"SignedQRCode":"d.e.f","Status":"ACT","EwbNo":null,"EwbDt":null,"EwbValidTill":null,"Remarks":null}`
	want := client.Invoice{
		AckNo: 112410188589976, AckDt: client.Stamp{Time: at(10, 0)}, IRN: anIRN,
		SignedInvoice: "a.b.c", SignedQRCode: "d.e.f", Status: client.InvoiceActive,
	}
	return []apiRow{
		{
			name: "generate, as written", wire: "POST /eicore/v1.03/Invoice",
			document: "{ \"Version\": \"1.1\", \"x\": 1.10, \"x\": NaN }\n", answer: registered,
			call: func(ctx context.Context, a api) (any, error) {
				return a.Generate(ctx, json.RawMessage("{ \"Version\": \"1.1\", \"x\": 1.10, \"x\": NaN }\n"))
			},
			want: want,
		},
		{
			name: "generate, bytes", wire: "POST /eicore/v1.03/Invoice", document: `{}`, answer: registered,
			call: func(ctx context.Context, a api) (any, error) { return a.Generate(ctx, []byte(`{}`)) },
			want: want,
		},
		{
			name: "generate, a value", wire: "POST /eicore/v1.03/Invoice", document: `{"TrdNm":"M&S <x>"}`, answer: registered,
			call: func(ctx context.Context, a api) (any, error) {
				return a.Generate(ctx, map[string]string{"TrdNm": "M&S <x>"})
			},
			want: want,
		},
		{
			name: "generate, empty", wire: "POST /eicore/v1.03/Invoice", document: "",
			answer: strings.ToLower(registered), // names in lower case are accepted
			call:   func(ctx context.Context, a api) (any, error) { return a.Generate(ctx, json.RawMessage{}) },
			want: client.Invoice{
				AckNo: 112410188589976, AckDt: client.Stamp{Time: at(10, 0)}, IRN: anIRN,
				SignedInvoice: "a.b.c", SignedQRCode: "d.e.f", Status: "act",
			},
		},
		{
			name: "with an e-way bill", wire: "POST /eicore/v1.03/Invoice", document: `{}`,
			answer: `{"AckNo":"112410188589976","AckDt":"2026-11-22 10:00:00","Irn":"` + anIRN + `","SignedInvoice":"","SignedQRCode":"",
				"Status":"ACT","EwbNo":1.11008683051e11,"EwbDt":"2026-11-22 10:00:00","EwbValidTill":"2026-11-23 23:59:00","Remarks":"far"}`,
			call: func(ctx context.Context, a api) (any, error) { return a.Generate(ctx, []byte(`{}`)) },
			want: client.Invoice{
				AckNo: 112410188589976, AckDt: client.Stamp{Time: at(10, 0)}, IRN: anIRN, Status: "ACT", EwbNo: 111008683051,
				EwbDt: client.Stamp{Time: at(10, 0)}, EwbValidTill: client.Stamp{Time: at(23, 59).AddDate(0, 0, 1)}, Remarks: "far",
			},
		},
		{
			name: "by IRN", wire: "GET /eicore/v1.03/Invoice/irn/" + anIRN, answer: registered,
			call: func(ctx context.Context, a api) (any, error) { return a.InvoiceByIRN(ctx, anIRN) },
			want: want,
		},
		{
			name: "by no IRN", wire: "GET /eicore/v1.03/Invoice/irn/..%2Fx%3Fy", answer: registered,
			call: func(ctx context.Context, a api) (any, error) { return a.InvoiceByIRN(ctx, "../x?y") },
			want: want,
		},
		{
			name:   "by document",
			wire:   "GET /eicore/v1.03/Invoice/irnbydocdetails?docdate=22%2F11%2F2026&docnum=A%2F1-2&doctype=INV",
			answer: registered,
			call: func(ctx context.Context, a api) (any, error) {
				return a.InvoiceByDocument(ctx, client.Document{Type: "INV", Number: "A/1-2", Date: "22/11/2026"})
			},
			want: want,
		},
		{
			name: "rejected", wire: "GET /eicore/v1.03/Invoice/rejectedirns?date=22%2F11%2F2026", answer: `["` + anIRN + `"]`,
			call: func(ctx context.Context, a api) (any, error) { return a.RejectedIRNs(ctx, "22/11/2026") },
			want: []string{anIRN},
		},
		{
			name: "cancel", wire: "POST /eicore/v1.03/Invoice/Cancel",
			document: `{"Irn":"` + anIRN + `","CnlRsn":"1","CnlRem":"Wrong entry"}`,
			answer:   `{"Irn":"` + anIRN + `","CancelDate":"2026-11-22 10:05:00"}`,
			call: func(ctx context.Context, a api) (any, error) {
				return a.Cancel(ctx, client.Cancellation{IRN: anIRN, Reason: client.CancelDuplicate, Remark: "Wrong entry"})
			},
			want: client.Cancelled{IRN: anIRN, CancelDate: client.Stamp{Time: at(10, 5)}},
		},
		{
			name: "e-way bill", wire: "POST /eiewb/v1.03/ewaybill", document: `{"Irn":"x"}`,
			answer: `{"EwbNo":111008683051,"EwbDt":"2026-11-22 10:00:00","EwbValidTill":null,"Remarks":null}`,
			call: func(ctx context.Context, a api) (any, error) {
				return a.EwayBill(ctx, map[string]string{"Irn": "x"})
			},
			want: client.EwayBill{Number: 111008683051, Date: client.Stamp{Time: at(10, 0)}},
		},
		{
			name: "e-way bill by IRN", wire: "GET /eiewb/v1.03/ewaybill/irn/" + anIRN,
			answer: `{"EwbNo":111008683051,"Status":"ACT","GenGstin":"29ABCCD1234E1Z1","EwbDt":"2026-11-22 10:00:00","EwbValidTill":"2026-11-22 23:59:00","Alert":null}`,
			call:   func(ctx context.Context, a api) (any, error) { return a.GetEwayBill(ctx, anIRN) },
			want: client.EwayBillState{
				Number: 111008683051, Status: "ACT", GenGSTIN: "29ABCCD1234E1Z1",
				Date: client.Stamp{Time: at(10, 0)}, ValidTill: client.Stamp{Time: at(23, 59)},
			},
		},
		{
			name: "cancel e-way bill", wire: "POST /ewaybillapi/v1.03/ewayapi",
			document: b64(`{"ewbNo":391009149369,"cancelRsnCode":2,"cancelRmrk":"not wanted"}`),
			answer:   `{"ewayBillNo":"391009149369","cancelDate":"22/11/2026 12:10:00 PM"}`,
			call: func(ctx context.Context, a api) (any, error) {
				return a.CancelEwayBill(ctx, client.EwayBillCancellation{
					Number: 391009149369, Reason: client.EwayBillOrderCancelled, Remark: "not wanted",
				})
			},
			want: client.CancelledEwayBill{Number: 391009149369, CancelDate: client.Stamp{Time: at(12, 10)}},
		},
		{
			name: "cancel e-way bill, answered in base64", wire: "POST /ewaybillapi/v1.03/ewayapi",
			document: b64(`{"ewbNo":391009149369,"cancelRsnCode":2,"cancelRmrk":"not wanted"}`),
			answer:   b64(`{"ewayBillNo":"391009149369","cancelDate":"22/11/2026 12:10:00 PM"}`),
			call: func(ctx context.Context, a api) (any, error) {
				return a.CancelEwayBill(ctx, client.EwayBillCancellation{
					Number: 391009149369, Reason: client.EwayBillOrderCancelled, Remark: "not wanted",
				})
			},
			want: client.CancelledEwayBill{Number: 391009149369, CancelDate: client.Stamp{Time: at(12, 10)}},
		},
		{
			name: "taxpayer", wire: "GET /eivital/v1.04/Master/gstin/29ABCPD1234E2Z9",
			answer: `{"Gstin":"29ABCPD1234E2Z9","TradeName":null,"LegalName":"Deccan","AddrBnm":"a","AddrBno":"b","AddrFlno":"","AddrSt":"c",
				"AddrLoc":"d","StateCode":"29","AddrPncd":560001,"TxpType":"REG","Status":"ACT","BlkStatus":"U","DtReg":"2017-07-01","DtDReg":null}`,
			call: func(ctx context.Context, a api) (any, error) { return a.Taxpayer(ctx, "29ABCPD1234E2Z9") },
			want: client.GSTINDetails{
				GSTIN: "29ABCPD1234E2Z9", LegalName: "Deccan", BuildingName: "a", BuildingNo: "b", Street: "c", Location: "d",
				StateCode: 29, Pincode: 560001, TaxpayerType: "REG", Status: "ACT", BlockStatus: "U",
				Registered: client.Stamp{Time: time.Date(2017, 7, 1, 0, 0, 0, 0, at(0, 0).Location())},
			},
		},
		{
			name: "sync", wire: "GET /eivital/v1.04/Master/syncgstin/29ABCPD1234E2Z9",
			answer: `{"Gstin":"29ABCPD1234E2Z9","StateCode":null,"AddrPncd":"","DtReg":"-"}`,
			call:   func(ctx context.Context, a api) (any, error) { return a.SyncTaxpayer(ctx, "29ABCPD1234E2Z9") },
			want:   client.GSTINDetails{GSTIN: "29ABCPD1234E2Z9"},
		},
	}
}

func TestAPIMethods(t *testing.T) {
	t.Parallel()
	for _, row := range apiRows() {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			n := newNIC(t)
			n.set(func() {
				n.answer = func(call nicCall) string {
					if call.document != row.document {
						t.Errorf("sealed %q, want %q", call.document, row.document)
					}
					h := call.request.Header
					for name, want := range map[string]string{
						"Client_id": apiUser.ClientID, "Client_secret": apiUser.ClientSecret, "Gstin": apiUser.GSTIN,
						"User_name": apiUser.Username, "Authtoken": fakeToken, "Content-Type": "application/json",
					} {
						if got := h.Values(name); len(got) != 1 || got[0] != want {
							t.Errorf("header %s is %q", name, got)
						}
					}
					if wantAction := strings.HasPrefix(row.name, "cancel e-way"); wantAction != (call.body["action"] == "CANEWB") ||
						(call.body["data"] != "") != wantAction {
						t.Errorf("body is %v", call.body)
					}
					return sealedAnswer(t, row.answer)
				}
			})
			got, err := row.call(t.Context(), n.api(func() time.Time { return at(10, 0) }))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if _, calls := n.seen(); !cmp.Equal(calls, []string{row.wire}) {
				t.Errorf("calls are %q, want %q", calls, row.wire)
			}
		})
	}
}

// An answer without its essential members is an error.
func TestAPIMethodsRefuseIncompleteAnswers(t *testing.T) {
	t.Parallel()
	for _, row := range apiRows() {
		for _, answer := range []string{`{}`, `"x"`, `x`} {
			if row.name == "rejected" && answer == `{}` {
				answer = `{"Irn":[]}`
			}
			t.Run(row.name+" "+answer, func(t *testing.T) {
				t.Parallel()
				n := newNIC(t)
				n.registered(answer)
				_, err := row.call(t.Context(), n.api(func() time.Time { return at(10, 0) }))
				_ = as[*client.UnexpectedAnswer](t, err)
			})
		}
	}
}

func TestAPIHealth(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		"e-Invoice Vital:-22-11-2026 10:05:00":   true,
		"e-Invoice Vital: 22-11-2026 10:05:00\n": true,
		"e-Invoice Vital:-32-11-2026 10:05:00":   false,
		"OK":                                     false,
		"":                                       false,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if got := r.Method + " " + r.RequestURI; got != "GET /eivital/v1.04/heartbeat/ping" {
				t.Errorf("call is %s", got)
			}
			if r.Header.Get("Client_secret") != "" {
				t.Error("the call has the client secret")
			}
			fmt.Fprint(w, text)
		}))
		t.Cleanup(server.Close)
		n := &nic{t: t, base: server.URL}
		got, err := n.api(nil).Health(t.Context())
		if good && (err != nil || !got.Equal(at(10, 5))) || !good && err == nil {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestNewAPIRefuses(t *testing.T) {
	t.Parallel()
	key, err := fixtures.PayloadPublicPEM("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := fixtures.SigningCertificatePEM("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	const p256 = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n" +
		"6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n"
	for _, c := range []struct{ base, key, says string }{
		{"http://irp.example", string(key), ""},
		{"http://irp.example", "a comment\n" + string(certificate), ""},
		{"irp.example", string(key), "must start with http"},
		{"http://irp.example", "", "no PEM block"},
		{"http://irp.example", p256, "not an RSA key"},
		{"http://irp.example", "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n", "public key: "},
		{"http://irp.example", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "public key: "},
		{"http://irp.example", "-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----\n", "public key: "},
		{"http://irp.example", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "holds no public key"},
	} {
		_, err := client.NewAPI(c.base, apiUser, []byte(c.key), client.Options{})
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s with %.40q: %v, want %q", c.base, c.key, err, c.says)
		}
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	a := n.api(func() time.Time { return at(10, 0) })
	login, err := a.Login(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(login)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "login", login, "who", apiUser, "api", a)
	texts := []string{string(encoded), log.String()}
	for _, v := range []any{login, &login, apiUser, &apiUser, a, struct{ C client.Credentials }{apiUser}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			texts = append(texts, fmt.Sprintf(verb, v))
		}
	}
	requireNoAPISecrets(t, texts...)
}
