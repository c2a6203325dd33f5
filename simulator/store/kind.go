package store

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	json "github.com/go-json-experiment/json/v1"
)

// Kind describes a type of record: everything that the package and its backends know of it.
type Kind[V any] struct {
	Name      string
	Key       func(V) Key
	Indexes   []Index[V]
	ExpiresAt func(V) time.Time // when Sweep may delete the record, or zero; nil if no record of the kind expires
	Reach     Reach

	table *Table
}

// Reach is how far the records of a kind go with the state of their world.
type Reach int

// The reaches.
const (
	Anywhere Reach = iota // into a world file, and into snapshots
	Inside                // into snapshots only: a record lets its holder in, or has another form in a world file
	Nowhere               // the record is not part of the state
)

// Index is another name of a record, within the environment of its key. The empty value is not indexed.
type Index[V any] struct {
	Name   string
	Value  func(V) string
	Unique bool // two records with one value are ErrExists
}

// tables are those of all kinds, in the order in which they are described.
var tables []*Table

// Tables returns the tables of all kinds of record.
func Tables() []*Table { return slices.Clone(tables) }

// describe makes the table of a kind.
func describe[V any](k Kind[V]) *Kind[V] {
	k.table = &Table{Name: k.Name, Expires: k.ExpiresAt != nil, Decode: func(data []byte) (any, error) {
		var v V
		if err := json.Unmarshal(data, &v); err != nil {
			return nil, fmt.Errorf("store: reading a record of %s: %w", k.Name, err)
		}
		return v, nil
	}}
	for _, i := range k.Indexes {
		k.table.Indexes = append(k.table.Indexes, i.Name)
		k.table.Unique = append(k.table.Unique, i.Unique)
	}
	kinds = append(kinds, &k)
	tables = append(tables, k.table)
	return &k
}

// of takes a record out of a row's value.
func (k *Kind[V]) of(value any) (V, error) {
	v, ok := value.(V)
	if !ok {
		return v, fmt.Errorf("store: a record of %s is a %T", k.Name, value)
	}
	return v, nil
}

func (k *Kind[V]) get(rows Rows, in, id string) (V, error) {
	value, err := rows.Get(k.table, Key{in, id})
	if err != nil {
		var none V
		return none, err
	}
	return k.of(value)
}

func (k *Kind[V]) find(rows Rows, s Span) ([]V, error) {
	values, err := rows.Find(k.table, s)
	if err != nil {
		return nil, err
	}
	list := make([]V, len(values))
	for n, value := range values {
		if list[n], err = k.of(value); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// last finds the record that was added last.
func (k *Kind[V]) last(rows Rows, index int, in, value string) (V, error) {
	list, err := k.find(rows, Span{Term: Term{index, Key{in, value}}, Limit: 1})
	if err != nil || len(list) == 0 {
		var none V
		return none, cmp.Or(err, ErrNotFound)
	}
	return list[0], nil
}

// added finds records in the order in which they were added.
func (k *Kind[V]) added(rows Rows, index int, in, value string) ([]V, error) {
	return k.find(rows, Span{Term: Term{index, Key{in, value}}, Oldest: true, Limit: math.MaxInt})
}

// newest finds a page of the records of an environment, the one that was added last first.
func (k *Kind[V]) newest(rows Rows, in string, p Page) ([]V, error) {
	return k.find(rows, Span{Term{All, Key{Environment: in}}, false, p.After, p.limit()})
}

// oldest finds a page of the records of an environment in the order in which they were added.
func (k *Kind[V]) oldest(rows Rows, in string, p Page) ([]V, error) {
	return k.find(rows, Span{Term{All, Key{Environment: in}}, true, p.After, p.limit()})
}

// count counts the records of an environment.
func (k *Kind[V]) count(rows Rows, in string, most int) (int, error) {
	return rows.Count(k.table, Term{All, Key{Environment: in}}, most)
}

// row returns the row of a record.
func (k *Kind[V]) row(v V) Row {
	row := Row{Key: k.Key(v), Value: v}
	if len(k.Indexes) > 0 {
		row.IndexValues = make([]string, len(k.Indexes))
	}
	for n, index := range k.Indexes {
		row.IndexValues[n] = index.Value(v)
	}
	if k.ExpiresAt != nil {
		row.ExpiresAt = k.ExpiresAt(v)
	}
	return row
}

func (k *Kind[V]) put(rows Rows, v V) error {
	row := k.row(v)
	for n, index := range k.Indexes {
		if !index.Unique || row.IndexValues[n] == "" {
			continue
		}
		other, err := k.last(rows, n, row.Key.Environment, row.IndexValues[n])
		if err == nil && k.Key(other) != row.Key {
			return ErrExists
		}
		if err != nil && !IsMissing(err) {
			return err
		}
	}
	return rows.Put(k.table, row)
}

// add is put for a key that must be free.
func (k *Kind[V]) add(rows Rows, v V) error {
	switch _, err := rows.Get(k.table, k.Key(v)); {
	case err == nil:
		return ErrExists
	case !IsMissing(err):
		return err
	}
	return k.put(rows, v)
}

func (k *Kind[V]) remove(rows Rows, in, id string) error { return rows.Delete(k.table, Key{in, id}) }
