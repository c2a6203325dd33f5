package irp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// Made is the answer to a request for an e-way bill.
type Made struct {
	EwbNo        int64   `json:"EwbNo"`
	EwbDt        string  `json:"EwbDt"`
	EwbValidTill *string `json:"EwbValidTill"` // null while only Part A is filled in
	Remarks      *string `json:"Remarks"`
}

// EWayBill is the answer to a read of an e-way bill.
type EWayBill struct {
	EwbNo        int64   `json:"EwbNo"`
	Status       string  `json:"Status"` // ACT or CNL
	GenGstin     string  `json:"GenGstin"`
	EwbDt        string  `json:"EwbDt"`
	EwbValidTill *string `json:"EwbValidTill"`
}

// The numbers of e-way bills that were seen have twelve digits.
const ewbStart = 111_000_000_000

// withEWayBill answers a registration that asked for an e-way bill too: what is wrong
// with that part is told beside the IRN and does not fail it.
func (i IRP) withEWayBill(ctx context.Context, s Session, v store.Invoice, d *invoice.Document) (Registered, []Info,
	error) {
	shipped, info, err := i.ship(ctx, s, v.IRN, d.Shipment())
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		return show(v), []Info{{InfCd: "EWBERR", Desc: rows(refusal)}}, nil
	}
	return show(shipped), info, err
}

// row is an error as InfoDtls writes it.
type row struct {
	ErrorCode    string `json:"ErrorCode"`
	ErrorMessage string `json:"ErrorMessage"`
}

func rows(r *Refusal) []row {
	list := make([]row, 0, len(r.Errors))
	for _, e := range r.Errors {
		list = append(list, row{e.Code, e.Message})
	}
	return list
}

// MakeEWayBill makes the e-way bill of a registered invoice.
func (i IRP) MakeEWayBill(ctx context.Context, s Session, raw []byte) (Made, []Info, error) {
	request, violations := invoice.ParseEWayBill(raw)
	if len(violations) > 0 {
		return Made{}, nil, refuseViolations(violations)
	}
	v, err := i.find(ctx, request.Irn)
	switch {
	case err != nil:
		return Made{}, nil, err
	case !s.owns(v):
		return Made{}, nil, refuse(codeNotYours)
	}
	d, err := registeredDocument(v)
	if err != nil {
		return Made{}, nil, err
	}
	v, info, err := i.ship(ctx, s, v.IRN, request.Shipment(d))
	if err != nil {
		return Made{}, nil, err
	}
	e := v.EWayBill
	return Made{e.No, e.At.Format(time.DateTime), stamp(e.ValidTill), text(v.Remarks)}, info, nil
}

// registeredDocument reads an invoice back from its signed copy.
func registeredDocument(v store.Invoice) (*invoice.Document, error) {
	token, err := seal.ReadToken(v.SignedInvoice)
	if err != nil {
		return nil, fmt.Errorf("reading the signed copy of %s: %w", v.IRN, err)
	}
	d, err := invoice.ParseSigned(token.Data)
	if err != nil {
		return nil, fmt.Errorf("reading the signed copy of %s: %w", v.IRN, err)
	}
	return d, nil
}

// ship holds a shipment against the rules and gives it an e-way bill.
func (i IRP) ship(ctx context.Context, s Session, irn string, shipment *invoice.Shipment) (store.Invoice, []Info,
	error) {
	facts, lookup := i.facts(ctx, s)
	violations := shipment.Check(facts)
	if lookup.err != nil {
		return store.Invoice{}, nil, lookup.err
	}
	if len(violations) > 0 {
		return store.Invoice{}, nil, refuseViolations(violations)
	}
	var info []Info
	var remarks string
	if km, computed := shipment.Kilometres(); computed {
		remarks = "Pin-Pin calc distance: " + strconv.Itoa(km) + "KM"
		info = []Info{{InfCd: "EWBPPD", Desc: remarks}}
	}
	var v store.Invoice
	err := i.update(ctx, func(tx store.Tx) error {
		var err error
		if v, err = tx.Invoice(i.env, irn); err != nil {
			return err
		}
		switch {
		case v.Status != nic.InvoiceActive:
			return refuse(codeNoActiveIRN)
		case v.EWayBill.Status == nic.InvoiceActive:
			return refuse(codeEWayBillExists)
		}
		n, err := tx.Next(i.env, "e-way bill")
		if err != nil {
			return err
		}
		made := i.now().Truncate(time.Minute)
		v.EWayBill = store.EWayBill{
			No: ewbStart + n, GeneratedBy: s.GSTIN, At: made, ValidTill: shipment.ValidTill(made), Status: nic.InvoiceActive,
		}
		v.Remarks = remarks
		return tx.PutInvoice(v)
	})
	return v, info, err
}

// EWayBill reads the e-way bill of an invoice.
func (i IRP) EWayBill(ctx context.Context, s Session, irn string) (EWayBill, error) {
	v, err := i.find(ctx, irn)
	switch {
	case err != nil:
		return EWayBill{}, err
	case !s.sees(v):
		return EWayBill{}, refuse(codeNotYours)
	case v.EWayBill.No == 0:
		return EWayBill{}, refuse(codeNoEWayBill)
	}
	e := v.EWayBill
	return EWayBill{e.No, e.Status, e.GeneratedBy, e.At.Format(time.DateTime), stamp(e.ValidTill)}, nil
}

// CancelledEWayBill is the answer to its cancellation, in the E-Way Bill system's form.
type CancelledEWayBill struct {
	EwayBillNo string `json:"ewayBillNo"`
	CancelDate string `json:"cancelDate"` // dd/MM/yyyy hh:mm:ss AM
}

// CancelEWayBill cancels an e-way bill. When it was made is not asked: the E-Way Bill
// system allows a day, and no public list has the code of the refusal.
func (i IRP) CancelEWayBill(ctx context.Context, s Session, raw []byte) (CancelledEWayBill, error) {
	var in struct {
		EwbNo json.Number `json:"ewbNo"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return CancelledEWayBill{}, refuse(codeEWBBadJSON)
	}
	no, err := in.EwbNo.Int64()
	if err != nil {
		return CancelledEWayBill{}, refuse(codeEWBBadJSON)
	}
	var done CancelledEWayBill
	err = i.update(ctx, func(tx store.Tx) error {
		v, err := tx.InvoiceByEWayBill(i.env, no)
		switch {
		case missing(err):
			return refuse(codeNoEWayBill)
		case err != nil:
			return err
		// An invoice keeps the last of its e-way bills only; those before it are cancelled.
		case v.EWayBill.No != no, v.EWayBill.GeneratedBy != s.GSTIN, v.EWayBill.Status != nic.InvoiceActive:
			return refuse(codeNoEWayBill)
		}
		v.EWayBill.Status = nic.InvoiceCancelled
		done = CancelledEWayBill{strconv.FormatInt(no, 10), i.now().Format("02/01/2006 03:04:05 PM")}
		return tx.PutInvoice(v)
	})
	return done, err
}
