package sqlstore

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
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
		check(t, postgresDialect, stdlib.OpenDB(*config), func() (*Database, error) { return OpenPostgres(t.Context(), address) })
	})
}

// SQLite answers each page of a list from an index in its order, so that it reads no more rows than the page has.
func TestPagesAreReadFromAnIndex(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	worldOf(t, d, "w", true)
	users := store.Tables()[0]
	for _, table := range store.Tables() {
		if table.Name == "api-user" {
			users = table
		}
	}
	for _, term := range []store.Term{{Index: store.All}, {Index: 0, Value: store.Key{ID: "G"}}} {
		for _, oldest := range []bool{true, false} {
			r := &rows{world: 1}
			of, args, _ := r.where(users, term)
			text, args := page(of, args, oldest, 7, 10)
			plan, err := d.db.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+text, args...)
			if err != nil {
				t.Fatal(err)
			}
			var steps []string
			for plan.Next() {
				var id, parent, unused int
				var step string
				if err := plan.Scan(&id, &parent, &unused, &step); err != nil {
					t.Fatal(err)
				}
				steps = append(steps, step)
			}
			if err := errors.Join(plan.Err(), plan.Close()); err != nil {
				t.Fatal(err)
			}
			all := strings.Join(steps, "; ")
			if len(steps) != 1 || !strings.Contains(all, "USING INDEX") || !strings.Contains(all, "rowid") {
				t.Errorf("%+v, the oldest first %t: %s", term, oldest, all)
			}
		}
	}
}
