package irp

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// cancelAndReadSteps cancel and read what was registered.
type cancelAndReadSteps struct{ *calls }

// unknownIRN has the right shape and is not registered.
var unknownIRN = strings.Repeat("0123456789abcdef", 4)

func (g cancelAndReadSteps) Register(r *scene.Registry) {
	reading := func(values []string) []needs.Need {
		if strings.HasPrefix(values[2], "IRN") {
			return []needs.Need{needs.ReadIRN}
		}
		return []needs.Need{needs.ReadDocument}
	}
	r.Act(`{who} (?:cancels|has cancelled) it`, g.cancel, needs.Cancel)
	r.Act(`{who} cancels it, giving (.+)`, g.cancelGiving, needs.Cancel)
	r.Act(`{who} cancels an unknown invoice`, g.cancelUnknown, needs.Cancel)
	r.Then(`it is cancelled at the current time`, g.isCancelled)
	r.Act(`{who} reads it by its (IRN|IRN in capitals|document|document in small letters)`, g.read).Needing(reading)
	r.Act(`{who} reads an unknown invoice by (IRN|document)`, g.readUnknown).Needing(reading)
	r.Then(`it reads as it was registered`, g.readsTheSame)
	r.Then(`it reads as cancelled`, g.readsCancelled)
	r.Act(`{who} asks which IRNs were rejected today`, g.askRejected, needs.ReadRejected)
	r.Act(`{who} asks which IRNs were rejected on {text}`, g.askRejectedOn, needs.ReadRejected)
	r.Then(`no IRN is listed`, g.noneRejected)
}

func (g cancelAndReadSteps) cancellation() client.Cancellation {
	return client.Cancellation{IRN: g.run.made.IRN, Reason: client.CancelDataEntry, Remark: "Wrong entry"}
}

func (g cancelAndReadSteps) sendCancellation(ctx context.Context, u *caller, c client.Cancellation) (err error) {
	g.run.cancelled, err = u.api.Cancel(ctx, c)
	return err
}

func (g cancelAndReadSteps) cancel(ctx context.Context, u *caller) error {
	return g.sendCancellation(ctx, u, g.cancellation())
}

func (g cancelAndReadSteps) cancelGiving(ctx context.Context, u *caller, what string) error {
	c := g.cancellation()
	switch what {
	case "the reason 1", "the reason 3", "the reason 4", "the reason 5":
		c.Reason = strings.TrimPrefix(what, "the reason ")
	case "no reason":
		c.Reason = ""
	case "no remark":
		c.Remark = ""
	case "a remark of 100 characters":
		c.Remark = strings.Repeat("a", 100)
	case "a remark of 101 characters":
		c.Remark = strings.Repeat("a", 101)
	case "an IRN of 63 characters":
		c.IRN = c.IRN[:63]
	case "its reason with a blank behind it":
		c.Reason += " "
	case "its IRN in capitals":
		c.IRN = strings.ToUpper(c.IRN)
	default:
		return fmt.Errorf("there is no cancellation with %q", what)
	}
	return g.sendCancellation(ctx, u, c)
}

func (g cancelAndReadSteps) cancelUnknown(ctx context.Context, u *caller) error {
	c := g.cancellation()
	c.IRN = unknownIRN
	return g.sendCancellation(ctx, u, c)
}

func (g cancelAndReadSteps) isCancelled(now time.Time) error {
	if err := scene.Same("IRN", g.run.cancelled.IRN, g.run.made.IRN); err != nil {
		return err
	}
	if d := g.run.cancelled.CancelDate.Sub(now).Abs(); d > time.Minute {
		return fmt.Errorf("the time of cancellation is %s", g.run.cancelled.CancelDate)
	}
	return nil
}

func (g cancelAndReadSteps) read(ctx context.Context, u *caller, by string) (err error) {
	i := g.run.invoice
	d := client.Document{Type: i.text("DocDtls", "Typ"), Number: i.text("DocDtls", "No"), Date: i.text("DocDtls", "Dt")}
	switch by {
	case "IRN":
		g.run.read, err = u.api.InvoiceByIRN(ctx, g.run.made.IRN)
	case "IRN in capitals":
		g.run.read, err = u.api.InvoiceByIRN(ctx, strings.ToUpper(g.run.made.IRN))
	case "document in small letters":
		d.Number = strings.ToLower(d.Number)
		g.run.read, err = u.api.InvoiceByDocument(ctx, d)
	default:
		g.run.read, err = u.api.InvoiceByDocument(ctx, d)
	}
	return err
}

func (g cancelAndReadSteps) readUnknown(ctx context.Context, u *caller, by string, now time.Time) error {
	if by == "IRN" {
		_, err := u.api.InvoiceByIRN(ctx, unknownIRN)
		return err
	}
	_, err := u.api.InvoiceByDocument(ctx, client.Document{Type: "INV", Number: "Nobody/1", Date: written(now)})
	return err
}

func (g cancelAndReadSteps) readsTheSame() error {
	made, read := g.run.made, g.run.read
	if read.IRN == "" {
		return errors.New("no invoice was read")
	}
	for what, pair := range map[string][2]any{
		"AckNo": {read.AckNo, made.AckNo}, "AckDt": {read.AckDt.Format(time.DateTime), kept(made.AckDt)},
		"Irn":           {read.IRN, made.IRN},
		"SignedInvoice": {read.SignedInvoice, made.SignedInvoice}, "SignedQRCode": {read.SignedQRCode, made.SignedQRCode},
		"Status": {read.Status, made.Status}, "EwbNo": {read.EwbNo, made.EwbNo},
	} {
		if err := scene.Same(what, pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

func (g cancelAndReadSteps) readsCancelled() error {
	return scene.Same("status", g.run.read.Status, client.InvoiceCancelled)
}

func (g cancelAndReadSteps) askRejected(ctx context.Context, u *caller, now time.Time) error {
	return g.askRejectedOn(ctx, u, written(now))
}

func (g cancelAndReadSteps) askRejectedOn(ctx context.Context, u *caller, day string) (err error) {
	g.run.rejected, err = u.api.RejectedIRNs(ctx, day)
	return err
}

func (g cancelAndReadSteps) noneRejected() error {
	return scene.Same("rejected IRNs", len(g.run.rejected), 0)
}
