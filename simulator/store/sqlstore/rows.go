package sqlstore

import (
	"fmt"
	"slices"

	"github.com/nicsim/nicsim/simulator/store"
)

// rows implements store.Rows within a transaction.
type rows struct {
	session *session
	begin   func() (*session, error) // begins the transaction of a View at its first query, which sets session
	world   int64
	cache   *cache   // nil for a database that other processes write
	changed *changes // of the transaction; nil in a View
	wrote   bool     // rows were put
	written *[]place // of changed, by the unit
	making  bool     // the world has no rows yet but those of this unit
	err     error    // the first error of the database: a unit that ignores it must fail too
}

// failed notes and returns an error of the database.
func (r *rows) failed(doing string, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%s: %w", doing, err)
	if r.err == nil {
		r.err = err
	}
	return err
}

// ready begins the transaction if it has not begun.
func (r *rows) ready() (err error) {
	if r.session == nil {
		r.session, err = r.begin()
	}
	return err
}

func (r *rows) Get(t *store.Table, k store.Key) (any, error) {
	if b, err := r.bundle(t); err != nil {
		return nil, err
	} else if b != nil {
		return b.get(k)
	}
	return r.get(t, k)
}

// get is Get for a row that is not in a bundle.
func (r *rows) get(t *store.Table, k store.Key) (any, error) {
	p := place{kind{r.world, t}, k}
	written, changed := r.changed.row(p)
	if written != nil {
		return found(written.of)
	}
	cached := r.cache != nil && !changed
	if cached {
		if v, known := r.cache.row(p); known {
			return found(v)
		}
	}
	v, size, err := r.read(t, k)
	if cached && (err == nil || store.IsMissing(err)) {
		r.cache.keepRow(p, value{v, size})
	}
	return v, err
}

// found returns the value of a row that is known, or store.ErrNotFound.
func found(v any) (any, error) {
	if v == nil {
		return nil, store.ErrNotFound
	}
	return v, nil
}

// read returns the value of a row, or nil and store.ErrNotFound, and the size of its JSON.
func (r *rows) read(t *store.Table, k store.Key) (any, int, error) {
	if err := r.ready(); err != nil {
		return nil, 0, err
	}
	var value []byte
	err := r.session.scan(&value, `SELECT value`+from(t)+` AND id = ?`, r.world, k.Environment, []byte(k.ID))
	if isNone(err) {
		return nil, 0, store.ErrNotFound
	}
	if err != nil {
		return nil, 0, r.failed("reading a record of "+t.Name, err)
	}
	decoded, err := t.Decode(value)
	return decoded, len(value), err
}

// from is the part of a statement that names the rows of a kind in an environment of a world. The kind is not a
// parameter: SQLite would compile the statement again for each value of it, as some indexes are for one kind only.
func from(t *store.Table) string {
	return ` FROM records WHERE world = ? AND kind = '` + t.Name + `' AND env = ?`
}

func (r *rows) Find(t *store.Table, s store.Span) ([]any, error) {
	if b, err := r.bundle(t); err != nil {
		return nil, err
	} else if b != nil {
		return b.find(s)
	}
	if s.After != "" { // a list that is read page by page would leave the cache no room
		values, _, err := r.find(t, s)
		return values, err
	}
	if none, err := r.none(t, s); none || err != nil {
		return nil, err
	}
	found, err := r.search(search{kind{r.world, t}, s, false}, func() (found result, size int, err error) {
		found.values, size, err = r.find(t, s)
		return found, size, err
	})
	return found.values, err
}

func (r *rows) Count(t *store.Table, i store.Term, most int) (int, error) {
	if b, err := r.bundle(t); err != nil {
		return 0, err
	} else if b != nil {
		return b.count(i, most), nil
	}
	found, err := r.search(search{kind{r.world, t}, store.Span{Term: i, Limit: most}, true}, func() (result, int, error) {
		n, err := r.count(t, i, most)
		return result{n: n}, 0, err
	})
	return found.n, err
}

