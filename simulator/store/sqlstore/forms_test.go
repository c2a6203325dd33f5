package sqlstore

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// A database of the first form has its API users in the index by client id after it was opened.
func TestFirstForm(t *testing.T) {
	dir := t.TempDir()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	p, err := sqliteDialect.provider(db)
	if err == nil {
		_, err = p.UpTo(t.Context(), 1)
	}
	for _, statement := range []string{
		`INSERT INTO worlds (name) VALUES ('w')`,
		`INSERT INTO records (world, kind, env, id, i1, value) VALUES (1, 'api-user', 'sandbox', CAST('a' AS BLOB),
			CAST('G' AS BLOB), CAST('{"environment":"sandbox","username":"a","gstin":"G","clientId":"C"}' AS BLOB))`,
	} {
		if err == nil {
			_, err = db.ExecContext(t.Context(), statement)
		}
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	d := open(t, dir)
	defer closed(t, d)
	err = worldOf(t, d, "w", false).View(t.Context(), func(r store.Reader) error {
		users, err := r.APIUsersThrough(nic.Sandbox, "C", 9)
		if len(users) != 1 || users[0].Username != "a" {
			t.Errorf("the users of the client are %+v", users)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
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
