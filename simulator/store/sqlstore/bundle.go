package sqlstore

import (
	"fmt"
	"slices"
	"sync"

	json "github.com/go-json-experiment/json/v1"

	"github.com/nicsim/nicsim/simulator/store"
)

// bundle has the rows of a kind with which a world was made. It is one record, so that a world is made and deleted with
// few statements. The first unit that writes a row of the kind makes records of them. Rows that expire are not bundled,
// and neither are rows in a database that other processes write.
type bundle struct {
	rows []store.Row // in the order in which they were added
	at   map[store.Key]int
}

// The bounds of a bundle: fewer rows are as fast by themselves, and a long text would be read for each of its rows.
const (
	leastBundled = 4        // rows
	mostBundled  = 64 << 10 // bytes of JSON
)

func newBundle(list []store.Row) *bundle {
	b := &bundle{slices.Clone(list), make(map[store.Key]int, len(list))}
	for n, row := range b.rows {
		b.at[row.Key] = n
	}
	return b
}

// bundled is a row in the JSON of a bundle. Its bytes need not be UTF-8.
type bundled struct {
	Env     string
	ID      []byte
	Indexes [][]byte `json:",omitempty"`
	Value   any
}

func written(rows []store.Row) []bundled {
	list := make([]bundled, len(rows))
	for n, row := range rows {
		list[n] = bundled{row.Key.Environment, []byte(row.Key.ID), nil, row.Value}
		for _, v := range row.IndexValues {
			list[n].Indexes = append(list[n].Indexes, []byte(v))
		}
	}
	return list
}

// bundleTables are the tables of bundles, by the tables of their rows.
var bundleTables sync.Map

// bundlesOf returns the table that has the bundle of a table under bundleKey.
func bundlesOf(t *store.Table) *store.Table {
	if known, ok := bundleTables.Load(t); ok {
		return known.(*store.Table) //nolint:forcetypeassert // see below
	}
	made, _ := bundleTables.LoadOrStore(t, &store.Table{Name: "bundle", Decode: func(data []byte) (any, error) {
		return decodeBundle(t, data)
	}})
	return made.(*store.Table) //nolint:forcetypeassert // see above
}

func bundleKey(t *store.Table) store.Key { return store.Key{ID: t.Name} }

func decodeBundle(t *store.Table, data []byte) (*bundle, error) {
	var list []struct {
		bundled
		Value json.RawMessage
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("reading the first records of %s: %w", t.Name, err)
	}
	rows := make([]store.Row, len(list))
	for n, in := range list {
		value, err := t.Decode(in.Value)
		if err != nil {
			return nil, err
		}
		rows[n] = store.Row{Key: store.Key{Environment: in.Env, ID: string(in.ID)}, Value: value}
		for _, v := range in.Indexes {
			rows[n].IndexValues = append(rows[n].IndexValues, string(v))
		}
	}
	return newBundle(rows), nil
}

// bundle returns the bundle that has all rows of a table, or nil if there is none.
func (r *rows) bundle(t *store.Table) (*bundle, error) {
	if r.cache == nil || t.Expires {
		return nil, nil
	}
	v, err := r.get(bundlesOf(t), bundleKey(t))
	if store.IsMissing(err) {
		return nil, nil
	}
	b, _ := v.(*bundle)
	return b, err
}

// putBundle keeps the rows of a world that is made as a bundle. It reports whether they are suitable.
func (r *rows) putBundle(t *store.Table, list []store.Row) (done bool, err error) {
	if r.cache == nil || !r.making || t.Expires || len(list) < leastBundled {
		return false, nil
	}
	if b, err := r.bundle(t); err != nil || b != nil {
		return false, err
	}
	args, size, err := r.columns(bundlesOf(t), store.Row{Key: bundleKey(t), Value: written(list)})
	if err != nil || size > mostBundled {
		return false, err
	}
	return true, r.putColumns(bundlesOf(t), store.Row{Key: bundleKey(t), Value: newBundle(list)}, args, size)
}

// unbundle makes records of the rows of a bundle, if there is one, before a row of the table is written.
func (r *rows) unbundle(t *store.Table) error {
	b, err := r.bundle(t)
	if err != nil || b == nil {
		return err
	}
	if err := r.insert(t, b.rows); err != nil {
		return err
	}
	return r.remove(bundlesOf(t), bundleKey(t))
}

func (b *bundle) get(k store.Key) (any, error) {
	n, has := b.at[k]
	if !has {
		return nil, store.ErrNotFound
	}
	return b.rows[n].Value, nil
}

// hasTerm reports whether a row has a term.
func hasTerm(row store.Row, i store.Term) bool {
	if row.Key.Environment != i.Value.Environment || (i.Index == store.All) != (i.Value.ID == "") {
		return false
	}
	return i.Index == store.All || row.IndexValues[i.Index] == i.Value.ID
}

func (b *bundle) find(s store.Span) (values []any, err error) {
	begun := s.After == ""
	for n := range b.rows {
		row := b.rows[len(b.rows)-1-n]
		if s.Oldest {
			row = b.rows[n]
		}
		switch {
		case !hasTerm(row, s.Term):
		case !begun:
			begun = row.Key.ID == s.After
		case len(values) < s.Limit:
			values = append(values, row.Value)
		}
	}
	if !begun {
		return nil, store.ErrNotFound
	}
	return values, nil
}

func (b *bundle) count(i store.Term, most int) (n int) {
	for _, row := range b.rows {
		if n < most && hasTerm(row, i) {
			n++
		}
	}
	return n
}
