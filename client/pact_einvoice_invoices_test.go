//go:build pact

package client_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

const (
	deccanGSTIN = "29ABCPD1234E2Z9"
	unknownIRN  = "0000000000000000000000000000000000000000000000000000000000000000"
)

// The example of a registered invoice: in an answer, and as the client reads it.
const exampleIRN = "8f2d4b6a1c3e5f708192a3b4c5d6e7f80918273645546372819aabbccddeeff0"

var (
	registeredAs = map[string]any{
		"AckNo": 112410000000001, "AckDt": "2024-07-01 10:00:00", "Irn": exampleIRN, "Status": "ACT",
		"SignedInvoice": "header.invoice.signature", "SignedQRCode": "header.qr.signature",
		"EwbNo": nil, "EwbDt": nil, "EwbValidTill": nil, "Remarks": nil,
	}
	registeredInvoice = client.Invoice{
		AckNo: 112410000000001, AckDt: acknowledgedAt, IRN: exampleIRN, Status: client.InvoiceActive,
		SignedInvoice: "header.invoice.signature", SignedQRCode: "header.qr.signature",
	}
	acknowledgedAt = client.Stamp{Time: time.Date(2024, time.July, 1, 10, 0, 0, 0, ist)}
)

// The states with a user who is logged in. Each gives a token.
const (
	inAPI           = "the API user is logged in, with a valid invoice"
	inAPIRegistered = "the API user is logged in, and the invoice is registered"
	inAPICancelled  = "the API user is logged in, and the invoice is cancelled"
	inAPITooLong    = "the API user was logged in, too long ago"
	inAPIOtherKey   = "the API user is logged in, with an invoice under another key"
	inAPIRefused    = "the API user is logged in, with an invoice that has no parties"
)

// loggedInAPI is a call with a token, after the login that returned the token.
func loggedInAPI(t *testing.T, given string, i onEInvoice) onEInvoice {
	t.Helper()
	before := logIn(t)
	i.after, i.given = &before, []string{given}
	i.asks.header = apiHeader(apiTaxpayer)
	i.asks.header["user_name"] = apiTaxpayer.Username
	i.asks.header["AuthToken"] = fromState("${token}", fakeToken)
	return i
}

func generations(t *testing.T) []onEInvoice {
	t.Helper()
	generate := func(about, given, document string, gets answered, want any) onEInvoice {
		return loggedInAPI(t, given, onEInvoice{
			about: "generate" + about,
			asks: asked{
				method: http.MethodPost, path: "/eicore/v1.03/Invoice",
				body: map[string]any{"Data": aSealedDocument(t, "invoice", document)},
			},
			gets: gets,
			call: func(ctx context.Context, e *eInvoice) (any, error) {
				return orRefused(e.as(apiTaxpayer).Generate(ctx, json.RawMessage(document)))
			},
			want: want,
		})
	}
	refused := func(about, given, code, message string) onEInvoice {
		return generate(": "+about, given, exampleInvoice, refusedBy(code, message), rowsOf(code, message))
	}
	duplicate := refusedBy("2150", "Duplicate IRN")
	duplicate.body["InfoDtls"] = []any{map[string]any{"InfCd": "DUPIRN", "Desc": map[string]any{
		"AckNo": matchers.Integer(112410000000001), "AckDt": aStamp("2024-07-01 10:00:00"),
		"Irn": matchers.Regex(exampleIRN, `^[0-9a-f]{64}$`),
	}}}
	const missing = "The Seller Details field is required."
	refusal := good(http.StatusOK, map[string]any{"Status": 0, "ErrorDetails": matchers.EachLike(map[string]any{
		"ErrorCode": matchers.Regex("5002", `^5002$`), "ErrorMessage": anyText(missing),
	}, 1)})
	return []onEInvoice{
		generate(" an IRN", inAPI, exampleInvoice, sealedAs(t, registeredAs), registeredInvoice),
		generate(": a document that is registered", inAPIRegistered, exampleInvoice, duplicate,
			registeredBefore{exampleIRN, 112410000000001, acknowledgedAt}),
		generate(": a document without parties", inAPIRefused, partlessInvoice, refusal, rowsOf("5002", missing)),
		// The client logs in again and repeats the call before it returns this refusal.
		refused("a token that has expired", inAPITooLong, "1005", "Invalid Token"),
		refused("a Data under another key than the login's", inAPIOtherKey, "1020", "Decryption failed"),
	}
}

