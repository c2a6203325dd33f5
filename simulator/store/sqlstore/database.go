// Package sqlstore keeps the records of worlds in a database: SQLite in a directory, or PostgreSQL. All worlds are in
// one database, and each record is a row with its value as JSON.
package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strconv"

	"github.com/pressly/goose/v3"

	"github.com/nicsim/nicsim/simulator/store"
)

// dialect is what differs between the databases.
type dialect struct {
	name    string // of the folder with the migrations
	goose   goose.Dialect
	reading string // begins a transaction that reads one consistent state; empty where no commit comes between the reads
	rebind  func(text string) string
	why     func(error) error // the store's error that an error of the driver stands for; nil for none
}

// explain adds what an error of the database means for a caller.
func (d *dialect) explain(err error) error {
	if err == nil || isNone(err) {
		return err
	}
	if why := d.why(err); why != nil {
		return fmt.Errorf("%w (%w)", why, err)
	}
	return err
}

// Database has the stores of all worlds. It implements the Stores of package world.
type Database struct {
	db      *sql.DB
	dialect *dialect
	readers *pool
	writers *pool
	writer  *writer // of facts; of everything in SQLite
	bound   *bound
	follow  *follower    // nil if no other process can use the database
	release func() error // what Close does last
}

// Open returns the store of a world, or store.ErrNotFound if the world has none.
func (d *Database) Open(ctx context.Context, world string) (s store.Store, err error) {
	var id int64
	err = d.with(ctx, func(s *session) error {
		err := s.scan(&id, `SELECT id FROM worlds WHERE name = ?
			AND EXISTS (SELECT 1 FROM records WHERE world = worlds.id)`, world)
		if isNone(err) {
			return store.ErrNotFound
		}
		return err
	})
	return store.New(d.backend(world, id)), err
}

// backend returns the backend of a world's store.
func (d *Database) backend(world string, id int64) *backend {
	w := d.writer
	if d.follow != nil {
		w = d.writerOf(world, lockRecords, id)
	}
	return &backend{id, d.readers, w, d.dialect.reading}
}

// Fresh makes an empty backend for a world, in the place of the one that the world has.
func (d *Database) Fresh(ctx context.Context, world string) (store.Backend, error) {
	return d.replace(ctx, world, func(*rows) (func(*rows) error, error) {
		return func(*rows) error { return nil }, nil
	})
}

// Make makes a store for a world, in the place of the one that the world has. Content reads the old one, which may be
// empty, and returns the function that fills the new one. All of this is one unit: when it fails, the world keeps the
// store that it has.
func (d *Database) Make(ctx context.Context, world string,
	content func(old store.Reader) (put func(store.Tx) error, err error),
) (store.Store, error) {
	b, err := d.replace(ctx, world, func(old *rows) (func(*rows) error, error) {
		put, err := content(store.NewTx(old))
		return func(fresh *rows) error { return put(store.NewTx(fresh)) }, err
	})
	return store.New(b), err
}

func (d *Database) replace(ctx context.Context, world string, content func(old *rows) (func(*rows) error, error)) (
	*backend, error,
) {
	var id int64
	err := d.writerOfName(world).update(ctx, 0, func(r *rows) error {
		old, err := d.take(r, world)
		if err != nil {
			return err
		}
		put, err := content(r.in(old))
		if err == nil {
			err = r.drop(old)
		}
		if err == nil { // after the old store was deleted, as a full database has no other place
			err = r.session.scan(&id, `INSERT INTO worlds (name) VALUES (?) RETURNING id`, world)
		}
		if err != nil {
			return err
		}
		fresh := r.in(id)
		fresh.making = true
		if err := cmp.Or(put(fresh), fresh.err); err != nil {
			return err
		}
		return d.bound.check(fresh, old)
	})
	return d.backend(world, id), err
}

// take waits for the units of a world and returns the number of the world, or 0 if it has no store.
func (d *Database) take(r *rows, world string) (id int64, err error) {
	err = r.session.scan(&id, `SELECT id FROM worlds WHERE name = ?`, world)
	if isNone(err) {
		return 0, nil
	}
	if err == nil && d.follow != nil {
		err = r.session.exec(lockRecords, id)
	}
	return id, err
}

// in returns the rows of a world in the same transaction.
func (r *rows) in(world int64) *rows {
	return &rows{session: r.session, world: world, cache: r.cache, changed: r.changed, written: r.written}
}

// drop deletes a world with its rows.
func (r *rows) drop(world int64) error {
	if world == 0 {
		return nil
	}
	r.changed.all(world)
	return r.session.exec(`DELETE FROM worlds WHERE id = ?`, world)
}

// Drop deletes the store of a world, if there is one.
func (d *Database) Drop(ctx context.Context, world string) error {
	return d.writerOfName(world).update(ctx, 0, func(r *rows) error {
		id, err := d.take(r, world)
		if err != nil {
			return err
		}
		return r.drop(id)
	})
}

// writerOfName returns the writer that makes and drops the stores of a world.
func (d *Database) writerOfName(world string) *writer {
	if d.follow == nil {
		return d.writer
	}
	return d.writerOf(world, lockName, world)
}

// Names returns the names of the worlds that have a store, in their order.
func (d *Database) Names(ctx context.Context) (names []string, err error) {
	err = d.with(ctx, func(s *session) error {
		list, err := s.list(`SELECT name FROM worlds ORDER BY name`)
		for _, name := range list {
			names = append(names, string(name))
		}
		return err
	})
	return names, err
}

// Fact returns what the database keeps under a name, or keeps a value there if there is none yet.
func (d *Database) Fact(ctx context.Context, name, otherwise string) (value string, err error) {
	err = d.writer.update(ctx, 0, func(r *rows) error {
		err := r.session.scan(&value, `SELECT value FROM facts WHERE name = ?`, name)
		if !isNone(err) {
			return err
		}
		value = otherwise
		return r.session.exec(`INSERT INTO facts (name, value) VALUES (?, ?)`, name, value)
	})
	return value, err
}

// Count counts up by one under a name, from 1.
func (d *Database) Count(ctx context.Context, name string) (n int, err error) {
	err = d.writer.update(ctx, 0, func(r *rows) error {
		var text string
		if err := r.session.scan(&text, `SELECT value FROM facts WHERE name = ?`, name); err != nil && !isNone(err) {
			return err
		}
		n, _ = strconv.Atoi(text) // 0 if there is none
		n++
		return r.session.exec(`INSERT INTO facts (name, value) VALUES (?, ?)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, strconv.Itoa(n))
	})
	return n, err
}

// with runs f with a session for reading.
func (d *Database) with(ctx context.Context, f func(*session) error) error {
	s, err := d.readers.get(ctx)
	if err != nil {
		return err
	}
	err = f(s)
	d.readers.put(s, err != nil && !store.IsMissing(err))
	return err
}

// Close waits for the units that run and closes the database.
func (d *Database) Close() error {
	d.readers.close()
	d.writers.close()
	return errors.Join(d.db.Close(), d.release())
}

//go:embed migrations
var migrations embed.FS

// migrate brings the tables to the form that this program needs. Before it changes a database that has some, it calls
// backup with the version of their form.
func migrate(ctx context.Context, db *sql.DB, d *dialect, backup func(version int64) error) error {
	provider, err := d.provider(db)
	if err != nil {
		return err
	}
	has, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	switch known := newest(provider); {
	case has > known:
		return newerError(has, known)
	case has == known:
		return nil
	case has > 0:
		if err := backup(has); err != nil {
			return fmt.Errorf("making a copy before its form is changed: %w", err)
		}
	}
	_, err = provider.Up(ctx)
	return err
}
