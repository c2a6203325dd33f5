// Package storetest holds every implementation of store.Store to the same promises. A
// test runs the contract, each case with a store of its own:
//
//	for _, c := range storetest.Contract() {
//		t.Run(c.Name, func(t *testing.T) { c.Check(t, store.NewMemory()) })
//	}
package storetest

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"github.com/nicsim/nicsim/simulator/store"
)

// T is what a case needs of a *testing.T. So the package itself, like the rest of the
// simulator, knows nothing of testing.
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Case is one promise.
type Case struct {
	Name  string
	Check func(T, store.Store) // the store is empty, and nobody else's
}

// Contract returns every promise that package store makes for its implementations.
func Contract() []Case {
	return slices.Concat(records(), lists(), units(), sweeping(), invoices())
}

// errChanged is a unit's own error, as distinct from the store's.
var errChanged = errors.New("changed my mind")

// update runs a unit that must succeed.
func update(t T, s store.Store, f func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), f); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// view runs a look that must succeed.
func view(t T, s store.Store, f func(store.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), f); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// has checks what a lookup answered.
func has[V any](t T, what string, want V) func(V, error) {
	return func(got V, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v; want %+v", what, got, err, want)
		}
	}
}

// lacks checks that a lookup found nothing.
func lacks[V any](t T, what string) func(V, error) {
	return func(got V, err error) {
		t.Helper()
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %+v, %v; want ErrNotFound", what, got, err)
		}
	}
}

// is checks the error of a write.
func is(t T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v; want %v", what, got, want)
	}
}
