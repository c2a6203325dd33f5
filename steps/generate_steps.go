package steps

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
)

// generateSteps register invoices.
type generateSteps struct{ *scenario }

// registration is an invoice and what came of it. It is the scenario's, not a person's: others look
// at it, too.
type registration struct {
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
}

func (g generateSteps) register(r registrar) {
	r.Step(expression(`{who} (?:registers|has registered) {invoice}(?:, changed by {text})?`), g.registers)
	r.Step(expression(`{who} registers it again(?:, changed by {text})?`), g.again)
	r.Step(expression(`{who} registers {invoice} twice at once`), g.twice)
	r.Step(expression(`it is registered`), g.isRegistered)
	r.Step(expression(`with {text} instead it is registered`), g.insteadRegistered)
	r.Step(expression(`one got an IRN and the other was refused with 2150`), g.oneGotIRN)
	r.Step(expression(`the refusal names the IRN, the number and the time of the first`), g.namesFirst)
	r.Step(expression(`its IRN is the hash of supplier, year, type and number(, in capitals)?`), g.isHash)
	r.Step(expression(`it has an acknowledgement of 15 digits, to the minute`), g.acknowledged)
	r.Step(expression(`its signed QR code says what the invoice says, by the certificate of the {portal} portal`), g.qr)
	r.Step(expression(`its signed copy has all that was sent, and {text} as its issuer`), g.signedCopy)
	r.Step(expression(`the certificate of the {portal} portal does not fit it`), g.otherCertificate)
}

func (g generateSteps) registers(ctx context.Context, who, words, changes string) error {
	return g.does(who, func(p *person) error {
		if err := g.prepare(ctx, p, words); err != nil {
			return err
		}
		return g.generate(ctx, p, changes)
	})
}

// prepare makes a new document in the words of a step.
func (g generateSteps) prepare(ctx context.Context, p *person, words string) error {
	g.registration.words = words
	g.registration.numbers++
	return g.fresh(ctx, p)
}

// fresh makes the last document anew, without changes.
func (g generateSteps) fresh(ctx context.Context, p *person) error {
	u, err := p.loggedIn()
	if err != nil {
		return err
	}
	now, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	g.registration.invoice, err = newInvoice(g.registration.words, fmt.Sprintf("Asha/%d", g.registration.numbers), now.Now,
		func(firm string) (client.Taxpayer, error) {
			if firm != "" {
				return g.recorded(ctx, p, firm)
			}
			return g.control.Taxpayer(ctx, u.GSTIN)
		})
	return err
}

// recorded is a firm with its address.
func (g generateSteps) recorded(ctx context.Context, p *person, firm string) (client.Taxpayer, error) {
	t, err := g.taxpayer(ctx, p, firm)
	if err != nil {
		return client.Taxpayer{}, err
	}
	return g.control.Taxpayer(ctx, t.GSTIN)
}

// generate changes the document at hand and sends it.
func (g generateSteps) generate(ctx context.Context, p *person, changes string) error {
	clock, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	if err := g.registration.invoice.change(changes, clock.Now); err != nil {
		return err
	}
	if g.registration.sent, err = json.Marshal(g.registration.invoice); err != nil {
		return fmt.Errorf("writing the invoice: %w", err)
	}
	u, err := p.loggedIn()
	if err != nil {
		return err
	}
	made, err := u.api.Generate(ctx, json.RawMessage(g.registration.sent))
	if err != nil {
		return err
	}
	g.registration.former, g.registration.made = g.registration.made, made
	return nil
}

func (g generateSteps) again(ctx context.Context, who, changes string) error {
	return g.does(who, func(p *person) error { return g.generate(ctx, p, changes) })
}

func (g generateSteps) twice(ctx context.Context, who, words string) error {
	return g.does(who, func(p *person) error {
		if err := g.prepare(ctx, p, words); err != nil {
			return err
		}
		body, err := json.Marshal(g.registration.invoice)
		if err != nil {
			return fmt.Errorf("writing the invoice: %w", err)
		}
		first, second := clickTwice(func() error {
			_, err := p.api.api.Generate(ctx, json.RawMessage(body))
			return err
		})
		g.registration.both = []error{first, second}
		return nil
	})
}

