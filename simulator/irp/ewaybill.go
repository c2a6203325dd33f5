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

// Known numbers of e-way bills have twelve digits.
const ewbStart = 111_000_000_000

// withEWayBill answers a registration that asked for an e-way bill too. A refusal of that part stands beside the
// IRN.
func (i IRP) withEWayBill(ctx context.Context, s Session, v store.Invoice, verdict invoice.Verdict) (Answer, error) {
	var refusal *Refusal
	if len(verdict.EWayBill) > 0 {
		refusal = refuseViolations(verdict.EWayBill)
	} else {
		shipped, info, err := i.ship(ctx, s, v.IRN, verdict.Document.Shipment())
		var refused bool
		if refusal, refused = errors.AsType[*Refusal](err); !refused {
			return Answer{show(shipped), info}, err
		}
	}
	return Answer{show(v), []Info{{InfCd: "EWBERR", Desc: rows(refusal)}}}, nil
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
func (i IRP) MakeEWayBill(view View) (Act, error) {
	request, violations := invoice.ParseEWayBill(view.Request)
	if len(violations) > 0 {
		return nil, refuseViolations(violations)
	}
	v, err := i.find(view.Store, request.Irn)
	switch {
	case err != nil:
		return nil, err
	case !view.Caller.owns(v):
		return nil, refuse(codeNotYours)
	}
	d, err := registeredDocument(v)
	if err != nil {
		return nil, err
	}
	shipment := request.Shipment(d)
	violations, err = shipment.Judge(i.facts(view.Caller), i.finder(view.Store))
	switch {
	case err != nil:
		return nil, err
	case len(violations) > 0:
		return nil, refuseViolations(violations)
	}
	return func(ctx context.Context) (Answer, error) {
		v, info, err := i.ship(ctx, view.Caller, v.IRN, shipment)
		e := v.EWayBill
		return Answer{Made{e.No, e.At.Format(time.DateTime), stamp(e.ValidTill), text(v.Remarks)}, info}, err
	}, nil
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

// ship gives a shipment that has passed the rules its e-way bill.
func (i IRP) ship(ctx context.Context, s Session, irn string, shipment *invoice.Shipment) (store.Invoice, []Info,
	error) {
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
		case v.EWayBill.Status == nic.InvoiceActive && i.holds(ruleEWayBillOnce):
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
func (i IRP) EWayBill(view View, irn string) (EWayBill, error) {
	v, err := i.find(view.Store, irn)
	switch {
	case err != nil:
		return EWayBill{}, err
	case !view.Caller.sees(v):
		return EWayBill{}, refuse(codeNotYours)
	case v.EWayBill.No == 0:
		return EWayBill{}, refuse(codeNoEWayBill)
	}
	e := v.EWayBill
	return EWayBill{e.No, e.Status, e.GeneratedBy, e.At.Format(time.DateTime), stamp(e.ValidTill)}, nil
}

// CancelledEWayBill is the answer to the cancellation of an e-way bill, in the e-way bill system's form.
type CancelledEWayBill struct {
	EwayBillNo string `json:"ewayBillNo"`
	CancelDate string `json:"cancelDate"` // dd/MM/yyyy hh:mm:ss AM
}

// CancelEWayBill cancels an e-way bill, whatever its age: the e-way bill system allows a day, and no public list
// has the code of that refusal.
func (i IRP) CancelEWayBill(view View) (Act, error) {
	var in struct {
		EwbNo json.Number `json:"ewbNo"`
	}
	if err := json.Unmarshal(view.Request, &in); err != nil {
		return nil, refuse(codeEWBBadJSON)
	}
	no, err := in.EwbNo.Int64()
	if err != nil {
		return nil, refuse(codeEWBBadJSON)
	}
	return func(ctx context.Context) (Answer, error) { return i.cancelEWayBill(ctx, view.Caller, no) }, nil
}

func (i IRP) cancelEWayBill(ctx context.Context, s Session, no int64) (Answer, error) {
	var done CancelledEWayBill
	err := i.update(ctx, func(tx store.Tx) error {
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
	return Answer{Value: done}, err
}
