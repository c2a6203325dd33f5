package irp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Cancelled is the answer to a cancellation.
type Cancelled struct {
	Irn        string `json:"Irn"`
	CancelDate string `json:"CancelDate"`
}

// cancelRequest is NIC's schema of a cancellation.
type cancelRequest struct {
	Irn    word
	CnlRsn loose // 1 duplicate, 2 data entry mistake, 3 order cancelled, 4 others
	CnlRem word
}

// word is text. A value of another kind is taken as it is written.
type word struct {
	text string
	sent bool
}

func (w *word) UnmarshalJSON(data []byte) error {
	*w = word{string(data), string(data) != "null"}
	_ = json.Unmarshal(data, &w.text)
	return nil
}

// loose is text that some clients send as a number, or padded with blanks.
type loose string

func (l *loose) UnmarshalJSON(data []byte) error {
	*l = loose(strings.TrimSpace(strings.Trim(strings.TrimSpace(string(data)), `"`)))
	return nil
}

// The lengths of the members in characters.
const (
	irnLength     = 64
	longestRemark = 100
)

// Cancel cancels an invoice within the window, which begins with its acknowledgement.
func (i IRP) Cancel(view View) (Act, error) {
	if violations := invoice.CheckJSON(view.Request); violations != nil {
		return nil, refuseViolations(violations)
	}
	var in cancelRequest
	if err := json.Unmarshal(view.Request, &in); err != nil { // a byte order mark, which an invoice may have
		return nil, refuse(codeSchema)
	}
	in.Irn.text = strings.TrimSpace(in.Irn.text)
	if violations := in.check(i.world.Defects()); len(violations) > 0 {
		return nil, &Refusal{Errors: violations}
	}
	return func(ctx context.Context) (Answer, error) { return i.cancel(ctx, view.Caller, in) }, nil
}

func (i IRP) cancel(ctx context.Context, s Session, in cancelRequest) (Answer, error) {
	var done Cancelled
	err := i.update(ctx, func(tx store.Tx) error {
		v, err := i.find(tx, s, in.Irn.text)
		switch {
		case err != nil:
			return err
		case !s.owns(v) && !i.wrong(defect.CancelByOthers):
			return refuse(codeNotYours)
		case v.Status != nic.InvoiceActive && !i.wrong(defect.CancelTwice):
			return refuse(codeNotActive)
		case i.since(v.AckDt) > time.Duration(i.book().CancelWindow) && i.holds(ruleCancelWindow):
			return refuse(codeCancelWindow)
		}
		if e, err := lastEWayBill(tx, v); err != nil {
			return err
		} else if e.Status == nic.InvoiceActive && i.holds(ruleCancelEWayBill) {
			return refuse(codeHasEWayBill)
		}
		v.Status, v.CancelledAt = nic.InvoiceCancelled, i.now()
		v.CancelReason, v.CancelRemarks = string(in.CnlRsn), in.CnlRem.text
		done = Cancelled{v.IRN, kept(v.CancelledAt).Format(time.DateTime)}
		if i.wrong(defect.CancelForgotten) {
			return nil
		}
		return tx.PutInvoice(v)
	})
	return Answer{Value: done}, err
}

// check returns the violations of the schema of a cancellation, in NIC's pattern of words. Each attribute of a member
// that fails is reported, as for an invoice.
func (c cancelRequest) check(wrong *defect.Set) []Error {
	var reason []Error
	switch c.CnlRsn {
	case "1", "2", "3", "4":
	case "", "null":
		reason = absent("CnlRsn", "Cancel Reason")
	default:
		if wrong.Has(defect.CancelReasonUnchecked) {
			break
		}
		reason = []Error{schemaViolation("CnlRsn", "one of 1, 2, 3, 4",
			"The field Cancel Reason must match the regular expression '^[1-4]{1}$'.")}
	}
	return slices.Concat(
		c.Irn.check("Irn", "Irn", irnLength, irnLength), reason, c.CnlRem.check("CnlRem", "Cancel Remarks", 1,
			defect.Pick(wrong, defect.CancelRemarkLonger, longestRemark, 2*longestRemark)))
}

func (w word) check(path, label string, shortest, longest int) []Error {
	var violations []Error
	if strings.TrimSpace(w.text) == "" || !w.sent {
		violations = absent(path, label)
	}
	if n := utf8.RuneCountInString(w.text); w.sent && (n < shortest || n > longest) {
		violations = append(violations, schemaViolation(path, fmt.Sprintf("%d to %d characters", shortest, longest),
			fmt.Sprintf("The field %s must be a string with a minimum length of %d and a maximum length of %d.", label, shortest,
				longest)))
	}
	return violations
}

func absent(path, label string) []Error {
	return []Error{schemaViolation(path, "a value", "The "+label+" field is required.")}
}

// schemaViolation is a row of 5002: the message is NIC's, the path and the value that would have passed are for the
// journal.
func schemaViolation(path, want, message string) Error {
	return Error{Code: codeSchema, Message: message, Path: path, Rule: "schema", Want: want}
}
