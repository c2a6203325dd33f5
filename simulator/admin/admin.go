// Package admin changes a world from outside: it sets the clock, replaces settings, adds, changes and deletes
// providers, taxpayers and users, reads captchas, the inbox and invoices, and ends worlds. It knows no
// HTTP. The control API and the dashboard call it; the JSON tags of its types are the members of the
// control API.
//
// An operation returns what it did, or a [*Refusal] that names every value that cannot be used. Any
// other error is a failure of the simulator. A new record can be added on its own ([Add]), or with others
// in one unit of the store (TaxpayerChange.Add).
package admin

import (
	"context"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Kind is why an operation was refused.
type Kind int

// The kinds of refusal.
const (
	Invalid  Kind = iota // a value cannot be used; Violations has at least one
	NotFound             // the record does not exist
	Exists               // the record exists already
	InUse                // other records need the record
)

// Violation is a field whose value cannot be used.
type Violation struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Refusal is the error of an operation that changed nothing because of what it was given.
type Refusal struct {
	Kind       Kind
	Detail     string
	Violations []Violation
}

// Error returns the detail.
func (r *Refusal) Error() string { return r.Detail }

// Refuse returns a refusal of values; there must be at least one.
func Refuse(violations ...Violation) *Refusal {
	first := violations[0]
	return &Refusal{Invalid, first.Field + ": " + first.Message, violations}
}

// refuse returns a refusal of one value.
func refuse(field, code, message string) error { return Refuse(Violation{field, code, message}) }

// Environment reads the name of an environment.
func Environment(name string) (nic.Environment, error) {
	switch env := nic.Environment(name); env {
	case nic.Sandbox, nic.Production:
		return env, nil
	}
	return "", refuse("environment", "environment-invalid", environmentRule)
}

const environmentRule = "must be sandbox or production"

// EnvironmentOrBoth is Environment for a filter, in which an empty name chooses both.
func EnvironmentOrBoth(name string) (nic.Environment, error) {
	if name == "" {
		return "", nil
	}
	return Environment(name)
}

// EnvironmentOfJournal is EnvironmentOrBoth for a filter of requests, which may be to a GSP too.
func EnvironmentOfJournal(name string) (nic.Environment, error) {
	if name == "" || nic.Environment(name) == nic.GSP {
		return nic.Environment(name), nil
	}
	if _, err := Environment(name); err != nil {
		return "", refuse("environment", "environment-invalid", environmentRule+", or gsp")
	}
	return nic.Environment(name), nil
}

// view reads from the store of a world.
func view[T any](ctx context.Context, w *world.World, read func(store.Reader) (T, error)) (record T, err error) {
	err = w.Store.View(ctx, func(r store.Reader) (err error) {
		record, err = read(r)
		return err
	})
	return record, err
}
