package irp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Generate registers an invoice: schema, rules, duplicate, in this order. What is
// wrong with the e-way bill part does not fail it.
func (i IRP) Generate(ctx context.Context, s Session, raw []byte) (Registered, []Info, error) {
	document, violations := invoice.Parse(raw)
	if len(violations) > 0 {
		return Registered{}, nil, refuseViolations(violations)
	}
	facts, lookup := i.facts(ctx, s)
	violations = invoice.Check(document, facts)
	if lookup.err != nil {
		return Registered{}, nil, lookup.err
	}
	if len(violations) > 0 {
		return Registered{}, nil, refuseViolations(violations)
	}
	v := i.identify(document)
	if err := i.number(ctx, &v); err != nil {
		return Registered{}, nil, err
	}
	if err := i.sign(&v, document); err != nil { // slow, so outside any unit of work
		return Registered{}, nil, err
	}
	err := i.update(ctx, func(tx store.Tx) error {
		if err := duplicate(tx, v); err != nil {
			return err
		}
		return tx.AddInvoice(v)
	})
	if errors.Is(err, store.ErrExists) {
		err = fmt.Errorf("registering %s: it came into being within one unit: %w", v.IRN, err)
	}
	if err != nil || document.EwbDtls == nil {
		return show(v), nil, err
	}
	return i.withEWayBill(ctx, s, v, document)
}

// refuseViolations answers every violation at once; of those that would read alike on the
// wire one is enough.
func refuseViolations(violations []invoice.Violation) *Refusal {
	r := &Refusal{}
	for _, f := range invoice.Distinct(violations) {
		r.Errors = append(r.Errors, Error{f.Code, f.Message, f.Path, f.Rule, f.Want})
	}
	return r
}

// identify makes the record of a document that has passed the rules.
func (i IRP) identify(d *invoice.Document) store.Invoice {
	now := i.now()
	return store.Invoice{
		IRN: d.IRN(now), Environment: i.env,
		SellerGSTIN: d.SellerDtls.Gstin, OperatorGSTIN: d.TranDtls.EcmGstin, BuyerGSTIN: d.BuyerDtls.Gstin,
		Document: store.DocumentKey{
			GSTIN: d.SellerDtls.Gstin, Type: d.DocDtls.Typ, Number: nic.NumberInIRN(d.DocDtls.No, now), Date: d.DocDtls.Dt,
		},
		AckDt: now.Truncate(time.Second), Status: nic.InvoiceActive,
	}
}

// The acknowledgement numbers that were seen are a node of two digits, the year, and
// a counter of eleven digits that begins with 1.
const (
	ackNode  = 11
	ackStart = 10_000_000_000
)

// number gives an acknowledgement number, unless the document is registered already.
func (i IRP) number(ctx context.Context, v *store.Invoice) error {
	return i.update(ctx, func(tx store.Tx) error {
		if err := duplicate(tx, *v); err != nil {
			return err
		}
		n, err := tx.Next(i.env, "acknowledgement")
		v.AckNo = (ackNode*100+int64(v.AckDt.Year()%100))*100_000_000_000 + ackStart + n
		return err
	})
}

// duplicate refuses a document that is registered (2150), or was and is cancelled (2278).
func duplicate(r store.Reader, v store.Invoice) error {
	before, err := r.Invoice(v.Environment, v.IRN)
	switch {
	case missing(err):
		return nil
	case err != nil:
		return err
	case before.Status == nic.InvoiceCancelled:
		return refuse(codeCancelledBefore)
	}
	refusal := refuse(codeDuplicate)
	refusal.Info = []Info{{InfCd: "DUPIRN", Desc: struct {
		AckNo int64  `json:"AckNo"`
		AckDt string `json:"AckDt"`
		Irn   string `json:"Irn"`
	}{before.AckNo, before.AckDt.Round(time.Minute).Format(time.DateTime), before.IRN}}}
	return refusal
}

// issuers are the iss of the signed copies.
var issuers = map[nic.Environment]string{nic.Sandbox: "NIC Sandbox", nic.Production: "NIC"}

func (i IRP) sign(v *store.Invoice, d *invoice.Document) error {
	acknowledged := invoice.Acknowledgement{No: v.AckNo, At: v.AckDt, IRN: v.IRN}
	var err error
	if v.SignedInvoice, err = i.keys.Signer.Sign(string(d.SignedInvoice(acknowledged)), issuers[i.env]); err != nil {
		return fmt.Errorf("signing invoice %s: %w", v.IRN, err)
	}
	if v.SignedQRCode, err = i.keys.Signer.Sign(string(d.QR(acknowledged)), issuers[i.env]); err != nil {
		return fmt.Errorf("signing the QR code of %s: %w", v.IRN, err)
	}
	return nil
}

// lookups remembers that the store failed while the rules asked it.
type lookups struct{ err error }

// facts are what the rules ask of a world.
func (i IRP) facts(ctx context.Context, s Session) (invoice.Facts, *lookups) {
	seen := &lookups{}
	set := i.settings()
	return invoice.Facts{
		Requester: s.GSTIN,
		Now:       i.now(),
		HSN:       i.hsn,
		Settings:  rulesOf(set),
		Taxpayer: func(gstin string) (invoice.Taxpayer, bool) {
			t, ok, err := i.lookup(ctx, gstin)
			if err != nil {
				seen.err = fmt.Errorf("looking up %s: %w", gstin, err)
				return invoice.Taxpayer{}, false
			}
			return judged(t), ok
		},
	}, seen
}

func rulesOf(s settings.Settings) invoice.Settings {
	floor, _ := s.FloorDate.Time() // a day: the settings were checked
	return invoice.Settings{
		AATOThresholdCrore: s.AATOThresholdCrore, MaxAgeDays: s.MaxDocumentAgeDays, FloorDate: floor,
		HSNSixDigitsCrore: s.HSNSixDigitsCrore, EWayBillMaxAgeDays: s.EWayBillMaxAgeDays, Switched: s.Rules,
	}
}

func judged(t store.Taxpayer) invoice.Taxpayer {
	return invoice.Taxpayer{
		GSTIN: t.GSTIN, LegalName: t.LegalName, TradeName: t.TradeName, Status: t.Status, Type: t.Type,
		EInvoiceEnabled: t.EInvoiceEnabled, EWayBillBlocked: t.EWayBillBlocked, AATOCrore: t.AATOCrore,
		RegisteredOn: dayOf(t.RegisteredOn), CancelledOn: dayOf(t.CancelledOn),
		Location: t.Address.Location, Pincode: t.Address.Pincode,
	}
}

// dayOf reads yyyy-MM-dd; what is no day is not known.
func dayOf(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, nic.IST)
	if err != nil {
		return time.Time{}
	}
	return t
}
