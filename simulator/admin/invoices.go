package admin

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Invoice is a registered invoice. One that another IRP registered has no AckNo, no TotalValue and no Payload.
type Invoice struct {
	Environment    nic.Environment `json:"environment"`
	IRN            string          `json:"irn"`
	IRP            string          `json:"irp"`    // where it was registered: NIC1, NIC2, or the code of another IRP
	Status         string          `json:"status"` // ACT or CNL
	SellerGSTIN    string          `json:"sellerGstin"`
	BuyerGSTIN     string          `json:"buyerGstin"`
	OperatorGSTIN  string          `json:"operatorGstin"` // of the e-commerce operator that registered it, or empty
	ClientID       string          `json:"clientId"`      // of the caller that registered it
	Username       string          `json:"username"`
	DocumentType   string          `json:"documentType"`   // INV, CRN or DBN
	DocumentNumber string          `json:"documentNumber"` // as hashed into the IRN
	DocumentDate   string          `json:"documentDate"`   // dd/MM/yyyy
	AckNo          int64           `json:"ackNo"`
	AckDate        time.Time       `json:"ackDate"`
	TotalValue     json.Number     `json:"totalValue"` // with the digits that were sent
	CancelledAt    *time.Time      `json:"cancelledAt"`
	CancelReason   string          `json:"cancelReason"`
	CancelRemarks  string          `json:"cancelRemarks"`
	RejectedAt     *time.Time      `json:"rejectedAt"`  // when another IRP's earlier registration became known, or null
	RejectedFor    string          `json:"rejectedFor"` // the code of that IRP, or empty
	EWayBills      []EWayBill      `json:"ewayBills"`   // the oldest first
	Payload        json.RawMessage `json:"payload,omitempty"`
}

// EWayBill is an e-way bill of an invoice.
type EWayBill struct {
	Number    int64      `json:"number"`
	Status    string     `json:"status"` // ACT or CNL
	Date      time.Time  `json:"date"`
	ValidTill *time.Time `json:"validTill"` // null while only Part A is filled in
}

var invoiceStatuses = []string{nic.InvoiceActive, nic.InvoiceCancelled}

// Invoices returns the invoices that a filter lets pass, without their payloads, the newest first. A GSTIN chooses the
// invoices of which it is the supplier, the recipient or the operator.
func Invoices(ctx context.Context, w *world.World, f Filter) (page []Invoice, next string, err error) {
	read := func(r store.Reader, env nic.Environment, p store.Page) ([]store.Invoice, error) {
		return r.Invoices(env, p)
	}
	about := func(i store.Invoice) facts {
		return facts{i.Environment, i.IRN, i.AckDt, i.Status,
			[]string{i.SellerGSTIN, i.BuyerGSTIN, i.OperatorGSTIN}}
	}
	return filtered(ctx, w, f, invoiceStatuses, read, about, func(r store.Reader, i store.Invoice) (Invoice, error) {
		shown, err := invoiceOf(r, i)
		shown.Payload = nil
		return shown, err
	})
}

// ReadInvoice returns one invoice by its environment and IRN, joined by a slash. It has its payload: the JSON that was
// registered, with what the registration added.
func ReadInvoice(ctx context.Context, w *world.World, id string) (Invoice, error) {
	i, err := view(ctx, w, func(r store.Reader) (Invoice, error) {
		i, err := r.Invoice(cutID(strings.ToLower(id)))
		if err != nil {
			return Invoice{}, err
		}
		return invoiceOf(r, i)
	})
	return i, found(err, "such invoice")
}

func invoiceOf(r store.Reader, i store.Invoice) (Invoice, error) {
	var payload struct {
		ValDtls struct{ TotInvVal json.Number }
	}
	var signed json.RawMessage
	if i.SignedInvoice != "" {
		token, err := seal.ReadToken(i.SignedInvoice)
		if err != nil {
			return Invoice{}, fmt.Errorf("invoice %s: %w", i.IRN, err)
		}
		if signed = json.RawMessage(token.Data); json.Unmarshal(signed, &payload) != nil {
			return Invoice{}, fmt.Errorf("invoice %s: its signed copy is not JSON", i.IRN)
		}
	}
	bills, err := r.EWayBillsOf(i.Environment, i.IRN)
	if err != nil {
		return Invoice{}, err
	}
	shown := Invoice{
		Environment: i.Environment, IRN: i.IRN, IRP: cmp.Or(i.IRP, nic.NIC1), Status: i.Status,
		SellerGSTIN: i.SellerGSTIN, BuyerGSTIN: i.BuyerGSTIN, OperatorGSTIN: i.OperatorGSTIN,
		ClientID: i.ClientID, Username: i.Username,
		DocumentType: i.Document.Type, DocumentNumber: i.Document.Number, DocumentDate: i.Document.Date,
		AckNo: i.AckNo, AckDate: i.AckDt.In(nic.IST), TotalValue: payload.ValDtls.TotInvVal,
		CancelledAt: instant(i.CancelledAt), CancelReason: i.CancelReason, CancelRemarks: i.CancelRemarks,
		RejectedAt: instant(i.RejectedAt), RejectedFor: i.RejectedFor, EWayBills: []EWayBill{}, Payload: signed,
	}
	for _, e := range bills {
		shown.EWayBills = append(shown.EWayBills, EWayBill{e.No, e.Status, e.At.In(nic.IST), instant(e.ValidTill)})
	}
	return shown, nil
}

// instant is a time that may not be set.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return new(t.In(nic.IST))
}
