package sqlstore

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
)

// rows implements store.Rows within a transaction.
type rows struct {
	session *session
	world   int64
	err     error // the first error of the database: a unit that ignores it must fail too
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

func (r *rows) Get(t *store.Table, k store.Key) (any, error) {
	var value []byte
	err := r.session.scan(&value, `SELECT value FROM records WHERE world = ? AND kind = ? AND env = ? AND id = ?`,
		r.world, t.Name, k.Environment, []byte(k.ID))
	if isNone(err) {
		return nil, store.ErrNotFound
	}
	if err != nil {
		return nil, r.failed("reading a record of "+t.Name, err)
	}
	return t.Decode(value)
}

// finding are the queries of Find: in all rows, and by each index.
var finding = func() (list [1 + maxIndexes]struct{ newest, count string }) {
	for n := range list {
		where := `FROM records WHERE world = ? AND kind = ? AND env = ?`
		if n > 0 {
			where += fmt.Sprintf(` AND i%d = ?`, n)
		}
		list[n].newest = `SELECT value ` + where + ` ORDER BY serial DESC LIMIT ?`
		list[n].count = `SELECT count(*) ` + where
	}
	return list
}()

func (r *rows) Find(t *store.Table, i store.Term, limit int) (newest []any, total int, err error) {
	if (i.Index == store.All) != (i.Value.ID == "") { // as no row has an empty value
		return nil, 0, nil
	}
	query := finding[i.Index+1] // store.All is -1
	args := []any{r.world, t.Name, i.Value.Environment}
	if i.Index != store.All {
		args = append(args, []byte(i.Value.ID))
	}
	values, err := r.session.list(query.newest, append(args, int64(limit))...)
	if err != nil {
		return nil, 0, r.failed("finding records of "+t.Name, err)
	}
	newest = make([]any, len(values))
	for n, value := range values {
		if newest[n], err = t.Decode(value); err != nil {
			return nil, 0, err
		}
	}
	if total = len(values); total < limit {
		return newest, total, nil
	}
	err = r.session.scan(&total, query.count, args...)
	return newest, total, r.failed("counting records of "+t.Name, err)
}

// maxIndexes is how many indexes a table may have: records has a column for each.
const maxIndexes = 3

func (r *rows) Put(t *store.Table, row store.Row) error {
	value, err := json.Marshal(row.Value)
	if err != nil {
		return fmt.Errorf("encoding a record of %s: %w", t.Name, err)
	}
	var indexed [maxIndexes]any
	for n, v := range row.IndexValues {
		if v != "" {
			indexed[n] = []byte(v)
		}
	}
	var expires any
	if !row.ExpiresAt.IsZero() {
		expires = row.ExpiresAt.UnixMicro()
	}
	return r.failed("writing a record of "+t.Name, r.session.exec(
		`INSERT INTO records (world, kind, env, id, i1, i2, i3, expires, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (world, kind, env, id) DO UPDATE SET i1 = excluded.i1, i2 = excluded.i2, i3 = excluded.i3,
			expires = excluded.expires, value = excluded.value`,
		r.world, t.Name, row.Key.Environment, []byte(row.Key.ID), indexed[0], indexed[1], indexed[2], expires, value))
}

func (r *rows) Delete(t *store.Table, k store.Key) error {
	return r.failed("deleting a record of "+t.Name, r.session.exec(
		`DELETE FROM records WHERE world = ? AND kind = ? AND env = ? AND id = ?`,
		r.world, t.Name, k.Environment, []byte(k.ID)))
}

func (r *rows) Next(series store.Key) (n int64, err error) {
	err = r.session.scan(&n, `INSERT INTO series (world, env, id, n) VALUES (?, ?, ?, 1)
		ON CONFLICT (world, env, id) DO UPDATE SET n = series.n + 1 RETURNING n`,
		r.world, series.Environment, []byte(series.ID))
	return n, r.failed("counting "+series.ID, err)
}

func (r *rows) Sweep(before time.Time) error {
	return r.failed("deleting expired records", r.session.exec(
		`DELETE FROM records WHERE world = ? AND expires < ?`, r.world, before.UnixMicro()))
}
