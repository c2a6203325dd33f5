package sqlstore

import (
	"fmt"
	"math/bits"
	"strings"
	"time"

	json "github.com/go-json-experiment/json/v1"

	"github.com/nicsim/nicsim/simulator/store"
)

func (r *rows) Put(t *store.Table, row store.Row) error {
	if err := r.unbundle(t); err != nil {
		return err
	}
	args, size, err := r.columns(t, row)
	if err != nil {
		return err
	}
	return r.putColumns(t, row, args, size)
}

// putColumns writes a row with the result of columns.
func (r *rows) putColumns(t *store.Table, row store.Row, args []any, size int) error {
	err := r.session.exec(insertion[0]+
		` ON CONFLICT (world, kind, env, id) DO UPDATE SET i1 = excluded.i1, i2 = excluded.i2, i3 = excluded.i3,
			expires = excluded.expires, value = excluded.value`, args...)
	if err == nil {
		r.note(t, row.Key, &value{row.Value, size})
	}
	return r.failed("writing a record of "+t.Name, err)
}

// insertion are the statements that add 1, 2, 4 and so on rows.
var insertion = func() (list [6]string) {
	for n := range list {
		list[n] = `INSERT INTO records (world, kind, env, id, i1, i2, i3, expires, value) VALUES ` +
			strings.Repeat(`, (?, ?, ?, ?, ?, ?, ?, ?, ?)`, 1<<n)[2:]
	}
	return list
}()

func (r *rows) PutAll(t *store.Table, list []store.Row) error {
	if done, err := r.putBundle(t, list); done || err != nil {
		return err
	}
	if err := r.unbundle(t); err != nil {
		return err
	}
	return r.insert(t, list)
}

// insert adds rows.
func (r *rows) insert(t *store.Table, list []store.Row) error {
	for len(list) > 0 {
		n := min(bits.Len(uint(len(list))), len(insertion)) - 1
		var args []any
		for _, row := range list[:1<<n] {
			columns, _, err := r.columns(t, row)
			if err != nil {
				return err
			}
			args = append(args, columns...)
		}
		if err := r.session.exec(insertion[n], args...); err != nil {
			return r.failed("writing records of "+t.Name, err)
		}
		list = list[1<<n:]
	}
	return nil
}

// columns returns what records has of a row, which is about to be written, and the size of its JSON.
func (r *rows) columns(t *store.Table, row store.Row) (columns []any, size int, err error) {
	r.wrote = true
	r.note(t, row.Key, nil)
	value, err := json.Marshal(row.Value)
	if err != nil {
		return nil, 0, fmt.Errorf("encoding a record of %s: %w", t.Name, err)
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
		value}, len(value), nil
}

func (r *rows) Delete(t *store.Table, k store.Key) error {
	if err := r.unbundle(t); err != nil {
		return err
	}
	return r.remove(t, k)
}

// remove is Delete for a row that is not in a bundle.
func (r *rows) remove(t *store.Table, k store.Key) error {
	r.note(t, k, nil)
	err := r.session.exec(`DELETE`+from(t)+` AND id = ?`, r.world, k.Environment, []byte(k.ID))
	if err == nil {
		r.note(t, k, &value{})
	}
	return r.failed("deleting a record of "+t.Name, err)
}

func (r *rows) Next(series store.Key, by int64) (n int64, err error) {
	err = r.session.scan(&n, `INSERT INTO series (world, env, id, n) VALUES (?, ?, ?, ?)
		ON CONFLICT (world, env, id) DO UPDATE SET n = series.n + excluded.n RETURNING n`,
		r.world, series.Environment, []byte(series.ID), by)
	return n, r.failed("counting "+series.ID, err)
}

func (r *rows) Sweep(before time.Time) error {
	r.changed.all(r.world)
	return r.failed("deleting expired records", r.session.exec(
		`DELETE FROM records WHERE world = ? AND expires < ?`, r.world, before.UnixMicro()))
}
