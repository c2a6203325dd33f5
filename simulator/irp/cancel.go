package irp

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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

// word is text. Any other value counts as none, so that the check of its length refuses it.
type word string

func (w *word) UnmarshalJSON(data []byte) error {
	var text string
	_ = json.Unmarshal(data, &text)
	*w = word(text)
	return nil
}

// loose is text that some clients send as a number, or padded with blanks.
type loose string

func (l *loose) UnmarshalJSON(data []byte) error {
	*l = loose(strings.TrimSpace(strings.Trim(strings.TrimSpace(string(data)), `"`)))
	return nil
}

const longestRemark = 100

// Cancel cancels an invoice within the window, which begins with its acknowledgement.
func (i IRP) Cancel(view View) (Act, error) {
	if violations := invoice.CheckJSON(view.Request); violations != nil {
		return nil, refuseViolations(violations)
	}
	var in cancelRequest
	if err := json.Unmarshal(view.Request, &in); err != nil { // a byte order mark, which an invoice may have
		return nil, refuse(codeSchema)
	}
	if violations := in.check(); len(violations) > 0 {
		return nil, &Refusal{Errors: violations}
	}
	return func(ctx context.Context) (Answer, error) { return i.cancel(ctx, view.Caller, in) }, nil
}

func (i IRP) cancel(ctx context.Context, s Session, in cancelRequest) (Answer, error) {
	var done Cancelled
	err := i.update(ctx, func(tx store.Tx) error {
		v, err := i.find(tx, strings.TrimSpace(string(in.Irn)))
		switch {
		case err != nil:
			return err
		case !s.owns(v):
			return refuse(codeNotYours)
		case v.Status != nic.InvoiceActive:
			return refuse(codeNotActive)
		case i.now().Sub(v.AckDt) > time.Duration(i.book().CancelWindow) && i.holds(ruleCancelWindow):
			return refuse(codeCancelWindow)
		}
		if e, err := lastEWayBill(tx, v); err != nil {
			return err
		} else if e.Status == nic.InvoiceActive && i.holds(ruleCancelEWayBill) {
			return refuse(codeHasEWayBill)
		}
		v.Status, v.CancelledAt = nic.InvoiceCancelled, i.now()
		v.CancelReason, v.CancelRemarks = string(in.CnlRsn), string(in.CnlRem)
		done = Cancelled{v.IRN, kept(v.CancelledAt).Format(time.DateTime)}
		return tx.PutInvoice(v)
	})
	return Answer{Value: done}, err
}

// check returns the violations of the schema of a cancellation, in NIC's pattern of words.
func (c cancelRequest) check() []Error {
	var violations []Error
	if len(strings.TrimSpace(string(c.Irn))) != 64 {
		violations = append(violations, schemaViolation("Irn", "64 hexadecimal digits",
			"The field Irn must be a string with a minimum length of 64 and a maximum length of 64."))
	}
	if !slices.Contains([]loose{"1", "2", "3", "4"}, c.CnlRsn) {
		violations = append(violations, schemaViolation("CnlRsn", "one of 1, 2, 3, 4",
			"The field Cancel Reason must match the regular expression '^[1-4]{1}$'."))
	}
	if n := utf8.RuneCountInString(string(c.CnlRem)); n < 1 || n > longestRemark {
		violations = append(violations, schemaViolation("CnlRem", "1 to 100 characters",
			"The field Cancel Remarks must be a string with a minimum length of 1 and a maximum length of 100."))
	}
	return violations
}

// schemaViolation is a row of 5002: the message is NIC's, the path and the value that would have passed are for the
// journal.
func schemaViolation(path, want, message string) Error {
	return Error{Code: codeSchema, Message: message, Path: path, Rule: "schema", Want: want}
}
