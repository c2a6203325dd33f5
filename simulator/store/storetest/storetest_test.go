package storetest_test

import (
	"context"
	"errors"
	"flag"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/storetest"
)

// broken is the backend in memory with one promise broken.
type broken struct {
	store.Backend
	keeps   bool // keeps the writes of a failed unit
	forever bool // runs units after the end of the context
	rows    func(store.Rows) store.Rows
}

func (b broken) View(ctx context.Context, f func(store.Rows) error) error {
	if b.forever {
		ctx = context.WithoutCancel(ctx)
	}
	return b.Backend.View(ctx, func(r store.Rows) error { return f(b.rows(r)) })
}

func (b broken) Update(ctx context.Context, f func(store.Rows) error) error {
	var failed error
	err := b.Backend.Update(ctx, func(r store.Rows) error {
		failed = f(b.rows(r))
		if b.keeps {
			return nil
		}
		return failed
	})
	if b.keeps && err == nil {
		err = failed
	}
	return err
}

// Implementations of Rows that break one promise each.
type (
	oldestFirst  struct{ store.Rows }
	unlimited    struct{ store.Rows }
	fromTheStart struct{ store.Rows }
	beginsAgain  struct{ store.Rows }
	countsAll    struct{ store.Rows }
	sweepsEarly  struct{ store.Rows }
	oneCase      struct{ store.Rows }
	oneWorld     struct{ store.Rows }
	strictDelete struct{ store.Rows }
	moves        struct{ store.Rows }
	stuck        struct{ store.Rows }
)

func (r oldestFirst) Find(t *store.Table, s store.Span) ([]any, error) {
	values, err := r.Rows.Find(t, s)
	slices.Reverse(values)
	return values, err
}

func (r unlimited) Find(t *store.Table, s store.Span) ([]any, error) {
	s.Limit = math.MaxInt
	return r.Rows.Find(t, s)
}

func (r fromTheStart) Find(t *store.Table, s store.Span) ([]any, error) {
	s.After = ""
	return r.Rows.Find(t, s)
}

func (r beginsAgain) Find(t *store.Table, s store.Span) ([]any, error) {
	values, err := r.Rows.Find(t, s)
	if errors.Is(err, store.ErrNotFound) {
		s.After = ""
		return r.Rows.Find(t, s)
	}
	return values, err
}

func (r countsAll) Count(t *store.Table, i store.Term, _ int) (int, error) {
	return r.Rows.Count(t, i, math.MaxInt)
}

func (r sweepsEarly) Sweep(before time.Time) error { return r.Rows.Sweep(before.Add(time.Millisecond)) }

func (r oneCase) Get(t *store.Table, k store.Key) (any, error) {
	return r.Rows.Get(t, store.Key{Environment: k.Environment, ID: strings.ToLower(k.ID)})
}

func (r oneWorld) Put(t *store.Table, row store.Row) error {
	row.Key.Environment = "e"
	return r.Rows.Put(t, row)
}

func (r strictDelete) Delete(t *store.Table, k store.Key) error {
	if _, err := r.Get(t, k); err != nil {
		return err
	}
	return r.Rows.Delete(t, k)
}

func (r moves) Put(t *store.Table, row store.Row) error {
	if err := r.Delete(t, row.Key); err != nil {
		return err
	}
	return r.Rows.Put(t, row)
}

func (r stuck) Next(series store.Key, by int64) (int64, error) {
	series.ID = ""
	return r.Rows.Next(series, by)
}

// recorder records whether a case fails, in place of a test.
type recorder struct {
	*testing.T
	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Fatalf(string, ...any) { r.FailNow() }
func (r *recorder) Logf(string, ...any)   {}
func (r *recorder) FailNow()              { r.failed = true; runtime.Goexit() }

// For each broken promise a case fails. With the backend in memory no case fails.
func TestContract(t *testing.T) {
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		t.Fatal(err)
	}
	same := func(r store.Rows) store.Rows { return r }
	for name, b := range map[string]broken{
		"":                                   {rows: same},
		"a failed unit's writes remain":      {rows: same, keeps: true},
		"units run after the context's end":  {rows: same, forever: true},
		"the oldest comes first":             {rows: func(r store.Rows) store.Rows { return oldestFirst{r} }},
		"the limit is ignored":               {rows: func(r store.Rows) store.Rows { return unlimited{r} }},
		"each page is the first":             {rows: func(r store.Rows) store.Rows { return fromTheStart{r} }},
		"a page after no row is the first":   {rows: func(r store.Rows) store.Rows { return beginsAgain{r} }},
		"more than the most are counted":     {rows: func(r store.Rows) store.Rows { return countsAll{r} }},
		"a row is swept at its expiry":       {rows: func(r store.Rows) store.Rows { return sweepsEarly{r} }},
		"keys are read in any case":          {rows: func(r store.Rows) store.Rows { return oneCase{r} }},
		"environments share rows":            {rows: func(r store.Rows) store.Rows { return oneWorld{r} }},
		"deleting nothing is an error":       {rows: func(r store.Rows) store.Rows { return strictDelete{r} }},
		"a row that is replaced is the last": {rows: func(r store.Rows) store.Rows { return moves{r} }},
		"all series are one":                 {rows: func(r store.Rows) store.Rows { return stuck{r} }},
	} {
		t.Run(name, func(t *testing.T) {
			failed := false
			for _, c := range storetest.Contract() {
				b.Backend = store.NewMemoryBackend()
				r := &recorder{T: t}
				done := make(chan struct{})
				go func() {
					defer close(done)
					c.Check(r, b)
				}()
				<-done
				if failed = r.failed; failed {
					break
				}
			}
			if want := name != ""; failed != want {
				t.Errorf("the contract fails: %t; want %t", failed, want)
			}
		})
	}
}
