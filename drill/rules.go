package drill

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/count"
)

// Rule is what a client must keep in a drill.
type Rule struct {
	Name   string
	Says   string // what is required
	Source string // why

	broken func(judged) string // what the client did instead; empty if it kept the rule
}

// judged is a client's run under a rule.
type judged struct {
	drill Drill
	Evidence
	calls []Call
}

// The bounds of the rule bounded [SIM]. A client that logs in for each call and reads before it sends needs two
// registrations, six logins and four reads.
const (
	mostSends  = 5
	mostLogins = 8
	mostReads  = 10
)

// tolerance is how much too early a client may be after Retry-After: timers are not exact.
const tolerance = 100 * time.Millisecond

// Rules returns the rules in their order.
func Rules() []Rule { return slices.Clone(rules) }

var rules = []Rule{
	{"sends", "The client sends the invoice to the e-Invoice API.", "a client that does not call cannot be judged",
		notSent},
	{"ends", "The client ends within the time of the drill.",
		"a call without a time-out holds its thread and its user for ever", notEnded},
	{"has-invoice", "The client goes on until it has the whole answer, with IRN and signed QR code: that of the " +
		"registration, or that of a read.",
		"rule 46(r) of the CGST Rules, 2017: an e-invoice has the QR code with its IRN, which DUPIRN does not have",
		givenUp},
	{"one-irn", "One document is registered, once, and stays registered.",
		"NIC: an IRN belongs to supplier, financial year, document type and number, and a cancelled number is spent",
		otherIRNs},
	{"no-resend", "A document that NIC has registered is not sent again.",
		"NIC's note on the top errors: a request that was refused must not be sent again unchanged; 2150 is handled by " +
			"reading", resent},
	{"bounded", fmt.Sprintf("At most %d registrations, %d logins and %d reads.", mostSends, mostLogins, mostReads),
		"NIC's note on the top errors: repeated erroneous calls block the taxpayer; a token lasts 60 minutes in the " +
			"sandbox. The figures are those of nicsim", hammered},
	{"retry-after", "After an answer with Retry-After the client waits for so long before its next call.",
		"RFC 9110, section 10.2.3, and RFC 6585, section 4", tooEarly},
	{"exit-code", "A command that has the invoice ends with the exit code 0.", "what runs the client reads its exit code",
		endedBadly},
}

func notSent(j judged) string {
	last := j.last()
	switch {
	case j.count(generate) > 0 || j.unanswered():
		return ""
	case last == nil:
		if j.Ended.Code != 0 {
			return fmt.Sprintf("no call was seen; the command ended with the exit code %d", j.Ended.Code)
		}
		return "no call was seen"
	}
	return fmt.Sprintf("no invoice was sent; the last call, %s, was %s", last.Name, last.Outcome)
}

func notEnded(j judged) string {
	if j.Ended.CutOff == 0 {
		return ""
	}
	says := fmt.Sprintf("was still running after %s", j.Ended.CutOff)
	if last := j.last(); last != nil && last.Outcome == noAnswer {
		says += fmt.Sprintf(", waiting for the answer to %s", last.Name)
	}
	return says
}

func givenUp(j judged) string {
	if notSent(j) != "" || j.has() {
		return ""
	}
	last := j.last()
	if last == nil {
		return "gave up: nothing followed the call that had no answer"
	}
	return fmt.Sprintf("gave up: the last of %s, %s, was %s", count.Of(len(j.calls), "call"), last.Name, last.Outcome) +
		advice(last.refused)
}

// advice says what to do about a code of NIC's.
func advice(code string) string {
	switch code {
	case "2150":
		return "; read the invoice by the IRN in DUPIRN"
	case "1005":
		return "; log in again"
	case "1020":
		return "; log in again for the SEK of the token"
	case "2148", "2154":
		return "; wait and read again"
	}
	return ""
}

func otherIRNs(j judged) string {
	var numbers []string
	for _, i := range j.Invoices {
		if i.Status != client.InvoiceActive {
			return fmt.Sprintf("the invoice %s is cancelled", i.DocumentNumber)
		}
		numbers = append(numbers, i.DocumentNumber)
	}
	slices.Sort(numbers)
	if len(numbers) > 1 {
		return fmt.Sprintf("%d invoices are registered: %s", len(numbers), strings.Join(numbers, ", "))
	}
	return ""
}

func resent(j judged) string {
	known := false
	for _, c := range j.calls {
		if c.Name != generate {
			continue
		}
		if known {
			return "sent the document again after NIC had said that it is registered"
		}
		known = c.good || c.refused == "2150" && !c.failed
	}
	return ""
}

func hammered(j judged) string {
	reads := j.count(readIRN) + j.count(readDocument)
	for _, b := range []struct {
		made, most int
		what       string
	}{{j.count(generate), mostSends, "registration"}, {j.count(auth), mostLogins, "login"}, {reads, mostReads, "read"}} {
		if b.made > b.most {
			return fmt.Sprintf("made %s; the bound is %d", count.Of(b.made, b.what), b.most)
		}
	}
	return ""
}

func tooEarly(j judged) string {
	var until, from time.Time
	for _, c := range j.calls {
		if c.Name != ping && c.At.Before(until.Add(-tolerance)) {
			return fmt.Sprintf("called %s %d ms after the answer that said Retry-After: %d", c.Name,
				c.At.Sub(from).Milliseconds(), int(retryAfter.Seconds()))
		}
		if c.Outcome == tooMany {
			from, until = c.At, c.At.Add(retryAfter)
		}
	}
	return ""
}

func endedBadly(j judged) string {
	if j.Ended.Code == 0 || j.Ended.CutOff > 0 || !j.has() {
		return ""
	}
	return fmt.Sprintf("ended with the exit code %d, though it has the invoice", j.Ended.Code)
}

// has reports whether the client has the whole answer.
func (j judged) has() bool {
	return slices.ContainsFunc(j.calls, func(c Call) bool {
		return c.good && (c.Name == generate || c.Name == readIRN || c.Name == readDocument)
	})
}

func (j judged) count(call string) (n int) {
	for _, c := range j.calls {
		if c.Name == call {
			n++
		}
	}
	return n
}

// last is the last call but pings; nil without one.
func (j judged) last() *Call {
	for _, c := range slices.Backward(j.calls) {
		if c.Name != ping {
			return &c
		}
	}
	return nil
}

// unanswered reports whether a fault happened to a registration, which may still be without an answer and then is not
// in the journal.
func (j judged) unanswered() bool {
	return slices.ContainsFunc(j.drill.Faults, func(f client.Fault) bool {
		return f.When.Call == generate && j.Fired[f.Name] > 0
	})
}
