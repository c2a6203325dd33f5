package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// Inspection is what a database has, and what a program that opens it would do.
type Inspection struct {
	Server string // name and version of the engine
	Has    int64  // the number of the form of its tables; 0 without tables
	Knows  int64  // the number of the form that Open would give it
}

// provider has the migrations of a database.
func (d *dialect) provider(db *sql.DB) (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations/"+d.name)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(d.goose, db, folder)
}

// newest returns the number of the last form that the migrations give.
func newest(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// newerError is the error of a database of a newer form.
func newerError(has, known int64) error {
	return fmt.Errorf("its form is number %d, and this nicsim knows those up to %d: a newer nicsim wrote it", has, known)
}

// InspectPostgres connects to a database and checks that this program could use it, without changing it.
func InspectPostgres(ctx context.Context, address string) (Inspection, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return Inspection{}, err // which leaves the password out
	}
	db := stdlib.OpenDB(*config)
	found, err := postgresDialect.inspect(ctx, db, `SELECT 'PostgreSQL ' || current_setting('server_version')`,
		`SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'goose_db_version'`)
	return found, errors.Join(err, db.Close())
}

// InspectSQLite is InspectPostgres for the database in a directory. The error is an *InUseError when a process uses it,
// and is a [fs.ErrNotExist] for a directory without a database.
func InspectSQLite(ctx context.Context, dir string) (found Inspection, err error) {
	file := filepath.Join(dir, databaseFile)
	if _, err := os.Stat(file); err != nil {
		return found, err
	}
	release, err := lock(dir)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, release()) }()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(file))
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return sqliteDialect.inspect(ctx, db, `SELECT 'SQLite ' || sqlite_version()`,
		`SELECT count(*) FROM sqlite_master WHERE name = 'goose_db_version'`)
}

// inspect reads the form of a database, and makes a table in a transaction that it undoes.
func (d *dialect) inspect(ctx context.Context, db *sql.DB, server, tables string) (found Inspection, err error) {
	p, err := d.provider(db)
	if err != nil {
		return found, err
	}
	found.Knows = newest(p)
	var made int
	err = db.QueryRowContext(ctx, server).Scan(&found.Server)
	if err == nil {
		err = db.QueryRowContext(ctx, tables).Scan(&made)
	}
	if err == nil && made > 0 {
		err = db.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`).Scan(&found.Has)
	}
	if err != nil {
		return found, err
	}
	if found.Has > found.Knows {
		return found, newerError(found.Has, found.Knows)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return found, err
	}
	defer tx.Rollback() //nolint:errcheck // it ends with the connection
	tries := []string{`CREATE TABLE nicsim_doctor (n INTEGER)`}
	if found.Has > 0 {
		tries = append(tries, `DELETE FROM records WHERE world = -1`,
			`INSERT INTO facts (name, value) VALUES ('nicsim doctor', '')`)
	}
	for _, try := range tries {
		if _, err := tx.ExecContext(ctx, try); err != nil {
			return found, fmt.Errorf("it cannot be written: %w", d.explain(err))
		}
	}
	return found, nil
}
