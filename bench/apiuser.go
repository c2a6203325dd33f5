package main

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator/nic"
)

// apiUser is a program that uses the e-Invoice API. Each kind of call is made once by nicsim's client,
// and what that sent is sent again and again, with no more changed in it than must be.
type apiUser struct {
	api     *client.API
	sent    *recording
	block   cipher.Block // under the SEK of its login
	today   time.Time
	auth    request
	numbers atomic.Int64 // documents registered so far: 1 and on
	reads   atomic.Int64
}

const (
	benchSeller = "29ABCCD1234E1Z1"
	goodAnswer  = `{"Status":1,`
)

// newAPIUser performs section 1 of the guide and logs in with the credentials that it made.
func newAPIUser(ctx context.Context, urls map[string]string) (*apiUser, error) {
	control, err := client.NewControl(urls["control"], client.Options{})
	if err != nil {
		return nil, err
	}
	sandbox, err := client.NewSandbox(urls["sandbox"], client.Options{})
	if err != nil {
		return nil, err
	}
	plan := client.SandboxPlan{
		GSTIN: benchSeller, Mobile: "9876543210", Email: "accounts@dakshin.example",
		CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO", Username: "bench_api", Password: "Testing@123",
	}
	if _, err := client.PerformSandbox(ctx, sandbox, client.FromControl(control), plan, nil); err != nil {
		return nil, err
	}
	key, err := control.PublicKey(ctx, client.EnvironmentSandbox)
	if err != nil {
		return nil, err
	}
	u := &apiUser{sent: &recording{}, today: time.Now().In(nic.IST)}
	u.api, err = client.NewAPI(urls["sandbox"], client.Credentials{
		ClientID: plan.ClientID, ClientSecret: "SahyadriSecret000001", // of the fixtures
		GSTIN: plan.GSTIN, Username: plan.Username, Password: plan.Password,
	}, key, client.Options{HTTP: &http.Client{Transport: u.sent}})
	if err != nil {
		return nil, err
	}
	login, err := u.api.Login(ctx)
	if err != nil {
		return nil, err
	}
	u.auth = u.sent.last
	u.block, err = aes.NewCipher(login.SEK)
	return u, err
}

// recording remembers the last request that went through it.
type recording struct{ last request }

// RoundTrip makes the call.
func (c *recording) RoundTrip(r *http.Request) (*http.Response, error) {
	c.last = request{
		method: r.Method, url: r.URL.String(), header: r.Header.Clone(), status: http.StatusOK, begins: goodAnswer,
	}
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		c.last.body = string(body)
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return http.DefaultTransport.RoundTrip(r)
}

// generation is the registering of invoices that differ in nothing but their number.
type generation struct {
	request request
	block   cipher.Block
	data    string // the Data of the first
	length  int    // of the JSON in it, in bytes
	answer  client.Invoice
}

// generate registers one invoice, and knows then how to register more.
func (u *apiUser) generate(ctx context.Context, lines int) (*generation, error) {
	document := invoiceOf(numberOf(u.numbers.Add(1)), u.today, lines)
	answer, err := u.api.Generate(ctx, json.RawMessage(document))
	if err != nil {
		return nil, fmt.Errorf("registering an invoice of %d lines: %w", lines, err)
	}
	var body struct{ Data string }
	if err := json.Unmarshal([]byte(u.sent.last.body), &body); err != nil {
		return nil, err
	}
	g := &generation{u.sent.last, u.block, body.Data, len(document), answer}
	g.request.vary, err = renumbered(u.block, document, body.Data, func() int64 { return u.numbers.Add(1) })
	return g, err
}

// renumbered gives each copy of a sealed document, that of number 1 or another, the next number. In ECB
// every block is sealed for itself, and 48 bytes are 64 characters of base64: so that costs a few
// blocks, however long the document is.
func renumbered(block cipher.Block, document, data string, next func() int64) (func([]byte) func(), error) {
	at := strings.Index(document, numberPrefix)
	from, to := at/48*48, (at+numberLength+47)/48*48
	if at < 0 || to > len(document) {
		return nil, errors.New("the invoice has no number in its beginning")
	}
	return func(raw []byte) func() {
		start := bytes.Index(raw, []byte(data))
		sealed := raw[start+from/48*64 : start+to/48*64]
		plain, blocks := []byte(document[from:to]), make([]byte, to-from)
		return func() {
			copy(plain[at-from:], numberOf(next()))
			copy(blocks, plain)
			eachBlock(blocks, block.Encrypt)
			base64.StdEncoding.Encode(sealed, blocks)
		}
	}, nil
}

// read is the reading, by IRN, of all that is registered by now, one after the other in an order of
// its own.
func (u *apiUser) read(ctx context.Context) (request, error) {
	registered := u.numbers.Load()
	year := nic.FinancialYear(u.today)
	irnOf := func(n int64) string { return nic.IRN(benchSeller, year, "INV", numberOf(n)) }
	first := irnOf(1)
	if _, err := u.api.InvoiceByIRN(ctx, first); err != nil {
		return request{}, err
	}
	r := u.sent.last
	if !strings.HasSuffix(r.url, first) {
		return request{}, errors.New("the client does not ask with the IRN last")
	}
	r.vary = func(raw []byte) func() {
		from, _, _ := bytes.Cut(raw, []byte(first))
		irn := raw[len(from):][:len(first)]
		const stride = 7919 // a prime, so that neighbours are not read one after the other
		return func() { copy(irn, irnOf(u.reads.Add(stride)%registered+1)) }
	}
	return r, nil
}
