package irp

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g generateSteps) oneGotIRN(code string) error {
	var good, duplicate int
	for _, err := range g.run.both {
		var already *client.AlreadyRegistered
		switch {
		case err == nil:
			good++
		case errors.As(err, &already) && already.Refusal.Has(code):
			duplicate++
		default:
			return err
		}
	}
	if good != 1 || duplicate != 1 {
		return fmt.Errorf("%d got an IRN and %d were refused", good, duplicate)
	}
	return nil
}

func (g generateSteps) isRegistered() error {
	return scene.Same("status", g.run.made.Status, client.InvoiceActive)
}

func (g generateSteps) insteadRegistered(ctx context.Context, changes string) error {
	if err := g.fresh(ctx, g.Named); err != nil {
		return err
	}
	if err := g.Act(g.generate(ctx, g.Named, changes)); err != nil {
		return err
	}
	return cmp.Or(g.Accepted(), g.isRegistered())
}

// namesFirst looks at what comes with 2150.
func (g generateSteps) namesFirst() error {
	refusal, err := g.APIError()
	if err != nil {
		return err
	}
	var first struct {
		AckNo json.Number
		AckDt string
		Irn   string
	}
	if err := json.Unmarshal(refusal.InfoDesc(client.InfoDuplicate), &first); err != nil {
		return fmt.Errorf("reading what comes with the refusal: %w", err)
	}
	made := g.run.made
	return cmp.Or(
		scene.Same("IRN", first.Irn, made.IRN),
		scene.Same("number", first.AckNo.String(), fmt.Sprint(int64(made.AckNo))),
		scene.Same("time", first.AckDt, made.AckDt.Format(time.DateTime)),
	)
}

func (g generateSteps) isHash(capitals string) error {
	i := g.run.invoice
	year, err := financialYear(i.text("DocDtls", "Dt"))
	if err != nil {
		return err
	}
	documentNumber := i.text("DocDtls", "No")
	if capitals != "" {
		documentNumber = strings.ToUpper(documentNumber)
	}
	sum := sha256.Sum256([]byte(i.text("SellerDtls", "Gstin") + year + i.text("DocDtls", "Typ") + documentNumber))
	return scene.Same("IRN", g.run.made.IRN, fmt.Sprintf("%x", sum))
}

func (g generateSteps) acknowledged(ctx context.Context) error {
	made := g.run.made
	if text := fmt.Sprint(int64(made.AckNo)); !ackDigits.MatchString(text) {
		return fmt.Errorf("the acknowledgement number is %s", text)
	}
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	if d := made.AckDt.Sub(now).Abs(); d > time.Minute || made.AckDt.Second() != 0 {
		return fmt.Errorf("the acknowledgement time is %s", made.AckDt)
	}
	return nil
}
