package irp

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// ewayBillSteps get e-way bills, with an invoice and after it.
type ewayBillSteps struct{ *calls }

func (g ewayBillSteps) Register(r *scene.Registry) {
	r.Then(`it is registered without its e-way bill, for (\d{4}(?:, \d{4})*)`, g.without).NIC(1)
	r.Step(`with {text} instead it has an e-way bill`, g.insteadHas).Needing(
		func(values []string) []needs.Need { return neededBy(values[1]) })
	r.Then(`it has an e-way bill`, g.has)
	r.Act(`{who} (?:asks|has asked) for its e-way bill by (\w+)(?:, changed by {text})?`, g.ask, needs.EwayBill).Needing(
		func(values []string) []needs.Need { return neededBy("by=" + values[2] + ", " + values[3]) })
	r.Act(`{who} asks for the e-way bill of an unknown invoice`, g.askUnknown, needs.EwayBill)
	r.Then(`the computed distance is in InfoDtls( alone| and in the remarks)`, g.distance)
	r.Then(`the e-way bill has 12 digits`, g.twelveDigits)
	r.Then(`it is valid for a day for each {n} kilometres, until midnight`, g.validity)
	r.Then(`it is not valid for any time yet`, g.noValidity)
	r.Act(`{who} reads its e-way bill`, g.read, needs.ReadEwayBill)
	r.Then(`the e-way bill reads as (active|cancelled)`, g.reads)
	r.Act(`{who} (?:cancels|has cancelled) its e-way bill`, g.cancel, needs.CancelEwayBill)
}

func (g ewayBillSteps) without(codes string) error {
	made := g.run.made
	return cmp.Or(
		scene.Same("status", made.Status, client.InvoiceActive),
		scene.Same("number of its e-way bill", int64(made.EwbNo), 0),
		scene.Same("codes", strings.Join(codesOf(&client.APIError{Details: made.EwayBillErrors()}), ", "), codes),
	)
}

// insteadHas registers the invoice under another number: that of the first is taken.
func (g ewayBillSteps) insteadHas(ctx context.Context, changes string) error {
	g.newNumber()
	steps := generateSteps(g)
	if err := steps.fresh(ctx, g.Named); err != nil {
		return err
	}
	if err := g.Act(steps.generate(ctx, g.Named, changes)); err != nil {
		return err
	}
	return cmp.Or(g.Accepted(), g.has())
}

func (g ewayBillSteps) has() error {
	if made := g.run.made; made.EwbNo == 0 {
		return fmt.Errorf("the invoice has no e-way bill: %v", made.EwayBillErrors())
	}
	return nil
}

func (g ewayBillSteps) request(ctx context.Context, u *caller, irn, by, changes string) error {
	f, err := g.facts(ctx, g.Named)
	if err != nil {
		return err
	}
	way, err := transport(by, f)
	if err != nil {
		return err
	}
	way["Irn"] = irn
	if err := way.change(changes, f); err != nil {
		return err
	}
	document, err := json.Marshal(way)
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	g.run.ewayBill, err = u.api.EwayBill(ctx, json.RawMessage(document))
	return err
}

func (g ewayBillSteps) ask(ctx context.Context, u *caller, by, changes string) error {
	return g.request(ctx, u, g.run.made.IRN, by, changes)
}

func (g ewayBillSteps) askUnknown(ctx context.Context, u *caller) error {
	return g.request(ctx, u, unknownIRN, "road", "")
}

func (g ewayBillSteps) distance(where string) error {
	km, remarks, want := g.run.made.DistanceKM(), g.run.made.Remarks, ""
	if where != " alone" {
		km, remarks = g.run.ewayBill.DistanceKM(), g.run.ewayBill.Remarks
		want = fmt.Sprintf("Pin-Pin calc distance: %dKM", km)
	}
	if km == 0 {
		return fmt.Errorf("InfoDtls has no computed distance")
	}
	return scene.Same("remarks", remarks, want)
}

func (g ewayBillSteps) twelveDigits() error {
	return scene.Same("digits", len(fmt.Sprint(int64(g.run.ewayBill.Number))), 12)
}

func (g ewayBillSteps) validity(perDay int) error {
	e := g.run.ewayBill
	if e.DistanceKM() == 0 {
		return fmt.Errorf("no distance was calculated")
	}
	days := (e.DistanceKM() + perDay - 1) / perDay
	at := e.Date.In(scene.InIndia)
	want := time.Date(at.Year(), at.Month(), at.Day()+days, 23, 59, 0, 0, scene.InIndia)
	return scene.Same("its end", e.ValidTill.Format(time.DateTime), want.Format(time.DateTime))
}

func (g ewayBillSteps) noValidity() error {
	if g.run.ewayBill.Number == 0 {
		return errors.New("no e-way bill was generated")
	}
	return scene.Same("that it has no end", g.run.ewayBill.ValidTill.IsZero(), true)
}

func (g ewayBillSteps) read(ctx context.Context, u *caller) (err error) {
	g.run.state, err = u.api.GetEwayBill(ctx, g.run.made.IRN)
	return err
}

func (g ewayBillSteps) reads(as string) error {
	state := g.run.state
	if err := scene.Same("number", state.Number, g.run.ewayBill.Number); err != nil {
		return err
	}
	want := map[string]string{"active": client.InvoiceActive, "cancelled": client.InvoiceCancelled}[as]
	return scene.Same("status", state.Status, want)
}

func (g ewayBillSteps) cancel(ctx context.Context, u *caller) error {
	receipt, err := u.api.CancelEwayBill(ctx, client.EwayBillCancellation{
		Number: int64(g.run.ewayBill.Number), Reason: client.EwayBillDataEntry, Remark: "Wrong entry",
	})
	if err != nil {
		return err
	}
	return scene.Same("number", receipt.Number, g.run.ewayBill.Number)
}
