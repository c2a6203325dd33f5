package main

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// One run of a client can fill the go-live sheet: 50 successes and 50 failures of each call. The journal keeps all.
func TestOneRunFillsTheGoLiveSheet(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: "go-live"})
	control, err := client.NewControl(sim.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCast(sim.URLs, t.TempDir())
	if err == nil {
		err = c.enter(t.Context(), control)
	}
	if err != nil {
		t.Fatal(err)
	}
	key, err := control.PublicKey(t.Context(), client.EnvironmentSandbox)
	if err != nil {
		t.Fatal(err)
	}
	calls := func(password string) *client.API {
		api, err := client.NewAPI(sim.Sandbox, client.Credentials{
			ClientID: c.clientID, ClientSecret: c.clientSecret, GSTIN: c.gstin, Username: castUsername, Password: password,
		}, key, client.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return api
	}
	good, bad := calls(castPassword), calls("Wrong@2024")
	for n := range 50 {
		succeed(t, good, n)
		fail(t, good, bad)
	}
	r, err := judgeWorld(t.Context(), sim.Control, client.Options{}, "", nil, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Sheet {
		if !row.Complete() {
			t.Errorf("%+v", row)
		}
	}
	if r.Cut || r.Calls < 1100 {
		t.Errorf("the judge saw %d calls; the journal is cut: %t", r.Calls, r.Cut)
	}
}

// succeed makes each call of the sheet once, about one invoice.
func succeed(t *testing.T, api *client.API, n int) {
	t.Helper()
	ctx, today := t.Context(), time.Now().In(nic.IST)
	number := fmt.Sprintf("GL-%d", n)
	sample, err := invoice.Sample{Today: today, Number: number}.Document()
	if err != nil {
		t.Fatal(err)
	}
	date := today.Format("02/01/2006")
	_, err = api.Authenticate(ctx, false)
	check := func(e error) {
		if err == nil {
			err = e
		}
	}
	made, e := api.Generate(ctx, json.RawMessage(sample.JSON()))
	check(e)
	_, e = api.InvoiceByIRN(ctx, made.IRN)
	check(e)
	_, e = api.InvoiceByDocument(ctx, client.Document{Type: "INV", Number: number, Date: date})
	check(e)
	_, e = api.RejectedIRNs(ctx, date)
	check(e)
	_, e = api.Taxpayer(ctx, usualBuyer)
	check(e)
	_, e = api.SyncTaxpayer(ctx, usualBuyer)
	check(e)
	bill, e := api.EwayBill(ctx, map[string]any{
		"Irn": made.IRN, "Distance": 0, "TransMode": "1", "VehNo": "KA01AB1234", "VehType": "R",
	})
	check(e)
	_, e = api.GetEwayBill(ctx, made.IRN)
	check(e)
	_, e = api.CancelEwayBill(ctx, client.EwayBillCancellation{
		Number: int64(bill.Number), Reason: client.EwayBillOther, Remark: "not sent",
	})
	check(e)
	_, e = api.Cancel(ctx, client.Cancellation{IRN: made.IRN, Reason: client.CancelOther, Remark: "not sent"})
	check(e)
	if err != nil {
		t.Fatalf("invoice %s: %v", number, err)
	}
}

// fail makes each call of the sheet once, so that NIC refuses it.
func fail(t *testing.T, api, unknown *client.API) {
	t.Helper()
	ctx := t.Context()
	const irn = "0000000000000000000000000000000000000000000000000000000000000000"
	results := map[string]error{}
	_, results["auth"] = unknown.Authenticate(ctx, false)
	_, results["generate"] = api.Generate(ctx, map[string]string{"Version": "1.1"})
	_, results["read-irn"] = api.InvoiceByIRN(ctx, irn)
	_, results["read-document"] = api.InvoiceByDocument(ctx, client.Document{Type: "INV", Number: "X", Date: "01/01/2026"})
	_, results["rejected-irns"] = api.RejectedIRNs(ctx, "today")
	_, results["gstin"] = api.Taxpayer(ctx, "29ABZCX4321K1ZF")
	_, results["sync-gstin"] = api.SyncTaxpayer(ctx, "29ABZCX4321K1ZF")
	_, results["ewb-generate"] = api.EwayBill(ctx, map[string]any{"Irn": irn, "Distance": 0})
	_, results["ewb-read"] = api.GetEwayBill(ctx, irn)
	_, results["ewb-cancel"] = api.CancelEwayBill(ctx, client.EwayBillCancellation{
		Number: 1, Reason: client.EwayBillOther, Remark: "not sent",
	})
	_, results["cancel"] = api.Cancel(ctx, client.Cancellation{IRN: irn, Reason: client.CancelOther, Remark: "not sent"})
	for call, err := range results {
		if err == nil {
			t.Fatalf("%s was not refused", call)
		}
	}
}
