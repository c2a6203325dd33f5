package sqlstore

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
)

// rows implements store.Rows within a transaction.
type rows struct {
	session *session
	begin   func() (*session, error) // begins the transaction of a View at its first query, which sets session
	world   int64
	cache   *cache   // nil for a database that other processes write
	changed *changes // of the transaction; nil in a View
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
	p := place{kind{r.world, t}, k}
	cached := r.cache != nil && !r.changed.row(p)
	if cached {
		if value, known := r.cache.row(p); known {
			if value == nil {
				return nil, store.ErrNotFound
			}
			return value, nil
		}
	}
	value, size, err := r.read(t, k)
	if cached && (err == nil || store.IsMissing(err)) {
		r.cache.keepRow(p, value, size)
	}
	return value, err
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

func (r *rows) Find(t *store.Table, i store.Term, limit int) (newest []any, total int, err error) {
	if (i.Index == store.All) != (i.Value.ID == "") { // as no row has an empty value
		return nil, 0, nil
	}
	s := search{kind{r.world, t}, i, limit}
	cached := r.cache != nil && !r.changed.kind(s.kind)
	if cached {
		if known, ok := r.cache.search(s); ok {
			return known.newest, known.total, nil
		}
	}
	newest, total, size, err := r.search(t, i, limit)
	if cached && err == nil {
		r.cache.keepResult(s, newest, total, size)
	}
	return newest, total, err
}

func (r *rows) search(t *store.Table, i store.Term, limit int) (newest []any, total, size int, err error) {
	if err := r.ready(); err != nil {
		return nil, 0, 0, err
	}
	found, args := from(t), []any{r.world, i.Value.Environment}
	if i.Index != store.All {
		found += ` AND ` + indexColumns[i.Index] + ` = ?`
		args = append(args, []byte(i.Value.ID))
	}
	values, err := r.session.list(`SELECT value`+found+` ORDER BY serial DESC LIMIT ?`, append(args, int64(limit))...)
	if err != nil {
		return nil, 0, 0, r.failed("finding records of "+t.Name, err)
	}
	newest = make([]any, len(values))
	for n, value := range values {
		if newest[n], err = t.Decode(value); err != nil {
			return nil, 0, 0, err
		}
		size += len(value)
	}
	if total = len(values); total < limit {
		return newest, total, size, nil
	}
	err = r.session.scan(&total, `SELECT count(*)`+found, args...)
	return newest, total, size, r.failed("counting records of "+t.Name, err)
}

// indexColumns are the columns of records for the indexes of a table.
var indexColumns = [...]string{"i1", "i2", "i3"}

func (r *rows) Put(t *store.Table, row store.Row) error {
	args, err := r.columns(t, row)
	if err != nil {
		return err
	}
	return r.failed("writing a record of "+t.Name, r.session.exec(insert[0]+
		` ON CONFLICT (world, kind, env, id) DO UPDATE SET i1 = excluded.i1, i2 = excluded.i2, i3 = excluded.i3,
			expires = excluded.expires, value = excluded.value`, args...))
}

// insert are the statements that add 1, 2, 4 and so on rows.
var insert = func() (list [6]string) {
	for n := range list {
		list[n] = `INSERT INTO records (world, kind, env, id, i1, i2, i3, expires, value) VALUES ` +
			strings.Repeat(`, (?, ?, ?, ?, ?, ?, ?, ?, ?)`, 1<<n)[2:]
	}
	return list
}()

func (r *rows) PutAll(t *store.Table, list []store.Row) error {
	for len(list) > 0 {
		n := min(bits.Len(uint(len(list))), len(insert)) - 1
		var args []any
		for _, row := range list[:1<<n] {
			columns, err := r.columns(t, row)
			if err != nil {
				return err
			}
			args = append(args, columns...)
		}
		if err := r.session.exec(insert[n], args...); err != nil {
			return r.failed("writing records of "+t.Name, err)
		}
		list = list[1<<n:]
	}
	return nil
}

// columns returns what records has of a row, which is about to be written.
func (r *rows) columns(t *store.Table, row store.Row) ([]any, error) {
	r.changed.put(place{kind{r.world, t}, row.Key})
	value, err := json.Marshal(row.Value)
	if err != nil {
		return nil, fmt.Errorf("encoding a record of %s: %w", t.Name, err)
	}
	var indexed [len(indexColumns)]any
	for n, v := range row.IndexValues {
		if v != "" {
			indexed[n] = []byte(v)
		}
	}
	var expires any
	if !row.ExpiresAt.IsZero() {
		expires = row.ExpiresAt.UnixMicro()
	}
	return []any{r.world, t.Name, row.Key.Environment, []byte(row.Key.ID), indexed[0], indexed[1], indexed[2], expires,
		value}, nil
}

func (r *rows) Delete(t *store.Table, k store.Key) error {
	r.changed.put(place{kind{r.world, t}, k})
	return r.failed("deleting a record of "+t.Name, r.session.exec(
		`DELETE`+from(t)+` AND id = ?`, r.world, k.Environment, []byte(k.ID)))
}

func (r *rows) Next(series store.Key, by int64) (n int64, err error) {
	err = r.session.scan(&n, `INSERT INTO series (world, env, id, n) VALUES (?, ?, ?, ?)
		ON CONFLICT (world, env, id) DO UPDATE SET n = series.n + excluded.n RETURNING n`,
		r.world, series.Environment, []byte(series.ID), by)
	return n, r.failed("counting "+series.ID, err)
}

func (r *rows) Sweep(before time.Time) error {
	r.changed.all = true
	return r.failed("deleting expired records", r.session.exec(
		`DELETE FROM records WHERE world = ? AND expires < ?`, r.world, before.UnixMicro()))
}
