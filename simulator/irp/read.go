package irp

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Registered is what generate answers, and every read of the invoice after it.
type Registered struct {
	AckNo         int64   `json:"AckNo"`
	AckDt         string  `json:"AckDt"` // rounded to the minute; the signed copies have the seconds
	Irn           string  `json:"Irn"`
	SignedInvoice string  `json:"SignedInvoice"`
	SignedQRCode  string  `json:"SignedQRCode"`
	Status        string  `json:"Status"` // ACT or CNL
	EwbNo         *int64  `json:"EwbNo"`
	EwbDt         *string `json:"EwbDt"`
	EwbValidTill  *string `json:"EwbValidTill"`
	Remarks       *string `json:"Remarks"`
}

func show(v store.Invoice) Registered {
	r := Registered{
		AckNo: v.AckNo, AckDt: v.AckDt.Round(time.Minute).Format(time.DateTime), Irn: v.IRN,
		SignedInvoice: v.SignedInvoice, SignedQRCode: v.SignedQRCode, Status: v.Status, Remarks: text(v.Remarks),
	}
	if e := v.EWayBill; e.No != 0 {
		r.EwbNo, r.EwbDt, r.EwbValidTill = &e.No, stamp(e.At), stamp(e.ValidTill)
	}
	return r
}

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

// find finds a registered invoice by its IRN, in any case; whose it is, is not asked.
func (i IRP) find(ctx context.Context, irn string) (store.Invoice, error) {
	var found store.Invoice
	err := i.view(ctx, func(r store.Reader) error {
		var err error
		found, err = r.Invoice(i.env, strings.ToLower(irn))
		return err
	})
	if missing(err) {
		return store.Invoice{}, refuse(codeUnknownIRN)
	}
	return found, err
}

// Invoice reads a registered invoice by its IRN. Both parties may read it.
func (i IRP) Invoice(ctx context.Context, s Session, irn string) (Registered, error) {
	found, err := i.find(ctx, irn)
	if err != nil {
		return Registered{}, err
	}
	return i.readable(found, s)
}

// InvoiceByDocument reads a registered invoice by the seller's own number. As it
// stands first: it may have been registered before numbers were upper-cased.
func (i IRP) InvoiceByDocument(ctx context.Context, s Session, key store.DocumentKey) (Registered, error) {
	key.GSTIN = s.seller()
	var found store.Invoice
	err := i.view(ctx, func(r store.Reader) error {
		var err error
		if found, err = r.InvoiceByDocument(i.env, key); missing(err) {
			key.Number = nic.NumberInIRN(key.Number, i.now())
			found, err = r.InvoiceByDocument(i.env, key)
		}
		return err
	})
	if missing(err) {
		return Registered{}, refuse(codeUnknownDocument)
	}
	if err != nil {
		return Registered{}, err
	}
	return i.readable(found, s)
}

// readable refuses strangers (2143), and everyone once the window has passed (2283).
func (i IRP) readable(v store.Invoice, s Session) (Registered, error) {
	if !s.sees(v) {
		return Registered{}, refuse(codeNotYours)
	}
	window := time.Duration(i.settings().ReadWindow)
	if i.now().Sub(v.AckDt) > window {
		return Registered{}, refuse(codeReadWindow, strconv.Itoa(int(window/(24*time.Hour))))
	}
	return show(v), nil
}

// Rejected lists the IRNs of a day that another IRP had given first. There is no
// other IRP here, so there are none.
func (i IRP) Rejected(_ context.Context, _ Session, date string) ([]string, error) {
	if _, err := time.ParseInLocation("02/01/2006", date, nic.IST); err != nil {
		return nil, refuse(codeBadDate)
	}
	return []string{}, nil
}
