package store

import (
	"reflect"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Form is a kind of record to a program that copies all records of a store without knowing the kinds.
type Form struct {
	Name  string       // of a list of the records, such as eWayBills
	Type  reflect.Type // of a record, whose JSON tags name its members
	Reach Reach

	kind form
}

// form is a Kind of any type of record.
type form interface {
	form() Form
	records(rows Rows) ([]any, error)
	addJSON(rows Rows, data []byte) error
	addAll(rows Rows, records []any) error
	clear(rows Rows) error
}

// kinds are all kinds of record, in the order in which they are described.
var kinds []form

// Forms returns the kinds of record whose reach is at most the given one.
func Forms(reach Reach) []Form {
	var forms []Form
	for _, k := range kinds {
		if f := k.form(); f.Reach <= reach {
			forms = append(forms, f)
		}
	}
	return forms
}

func (k *Kind[V]) form() Form {
	words := strings.Split(k.Name, "-")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return Form{strings.TrimSuffix(strings.Join(words, ""), "s") + "s", reflect.TypeFor[V](), k.Reach, k}
}

// environments are those of the keys of records.
var environments = slices.Concat([]nic.Environment{""}, nic.Environments[:])

func (k *Kind[V]) records(rows Rows) ([]any, error) {
	var all []any
	for _, env := range environments {
		list, err := k.added(rows, All, string(env), "")
		if err != nil {
			return nil, err
		}
		for _, v := range list {
			all = append(all, v)
		}
	}
	return all, nil
}

func (k *Kind[V]) addJSON(rows Rows, data []byte) error {
	value, err := k.table.Decode(data)
	if err != nil {
		return err
	}
	v, err := k.of(value)
	if err != nil {
		return err
	}
	return k.add(rows, v)
}

func (k *Kind[V]) addAll(rows Rows, records []any) error {
	list := make([]Row, len(records))
	for n, record := range records {
		v, err := k.of(record)
		if err != nil {
			return err
		}
		list[n] = k.row(v)
	}
	return rows.PutAll(k.table, list)
}

func (k *Kind[V]) clear(rows Rows) error {
	all, err := k.records(rows)
	for _, value := range slices.Backward(all) {
		if v, isV := value.(V); isV && err == nil {
			err = rows.Delete(k.table, k.Key(v))
		}
	}
	return err
}

func (u unit) Records(f Form) ([]any, error)       { return f.kind.records(u.rows) }
func (u unit) AddRecord(f Form, json []byte) error { return f.kind.addJSON(u.rows, json) }
func (u unit) AddRecords(f Form, all []any) error  { return f.kind.addAll(u.rows, all) }
func (u unit) Clear(f Form) error                  { return f.kind.clear(u.rows) }
