package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

func open(t *testing.T, dir string) *Database {
	t.Helper()
	d, err := OpenSQLite(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func closed(t *testing.T, d *Database) {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func worldOf(t *testing.T, d *Database, name string, wantFresh bool) store.Store {
	t.Helper()
	s, err := d.Open(t.Context(), name)
	if fresh := store.IsMissing(err); fresh != wantFresh || err != nil && !fresh {
		t.Fatalf("opening %s: fresh %t, %v", name, fresh, err)
	}
	if wantFresh {
		b, err := d.Fresh(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		s = store.New(b)
	}
	return s
}

func add(t *testing.T, s store.Store, gstin string) error {
	t.Helper()
	return s.Update(t.Context(), func(tx store.Tx) error { return tx.PutTaxpayer(store.Taxpayer{GSTIN: gstin}) })
}

func has(t *testing.T, s store.Store, gstin string) bool {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error { _, err := r.Taxpayer(gstin); return err })
	if err != nil && !store.IsMissing(err) {
		t.Fatal(err)
	}
	return err == nil
}

// Worlds are apart, are found again by the next process, and end when they are dropped.
func TestWorlds(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	for _, name := range []string{"b", "a"} {
		if err := add(t, worldOf(t, d, name, true), "of "+name); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, d)
	d = open(t, dir)
	defer closed(t, d)
	if names, err := d.Names(t.Context()); err != nil || !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("names %v, %v", names, err)
	}
	a, b := worldOf(t, d, "a", false), worldOf(t, d, "b", false)
	if !has(t, a, "of a") || has(t, a, "of b") || !has(t, b, "of b") {
		t.Error("the worlds are not as they were")
	}
	if err := d.Drop(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if err := add(t, a, "late"); !errors.Is(err, store.ErrDropped) {
		t.Errorf("writing into the dropped world: %v", err)
	}
	next := worldOf(t, d, "a", true)
	if has(t, next, "of a") || has(t, a, "of a") || !has(t, b, "of b") {
		t.Error("the wrong world was dropped")
	}
	if err := add(t, a, "late"); !errors.Is(err, store.ErrDropped) || has(t, next, "late") {
		t.Errorf("the dropped world writes into the next of its name: %v", err)
	}
}

// A second process is refused, with the directory and the number of the first one.
func TestInUse(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	_, err := OpenSQLite(t.Context(), dir)
	used, ok := errors.AsType[*InUseError](err)
	if !ok || used.Dir != dir || used.PID != os.Getpid() || !strings.Contains(err.Error(), dir) {
		t.Errorf("the second is told: %v", err)
	}
	closed(t, d)
	closed(t, open(t, dir))
}

// What the database keeps of all worlds stays.
func TestFacts(t *testing.T) {
	dir := t.TempDir()
	for n := range 3 {
		d := open(t, dir)
		seed, err := d.Fact(t.Context(), "seed", fmt.Sprint("s", n))
		if err != nil || seed != "s0" {
			t.Errorf("the seed is %q, %v", seed, err)
		}
		if starts, err := d.Count(t.Context(), "starts"); err != nil || starts != n+1 {
			t.Errorf("counts %d, %v", starts, err)
		}
		closed(t, d)
	}
}

// A database of a newer form is left alone. One of an older form is copied before it is changed.
func TestForms(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	if err := add(t, worldOf(t, d, "w", true), "kept"); err != nil {
		t.Fatal(err)
	}
	copyOf := filepath.Join(dir, "nicsim.form-1.db")
	for range 2 { // the second time in place of the first copy
		if err := copySQLite(t.Context(), d.db, filepath.Join(dir, databaseFile), 1); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`); err != nil {
		t.Fatal(err)
	}
	closed(t, d)
	if _, err := OpenSQLite(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "a newer nicsim wrote it") ||
		!strings.Contains(err.Error(), dir) {
		t.Errorf("a newer form: %v", err)
	}
	other := t.TempDir()
	if err := os.Rename(copyOf, filepath.Join(other, databaseFile)); err != nil {
		t.Fatal(err)
	}
	d = open(t, other)
	defer closed(t, d)
	if !has(t, worldOf(t, d, "w", false), "kept") {
		t.Error("the copy lacks a record")
	}
}

// A unit for which the disk has no place fails with ErrFull and leaves nothing. The units before and after it stand.
func TestFullDisk(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	s := worldOf(t, d, "w", true)
	if err := add(t, s, "before"); err != nil {
		t.Fatal(err)
	}
	begin := d.writer.begin
	limit := func(pages int) {
		d.writer.begin = func(s *session) error {
			var now int64
			return errors.Join(s.scan(&now, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)), begin(s))
		}
	}
	limit(1) // that is, none in addition to those in use
	large := strings.Repeat("x", 1<<20)
	err := s.Update(t.Context(), func(tx store.Tx) error {
		_ = tx.PutTaxpayer(store.Taxpayer{GSTIN: "ignored", LegalName: large}) // the unit must not succeed
		return nil
	})
	if !errors.Is(err, store.ErrFull) || has(t, s, "ignored") {
		t.Errorf("an ignored error: %v", err)
	}
	var all sync.WaitGroup
	for n := range 16 {
		all.Go(func() {
			name := fmt.Sprint("full ", n)
			err := s.Update(t.Context(), func(tx store.Tx) error {
				return tx.PutTaxpayer(store.Taxpayer{GSTIN: name, LegalName: large})
			})
			if !errors.Is(err, store.ErrFull) && !errors.Is(err, errUndone) {
				t.Errorf("%s: %v", name, err)
			}
			if has(t, s, name) {
				t.Errorf("%s is kept", name)
			}
		})
	}
	all.Wait()
	limit(1 << 20)
	if err := add(t, s, "after"); err != nil || !has(t, s, "before") || !has(t, s, "after") {
		t.Errorf("after it: %v", err)
	}
}

// A database has at most the bytes that it was opened with. Records can be deleted, and there is room again.
func TestLimitedDatabase(t *testing.T) {
	d, err := OpenSQLiteWithin(t.Context(), t.TempDir(), Limits{All: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, d)
	s := worldOf(t, d, "w", true)
	large := store.Taxpayer{GSTIN: "large", LegalName: strings.Repeat("x", 600<<10)}
	put := func(gstin string) error {
		large.GSTIN = gstin
		return s.Update(t.Context(), func(tx store.Tx) error { return tx.PutTaxpayer(large) })
	}
	if err := put("first"); err != nil {
		t.Fatal(err)
	}
	if err := put("second"); !errors.Is(err, store.ErrFull) {
		t.Errorf("above the limit: %v", err)
	}
	err = s.Update(t.Context(), func(tx store.Tx) error { return tx.DeleteTaxpayer("first") })
	if err := errors.Join(err, put("third")); err != nil {
		t.Errorf("after a deletion: %v", err)
	}
}

// One unit that fails does not undo those that are committed with it.
func TestUnitsOfABatch(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	s := worldOf(t, d, "w", true)
	var all sync.WaitGroup
	failed := errors.New("on purpose")
	for n := range 60 {
		all.Go(func() {
			name := fmt.Sprint("unit ", n)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := s.Update(ctx, func(tx store.Tx) error {
				if err := tx.PutTaxpayer(store.Taxpayer{GSTIN: name}); err != nil {
					return err
				}
				cancel() // the request is given up: the unit is kept or not, as it says, and so are the others
				if n%3 == 0 {
					return failed
				}
				return nil
			})
			if (n%3 == 0) != errors.Is(err, failed) || has(t, s, name) != (err == nil) {
				t.Errorf("%s: %v, kept %t", name, err, has(t, s, name))
			}
		})
	}
	all.Wait()
}

// Each index that is unique has a constraint in the database, which holds without the checks of package store.
func TestConstraints(t *testing.T) {
	d := open(t, t.TempDir())
	defer closed(t, d)
	worldOf(t, d, "w", true)
	for _, table := range store.Tables() {
		for n, index := range table.Unique {
			insert := func(id string) error {
				return d.writer.update(t.Context(), 1, func(r *rows) error {
					values := make([]string, len(table.Indexes))
					values[n] = "same"
					return r.Put(table, store.Row{Key: store.Key{Environment: string(nic.Sandbox), ID: id}, IndexValues: values})
				})
			}
			first, second := insert("a"), insert("b")
			if want := index; first != nil || errors.Is(second, store.ErrExists) != want {
				t.Errorf("%s %s, which is unique: %t: %v, %v", table.Name, table.Indexes[n], index, first, second)
			}
		}
	}
}

// The directory and its files are readable by their owner only: they have secrets.
func TestModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	d := open(t, dir)
	defer closed(t, d)
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	var mode string
	if err := d.with(t.Context(), func(s *session) error { return s.scan(&mode, `PRAGMA journal_mode`) }); err != nil || mode != "wal" {
		t.Errorf("the mode is %s, %v", mode, err)
	}
}