func (g generateSteps) oneGotIRN() error {
	var good, duplicate int
	for _, err := range g.registration.both {
		var already *client.AlreadyRegistered
		switch {
		case err == nil:
			good++
		case errors.As(err, &already):
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
	if err := g.accepted(); err != nil {
		return err
	}
	return same("status", g.registration.made.Status, client.InvoiceActive)
}

func (g generateSteps) insteadRegistered(ctx context.Context, changes string) error {
	if err := g.fresh(ctx, g.named); err != nil {
		return err
	}
	if err := g.act(g.generate(ctx, g.named, changes)); err != nil {
		return err
	}
	return g.isRegistered()
}

// namesFirst looks at what comes with 2150.
func (g generateSteps) namesFirst() error {
	if g.apiRefusal == nil {
		return fmt.Errorf("it was accepted")
	}
	var first struct {
		AckNo json.Number
		AckDt string
		Irn   string
	}
	if err := json.Unmarshal(g.apiRefusal.InfoDesc(client.InfoDuplicate), &first); err != nil {
		return fmt.Errorf("reading what comes with the refusal: %w", err)
	}
	made := g.registration.made
	if err := same("IRN", first.Irn, made.IRN); err != nil {
		return err
	}
	if err := same("number", first.AckNo.String(), fmt.Sprint(int64(made.AckNo))); err != nil {
		return err
	}
	return same("time", first.AckDt, made.AckDt.Format(time.DateTime))
}

func (g generateSteps) isHash(capitals string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	i := g.registration.invoice
	year, err := financialYear(i.text("DocDtls", "Dt"))
	if err != nil {
		return err
	}
	documentNumber := i.text("DocDtls", "No")
	if capitals != "" {
		documentNumber = strings.ToUpper(documentNumber)
	}
	sum := sha256.Sum256([]byte(i.text("SellerDtls", "Gstin") + year + i.text("DocDtls", "Typ") + documentNumber))
	return same("IRN", g.registration.made.IRN, fmt.Sprintf("%x", sum))
}

var ackDigits = regexp.MustCompile(`^\d{15}$`)

func (g generateSteps) acknowledged(ctx context.Context) error {
	if err := g.accepted(); err != nil {
		return err
	}
	made := g.registration.made
	if text := fmt.Sprint(int64(made.AckNo)); !ackDigits.MatchString(text) {
		return fmt.Errorf("its number is %s", text)
	}
	clock, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	if d := made.AckDt.Sub(clock.Now).Abs(); d > time.Minute || made.AckDt.Second() != 0 {
		return fmt.Errorf("its time is %s", made.AckDt)
	}
	return nil
}

func (g generateSteps) certificate(ctx context.Context, portal string) ([]byte, error) {
	if err := g.accepted(); err != nil {
		return nil, err
	}
	return g.control.SigningCertificate(ctx, environments[portal])
}

func (g generateSteps) qr(ctx context.Context, portal string) error {
	certificate, err := g.certificate(ctx, portal)
	if err != nil {
		return err
	}
	made, i := g.registration.made, g.registration.invoice
	code, err := client.VerifyQRCode(made.SignedQRCode, certificate)
	if err != nil {
		return err
	}
	line := i.lines()[0].(invoice)
	for what, pair := range map[string][2]string{
		"SellerGstin": {code.SellerGSTIN, i.text("SellerDtls", "Gstin")},
		"BuyerGstin":  {code.BuyerGSTIN, i.text("BuyerDtls", "Gstin")},
		"DocNo":       {code.Number, i.text("DocDtls", "No")},
		"DocTyp":      {code.Type, i.text("DocDtls", "Typ")},
		"DocDt":       {code.Date, i.text("DocDtls", "Dt")},
		"TotInvVal":   {code.Total.String(), i.text("ValDtls", "TotInvVal")},
		"ItemCnt":     {fmt.Sprint(code.Items), fmt.Sprint(len(i.lines()))},
		"MainHsnCode": {code.MainHSN, fmt.Sprint(line["HsnCd"])},
		"Irn":         {code.IRN, made.IRN},
	} {
		if err := same(what, pair[0], pair[1]); err != nil {
			return err
		}
	}
	if d := code.IRNDate.Sub(made.AckDt.Time).Abs(); d > 30*time.Second {
		return fmt.Errorf("its IrnDt is %s, and the AckDt is %s", code.IRNDate, made.AckDt)
	}
	return nil
}

func (g generateSteps) signedCopy(ctx context.Context, issuer string) error {
	certificate, err := g.certificate(ctx, g.named.api.portal)
	if err != nil {
		return err
	}
	signed, err := client.VerifyInvoice(g.registration.made.SignedInvoice, certificate)
	if err != nil {
		return err
	}
	copied, err := wholeDocument(signed.Data)
	if err != nil {
		return err
	}
	sent, err := wholeDocument(g.registration.sent)
	if err != nil {
		return err
	}
	if lost := missing("", sent, copied); lost != "" {
		return fmt.Errorf("the signed copy has not what was sent as %s", lost)
	}
	return same("issuer", signed.Issuer, issuer)
}

// wholeDocument decodes a document and keeps its digits.
func wholeDocument(text []byte) (document any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&document); err != nil {
		return nil, fmt.Errorf("reading an invoice: %w", err)
	}
	return document, nil
}

// missing is the path of the first thing in a document that is not in another, "" if all is there.
// Numbers are compared by their value.
func missing(path string, document, other any) string {
	switch d := document.(type) {
	case map[string]any:
		o, _ := other.(map[string]any)
		for name, value := range d {
			if lost := missing(path+"."+name, value, o[name]); lost != "" {
				return lost
			}
		}
		return ""
	case []any:
		o, _ := other.([]any)
		if len(o) != len(d) {
			return path
		}
		for n := range d {
			if lost := missing(fmt.Sprintf("%s[%d]", path, n), d[n], o[n]); lost != "" {
				return lost
			}
		}
		return ""
	case json.Number:
		o, ok := other.(json.Number)
		if !ok || !sameNumber(d.String(), o.String()) {
			return path
		}
		return ""
	}
	if document != other {
		return path
	}
	return ""
}

func (g generateSteps) otherCertificate(ctx context.Context, portal string) error {
	certificate, err := g.certificate(ctx, portal)
	if err != nil {
		return err
	}
	if _, err := client.VerifyQRCode(g.registration.made.SignedQRCode, certificate); err == nil {
		return fmt.Errorf("it does")
	}
	return nil
}
