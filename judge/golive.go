package judge

import (
	"fmt"

	"github.com/nicsim/nicsim/internal/count"
)

// wanted is how many successes and how many failures of each call NIC's go-live sheet asks for.
const wanted = 50

// Row is a call on the go-live sheet.
type Row struct {
	Call      string `json:"call"`
	Successes int    `json:"successes"`
	Failures  int    `json:"failures"`
	Unused    int    `json:"unused"` // calls without an answer of NIC's, which count as neither
}

// MissingSuccesses is how many successes the sheet lacks.
func (r Row) MissingSuccesses() int { return max(0, wanted-r.Successes) }

// MissingFailures is how many failures the sheet lacks.
func (r Row) MissingFailures() int { return max(0, wanted-r.Failures) }

// Called reports whether the client made the call.
func (r Row) Called() bool { return r.Successes+r.Failures+r.Unused > 0 }

// Complete reports whether the sheet lacks nothing of the call.
func (r Row) Complete() bool { return r.MissingSuccesses()+r.MissingFailures() == 0 }

// sheetCalls are the calls of the sheet. The health check is free, and cannot fail.
var sheetCalls = []string{"auth", "generate", "cancel", "read-irn", "read-document", "rejected-irns", "gstin",
	"sync-gstin", "ewb-generate", "ewb-read", "ewb-cancel"}

// sheet counts the calls of the sandbox: the go-live sheet is about it alone.
func sheet(calls []call) []Row {
	rows := make([]Row, len(sheetCalls))
	for i, name := range sheetCalls {
		rows[i].Call = name
		for _, c := range calls {
			switch {
			case c.name != name || c.Environment != "sandbox":
			case c.succeeded():
				rows[i].Successes++
			case c.Status == 200 && c.Reason != nil:
				rows[i].Failures++
			default:
				rows[i].Unused++
			}
		}
	}
	return rows
}

func goLive(s *seen) (f finding) {
	for _, r := range sheet(s.calls) {
		if !r.Called() {
			continue
		}
		f.applied++
		if !r.Complete() {
			f.broken = append(f.broken, fmt.Sprintf("%s lacks %s and %s", r.Call,
				count.Of(r.MissingSuccesses(), "success"), count.Of(r.MissingFailures(), "failure")))
		}
	}
	return f
}
