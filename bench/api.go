package main

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator/nic"
)

// apiUser is a program that uses the e-Invoice API. Package client makes each kind of call once; then the recorded
// request is sent again and again, with as few changes as possible.
type apiUser struct {
	api        *client.API
	sent       *recorder
	block      cipher.Block // under the session key of its login
	today      time.Time
	auth       request
	registered atomic.Int64 // invoices, with the numbers 1 and on
}

// newAPIUser performs section 1 of the guide and logs in with the credentials from it.
func newAPIUser(ctx context.Context, urls map[string]string) (*apiUser, error) {
	control, err := client.NewControl(urls["control"], client.Options{})
	if err != nil {
		return nil, err
	}
	sandbox, err := client.NewSandbox(urls["sandbox"], client.Options{})
	if err != nil {
		return nil, err
	}
	plan := sectionOne
	if _, err := client.PerformSandbox(ctx, sandbox, client.FromControl(control), plan, nil); err != nil {
		return nil, err
	}
	key, err := control.PublicKey(ctx, client.EnvironmentSandbox)
	if err != nil {
		return nil, err
	}
	u := &apiUser{sent: &recorder{}, today: time.Now().In(nic.IST)}
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

// generation registers invoices that differ only in their numbers.
type generation struct {
	request  request
	block    cipher.Block
	document []byte // the first
	answer   client.Invoice
}

// generate registers one invoice and returns the generation of further ones.
func (u *apiUser) generate(ctx context.Context, lines int) (*generation, error) {
	next := func() string { return invoiceOf(u.registered.Add(1), u.today, lines) }
	document := json.RawMessage(next())
	answer, err := u.api.Generate(ctx, document)
	if err != nil {
		return nil, fmt.Errorf("registering an invoice of %d lines: %w", lines, err)
	}
	request, err := u.sent.last.varied(seal(u.block, document), func() string { return seal(u.block, []byte(next())) })
	return &generation{request, u.block, document, answer}, err
}

// throughGateway is the request through the gateway of ClearTax, with the subscription of the fixtures. The gateway
// sends it on to NIC.
func (g *generation) throughGateway(gspURL string) (request, error) {
	const path, at, token = "/eicore/v1.03/Invoice ", "/einv-gsp/core/v1.03/Invoice ",
		"X-Ct-Auth-Token: 1.5c0d4f7a-93b1-4e2e-8a6f-0b7d1c2e\r\nGstin:"
	other := g.request
	other.address = strings.TrimPrefix(gspURL, "http://")
	other.next = func() []byte {
		raw := bytes.Replace(g.request.next(), []byte(path), []byte(at), 1)
		return bytes.Replace(raw, []byte("Gstin:"), []byte(token), 1)
	}
	if first := other.next(); !bytes.Contains(first, []byte(at)) || !bytes.Contains(first, []byte(token)) {
		return other, errors.New("the request is not one that can be sent to the gateway")
	}
	return other, nil
}

// reads compares reads of the registered invoices by IRN with the bare handler. The order spreads the reads over the
// invoices.
func (u *apiUser) reads(ctx context.Context, bareURL string) (*comparison, error) {
	read, err := u.read(ctx)
	if err != nil {
		return nil, err
	}
	bare, err := fairRead(ctx, bareURL, u.sent.asked, u.sent.answer)
	name := fmt.Sprintf("read by IRN, after %d invoices", u.registered.Load())
	return &comparison{name: name, workers: connections, reference: bare.dial, call: read.dial}, err
}

// read returns reads of the registered invoices by IRN, spread over all of them.
func (u *apiUser) read(ctx context.Context) (request, error) {
	if _, err := u.api.InvoiceByIRN(ctx, u.irnOf(1)); err != nil {
		return request{}, err
	}
	return u.readAny()
}

// irnOf returns the IRN of a registered invoice.
func (u *apiUser) irnOf(n int64) string {
	return nic.IRN(seller, nic.FinancialYear(u.today), "INV", numberOf(n))
}

// readAny varies the read of the first invoice, which was the last request.
func (u *apiUser) readAny() (request, error) {
	registered := u.registered.Load()
	var last atomic.Int64
	return u.sent.last.varied(u.irnOf(1), func() string {
		const stride = 7919 // a prime
		return u.irnOf(last.Add(stride)%registered + 1)
	})
}

// measureAPI starts both programs, so that the memory of nicsim shows the size of its invoices.
func measureAPI(ctx context.Context, p plan, r *report) (err error) {
	bare, nicsim, err := both(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop(), nicsim.stop()) }()
	user, err := newAPIUser(ctx, nicsim.urls)
	if err != nil {
		return fmt.Errorf("making a user: %w", err)
	}
	one, err := user.generate(ctx, 1)
	if err != nil {
		return err
	}
	for _, invoices := range []int64{min(fewInvoices, p.invoices), p.invoices} {
		more := func(time.Time) bool { return user.registered.Load() < invoices }
		if err := new(series).turn(ctx, connections, more, one.request.dial); err != nil {
			return err
		}
		c, err := user.reads(ctx, bare.urls["bare"])
		if err != nil {
			return err
		}
		if err := r.compare(ctx, p, c); err != nil {
			return err
		}
		r.memory = append(r.memory, memory{
			fmt.Sprintf("after %d invoices", user.registered.Load()), bare.memory(ctx), nicsim.memory(ctx),
		})
	}
	hundred, err := user.generate(ctx, 100)
	if err != nil {
		return err
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	open, err := authFloor(key)
	if err != nil {
		return err
	}
	floor := func(name string, call request, floor func() error) *comparison {
		return &comparison{name: name, workers: runtime.GOMAXPROCS(0), reference: always(floor), call: call.dial}
	}
	gateway, err := one.throughGateway(nicsim.urls["gsp"])
	if err != nil {
		return err
	}
	return r.compare(ctx, p,
		&comparison{name: "generate through a gateway, beside NIC's listener", workers: connections,
			reference: one.request.dial, call: gateway.dial},
		floor("auth", user.auth, open),
		floor("generate, 1 line", one.request, generateFloor(key, one)),
		floor("generate, 100 lines", hundred.request, generateFloor(key, hundred)))
}

// comparison is a kind of call and its reference: the cryptography of the call, or the bare handler.
type comparison struct {
	name            string
	workers         int // of the reference
	reference, call starter
	least, measured series
}

// compare measures each reference and each call once in each round.
func (r *report) compare(ctx context.Context, p plan, all ...*comparison) error {
	for range p.rounds {
		for _, c := range all {
			if err := c.least.turn(ctx, c.workers, until(p.turn), c.reference); err != nil {
				return fmt.Errorf("the reference of %s: %w", c.name, err)
			}
			if err := c.measured.turn(ctx, connections, until(p.turn), c.call); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	r.calls = append(r.calls, all...)
	return nil
}
