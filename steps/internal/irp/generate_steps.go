package irp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// generateSteps register invoices.
type generateSteps struct{ *calls }

// invoiceRun is an invoice and the answers to what was done with it. It is the scenario's, not a person's:
// several people may handle one invoice.
type invoiceRun struct {
	invoice   invoice // as it was sent last
	sent      []byte
	words     string
	numbers   int            // of documents that were given out
	made      client.Invoice // the newest that was registered
	former    client.Invoice
	both      []error        // what came of two requests at once
	read      client.Invoice // as it was read last
	cancelled client.Cancelled
	ewayBill  client.EwayBill
	state     client.EwayBillState
	rejected  []string // IRNs of a day
}

func (g generateSteps) Register(r *scene.Registry) {
	r.Act(`{who} (?:registers|has registered) (`+invoiceWords+`)(?:, changed by {text})?`,
		g.registers, needs.Taxpayers)
	r.Act(`{who} registers an empty document`, g.empty)
	r.Act(`{who} registers it again(?:, changed by {text})?`, g.again)
	r.Act(`{who} registers (`+invoiceWords+`) twice at once`, g.twice, needs.Taxpayers)
	r.Then(`it is registered`, g.isRegistered)
	r.Step(`with {text} instead it is registered`, g.insteadRegistered, needs.Taxpayers)
	r.Step(`one got an IRN and the other was refused with {n}`, g.oneGotIRN).NIC(1)
	r.Step(`the refusal names the IRN, the number and the time of the first`, g.namesFirst)
	r.Then(`its IRN is the hash of supplier, year, type and number(, in capitals)?`, g.isHash)
	r.Then(`it has an acknowledgement of 15 digits, to the minute`, g.acknowledged)
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
	g.run.numbers++
	return g.fresh(ctx, p)
}

// fresh makes the last document again, without changes.
func (g generateSteps) fresh(ctx context.Context, p *scene.Person) error {
	u, err := g.loggedIn(p)
	if err != nil {
		return err
	}
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	g.run.invoice, err = newInvoice(g.run.words, fmt.Sprintf("Asha/%d", g.run.numbers), now,
		func(firm string) (client.Taxpayer, error) {
			if firm != "" {
				return g.recorded(ctx, p, firm)
			}
			return g.Control.Taxpayer(ctx, u.GSTIN)
		})
	return err
}

// recorded is a firm with its address.
func (g generateSteps) recorded(ctx context.Context, p *scene.Person, firm string) (client.Taxpayer, error) {
	t, err := g.Taxpayer(ctx, p, firm)
	if err != nil {
		return client.Taxpayer{}, err
	}
	return g.Control.Taxpayer(ctx, t.GSTIN)
}

// generate changes the document at hand and sends it.
func (g generateSteps) generate(ctx context.Context, p *scene.Person, changes string) error {
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	if err := g.run.invoice.change(changes, now); err != nil {
		return err
	}
	if g.run.sent, err = json.Marshal(g.run.invoice); err != nil {
		return fmt.Errorf("writing the invoice: %w", err)
	}
	u, err := g.loggedIn(p)
	if err != nil {
		return err
	}
	made, err := u.api.Generate(ctx, json.RawMessage(g.run.sent))
	if err != nil {
		return err
	}
	g.run.former, g.run.made = g.run.made, made
	return nil
}

// empty sends no character, sealed.
func (g generateSteps) empty(ctx context.Context, u *caller) error {
	data, err := sealedWith(u.login.SEK, nil)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]string{"Data": data})
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	_, err = g.callAPI(ctx, u.portal, http.MethodPost, invoicePath, u.headers(), body)
	return err
}

func (g generateSteps) again(ctx context.Context, p *scene.Person, changes string) error {
	return g.generate(ctx, p, changes)
}

func (g generateSteps) twice(ctx context.Context, p *scene.Person, words string) error {
	if err := g.prepare(ctx, p, words); err != nil {
		return err
	}
	body, err := json.Marshal(g.run.invoice)
	if err != nil {
		return fmt.Errorf("writing the invoice: %w", err)
	}
	first, second := scene.ClickTwice(func() error {
		_, err := g.of(p).current.api.Generate(ctx, json.RawMessage(body))
		return err
	})
	g.run.both = []error{first, second}
	return nil
}

var ackDigits = regexp.MustCompile(`^\d{15}$`)
