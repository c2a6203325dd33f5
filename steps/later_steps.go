package steps

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
)

// laterSteps cancel and read what was registered.
type laterSteps struct{ *scenario }

// unknownIRN is of the right shape, and nobody's.
var unknownIRN = strings.Repeat("0123456789abcdef", 4)

func (g laterSteps) register(r registrar) {
	r.Step(expression(`{who} (?:cancels|has cancelled) it`), g.cancel)
	r.Step(expression(`{who} cancels it, giving (.+)`), g.cancelGiving)
	r.Step(expression(`{who} cancels an invoice that nobody registered`), g.cancelUnknown)
	r.Step(expression(`it is cancelled, as of now`), g.isCancelled)
	r.Step(expression(`{who} reads it by its (IRN|IRN in capitals|document|document in small letters)`), g.read)
	r.Step(expression(`{who} reads by (IRN|document) what nobody registered`), g.readUnknown)
	r.Step(expression(`it reads as it was registered`), g.readsTheSame)
	r.Step(expression(`it reads as cancelled`), g.readsCancelled)
	r.Step(expression(`{who} asks which IRNs were rejected today`), g.askRejected)
	r.Step(expression(`{who} asks which IRNs were rejected on {text}`), g.askRejectedOn)
	r.Step(expression(`there is none`), g.accepted)
}

func (g laterSteps) cancellation() client.Cancellation {
	return client.Cancellation{IRN: g.registration.made.IRN, Reason: client.CancelDataEntry, Remark: "Wrong entry"}
}

func (g laterSteps) sendCancellation(ctx context.Context, who string, c client.Cancellation) error {
	return g.does(who, func(p *person) error {
		u, err := p.loggedIn()
		if err != nil {
			return err
		}
		g.registration.cancelled, err = u.api.Cancel(ctx, c)
		return err
	})
}

func (g laterSteps) cancel(ctx context.Context, who string) error {
	return g.sendCancellation(ctx, who, g.cancellation())
}

func (g laterSteps) cancelGiving(ctx context.Context, who, what string) error {
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
		return fmt.Errorf("nobody knows how to cancel, giving %s", what)
	}
	return g.sendCancellation(ctx, who, c)
}

func (g laterSteps) cancelUnknown(ctx context.Context, who string) error {
	c := g.cancellation()
	c.IRN = unknownIRN
	return g.sendCancellation(ctx, who, c)
}

func (g laterSteps) isCancelled(ctx context.Context) error {
	if err := g.accepted(); err != nil {
		return err
	}
	if err := same("IRN", g.registration.cancelled.IRN, g.registration.made.IRN); err != nil {
		return err
	}
	clock, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	if d := g.registration.cancelled.CancelDate.Sub(clock.Now).Abs(); d > time.Minute {
		return fmt.Errorf("it says that it was cancelled at %s", g.registration.cancelled.CancelDate)
	}
	return nil
}

func (g laterSteps) read(ctx context.Context, who, by string) error {
	return g.does(who, func(p *person) (err error) {
		u, err := p.loggedIn()
		if err != nil {
			return err
		}
		i := g.registration.invoice
		d := client.Document{Type: i.text("DocDtls", "Typ"), Number: i.text("DocDtls", "No"), Date: i.text("DocDtls", "Dt")}
		switch by {
		case "IRN":
			g.registration.read, err = u.api.InvoiceByIRN(ctx, g.registration.made.IRN)
		case "IRN in capitals":
			g.registration.read, err = u.api.InvoiceByIRN(ctx, strings.ToUpper(g.registration.made.IRN))
		case "document in small letters":
			d.Number = strings.ToLower(d.Number)
			g.registration.read, err = u.api.InvoiceByDocument(ctx, d)
		default:
			g.registration.read, err = u.api.InvoiceByDocument(ctx, d)
		}
		return err
	})
}

func (g laterSteps) readUnknown(ctx context.Context, who, by string) error {
	return g.does(who, func(p *person) error {
		u, err := p.loggedIn()
		if err != nil {
			return err
		}
		if by == "IRN" {
			_, err = u.api.InvoiceByIRN(ctx, unknownIRN)
			return err
		}
		clock, err := g.control.Clock(ctx)
		if err != nil {
			return err
		}
		_, err = u.api.InvoiceByDocument(ctx, client.Document{Type: "INV", Number: "Nobody/1", Date: written(clock.Now)})
		return err
	})
}

func (g laterSteps) readsTheSame() error {
	if err := g.accepted(); err != nil {
		return err
	}
	made, read := g.registration.made, g.registration.read
	for what, pair := range map[string][2]any{
		"AckNo": {read.AckNo, made.AckNo}, "AckDt": {read.AckDt.String(), made.AckDt.String()}, "Irn": {read.IRN, made.IRN},
		"SignedInvoice": {read.SignedInvoice, made.SignedInvoice}, "SignedQRCode": {read.SignedQRCode, made.SignedQRCode},
		"Status": {read.Status, made.Status}, "EwbNo": {read.EwbNo, made.EwbNo},
	} {
		if err := same(what, pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

func (g laterSteps) readsCancelled() error {
	if err := g.accepted(); err != nil {
		return err
	}
	return same("status", g.registration.read.Status, client.InvoiceCancelled)
}

func (g laterSteps) askRejected(ctx context.Context, who string) error {
	clock, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	return g.askRejectedOn(ctx, who, written(clock.Now))
}

func (g laterSteps) askRejectedOn(ctx context.Context, who, day string) error {
	return g.does(who, func(p *person) error {
		u, err := p.loggedIn()
		if err != nil {
			return err
		}
		irns, err := u.api.RejectedIRNs(ctx, day)
		if err != nil {
			return err
		}
		return same("rejected IRNs", len(irns), 0)
	})
}
