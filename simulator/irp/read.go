package irp

import (
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Registered is the answer to generate, and to reads of the invoice.
type Registered struct {
	AckNo         int64   `json:"AckNo"`
	AckDt         string  `json:"AckDt"` // generate and the signed copies have the seconds, reads do not
	Irn           string  `json:"Irn"`
	SignedInvoice string  `json:"SignedInvoice"`
	SignedQRCode  string  `json:"SignedQRCode"`
	Status        string  `json:"Status"` // ACT or CNL
	EwbNo         *int64  `json:"EwbNo"`
	EwbDt         *string `json:"EwbDt"`
	EwbValidTill  *string `json:"EwbValidTill"`
	Remarks       *string `json:"Remarks"` // null in every recording
}

// show answers an invoice with the last e-way bill that was made for it. Its number is 0 when there is none. The
// invoice was acknowledged at the time ack.
func show(v store.Invoice, ack time.Time, e store.EWayBill) Registered {
	r := Registered{
		AckNo: v.AckNo, AckDt: ack.Format(time.DateTime), Irn: v.IRN,
		SignedInvoice: v.SignedInvoice, SignedQRCode: v.SignedQRCode, Status: v.Status,
	}
	if e.No != 0 {
		r.EwbNo, r.EwbDt, r.EwbValidTill = &e.No, stamp(kept(e.At)), stamp(e.ValidTill)
	}
	return r
}

// kept is a time as NIC keeps it: to the nearest minute.
func kept(t time.Time) time.Time { return t.Round(time.Minute) }

// stamp is NIC's form of a time, or null.
func stamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return text(t.Format(time.DateTime))
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// find returns an invoice of the caller's portal by its IRN, in any case. It does not check whose it is.
func (i IRP) find(r store.Reader, s Session, irn string) (store.Invoice, error) {
	found, err := r.Invoice(i.env, strings.ToLower(irn))
	switch {
	case missing(err):
		return found, refuse(codeUnknownIRN)
	case err == nil && !i.knows(s.Portal, found):
		return found, i.hidden(codeUnknownIRN, s, found)
	}
	return found, err
}

// hidden refuses, as unknown, an invoice that is registered and that the caller's portal does not have.
func (i IRP) hidden(code string, s Session, v store.Invoice) *Refusal {
	refusal := refuse(code)
	refusal.Why = i.elsewhere(s.Portal, v)
	return refusal
}

// lastEWayBill returns the e-way bill that was made last for an invoice. Its number is 0 when there is none.
func lastEWayBill(r store.Reader, v store.Invoice) (store.EWayBill, error) {
	e, err := r.EWayBillOf(v.Environment, v.IRN)
	if missing(err) {
		return store.EWayBill{}, nil
	}
	return e, err
}

// Invoice reads a registered invoice by its IRN. Both parties may read it.
func (i IRP) Invoice(v View, irn string) (Registered, error) {
	found, err := i.find(v.Store, v.Caller, irn)
	if err != nil {
		return Registered{}, err
	}
	return i.readable(v, found)
}

// InvoiceByDocument reads a registered invoice by the seller's own number. The number as sent comes
// first: the invoice may have been registered before NIC changed numbers to upper case.
func (i IRP) InvoiceByDocument(v View, key store.DocumentKey) (Registered, error) {
	key.GSTIN = v.Caller.seller()
	if i.wrong(defect.ReadTypeIgnored) {
		key.Type = "INV"
	}
	found, err := v.Store.InvoiceByDocument(i.env, key)
	if missing(err) {
		key.Number = invoice.NumberInIRN(key.Number, i.book())
		found, err = v.Store.InvoiceByDocument(i.env, key)
	}
	switch {
	case missing(err):
		return Registered{}, refuse(codeUnknownDocument)
	case err != nil:
		return Registered{}, err
	case !i.knows(v.Caller.Portal, found):
		return Registered{}, i.hidden(codeUnknownDocument, v.Caller, found)
	}
	return i.readable(v, found)
}

// readable refuses callers that are no party to the invoice, and every caller once the window has passed.
func (i IRP) readable(v View, found store.Invoice) (Registered, error) {
	recipient := found.BuyerGSTIN == v.Caller.GSTIN && !v.Caller.owns(found)
	switch {
	case recipient && i.wrong(defect.RecipientShutOut):
		return Registered{}, refuse(codeNotYours)
	case !v.Caller.sees(found) && !i.wrong(defect.ReadByOthers):
		return Registered{}, refuse(codeNotYours)
	}
	window := time.Duration(i.book().ReadWindow)
	if i.since(found.AckDt) > window && i.holds(ruleReadWindow) {
		return Registered{}, refuse(codeReadWindow, strconv.Itoa(int(window/(24*time.Hour))))
	}
	e, err := lastEWayBill(v.Store, found)
	return show(found, kept(found.AckDt), e), err
}

// Rejected lists the caller's IRNs that were rejected on a day, because another IRP had registered the same number
// before.
func (i IRP) Rejected(v View, date string) ([]string, error) {
	day, err := time.ParseInLocation("02/01/2006", date, nic.IST)
	if err != nil {
		if i.wrong(defect.RejectedDateUnchecked) {
			return []string{}, nil
		}
		return nil, refuse(codeBadDate)
	}
	rejected, err := v.Store.RejectedInvoices(i.env, v.Caller.seller(), day)
	irns := []string{}
	for _, r := range rejected {
		if v.Caller.owns(r) && i.knows(v.Caller.Portal, r) {
			irns = append(irns, r.IRN)
		}
	}
	return irns, err
}
