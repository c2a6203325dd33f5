package gsp

import (
	"fmt"

	"github.com/nicsim/nicsim/simulator/store"
)

// Kind is why something was refused.
type Kind int

// The kinds of refusal.
const (
	Invalid  Kind = iota // a value cannot be used; Violations has at least one
	NotFound             // there is no such record
	Exists               // there is such a record already
	Full                 // the GSP has as many records as it keeps
)

// Violation is a field whose value cannot be used.
type Violation struct{ Field, Code, Message string }

// Refusal is the error of what was refused, in words for the caller.
type Refusal struct {
	Kind       Kind
	Code       string // kebab-case, as in the contract
	Detail     string
	Violations []Violation
}

// Error returns the detail.
func (r *Refusal) Error() string { return r.Detail }

// missing turns the error of a record that is not there into a refusal.
func missing(err error, detail string) error {
	if store.IsMissing(err) {
		return &Refusal{Kind: NotFound, Code: "not-found", Detail: detail}
	}
	if err != nil {
		return fmt.Errorf("reading a record of a GSP: %w", err)
	}
	return nil
}

// refused returns a refusal of violations, or nil without any.
func refused(violations []Violation) error {
	if len(violations) == 0 {
		return nil
	}
	first := violations[0]
	return &Refusal{Invalid, first.Code, first.Message, violations}
}
