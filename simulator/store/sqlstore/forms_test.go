package sqlstore

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// A database of the first form has its API users in the index by client id after it was opened, and its bytes counted.
func TestFirstForm(t *testing.T) {
	check := func(t *testing.T, d *dialect, db *sql.DB, open func() (*Database, error)) {
		t.Helper()
		p, err := d.provider(db)
		if err == nil {
			_, err = p.UpTo(t.Context(), 1)
		}
		const value = `{"environment":"sandbox","username":"a","gstin":"G","clientId":"C"}`
		insert := d.rebind(`INSERT INTO records (world, kind, env, id, i1, value) VALUES (1, 'api-user', 'sandbox', ?, ?, ?)`)
		if err == nil {
			_, err = db.ExecContext(t.Context(), `INSERT INTO worlds (name) VALUES ('w')`)
		}
		if err == nil {
			_, err = db.ExecContext(t.Context(), insert, []byte("a"), []byte("G"), []byte(value))
		}
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		opened, err := open()
		if err != nil {
			t.Fatal(err)
		}
		defer closed(t, opened)
		err = worldOf(t, opened, "w", false).View(t.Context(), func(r store.Reader) error {
			users, err := r.APIUsersThrough(nic.Sandbox, "C", 9)
			if len(users) != 1 || users[0].Username != "a" {
				t.Errorf("the users of the client are %+v", users)
			}
			return err
		})
		var bytes int
		err = errors.Join(err, opened.db.QueryRowContext(t.Context(), `SELECT bytes FROM worlds`).Scan(&bytes))
		if err != nil || bytes != len(value)+200 {
			t.Errorf("%d bytes, %v", bytes, err)
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		dir := t.TempDir()
		db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, databaseFile))
		if err != nil {
			t.Fatal(err)
		}
		check(t, sqliteDialect, db, func() (*Database, error) { return OpenSQLite(t.Context(), dir) })
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		address := newSchema(t)
		if address == "" {
			t.Skip("TEST_POSTGRES names no server")
		}
		config, err := pgx.ParseConfig(address)
		if err != nil {
			t.Fatal(err)
		}
		reopen := func() (*Database, error) { return OpenPostgres(t.Context(), address) }
		check(t, postgresDialect, stdlib.OpenDB(*config), reopen)
	})
}
