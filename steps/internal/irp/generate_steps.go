package irp

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/face"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// generateSteps register invoices.
type generateSteps struct{ *calls }

// invoiceRun is an invoice and the answers to what was done with it. It is the scenario's, not a person's:
// several people may handle one invoice.
type invoiceRun struct {
	invoice      invoice // as it was sent last
	sent         []byte
	words        string
	numbers      int            // of documents that were given out
	prefix, part string         // of the number of the current document; no other has the part
	made         client.Invoice // the newest that was registered
	former       client.Invoice
	both         []error        // what came of two requests at once
	read         client.Invoice // as it was read last
	cancelled    client.Cancelled
	ewayBill     client.EwayBill
	state        client.EwayBillState
	rejected     []string // IRNs of a day
}

func (g generateSteps) Register(r *scene.Registry) {
	registering := func(values []string) []needs.Need { return neededToRegister(values[2], values[3]) }
	again := func(values []string) []needs.Need { return neededBy(values[len(values)-1]) }
	r.Act(`{who} (?:registers|has registered) (`+invoiceWords+`)(?:, changed by {text})?`, g.registers).Needing(registering)
	r.Act(`{who} registers an empty document`, g.empty, needs.Sealed)
	r.Step(`{their} program waits {n} milliseconds at most`, g.waits)
	r.Step(`the IRN of the refusal reads as its document`, g.readsByRefusal, needs.DuplicateIRN)
	r.Act(`{who} registers it again(?:, changed by {text})?`, g.generate).Needing(again)
	r.Act(`{who} registers (`+invoiceWords+`) twice at once`, g.twice).Needing(
		func(values []string) []needs.Need { return neededToRegister(values[2], "") })
	r.Then(`it is registered`, g.isRegistered)
	r.Step(`with {text} instead it is registered`, g.insteadRegistered).Needing(again)
	r.Step(`one got an IRN and the other was refused with {n}`, g.oneGotIRN, needs.DuplicateIRN).NIC(1)
	r.Step(`the refusal names the IRN, the number and the time of the first`, g.namesFirst, needs.DuplicateIRN)
	r.Then(`its IRN is the hash of supplier, year, type and number(, in capitals)?`, g.isHash)
	r.Then(`it has an acknowledgement of 15 digits and the current time`, g.acknowledged)
}

func (g generateSteps) registers(ctx context.Context, p *scene.Person, words, changes string) error {
	if err := g.prepare(ctx, p, words); err != nil {
		return err
	}
	return g.generate(ctx, p, changes)
}

// prepare makes a new document in the words of a step.
func (g generateSteps) prepare(ctx context.Context, p *scene.Person, words string) error {
	g.run.words = words
	g.newNumber()
	return g.fresh(ctx, p)
}

// fresh makes the last document again, without changes.
func (g generateSteps) fresh(ctx context.Context, p *scene.Person) error {
	f, err := g.facts(ctx, p)
	if err != nil {
		return err
	}
	g.run.invoice, err = newInvoice(g.run.words, f)
	return err
}

// numbered is the number of a document, of which the scenario counts the numbers.
func numbered(n int) string { return fmt.Sprintf("Asha/%d", n) }

// generate changes the current document and sends it.
func (g generateSteps) generate(ctx context.Context, p *scene.Person, changes string) error {
	f, err := g.facts(ctx, p)
	if err != nil {
		return err
	}
	if err := g.run.invoice.change(changes, f); err != nil {
		return err
	}
	if g.run.sent, err = json.Marshal(g.run.invoice); err != nil {
		return fmt.Errorf("writing the invoice: %w", err)
	}
	u, err := g.loggedIn(p)
	if err != nil {
		return err
	}
	if err := g.spend(); err != nil {
		return err
	}
	ctx, cancel := g.patient(ctx)
	defer cancel()
	made, err := u.api.Generate(ctx, json.RawMessage(g.run.sent))
	if err != nil {
		return err
	}
	g.run.former, g.run.made = g.run.made, made
	return nil
}

// spend counts a document against the limit of the target.
func (c *calls) spend() error {
	if c.Control != nil {
		return nil
	}
	return c.Target.Run.Spend(c.Target.Limits.Documents)
}

// empty sends no character, sealed.
func (g generateSteps) empty(ctx context.Context, u *caller) error {
	data, err := face.Seal(u.login.SEK, nil)
	if err != nil {
		return err
	}
	return g.post(ctx, u, invoicePath, map[string]string{"Data": data})
}

func (g generateSteps) twice(ctx context.Context, p *scene.Person, words string) error {
	if err := g.prepare(ctx, p, words); err != nil {
		return err
	}
	body, err := json.Marshal(g.run.invoice)
	if err != nil {
		return fmt.Errorf("writing the invoice: %w", err)
	}
	if err := g.spend(); err != nil {
		return err
	}
	first, second := scene.ClickTwice(func() error {
		_, err := g.of(p).current.api.Generate(ctx, json.RawMessage(body))
		return err
	})
	g.run.both = []error{first, second}
	return nil
}

var ackDigits = regexp.MustCompile(`^\d{15}$`)

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

// waits bounds the time of the next document that is registered.
func (g generateSteps) waits(milliseconds int) error {
	g.patience = time.Duration(milliseconds) * time.Millisecond
	return nil
}

// readsByRefusal does what a program does whose answer was lost: it reads what is registered, by the IRN of the
// refusal, and compares the document.
func (g generateSteps) readsByRefusal(ctx context.Context, refusal *client.APIError) error {
	var first struct{ Irn string }
	if err := json.Unmarshal(refusal.InfoDesc(client.InfoDuplicate), &first); err != nil {
		return fmt.Errorf("reading what comes with the refusal: %w", err)
	}
	read, err := g.of(g.Named).current.api.InvoiceByIRN(ctx, first.Irn)
	if err != nil {
		return err
	}
	return scene.Same("IRN", read.IRN, first.Irn)
}

// namesFirst looks at what comes with 2150.
func (g generateSteps) namesFirst(refusal *client.APIError) error {
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
		scene.Same("time", first.AckDt, kept(made.AckDt)),
	)
}

func (g generateSteps) isHash(capitals string) error {
	want, err := g.run.invoice.irn(capitals != "")
	return cmp.Or(err, scene.Same("IRN", g.run.made.IRN, want))
}

// irn is the hash of supplier, year, type and number.
func (i invoice) irn(capitals bool) (string, error) {
	year, err := financialYear(i.text("DocDtls", "Dt"))
	if err != nil {
		return "", err
	}
	documentNumber := i.text("DocDtls", "No")
	if capitals {
		documentNumber = strings.ToUpper(documentNumber)
	}
	sum := sha256.Sum256([]byte(i.text("SellerDtls", "Gstin") + year + i.text("DocDtls", "Typ") + documentNumber))
	return fmt.Sprintf("%x", sum), nil
}

func (g generateSteps) acknowledged(now time.Time) error {
	made := g.run.made
	if text := fmt.Sprint(int64(made.AckNo)); !ackDigits.MatchString(text) {
		return fmt.Errorf("the acknowledgement number is %s", text)
	}
	if d := made.AckDt.Sub(now).Abs(); d > time.Minute {
		return fmt.Errorf("the acknowledgement time is %s", made.AckDt)
	}
	return nil
}
