package irp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Generate registers an invoice. It checks the schema, then the rules, then for a duplicate; the first stage
// that finds violations answers. Violations of the e-way bill part leave the invoice without its e-way bill.
func (i IRP) Generate(v View) (Act, error) {
	verdict, err := invoice.Judge(v.Request, i.facts(v.Caller), i.finder(v.Store))
	if err != nil {
		return nil, err
	}
	if !verdict.Registers() {
		return nil, refuseViolations(verdict.Violations)
	}
	return func(ctx context.Context) (Answer, error) {
		if len(verdict.EWayBill) > 0 && i.wrong(defect.EWayBillRefuses) {
			return Answer{}, refuseViolations(verdict.EWayBill)
		}
		registered, err := i.register(ctx, v.Caller, verdict.Document)
		if err != nil || verdict.Document.EwbDtls == nil {
			return Answer{Value: show(registered, registered.AckDt, store.EWayBill{})}, err
		}
		return i.withEWayBill(ctx, v.Caller, registered, verdict)
	}, nil
}

// register gives a document that has passed the rules its number, signs it and stores it. Signing is slow and
// belongs to no unit of the store.
func (i IRP) register(ctx context.Context, s Session, d *invoice.Document) (store.Invoice, error) {
	v := i.identify(d)
	v.ClientID, v.Username, v.IRP = s.ClientID, s.Username, s.Portal
	if err := i.number(ctx, &v); err != nil {
		return v, err
	}
	if err := i.sign(&v, d); err != nil {
		return v, err
	}
	err := i.update(ctx, func(tx store.Tx) error {
		if err := i.duplicate(tx, v); err != nil {
			return err
		}
		return tx.AddInvoice(v)
	})
	if errors.Is(err, store.ErrExists) {
		err = fmt.Errorf("registering %s: no duplicate was found, but the store has one: %w", v.IRN, err)
	}
	return v, err
}

// refuseViolations refuses with all violations. Of those with the same code and message it keeps the first.
func refuseViolations(violations []invoice.Violation) *Refusal {
	r := &Refusal{}
	for _, f := range invoice.Distinct(violations) {
		r.Errors = append(r.Errors, Error{f.Code, f.Message, f.Path, f.Rule, f.Want})
	}
	return r
}

// identify makes the record of a document that has passed the rules.
func (i IRP) identify(d *invoice.Document) store.Invoice {
	now, book := i.now(), i.book()
	return store.Invoice{
		IRN: d.IRN(book), Environment: i.env,
		SellerGSTIN: d.SellerDtls.Gstin, OperatorGSTIN: d.TranDtls.EcmGstin, BuyerGSTIN: d.BuyerDtls.Gstin,
		Document: store.DocumentKey{
			GSTIN: d.SellerDtls.Gstin, Type: d.DocDtls.Typ, Number: invoice.NumberInIRN(d.DocDtls.No, book), Date: d.DocDtls.Dt,
		},
		AckDt: now.Truncate(time.Second), Status: nic.InvoiceActive,
	}
}

// Known acknowledgement numbers consist of a node of two digits, whose first is that of the portal, the year, and a
// counter of eleven digits that begins with 1.
const ackStart = 10_000_000_000

var ackNodes = map[string]int64{nic.NIC1: 11, nic.NIC2: 21}

// number sets the acknowledgement number of a document, unless the document is registered already.
func (i IRP) number(ctx context.Context, v *store.Invoice) error {
	return i.update(ctx, func(tx store.Tx) error {
		if err := i.duplicate(tx, *v); err != nil {
			return err
		}
		n, err := tx.Next(i.env, "acknowledgement")
		if i.wrong(defect.AckNumberShort) {
			v.AckNo = ackStart + n
			return err
		}
		v.AckNo = (ackNodes[v.IRP]*100+int64(v.AckDt.Year()%100))*100_000_000_000 + ackStart + n
		return err
	})
}

// duplicate refuses a document that is registered, at whatever IRP, or was registered and cancelled.
func (i IRP) duplicate(r store.Reader, v store.Invoice) error {
	before, err := r.Invoice(v.Environment, v.IRN)
	if missing(err) { // it may have the IRN of other rules
		before, err = r.InvoiceByDocument(v.Environment, v.Document)
	}
	switch {
	case missing(err):
		return nil
	case err != nil:
		return err
	case before.Status == nic.InvoiceCancelled && !i.wrong(defect.CancelledAsDuplicate):
		return refuse(codeCancelledBefore)
	case !i.knows(v.IRP, before):
		return i.registeredElsewhere(v.IRP, before)
	}
	refusal := refuse(codeDuplicate)
	if i.wrong(defect.DuplicateWithoutInfo) {
		return refusal
	}
	refusal.Info = []Info{{InfCd: "DUPIRN", Desc: struct {
		AckNo int64  `json:"AckNo"`
		AckDt string `json:"AckDt"`
		Irn   string `json:"Irn"`
	}{before.AckNo, kept(before.AckDt).Format(time.DateTime), before.IRN}}}
	return refusal
}

// issuers are the iss claims of the signed copies.
var issuers = map[nic.Environment]string{nic.Sandbox: "NIC Sandbox", nic.Production: "NIC"}

func (i IRP) sign(v *store.Invoice, d *invoice.Document) error {
	acknowledged := invoice.Acknowledgement{No: v.AckNo, At: v.AckDt, IRN: v.IRN, Defects: i.world.Defects()}
	issuer, signer := issuers[i.env], i.keys.Signer
	if i.wrong(defect.IssuerOfOther) {
		issuer = issuers[i.env.Other()]
	}
	var err error
	if i.wrong(defect.SignedByOther) {
		if signer, err = i.keys.ForeignSigner(); err != nil {
			return fmt.Errorf("reading the key of the other environment: %w", err)
		}
	}
	if v.SignedInvoice, err = signer.Sign(string(d.SignedInvoice(acknowledged)), issuer); err != nil {
		return fmt.Errorf("signing invoice %s: %w", v.IRN, err)
	}
	if v.SignedQRCode, err = signer.Sign(string(d.QR(acknowledged)), issuer); err != nil {
		return fmt.Errorf("signing the QR code of %s: %w", v.IRN, err)
	}
	return nil
}

// facts are what the rules ask for, without the taxpayers.
func (i IRP) facts(s Session) invoice.Facts {
	return invoice.Facts{Requester: s.GSTIN, Now: i.now(), HSN: i.hsn, Book: i.book()}
}
