package irp

import (
	"context"

	"github.com/nicsim/nicsim/simulator/store"
)

// View is a caller with its request, and the consistent view of the store in which the caller was checked.
type View struct {
	Store   store.Reader
	Caller  Session
	Request []byte // the JSON that was sealed; nil for a GET
}

// Act finishes a call after its view has ended: it signs and writes.
type Act func(context.Context) (Answer, error)

// Answer is what a call returns inside its envelope.
type Answer struct {
	Value any
	Info  []Info
}

// Answered finishes a call that only reads.
func Answered(value any) Act {
	return func(context.Context) (Answer, error) { return Answer{Value: value}, nil }
}

// View runs f on a consistent view of the world's store.
func (i IRP) View(ctx context.Context, f func(store.Reader) error) error {
	return i.world.Store.View(ctx, f)
}

// update runs f as one unit of the store. If f refuses, what it wrote before is kept.
func (i IRP) update(ctx context.Context, f func(store.Tx) error) error {
	return store.Decide[*Refusal](ctx, i.world.Store, f)
}

// missing reports whether a record does not exist; any other error is a failure of the store.
func missing(err error) bool { return store.IsMissing(err) }