// none reports whether the environment of a span has no rows of a kind: reads of invoices look for e-way bills, which
// many worlds have none of. The rows are counted until there were some once. In an Update that would be one query more,
// as it looks for the rows that it is about to add.
func (r *rows) none(t *store.Table, s store.Span) (bool, error) {
	all := search{kind{r.world, t}, store.Span{Term: store.Term{Index: store.All}, Limit: 1}, true}
	all.span.Value.Environment = s.Value.Environment
	if s.Index == store.All || r.cache == nil || r.changed != nil || r.cache.had(all) {
		return false, nil
	}
	n, err := r.Count(t, all.span.Term, 1)
	return n == 0, err
}

// search returns what the cache has of a search, or what look finds.
func (r *rows) search(s search, look func() (result, int, error)) (result, error) {
	cached := r.cache != nil && !r.changed.kind(s.kind)
	if cached {
		if known, ok := r.cache.search(s); ok {
			return known, nil
		}
	}
	found, size, err := look()
	if cached && err == nil {
		r.cache.keepResult(s, found, size)
	}
	return found, err
}

// where is the part of a statement that names the rows of a term, with its parameters. It reports whether rows can have
// the term: no row has an empty value.
func (r *rows) where(t *store.Table, i store.Term) (text string, args []any, possible bool) {
	text, args = from(t), []any{r.world, i.Value.Environment}
	if i.Index != store.All {
		text += ` AND ` + indexColumns[i.Index] + ` = ?`
		args = append(args, []byte(i.Value.ID))
	}
	return text, args, (i.Index == store.All) == (i.Value.ID == "")
}

// find returns the values of a span and the size of their JSON.
func (r *rows) find(t *store.Table, s store.Span) (values []any, size int, err error) {
	of, args, possible := r.where(t, s.Term)
	switch {
	case !possible && s.After == "":
		return nil, 0, nil
	case !possible:
		return nil, 0, store.ErrNotFound
	}
	if err := r.ready(); err != nil {
		return nil, 0, err
	}
	var after int64
	if s.After != "" {
		err := r.session.scan(&after, `SELECT serial`+of+` AND id = ?`, append(slices.Clone(args), []byte(s.After))...)
		if isNone(err) {
			return nil, 0, store.ErrNotFound
		}
		if err != nil {
			return nil, 0, r.failed("finding a record of "+t.Name, err)
		}
	}
	text, args := page(of, args, s.Oldest, after, s.Limit)
	list, err := r.session.list(text, args...)
	if err != nil {
		return nil, 0, r.failed("finding records of "+t.Name, err)
	}
	values = make([]any, len(list))
	for n, value := range list {
		if values[n], err = t.Decode(value); err != nil {
			return nil, 0, err
		}
		size += len(value)
	}
	return values, size, nil
}

// page is the query for rows of a term, with its parameters: those after the row with a serial, which is 0 for all.
func page(of string, args []any, oldest bool, after int64, limit int) (string, []any) {
	order, beyond := `DESC`, ` AND serial < ?`
	if oldest {
		order, beyond = `ASC`, ` AND serial > ?`
	}
	if after != 0 {
		of, args = of+beyond, append(args, after)
	}
	return `SELECT value` + of + ` ORDER BY serial ` + order + ` LIMIT ?`, append(args, int64(limit))
}

// counting is the query for the number of rows of a term. The order has it read an index.
func counting(of string) string {
	return `SELECT count(*) FROM (SELECT 1` + of + ` ORDER BY serial DESC LIMIT ?) AS found`
}

func (r *rows) count(t *store.Table, i store.Term, most int) (n int, err error) {
	of, args, possible := r.where(t, i)
	if !possible {
		return 0, nil
	}
	if err := r.ready(); err != nil {
		return 0, err
	}
	err = r.session.scan(&n, counting(of), append(args, int64(most))...)
	return n, r.failed("counting records of "+t.Name, err)
}

// indexColumns are the columns of records for the indexes of a table.
var indexColumns = [...]string{"i1", "i2", "i3"}
