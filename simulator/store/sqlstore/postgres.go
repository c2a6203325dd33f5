package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/nicsim/nicsim/simulator/store"
)

var postgresDialect = &dialect{
	name: "postgres", goose: goose.DialectPostgres, reading: `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`,
	rebind: numbered,
	why: func(err error) error {
		failed, ok := errors.AsType[*pgconn.PgError](err)
		switch {
		case !ok:
			return nil
		case failed.Code == "23503": // foreign_key_violation
			return store.ErrDropped
		case failed.Code == "23505": // unique_violation
			return store.ErrExists
		case failed.Code == "53100": // disk_full
			return store.ErrFull
		}
		return nil
	},
}

// postgresSessions is how many transactions read, and how many worlds write, at the same time in one process.
const postgresSessions = 8

// The statements that take PostgreSQL's advisory locks until the transaction ends.
const (
	lockFacts   = `SELECT pg_advisory_xact_lock(0)`
	lockRecords = `SELECT pg_advisory_xact_lock(?)` // on the records of a world, by its number
	lockName    = `SELECT pg_advisory_xact_lock(hashtextextended('nicsim name ' || ?, 0))`
)

// lockTables is the key of the lock on the form of the database.
const lockTables = "-1"

// OpenPostgres opens a database that several processes share. Within a world, units of all processes run one after the
// other: each takes a lock of the database first.
func OpenPostgres(ctx context.Context, address string) (*Database, error) {
	return OpenPostgresWithin(ctx, address, Limits{})
}

// OpenPostgresWithin is OpenPostgres for records with limits. Several processes should have the same.
func OpenPostgresWithin(ctx context.Context, address string, limits Limits) (*Database, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err // which leaves the password out
	}
	if config.RuntimeParams["statement_timeout"] == "" {
		config.RuntimeParams["statement_timeout"] = "30s"
	}
	config.RuntimeParams["application_name"] = "nicsim"
	db := stdlib.OpenDB(*config)
	d := &Database{
		db: db, dialect: postgresDialect, readers: newPool(db, postgresDialect, postgresSessions), follow: &follower{},
	}
	d.bound = &bound{limits, d.readers}
	d.writers = newPool(db, postgresDialect, postgresSessions)
	d.writer = d.writerOf("", lockFacts)
	err = d.locked(ctx, `SELECT pg_advisory_lock(`+lockTables+`)`, `SELECT pg_advisory_unlock(`+lockTables+`)`, func() error {
		return migrate(ctx, db, postgresDialect, func(int64) error { return nil })
	})
	if err != nil {
		return nil, errors.Join(postgresDialect.explain(err), db.Close())
	}
	listening, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		d.follow.listen(listening, config)
	}()
	d.release = func() error { stop(); <-ended; return nil }
	return d, nil
}

// writerOf returns a writer of a world, which excludes the writers with the same lock, in other processes too. Those
// are told of each transaction.
func (d *Database) writerOf(world, lock string, args ...any) *writer {
	return &writer{
		pool: d.writers, bound: d.bound,
		begin: func(s *session) error { return errors.Join(s.exec(`BEGIN`), s.exec(lock, args...)) },
		end: func(s *session) error {
			return s.exec(`SELECT pg_notify('nicsim', ?)`, fmt.Sprint(d.follow.self.Load(), " ", world))
		},
	}
}

// locked runs f while this process has a lock of the database.
func (d *Database) locked(ctx context.Context, lock, unlock string, f func() error, args ...any) error {
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // the lock is released
	if _, err := conn.ExecContext(ctx, lock, args...); err != nil {
		return err
	}
	err = f()
	_, unlockErr := conn.ExecContext(context.WithoutCancel(ctx), unlock, args...)
	return errors.Join(err, unlockErr)
}

// Alone runs f while no other process runs one for the world. It excludes no units.
func (d *Database) Alone(ctx context.Context, world string, f func() error) error {
	if d.follow == nil {
		return f()
	}
	return d.locked(ctx, `SELECT pg_advisory_lock(hashtextextended('nicsim ' || $1, 0))`,
		`SELECT pg_advisory_unlock(hashtextextended('nicsim ' || $1, 0))`, f, world)
}

// numbered numbers the parameters of a statement, which are written as question marks.
func numbered(text string) string {
	parts := strings.Split(text, "?")
	var b strings.Builder
	b.WriteString(parts[0])
	for n, part := range parts[1:] {
		b.WriteString("$" + strconv.Itoa(n+1) + part)
	}
	return b.String()
}
