package store

import (
	"context"
	"time"
)

// Backend keeps rows in tables. It promises what Store promises of View and Update: package storetest
// checks that.
type Backend interface {
	View(ctx context.Context, f func(Rows) error) error // f only calls Get, Find and Count
	Update(ctx context.Context, f func(Rows) error) error
}

// Rows are what a Backend does within one unit.
type Rows interface {
	// Get returns the value of a row, or ErrNotFound.
	Get(t *Table, k Key) (any, error)
	// Find returns the values of the rows of a span. Its effort grows with the number of those rows, not with the
	// number of rows of the table. A row that is replaced keeps its place.
	Find(t *Table, s Span) ([]any, error)
	// Count returns how many rows have a value in an index, or most if there are more.
	Count(t *Table, i Term, most int) (int, error)
	// Put adds a row, or replaces the one that has its key.
	Put(t *Table, r Row) error
	// PutAll adds rows. No other row may have their keys or unique values.
	PutAll(t *Table, list []Row) error
	// Delete deletes a row if it is there.
	Delete(t *Table, k Key) error
	// Next counts up in a series, from 0, and returns the new count. Like a row, the count of a failed unit does not
	// remain.
	Next(series Key, by int64) (int64, error)
	// Sweep deletes the rows that expired before the given instant.
	Sweep(before time.Time) error
}

// Key identifies a row of a table. Environment is empty for records that both environments share.
type Key struct{ Environment, ID string }

// Table is a kind of record as a Backend sees it. Tables are compared by their address.
type Table struct {
	Name    string
	Indexes []string // names
	Unique  []bool   // for each index, whether two rows of an environment must not have one value
	Expires bool     // some rows have a time of expiry
	// Decode reads a row's value back from its JSON, for a Backend that does not keep Go values.
	Decode func(json []byte) (any, error)
}

// Row is one record as a Backend keeps it.
type Row struct {
	Key         Key
	IndexValues []string  // one for each of the table's indexes; a row is not in an index where it is empty
	ExpiresAt   time.Time // zero if the row does not expire
	Value       any       // never changed; see Table.Decode
}

// Term is a value in an index of a table.
type Term struct {
	Index int // in Table.Indexes, or All
	Value Key
}

// Span chooses rows of a term in the order in which they were added.
type Span struct {
	Term
	Oldest bool   // the row that was added first comes first; otherwise the row that was added last
	After  string // ID of a row of the term, which the rows follow; empty to begin with the first. See ErrNotFound.
	Limit  int    // how many rows there are at most
}

// All is the index that has every row of an environment under the empty value.
const All = -1

// NewTx returns the unit that works on rows.
func NewTx(r Rows) Tx { return unit{r} }

// New returns the Store that keeps its records in a Backend.
func New(b Backend) Store { return records{b} }

type records struct{ backend Backend }

func (s records) View(ctx context.Context, f func(Reader) error) error {
	return s.backend.View(ctx, func(rows Rows) error { return f(unit{rows}) })
}

func (s records) Update(ctx context.Context, f func(Tx) error) error {
	return s.backend.Update(ctx, func(rows Rows) error { return f(unit{rows}) })
}
