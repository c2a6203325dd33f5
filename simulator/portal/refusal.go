package portal

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Code names a refusal on the wire; it is the last part of a problem's type.
type Code string

// Refusal is a portal's "no". It changes nothing but what the rule itself spends: a
// captcha, an attempt.
type Refusal struct {
	Violations []Violation // at least one; the first stands for all

	State, Expected string        // of wrong-state
	AttemptsLeft    *int          // of a wrong OTP
	RetryAfter      time.Duration // of what may be tried again later
}

// Violation is one thing that is wrong.
type Violation struct {
	Code    Code
	Field   string // the request's member, or empty when no single one is
	NICCode string // empty where NIC publishes none
	Message string
}

// Error names the first violation. It never holds what was submitted.
func (r *Refusal) Error() string {
	return string(r.Violations[0].Code) + ": " + r.Violations[0].Message
}

// Code is the code of the first violation.
func (r *Refusal) Code() Code { return r.Violations[0].Code }

func refuse(violations ...Violation) *Refusal { return &Refusal{Violations: violations} }

// refuseCode refuses for a reason that lies in no field.
func refuseCode(code Code) *Refusal { return refuse(violation(code, "")) }

// violation takes the words of a code: NIC's own where NIC publishes them, ours (SIM) otherwise.
func violation(code Code, field string) Violation {
	words := catalogue[code]
	message := words.sim
	if words.nic != "" {
		message, _ = nic.Message(words.nic) // a test holds every code against NIC's list
	}
	return Violation{Code: code, Field: field, NICCode: words.nic, Message: message}
}
