package portal

import (
	"time"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// Code names a refusal on the wire; it is the last part of a problem's type.
type Code string

// Refusal is the error of a step that the portal refuses. The step changed nothing but what it spends: a
// captcha, an attempt.
type Refusal struct {
	Violations []Violation // at least one; the first gives the refusal its code and words

	Cause           journal.Cause // for the journal alone; empty if the code says it
	State, Expected string        // of wrong-state
	AttemptsLeft    *int          // of a wrong OTP
	RetryAfter      time.Duration // when the step may be tried again; 0 when waiting does not help
}

// Violation is one thing that is wrong.
type Violation struct {
	Code    Code
	Field   string // the request's member; empty when the violation is of no single member
	NICCode string // empty where NIC publishes none
	Message string
}

// Error names the first violation. It never holds what was submitted.
func (r *Refusal) Error() string {
	return string(r.Violations[0].Code) + ": " + r.Violations[0].Message
}

// Code is the code of the first violation.
func (r *Refusal) Code() Code { return r.Violations[0].Code }

// refuse refuses for a reason that lies in no field.
func refuse(code Code) *Refusal { return refuseField(code, "") }

// refuseField refuses because of one field.
func refuseField(code Code, field string) *Refusal {
	return &Refusal{Violations: []Violation{newViolation(code, field)}}
}

// refuseFor refuses for as long as wait.
func refuseFor(code Code, wait time.Duration) *Refusal {
	return &Refusal{Violations: []Violation{newViolation(code, "")}, RetryAfter: wait}
}

// newViolation takes the words of a code: NIC's where NIC publishes them, ours (SIM) otherwise.
func newViolation(code Code, field string) Violation {
	words := catalogue[code]
	if code == ContactMismatch && field == "mobile" {
		words = catalogue[MobileInvalid] // NIC has no words for an e-mail
	}
	message := words.sim
	if words.nic != "" {
		message, _ = nic.Message(words.nic) // a test holds every code against NIC's list
	}
	return Violation{Code: code, Field: field, NICCode: words.nic, Message: message}
}
