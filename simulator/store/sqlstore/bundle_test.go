package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/store"
)

// first are records with which the worlds of the tests begin. Their values are strings.
var first = &store.Table{Name: "test-first", Indexes: []string{"a", "b"}, Unique: []bool{false, false},
	Decode: func(data []byte) (any, error) {
		var text string
		return text, json.Unmarshal(data, &text)
	}}

// rowOf has an id that is not UTF-8, as keys need not be.
func rowOf(n int, a, b, value string) store.Row {
	key := store.Key{Environment: "e", ID: fmt.Sprintf("\xff%d", n)}
	return store.Row{Key: key, IndexValues: []string{a, b}, Value: value}
}

// begin makes a world with rows.
func begin(t rapid.TB, d *Database, rows []store.Row) *backend {
	b, err := d.replace(context.Background(), "w", func(*unitRows) (func(*unitRows) error, error) {
		return func(r *unitRows) error { return r.PutAll(first, rows) }, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// unitRows has another name, as variables of the tests are called rows.
type unitRows = rows

// reading is what is read of the table.
type reading struct {
	span store.Span
	key  store.Key
}

func drawReading(rt *rapid.T) reading {
	ids := rapid.SampledFrom([]string{"", "", "x", "y"})
	span := store.Span{
		Term: store.Term{
			Index: rapid.SampledFrom([]int{store.All, store.All, 0, 1}).Draw(rt, "index"),
			Value: store.Key{Environment: rapid.SampledFrom([]string{"e", "e", "e", "other"}).Draw(rt, "environment")},
		},
		Oldest: rapid.Bool().Draw(rt, "oldest"), Limit: rapid.SampledFrom([]int{1, 3, math.MaxInt}).Draw(rt, "limit"),
	}
	if span.Index != store.All {
		span.Value.ID = ids.Draw(rt, "term")
	}
	n := rapid.IntRange(0, 9).Draw(rt, "row")
	if rapid.Bool().Draw(rt, "after") {
		span.After = rowOf(n, "", "", "").Key.ID
	}
	return reading{span, rowOf(n, "", "", "").Key}
}

// of reads, and returns what was found as a text.
func (read reading) of(r store.Rows) string {
	one, oneErr := r.Get(first, read.key)
	list, listErr := r.Find(first, read.span)
	n, err := r.Count(first, read.span.Term, read.span.Limit)
	return fmt.Sprint(one, oneErr, list, listErr, n, err)
}

// A world that was made with rows reads as one in memory, from the memory of the process and from the file, whatever is
// written then by units of which some fail.
func TestAWorldBeginsWithRows(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom([]string{"", "x", "y"})
		draw := func(n int) store.Row {
			return rowOf(n, text.Draw(rt, "a"), text.Draw(rt, "b"), text.Draw(rt, "value"))
		}
		var begun []store.Row
		for n := range rapid.IntRange(0, 8).Draw(rt, "rows") {
			begun = append(begun, draw(n))
		}
		world, model := begin(rt, d, begun), store.NewMemoryBackend()
		both := func(f func(store.Rows) error) {
			wanted, got := model.Update(t.Context(), f), world.Update(t.Context(), f)
			if fmt.Sprint(wanted) != fmt.Sprint(got) {
				rt.Fatalf("in memory: %v; in SQLite: %v", wanted, got)
			}
		}
		if err := model.Update(t.Context(), func(r store.Rows) error { return r.PutAll(first, begun) }); err != nil {
			rt.Fatal(err)
		}
		added := 8
		rt.Repeat(map[string]func(*rapid.T){
			"put": func(*rapid.T) {
				row := draw(rapid.IntRange(0, added).Draw(rt, "row"))
				both(func(r store.Rows) error { return r.Put(first, row) })
			},
			"put all": func(*rapid.T) {
				added++
				row := draw(added)
				both(func(r store.Rows) error { return r.PutAll(first, []store.Row{row}) })
			},
			"delete": func(*rapid.T) {
				row := draw(rapid.IntRange(0, added).Draw(rt, "row"))
				both(func(r store.Rows) error { return r.Delete(first, row.Key) })
			},
			"fail": func(*rapid.T) {
				row := draw(rapid.IntRange(0, 8).Draw(rt, "row"))
				both(func(r store.Rows) error { return errors.Join(r.Put(first, row), errors.New("fails")) })
			},
			"from the file": func(*rapid.T) { d.writer.cache.worlds = nil },
			"": func(rt *rapid.T) {
				read := drawReading(rt)
				var want, got string
				wanted := model.View(t.Context(), func(r store.Rows) error { want = read.of(r); return nil })
				found := world.View(t.Context(), func(r store.Rows) error { got = read.of(r); return nil })
				if want != got || wanted != nil || found != nil {
					rt.Fatalf("%+v\nin memory: %s, %v\nin SQLite: %s, %v", read, want, wanted, got, found)
				}
			},
		})
	})
}

// Rows with which a world is made are one record, until one of them is written.
func TestRowsOfAFreshWorldAreOneRecord(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	var list []store.Row
	for n := range leastBundled {
		list = append(list, rowOf(n, "x", "", "value"))
	}
	world := begin(t, d, list)
	records := func() (n int) {
		if err := d.db.QueryRowContext(t.Context(), `SELECT count(*) FROM records`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := records(); n != 1 {
		t.Errorf("%d records", n)
	}
	if err := world.Update(t.Context(), func(r store.Rows) error { return r.Put(first, list[0]) }); err != nil {
		t.Fatal(err)
	}
	if n := records(); n != len(list) {
		t.Errorf("after a change: %d records", n)
	}
}

// A unit that fails in a transaction with others leaves what those wrote, also for those after it.
func TestAUnitThatFailsAmongOthers(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	world := begin(t, d, nil)
	broken := errors.New("broken")
	get := func(r store.Rows, n int) any {
		v, err := r.Get(first, rowOf(n, "", "", "").Key)
		if err != nil && !store.IsMissing(err) {
			t.Error(err)
		}
		return v
	}
	ended := make(chan error, 2)
	err := world.Update(t.Context(), func(r store.Rows) error {
		go func() {
			ended <- world.Update(t.Context(), func(r store.Rows) error {
				return errors.Join(r.Put(first, rowOf(1, "", "", "two")), r.Put(first, rowOf(2, "", "", "two")), broken)
			})
		}()
		for d.writer.waiting.Load() < 1 {
			runtime.Gosched()
		}
		go func() {
			ended <- world.Update(t.Context(), func(r store.Rows) error {
				if one, two := get(r, 1), get(r, 2); one != "one" || two != nil {
					t.Errorf("the unit after reads %v and %v", one, two)
				}
				return r.Put(first, rowOf(3, "", "", "three"))
			})
		}()
		for d.writer.waiting.Load() < 2 {
			runtime.Gosched()
		}
		return r.Put(first, rowOf(1, "", "", "one"))
	})
	failed := errors.Join(<-ended, <-ended)
	if err != nil || !errors.Is(failed, broken) {
		t.Fatal(err, failed)
	}
	for range 2 {
		err := world.View(t.Context(), func(r store.Rows) error {
			if got := []any{get(r, 1), get(r, 2), get(r, 3)}; fmt.Sprint(got) != "[one <nil> three]" {
				t.Errorf("kept %v", got)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		d.writer.cache.worlds = nil // what is read then is in the file
	}
}