func invoiceReads(t *testing.T) []onEInvoice {
	t.Helper()
	byIRN := func(about, given string, path any, irn string, gets answered, want any) onEInvoice {
		return loggedInAPI(t, given, onEInvoice{
			about: "get by IRN" + about, asks: asked{method: http.MethodGet, path: path}, gets: gets,
			call: func(ctx context.Context, e *eInvoice) (any, error) {
				return orRefused(e.as(apiTaxpayer).InvoiceByIRN(ctx, irn))
			},
			want: want,
		})
	}
	const path = "/eicore/v1.03/Invoice/irn/"
	return []onEInvoice{
		byIRN("", inAPIRegistered, fromState(path+"${irn}", path+exampleIRN), exampleIRN,
			sealedAs(t, registeredAs), registeredInvoice),
		byIRN(": one that nobody gave", inAPI, path+unknownIRN, unknownIRN,
			refusedBy("2148", "Requested IRN data is not available"), rowsOf("2148", "Requested IRN data is not available")),
		loggedInAPI(t, inAPI, onEInvoice{
			about: "get by document: one that is not registered",
			asks: asked{
				method: http.MethodGet, path: "/eicore/v1.03/Invoice/irnbydocdetails",
				query: "doctype=INV&docnum=NONE/1&docdate=01/07/2024",
			},
			gets: refusedBy("2154", "IRN details are not found"),
			call: func(ctx context.Context, e *eInvoice) (any, error) {
				return orRefused(e.as(apiTaxpayer).InvoiceByDocument(ctx,
					client.Document{Type: "INV", Number: "NONE/1", Date: "01/07/2024"}))
			},
			want: rowsOf("2154", "IRN details are not found"),
		}),
	}
}

func cancellations(t *testing.T) []onEInvoice {
	t.Helper()
	cancel := func(about, given string, gets answered, want any) onEInvoice {
		return loggedInAPI(t, given, onEInvoice{
			about: "cancel" + about,
			asks: asked{
				method: http.MethodPost, path: "/eicore/v1.03/Invoice/Cancel",
				body: map[string]any{"Data": aSealedDocument(t, "cancellation",
					`{"Irn":"`+exampleIRN+`","CnlRsn":"1","CnlRem":"Sent twice"}`)},
			},
			gets: gets,
			call: func(ctx context.Context, e *eInvoice) (any, error) {
				return orRefused(e.as(apiTaxpayer).Cancel(ctx, client.Cancellation{
					IRN: exampleIRN, Reason: client.CancelDuplicate, Remark: "Sent twice",
				}))
			},
			want: want,
		})
	}
	return []onEInvoice{
		cancel(" an IRN", inAPIRegistered, sealedAs(t,
			map[string]any{"Irn": exampleIRN, "CancelDate": "2024-07-01 10:00:00"}),
			client.Cancelled{IRN: exampleIRN, CancelDate: acknowledgedAt}),
		cancel(": one that is cancelled already", inAPICancelled,
			refusedBy("9999", "Invoice is not active"), rowsOf("9999", "Invoice is not active")),
	}
}

func gstinReads(t *testing.T) []onEInvoice {
	t.Helper()
	read := func(about, gstin string, gets answered, want any) onEInvoice {
		return loggedInAPI(t, inAPI, onEInvoice{
			about: "GSTIN details" + about,
			asks:  asked{method: http.MethodGet, path: "/eivital/v1.04/Master/gstin/" + gstin}, gets: gets,
			call: func(ctx context.Context, e *eInvoice) (any, error) {
				return orRefused(e.as(apiTaxpayer).Taxpayer(ctx, gstin))
			},
			want: want,
		})
	}
	deccan := client.GSTINDetails{GSTIN: deccanGSTIN, LegalName: "Deccan", Status: "ACT", TaxpayerType: "REG"}
	return []onEInvoice{
		read("", deccanGSTIN, sealedAs(t, map[string]any{
			"Gstin": deccan.GSTIN, "LegalName": deccan.LegalName, "Status": deccan.Status, "TxpType": deccan.TaxpayerType,
		}), deccan),
		read(": a GSTIN that nobody has", "29ZZZCZ9999Z1ZF",
			refusedBy("3001", "Requested data is not available"), rowsOf("3001", "Requested data is not available")),
	}
}

// partlessInvoice is an invoice that violates the schema.
const partlessInvoice = `{"Version":"1.1"}`

// exampleInvoice is the smallest B2B invoice: one line at 18 percent, within one state.
const exampleInvoice = `{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B"},` +
	`"DocDtls":{"Typ":"INV","No":"NS/1","Dt":"01/07/2024"},` +
	`"SellerDtls":{"Gstin":"29ABCCD1234E1Z1","LglNm":"Dakshin Components Private Limited",` +
	`"Addr1":"1 Sample Road","Loc":"Bengaluru","Pin":560001,"Stcd":"29"},` +
	`"BuyerDtls":{"Gstin":"29ABCPD1234E2Z9","LglNm":"Deccan","Pos":"29",` +
	`"Addr1":"2 Sample Road","Loc":"Bengaluru","Pin":560002,"Stcd":"29"},` +
	`"ItemList":[{"SlNo":"1","IsServc":"N","PrdDesc":"Sample goods","HsnCd":"847130","Qty":1,"Unit":"NOS","UnitPrice":1000.00,` +
	`"TotAmt":1000.00,"AssAmt":1000.00,"GstRt":18,"CgstAmt":90.00,"SgstAmt":90.00,"TotItemVal":1180.00}],` +
	`"ValDtls":{"AssVal":1000.00,"CgstVal":90.00,"SgstVal":90.00,"TotInvVal":1180.00}}`
