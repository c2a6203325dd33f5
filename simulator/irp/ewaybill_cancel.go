package irp

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// CancelledEWayBill is the answer to the cancellation of an e-way bill, in the e-way bill system's form.
type CancelledEWayBill struct {
	EwayBillNo string `json:"ewayBillNo"`
	CancelDate string `json:"cancelDate"` // dd/MM/yyyy hh:mm:ss AM
}

// ewayBillCancelWindow is the time in which the e-way bill system lets an e-way bill be cancelled. It begins with the
// newest entry of Part B, or with the e-way bill while it has no Part B.
const ewayBillCancelWindow = 24 * time.Hour

// CancelEWayBill cancels an e-way bill with the codes of the e-way bill system. The reason and the remark are not
// judged: no public list has their codes.
func (i IRP) CancelEWayBill(view View) (Act, error) {
	var in struct {
		EwbNo loose `json:"ewbNo"`
	}
	violations := invoice.CheckJSON(view.Request)
	if violations != nil || json.Unmarshal(view.Request, &in) != nil {
		refusal := refuse(codeEWBBadJSON)
		for _, v := range violations {
			refusal.Errors[0].Rule, refusal.Errors[0].Want = v.Rule, v.Want
		}
		return nil, refusal
	}
	no, err := strconv.ParseInt(string(in.EwbNo), 10, 64)
	if err != nil {
		return nil, refuse(codeEWBUnknown)
	}
	return func(ctx context.Context) (Answer, error) { return i.cancelEWayBill(ctx, view.Caller, no) }, nil
}

func (i IRP) cancelEWayBill(ctx context.Context, s Session, no int64) (Answer, error) {
	var done CancelledEWayBill
	err := i.update(ctx, func(tx store.Tx) error {
		e, err := tx.EWayBill(i.env, no)
		switch {
		case missing(err):
			return refuse(codeEWBUnknown)
		case err != nil:
			return err
		case e.GeneratedBy != s.GSTIN && !i.wrong(defect.EWayBillOfOthers), e.Status != nic.InvoiceActive:
			return refuse(codeEWBNotYours)
		}
		if code := i.lateFor(e); code != "" {
			return refuse(code)
		}
		e.Status = nic.InvoiceCancelled
		done = CancelledEWayBill{strconv.FormatInt(no, 10), kept(i.now()).Format("02/01/2006 03:04:05 PM")}
		if i.wrong(defect.EWayBillCancelKept) {
			return nil
		}
		return tx.PutEWayBill(e)
	})
	return Answer{Value: done}, err
}

// lateFor returns the code by which an e-way bill can no longer be cancelled, or none.
func (i IRP) lateFor(e store.EWayBill) string {
	rule, begin := ruleEWayBillCancel, e.At
	if n := len(e.Movements); n > 0 {
		rule, begin = ruleEWayBillCancelPartB, e.Movements[n-1].At
	}
	if i.since(begin) > ewayBillCancelWindow && i.holds(rule) {
		return rule.Code
	}
	return ""
}
