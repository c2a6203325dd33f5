package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
	"github.com/nicsim/nicsim/simulator/store/storetest"
)

// testCase checks one promise of Reader and Tx.
type testCase struct {
	name  string
	check func(*testing.T, store.Store) // the store is empty
}

type opener = func(*testing.T) store.Backend

// inMemory are the backends in memory, one of which keeps JSON as a database would.
var inMemory = map[string]opener{
	"memory": func(*testing.T) store.Backend { return store.NewMemoryBackend() },
	"JSON":   func(*testing.T) store.Backend { return encoded{store.NewMemoryBackend()} },
}

// opened are the databases.
var opened = map[string]func(*testing.T) *sqlstore.Database{
	"SQLite": func(t *testing.T) *sqlstore.Database {
		t.Helper()
		return closedAfter(t)(sqlstore.OpenSQLite(t.Context(), t.TempDir()))
	},
	"PostgreSQL": func(t *testing.T) *sqlstore.Database {
		t.Helper()
		return closedAfter(t)(sqlstore.OpenPostgres(t.Context(), postgres(t)))
	},
}

// postgres returns the address of a PostgreSQL, or skips the test.
func postgres(t *testing.T) string {
	t.Helper()
	address := os.Getenv("TEST_POSTGRES")
	if address == "" {
		t.Skip("TEST_POSTGRES names no server; scripts/postgres.sh starts one")
	}
	return address
}

// closedAfter returns a function that closes a database after the test.
func closedAfter(t *testing.T) func(*sqlstore.Database, error) *sqlstore.Database {
	t.Helper()
	return func(d *sqlstore.Database, err error) *sqlstore.Database {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
		return d
	}
}

// databases open the backend of an empty world in a database.
var databases = func() map[string]opener {
	all := map[string]opener{}
	for name, open := range opened {
		all[name] = func(t *testing.T) store.Backend {
			t.Helper()
			b, err := open(t).Fresh(t.Context(), t.Name())
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
	return all
}()

// backends are those in memory and the databases.
var backends = func() map[string]opener {
	all := maps.Clone(inMemory)
	maps.Copy(all, databases)
	return all
}()

// Reader and Tx keep their promises on every backend.
func TestStore(t *testing.T) {
	for name, open := range backends {
		for _, c := range slices.Concat(records(), lists(), units(), sweeping(), invoices()) {
			t.Run(name+"/"+c.name, func(t *testing.T) { c.check(t, store.New(open(t))) })
		}
	}
}

func TestBackends(t *testing.T) { keepContract(t, inMemory) }

func keepContract(t *testing.T, backends map[string]opener) {
	t.Helper()
	for name, open := range backends {
		for _, c := range storetest.Contract() {
			t.Run(name+"/"+c.Name, func(t *testing.T) { c.Check(t, open(t)) })
		}
	}
}

// encoded keeps the JSON of values in another backend, as a database would.
type encoded struct{ store.Backend }

func (e encoded) View(ctx context.Context, f func(store.Rows) error) error {
	return e.Backend.View(ctx, func(rows store.Rows) error { return f(encodedRows{rows}) })
}

func (e encoded) Update(ctx context.Context, f func(store.Rows) error) error {
	return e.Backend.Update(ctx, func(rows store.Rows) error { return f(encodedRows{rows}) })
}

type encodedRows struct{ store.Rows }

func (e encodedRows) Get(t *store.Table, k store.Key) (any, error) {
	value, err := e.Rows.Get(t, k)
	if err != nil {
		return nil, err
	}
	return t.Decode(value.([]byte))
}

func (e encodedRows) Find(t *store.Table, s store.Span) ([]any, error) {
	values, err := e.Rows.Find(t, s)
	for i := range values {
		if err == nil {
			values[i], err = t.Decode(values[i].([]byte))
		}
	}
	return values, err
}

func (e encodedRows) Put(t *store.Table, r store.Row) error {
	value, err := json.Marshal(r.Value)
	if err != nil {
		return fmt.Errorf("encoding %s: %w", t.Name, err)
	}
	r.Value = value
	return e.Rows.Put(t, r)
}

func (e encodedRows) PutAll(t *store.Table, list []store.Row) error {
	for _, r := range list {
		if err := e.Put(t, r); err != nil {
			return err
		}
	}
	return nil
}

// errChanged is an error of a unit, as opposed to an error of the store.
var errChanged = errors.New("changed my mind")

// update runs a unit that must succeed.
func update(t *testing.T, s store.Store, f func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), f); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// view runs a View that must succeed.
func view(t *testing.T, s store.Store, f func(store.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), f); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// has checks the result of a lookup.
func has[V any](t *testing.T, what string, want V) func(V, error) {
	return func(got V, err error) {
		t.Helper()
		if err != nil || plain(t, got) != plain(t, want) {
			t.Errorf("%s: %+v, %v; want %+v", what, got, err, want)
		}
	}
}

// lacks checks that a lookup found nothing.
func lacks[V any](t *testing.T, what string) func(V, error) {
	return func(got V, err error) {
		t.Helper()
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %+v, %v; want ErrNotFound", what, got, err)
		}
	}
}

// is checks the error of a write.
func is(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v; want %v", what, got, want)
	}
}

// plain returns a value as JSON, in which a time has no pointer to its zone.
func plain(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
