package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

// These tests run under nicsim exec:
//
//	nicsim exec -- go test
//
// They share its world, and the later ones move its clock.

// rig is the client of a test.
type rig struct {
	api     *client.API
	control *client.Control
	ahead   time.Duration // of the clock of the simulator
}

var count int

func start(t *testing.T) *rig {
	t.Helper()
	if os.Getenv("NIC_SANDBOX_URL") == "" {
		t.Skip("run with: nicsim exec -- go test ./examples/send-one")
	}
	r := &rig{}
	var err error
	r.api, err = connect(client.Options{Now: func() time.Time { return time.Now().Add(r.ahead) }})
	if err == nil {
		r.control, err = client.NewControl(os.Getenv("NIC_CONTROL_URL"), client.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// forward moves the clocks of the simulator and of the client.
func (r *rig) forward(t *testing.T, by time.Duration) {
	t.Helper()
	if _, err := r.control.Advance(t.Context(), by); err != nil {
		t.Fatal(err)
	}
	r.ahead += by
}

// logins returns the number of logins that NIC was asked for, and whether the newest one asked for another token.
func (r *rig) logins(t *testing.T) (n int, forced bool) {
	t.Helper()
	requests, err := r.control.Requests(t.Context(), client.RequestFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range requests { // the newest first
		if !strings.HasSuffix(each.Path, "/auth") {
			continue
		}
		if n++; n == 1 {
			forced = strings.Contains(string(each.Sent), `"ForceRefreshAccessToken":true`)
		}
	}
	return n, forced
}

// invoice is the part of INV-01 that the tests are about.
type invoice map[string]any

func (i invoice) document() map[string]any { return i["DocDtls"].(map[string]any) }

// another returns an invoice with a number of its own.
func another(t *testing.T) invoice {
	t.Helper()
	text, err := os.ReadFile(os.Getenv("NIC_INVOICE"))
	made := invoice{}
	if err == nil {
		err = json.Unmarshal(text, &made)
	}
	if err != nil {
		t.Fatal(err)
	}
	count++
	made.document()["No"] = fmt.Sprintf("%v/%d", made.document()["No"], count)
	return made
}

// irn is the IRN as NIC's page on it says, from the document alone.
func (i invoice) irn(t *testing.T) string {
	t.Helper()
	d := i.document()
	day, err := time.Parse("02/01/2006", d["Dt"].(string))
	if err != nil {
		t.Fatal(err)
	}
	begins := day.AddDate(0, -3, 0).Year() // the financial year begins in April
	text := fmt.Sprintf("%v%d-%02d%v%s", i["SellerDtls"].(map[string]any)["Gstin"], begins, (begins+1)%100, d["Typ"],
		strings.ToUpper(d["No"].(string)))
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}

func (r *rig) register(t *testing.T, sent invoice) client.Invoice {
	t.Helper()
	text, err := json.Marshal(sent)
	var registered client.Invoice
	if err == nil {
		registered, err = register(t.Context(), r.api, text, time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	return registered
}

func refusedWith(err error, code string) bool {
	refused, ok := errors.AsType[*client.APIError](err)
	return ok && refused.Has(code)
}

func TestAnInvoiceGetsItsIRNAndASignedQRCode(t *testing.T) {
	r, sent := start(t), another(t)
	registered := r.register(t, sent)
	if registered.IRN != sent.irn(t) {
		t.Errorf("the IRN is %s, want %s", registered.IRN, sent.irn(t))
	}
	certificate, err := os.ReadFile(os.Getenv("NIC_SANDBOX_CERTIFICATE"))
	if err != nil {
		t.Fatal(err)
	}
	code, err := client.VerifyQRCode(registered.SignedQRCode, certificate)
	if err != nil || code.IRN != sent.irn(t) || code.Number != sent.document()["No"] {
		t.Errorf("the QR code is %+v, %v", code, err)
	}
}

func TestADocumentThatIsRegisteredAlreadyIsRead(t *testing.T) {
	r, sent := start(t), another(t)
	first, again := r.register(t, sent), r.register(t, sent)
	if first.IRN != again.IRN || first.SignedQRCode != again.SignedQRCode {
		t.Errorf("registered %+v, then read %+v", first, again)
	}
}

func TestCancelAndEwayBill(t *testing.T) {
	r := start(t)
	road := func(irn string) map[string]any {
		return map[string]any{"Irn": irn, "Distance": 0, "TransMode": "1", "VehNo": "KA01AB1234", "VehType": "R"}
	}
	moved := r.register(t, another(t))
	if bill, err := r.api.EwayBill(t.Context(), road(moved.IRN)); err != nil || bill.Number == 0 {
		t.Errorf("the e-way bill is %+v, %v", bill, err)
	}
	wrong := r.register(t, another(t))
	receipt, err := r.api.Cancel(t.Context(), client.Cancellation{
		IRN: wrong.IRN, Reason: client.CancelDataEntry, Remark: "wrong quantity",
	})
	if err != nil || receipt.IRN != wrong.IRN {
		t.Errorf("the cancellation is %+v, %v", receipt, err)
	}
	if _, err := r.api.EwayBill(t.Context(), road(wrong.IRN)); !refusedWith(err, "2302") {
		t.Errorf("an e-way bill of a cancelled invoice: %v, want 2302", err)
	}
}

func TestTheTokenIsKeptAndRenewed(t *testing.T) {
	r := start(t)
	r.register(t, another(t))
	before, _ := r.logins(t)
	r.forward(t, 49*time.Minute)
	r.register(t, another(t))
	if now, _ := r.logins(t); now != before {
		t.Errorf("%d logins after 49 minutes, want %d", now, before)
	}
	r.forward(t, 8*time.Minute)
	r.register(t, another(t))
	r.register(t, another(t))
	if now, forced := r.logins(t); now != before+1 || !forced {
		t.Errorf("%d logins after 57 minutes, want %d; asked for another token: %t", now, before+1, forced)
	}
}

func TestAnInvoiceOfThreeDaysAgoIsStillKnownByItsIRN(t *testing.T) {
	r, sent := start(t), another(t)
	first := r.register(t, sent)
	r.forward(t, 72*time.Hour)
	if again := r.register(t, sent); again.IRN != first.IRN {
		t.Errorf("the IRN is %s, then %s", first.IRN, again.IRN)
	}
}
