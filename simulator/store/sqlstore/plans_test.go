package sqlstore

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
)

// SQLite answers each page of a list from an index in its order, so that it reads no more rows than the page has.
func TestPagesAreReadFromAnIndex(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	worldOf(t, d, "w", true)
	users := tableOf("api-user")
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

func tableOf(kind string) *store.Table {
	for _, table := range store.Tables() {
		if table.Name == kind {
			return table
		}
	}
	return nil
}

// PostgreSQL reads a page, and counts, by the rows of the list alone, whatever other worlds have, and whether or not it
// knows the parameters when it plans.
func TestPagesOfASmallWorld(t *testing.T) {
	d := limited(t, Limits{})["PostgreSQL"]
	if d == nil {
		t.Skip("TEST_POSTGRES names no server")
	}
	worldOf(t, d, "large", true)
	worldOf(t, d, "small", true)
	conn, err := d.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // the test ends
	exec := func(statement string) {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO records (world, kind, env, id, i1, value)
		SELECT (SELECT id FROM worlds WHERE name = CASE WHEN n % 100 = 0 THEN 'small' ELSE 'large' END),
			'api-user', 'sandbox', convert_to('u' || n, 'UTF8'), 'G', 'x' FROM generate_series(1, 40000) AS n`)
	var small int64
	if err := conn.QueryRowContext(t.Context(), `SELECT id FROM worlds WHERE name = 'small'`).Scan(&small); err != nil {
		t.Fatal(err)
	}
	exec(`ANALYZE records`)
	exec(`SET plan_cache_mode = force_generic_plan`)
	r := &rows{}
	for n, term := range []store.Term{{Index: store.All}, {Index: 0, Value: store.Key{ID: "G"}}} {
		of, args, _ := r.where(tableOf("api-user"), term)
		pages, _ := page(of, args, false, 7, 10)
		first, _ := page(of, args, true, 0, 10)
		for m, text := range []string{pages, first, counting(of)} {
			name, values := fmt.Sprintf("p%d%d", n, m), fmt.Sprint(small, `, 'sandbox'`)
			if term.Index != store.All {
				values += `, 'G'`
			}
			if text == pages {
				values += `, 30000`
			}
			exec(`PREPARE ` + name + ` AS ` + numbered(text))
			plan, err := conn.QueryContext(t.Context(), `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) EXECUTE `+name+`(`+values+`, 10)`)
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for plan.Next() {
				var line string
				if err := plan.Scan(&line); err != nil {
					t.Fatal(err)
				}
				lines = append(lines, line)
			}
			if err := errors.Join(plan.Err(), plan.Close()); err != nil {
				t.Fatal(err)
			}
			all := strings.Join(lines, "\n")
			if !strings.Contains(all, "actual rows=10 ") || strings.Contains(all, "Rows Removed") ||
				strings.Contains(all, "Sort") {
				t.Errorf("%s:\n%s", text, all)
			}
		}
	}
}
