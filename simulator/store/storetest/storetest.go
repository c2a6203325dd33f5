// Package storetest checks that a store.Backend keeps the promises of package store. A test runs each case of the
// contract with a backend of its own:
//
//	for _, c := range storetest.Contract() {
//		t.Run(c.Name, func(t *testing.T) { c.Check(t, open(t)) })
//	}
package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/store"
)

// T has the methods of a *testing.T that a case needs.
type T interface {
	rapid.TB
	Context() context.Context
}

// Case is one promise.
type Case struct {
	Name  string
	Check func(T, store.Backend) // the backend must be empty, and no other case may use it
}

// Contract returns every promise that package store requires of a backend.
func Contract() []Case {
	return slices.Concat(rows(), units(), []Case{
		{"any sequence of units, some of which fail or panic, does what a simple model does", sequences},
	})
}

// probe is a record for the tests, with the types of field that records have.
type probe struct {
	ID, Left, Right string
	ExpiresAt       time.Time
	Count           int64
	Amount          float64
	Flag            bool
	Key             []byte
	List            []string
	Nested          []struct{ At time.Time }
}

// probes and others are two tables of probes.
var probes, others = newTable("probe"), newTable("other")

func newTable(name string) *store.Table {
	return &store.Table{
		Name: "storetest-" + name, Indexes: []string{"left", "right"}, Expires: true,
		Decode: func(data []byte) (any, error) {
			var p probe
			if err := json.Unmarshal(data, &p); err != nil {
				return nil, fmt.Errorf("reading a probe: %w", err)
			}
			return p, nil
		},
	}
}

// The indexes of a table of probes.
const (
	left = iota
	right
)

// noon is an instant with the precision of the clocks of worlds, which is a millisecond.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, int(7*time.Millisecond), time.FixedZone("IST", 19800))

// full is a probe with every field set, so that a test fails if a backend loses a field.
var full = probe{
	ID: "a", Left: "l", Right: "r", ExpiresAt: noon, Count: 1<<62 + 1, Amount: 250.25, Flag: true,
	Key:  []byte("\x00\xff'"),
	List: []string{"'; --", "é\x00", ""}, Nested: []struct{ At time.Time }{{noon}},
}

// errChanged is an error of a unit, as opposed to an error of the store.
var errChanged = errors.New("the unit failed on purpose")

// update runs a unit that must succeed.
func update(t T, b store.Backend, f func(store.Rows) error) {
	t.Helper()
	if err := b.Update(t.Context(), f); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// view runs a View that must succeed.
func view(t T, b store.Backend, f func(store.Rows)) {
	t.Helper()
	if err := b.View(t.Context(), func(r store.Rows) error { f(r); return nil }); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// put returns a unit that puts probes into an environment of a table.
func put(table *store.Table, env string, list ...probe) func(store.Rows) error {
	return func(r store.Rows) error {
		var errs []error
		for _, p := range list {
			errs = append(errs, r.Put(table, row(env, p)))
		}
		return errors.Join(errs...)
	}
}

func row(env string, p probe) store.Row {
	return store.Row{Key: store.Key{Environment: env, ID: p.ID}, IndexValues: []string{p.Left, p.Right},
		ExpiresAt: p.ExpiresAt, Value: p}
}

// has checks the result of Get: a probe, or ErrNotFound for nil.
func has(t T, r store.Rows, table *store.Table, env, id string, want *probe) {
	t.Helper()
	got, err := r.Get(table, store.Key{Environment: env, ID: id})
	switch {
	case want == nil && !errors.Is(err, store.ErrNotFound):
		t.Errorf("%s %q of %q: %+v, %v; want ErrNotFound", table.Name, id, env, got, err)
	case want != nil && (err != nil || text(got) != text(*want)):
		t.Errorf("%s %q of %q: %+v, %v; want %+v", table.Name, id, env, got, err, *want)
	}
}

// text is a probe as JSON, in which times of one instant and offset are equal.
func text(v any) string {
	data, err := json.Marshal(v)
	return fmt.Sprintf("%s %v", data, err)
}

// span is a part of the probes of a term.
func span(env string, index int, value, after string, oldest bool, limit int) store.Span {
	term := store.Term{Index: index, Value: store.Key{Environment: env, ID: value}}
	return store.Span{Term: term, Oldest: oldest, After: after, Limit: limit}
}

// finds checks the result of Find by the IDs of the probes. The want of ErrNotFound is nil.
func finds(t T, r store.Rows, table *store.Table, s store.Span, want []string) {
	t.Helper()
	values, err := r.Find(table, s)
	if want == nil {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of %+v: %v, %v; want ErrNotFound", table.Name, s, values, err)
		}
		return
	}
	ids := make([]string, 0, len(values))
	for _, v := range values {
		p, _ := v.(probe)
		ids = append(ids, p.ID)
	}
	if err != nil || !slices.Equal(ids, want) {
		t.Errorf("%s of %+v: %q, %v; want %q", table.Name, s, ids, err, want)
	}
}

// counts checks the result of Count.
func counts(t T, r store.Rows, table *store.Table, term store.Term, most, want int) {
	t.Helper()
	if n, err := r.Count(table, term, most); err != nil || n != want {
		t.Errorf("%s of %+v, at most %d: %d, %v; want %d", table.Name, term, most, n, err, want)
	}
}
