package forms

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// perform sends a form with so many bytes, and reports whether it had been sent before.
func perform(t *testing.T, l *ledger, name string, size int) (again bool) {
	t.Helper()
	again = true
	_, err := l.once(t.Context(), keyOf("/", name), func() (outcome, error) {
		again = false
		kept := &Kept{Typed: url.Values{"x": {strings.Repeat("x", size)}}}
		return outcome{answer: httpd.Reply{Location: "/there"}, kept: kept, owner: "b"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// A ledger forgets the oldest kept forms when they exceed its bytes, and remembers that the forms were sent.
func TestKeptFormsAreBoundedInBytes(t *testing.T) {
	t.Parallel()
	l := newLedger(maxForms)
	const size = maxBytes/10 + 1
	for i := range 20 {
		perform(t, l, fmt.Sprint(i), size)
	}
	kept := 0
	for i := range 20 {
		if found := l.find(keyOf("/", fmt.Sprint(i)), "b"); found != nil && len(found.Typed.Get("x")) == size {
			kept++
		}
	}
	if kept != 9 {
		t.Errorf("%d forms are kept, want 9", kept)
	}
	if l.find(keyOf("/", "19"), "b") == nil {
		t.Error("the newest form is forgotten")
	}
	if l.find(keyOf("/", "19"), "another") != nil {
		t.Error("a form is shown to another owner")
	}
	if !perform(t, l, "0", size) {
		t.Error("a form had its effect twice")
	}
	perform(t, l, "huge", 2*maxBytes)
	if l.find(keyOf("/", "huge"), "b") == nil {
		t.Error("a form larger than the bound is not shown")
	}
	if l.find(keyOf("/", "19"), "b") != nil {
		t.Error("a form is kept beside one that is larger than the bound")
	}
}

// Answers count too: the path to which a form leads can be long.
func TestEntriesAreBoundedInBytes(t *testing.T) {
	t.Parallel()
	l := newLedger(maxForms)
	const size = maxBytes/10 + 1
	for i := range 20 {
		_, err := l.once(t.Context(), keyOf("/", fmt.Sprint(i)), func() (outcome, error) {
			return outcome{answer: httpd.Reply{Location: strings.Repeat("/", size)}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(l.entries) != 9 || l.bytes > maxBytes {
		t.Errorf("%d entries occupy %d bytes, want 9 entries within %d bytes", len(l.entries), l.bytes, maxBytes)
	}
}

// An entry that was forgotten leaves no bytes behind.
func TestForgottenEntriesOccupyNothing(t *testing.T) {
	t.Parallel()
	l := newLedger(100)
	perform(t, l, "0000", 1000)
	each := l.bytes
	for i := range 1000 {
		perform(t, l, fmt.Sprintf("%04d", i), 1000)
	}
	if l.bytes != 100*each || len(l.entries) != 100 || len(l.order) != 100 || len(l.kept) > 200 {
		t.Errorf("%d bytes in %d entries and %d kept forms, want %d bytes", l.bytes, len(l.entries), len(l.kept), 100*each)
	}
}

// A submission that ended with its request is performed by the request that waits for it, and by a later one.
func TestACanceledSubmissionIsPerformedAgain(t *testing.T) {
	t.Parallel()
	l := newLedger(maxForms)
	begun, canceled := make(chan struct{}), make(chan struct{})
	first := make(chan error)
	go func() {
		_, err := l.once(t.Context(), keyOf("/", "1"), func() (outcome, error) {
			close(begun)
			<-canceled
			return outcome{}, context.Canceled
		})
		first <- err
	}()
	<-begun
	second := make(chan error)
	go func() {
		answer, err := l.once(t.Context(), keyOf("/", "1"), func() (outcome, error) {
			return outcome{answer: httpd.Reply{Location: "/done"}}, nil
		})
		if answer.Location != "/done" {
			err = fmt.Errorf("answered %q, %w", answer.Location, err)
		}
		second <- err
	}()
	close(canceled)
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first: %v", err)
	}
	if err := <-second; err != nil {
		t.Errorf("the second: %v", err)
	}
	if len(l.order) != 1 || len(l.entries) != 1 {
		t.Errorf("%d entries in order, %d by key", len(l.order), len(l.entries))
	}
}
