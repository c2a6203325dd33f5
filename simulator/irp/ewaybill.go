package irp

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
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
	Remarks      *string `json:"Remarks"`      // the computed distance, or null
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
const ewbStart int64 = 111_000_000_000

// withEWayBill answers a registration that asked for an e-way bill too. A refusal of that part stands beside the
// IRN.
func (i IRP) withEWayBill(ctx context.Context, s Session, v store.Invoice, verdict invoice.Verdict) (Answer, error) {
	var refusal *Refusal
	if len(verdict.EWayBill) > 0 {
		refusal = refuseViolations(verdict.EWayBill)
	} else {
		shipment := verdict.Document.Shipment()
		e, err := i.ship(ctx, s, v.IRN, shipment, v.AckDt)
		var refused bool
		if refusal, refused = errors.AsType[*Refusal](err); !refused {
			return Answer{show(v, v.AckDt, e), i.distanceInfo(shipment)}, err
		}
	}
	return Answer{show(v, v.AckDt, store.EWayBill{}), []Info{{InfCd: "EWBERR", Desc: rows(refusal)}}}, nil
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
	v, err := i.find(view.Store, view.Caller, request.Irn)
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
		e, err := i.ship(ctx, view.Caller, v.IRN, shipment, i.now())
		made := Made{e.No, kept(e.At).Format(time.DateTime), stamp(e.ValidTill), text(distanceRemark(shipment))}
		return Answer{made, i.distanceInfo(shipment)}, err
	}, nil
}

// distanceRemark says in NIC's words which distance was computed for a shipment; it is empty if the distance was sent.
func distanceRemark(s *invoice.Shipment) string {
	km, computed := s.Kilometres()
	if !computed {
		return ""
	}
	return "Pin-Pin calc distance: " + strconv.Itoa(km) + "KM"
}

func (i IRP) distanceInfo(s *invoice.Shipment) []Info {
	if remark := distanceRemark(s); remark != "" && !i.wrong(defect.EWayBillDistance) {
		return []Info{{InfCd: "EWBPPD", Desc: remark}}
	}
	return nil
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

// ship gives a shipment that has passed the rules its e-way bill, made at a time. An e-way bill that is asked for with
// its invoice is made when the invoice is acknowledged, so that both have one date.
func (i IRP) ship(ctx context.Context, s Session, irn string, shipment *invoice.Shipment, at time.Time) (store.EWayBill,
	error) {
	var e store.EWayBill
	err := i.update(ctx, func(tx store.Tx) error {
		v, err := tx.Invoice(i.env, irn)
		if err != nil {
			return err
		}
		last, err := lastEWayBill(tx, v)
		switch {
		case err != nil:
			return err
		case v.Status != nic.InvoiceActive && !i.wrong(defect.EWayBillCancelled):
			return refuse(codeNoActiveIRN)
		case last.Status == nic.InvoiceActive && i.holds(ruleEWayBillOnce):
			return refuse(codeEWayBillExists)
		}
		n, err := tx.Next(i.env, "e-way bill")
		if err != nil {
			return err
		}
		made := at.Truncate(time.Second)
		e = store.EWayBill{
			No:          defect.Pick(i.world.Defects(), defect.EWayBillNumberShort, ewbStart, ewbStart/10) + n,
			Environment: i.env, IRN: v.IRN, GeneratedBy: s.GSTIN, At: made,
			ValidTill: shipment.ValidTill(kept(made), i.world.Defects()), Status: nic.InvoiceActive,
			Movements: movements(shipment, made),
		}
		return tx.PutEWayBill(e)
	})
	return e, err
}

// movements returns the one movement that Part B of a shipment describes, or none without Part B.
func movements(s *invoice.Shipment, at time.Time) []store.Movement {
	if s.TransMode == "" {
		return nil
	}
	place := func(location string, pin invoice.Number) store.Place {
		return store.Place{Location: location, Pincode: pin.String()}
	}
	m := store.Movement{
		From: place(s.SellerDtls.Loc, s.SellerDtls.Pin), To: place(s.BuyerDtls.Loc, s.BuyerDtls.Pin),
		Mode: s.TransMode, Vehicle: s.VehNo, Document: s.TransDocNo, At: at,
	}
	if s.Dispatch != nil {
		m.From = place(s.Dispatch.Loc, s.Dispatch.Pin)
	}
	if s.ShipTo != nil {
		m.To = place(s.ShipTo.Loc, s.ShipTo.Pin)
	}
	return []store.Movement{m}
}

// EWayBill reads the e-way bill of an invoice.
func (i IRP) EWayBill(view View, irn string) (EWayBill, error) {
	v, err := i.find(view.Store, view.Caller, irn)
	if err != nil {
		return EWayBill{}, err
	}
	if !view.Caller.sees(v) {
		return EWayBill{}, refuse(codeNotYours)
	}
	e, err := lastEWayBill(view.Store, v)
	if err == nil && e.No == 0 {
		err = refuse(codeNoEWayBill)
	}
	if err != nil {
		return EWayBill{}, err
	}
	return EWayBill{e.No, e.Status, e.GeneratedBy, kept(e.At).Format(time.DateTime), stamp(e.ValidTill)}, nil
}
