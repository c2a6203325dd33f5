package control

import (
	"context"
	"errors"
	"testing"
)

// One call has its turn at a time, and a call that ends while it waits takes none.
func TestTurns(t *testing.T) {
	all := make(turns, 1)
	giveBack, err := all.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	waits := make(chan error)
	go func() { _, err := all.take(gone); waits <- err }()
	cancel()
	if err := <-waits; !errors.Is(err, context.Canceled) {
		t.Errorf("a call had its turn beside another: %v", err)
	}
	giveBack()
	if giveBack, err = all.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	giveBack()
	if _, err := all.take(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("a call that ended had its turn: %v", err)
	}
}
