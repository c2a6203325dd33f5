package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/nicsim/nicsim/simulator/store"
)

// The files of a directory.
const (
	databaseFile = "nicsim.db"
	lockFile     = "nicsim.lock"
	pidFile      = "nicsim.pid"
)

// InUseError is the error of OpenSQLite for a directory that another process uses.
type InUseError struct {
	Dir string
	PID int // 0 if it is not known
}

func (e *InUseError) Error() string {
	if e.PID == 0 {
		return e.Dir + " is in use by another process"
	}
	return fmt.Sprintf("%s is in use by the process %d", e.Dir, e.PID)
}

var sqliteDialect = &dialect{
	name: "sqlite", goose: goose.DialectSQLite3,
	rebind: func(text string) string { return text },
	why: func(err error) error {
		failed, ok := errors.AsType[*sqlite.Error](err)
		switch {
		case !ok:
			return nil
		case failed.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return store.ErrDropped
		case failed.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
			return store.ErrExists
		case failed.Code() == sqlite3.SQLITE_FULL:
			return store.ErrFull
		}
		return nil
	},
}

// pageSize is that of a database which SQLite makes, in bytes.
const pageSize = 4096

// sqliteReaders is how many transactions read at the same time.
const sqliteReaders = 8

// OpenSQLite opens the database in a directory, which is made if it does not exist. Only one process can use a
// directory: for a second one, the error is an *InUseError. The database is in the mode WAL with synchronous=NORMAL, so
// what is kept survives the end of the process at any instant, and all but the newest survives a power failure.
func OpenSQLite(ctx context.Context, dir string) (*Database, error) {
	return OpenSQLiteWithin(ctx, dir, Limits{})
}

// OpenSQLiteWithin is OpenSQLite for a database with limits, or of the size that it has already.
func OpenSQLiteWithin(ctx context.Context, dir string, limits Limits) (*Database, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil { // the records have passwords' hashes and secrets
		return nil, err
	}
	release, err := lock(dir)
	if err != nil {
		return nil, err
	}
	d, err := openSQLite(ctx, filepath.Join(dir, databaseFile), limits)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the database in %s: %w", dir, err), release())
	}
	d.release = release
	return d, nil
}

func openSQLite(ctx context.Context, file string, limits Limits) (_ *Database, err error) {
	query := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(normal)", "foreign_keys(on)",
		"cache_size(-32000)", "journal_size_limit(67108864)",
		"wal_autocheckpoint(8000)", // pages of 4 KiB: a page that is written often goes into the database once
		"temp_store(memory)"}}      // of the journals of savepoints
	if limits.All > 0 {
		query.Add("_pragma", fmt.Sprintf("max_page_count(%d)", max(1, limits.All/pageSize)))
	}
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(file)+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(sqliteDialect.explain(err), db.Close())
		}
	}()
	backup := func(version int64) error { return copySQLite(ctx, db, file, version) }
	if err := migrate(ctx, db, sqliteDialect, backup); err != nil {
		return nil, err
	}
	readers, writers := newPool(db, sqliteDialect, sqliteReaders), newPool(db, sqliteDialect, 1)
	bound := &bound{Limits{World: limits.World}, readers}
	return &Database{
		db: db, dialect: sqliteDialect, readers: readers, writers: writers, bound: bound,
		writer: &writer{pool: writers, bound: bound, cache: &cache{},
			begin: func(s *session) error { return s.exec(`BEGIN IMMEDIATE`) }},
	}, nil
}

// copySQLite copies a database to a file beside it, whose name has the version of the copy's form.
func copySQLite(ctx context.Context, db *sql.DB, file string, version int64) error {
	name := strings.TrimSuffix(file, ".db") + ".form-" + strconv.FormatInt(version, 10) + ".db"
	err := os.Remove(name + ".part") //nolint:gosec // in the directory that the user gave
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, name+".part"); err != nil {
		return err
	}
	return os.Rename(name+".part", name) //nolint:gosec // see above
}

// lock reserves a directory for this process.
func lock(dir string) (release func() error, err error) {
	held := flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))
	ours, err := held.TryLock()
	if err != nil {
		return nil, fmt.Errorf("reserving %s: %w", dir, err)
	}
	name := filepath.Join(dir, pidFile)
	if !ours {
		text, _ := os.ReadFile(name)                            // without it, the process is not known
		pid, _ := strconv.Atoi(strings.TrimSpace(string(text))) // 0 if it is not a number
		return nil, &InUseError{dir, pid}
	}
	if err := os.WriteFile(name, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return func() error { return errors.Join(os.Remove(name), held.Close()) }, nil
}
