package sqlstore

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// newSchema returns the address of an empty schema of a test's own, or nothing without a PostgreSQL server.
func newSchema(t *testing.T) (address string) {
	t.Helper()
	if address = os.Getenv("TEST_POSTGRES"); address == "" {
		return ""
	}
	schema := strings.ToLower(strings.NewReplacer("/", "_").Replace(t.Name()))
	server, err := OpenPostgres(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	_, err = server.db.ExecContext(t.Context(), `DROP SCHEMA IF EXISTS `+schema+` CASCADE; CREATE SCHEMA `+schema)
	if err := errors.Join(err, server.Close()); err != nil {
		t.Fatal(err)
	}
	return address + "?search_path=" + schema
}

// limited opens a database of each engine that has no worlds.
func limited(t *testing.T, limits Limits) map[string]*Database {
	t.Helper()
	sqlite, err := OpenSQLiteWithin(t.Context(), t.TempDir(), limits)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*Database{"SQLite": sqlite}
	if address := newSchema(t); address != "" {
		if all["PostgreSQL"], err = OpenPostgresWithin(t.Context(), address, limits); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range all {
		t.Cleanup(func() { closed(t, d) })
	}
	return all
}

func putTaxpayer(t *testing.T, s store.Store, gstin string, size int) error {
	t.Helper()
	return s.Update(t.Context(), func(tx store.Tx) error {
		return tx.PutTaxpayer(store.Taxpayer{GSTIN: gstin, LegalName: strings.Repeat("x", size)})
	})
}

// One world, and with PostgreSQL all together, have a bounded number of bytes. A unit that would exceed it is undone,
// and a unit that makes a full world no larger is not refused.
func TestLimits(t *testing.T) {
	for engine, d := range limited(t, Limits{World: 100_000, All: 1_000_000}) {
		t.Run(engine, func(t *testing.T) {
			one, other := worldOf(t, d, "one", true), worldOf(t, d, "other", true)
			for _, c := range []struct {
				what  string
				in    store.Store
				gstin string
				size  int
				want  error
			}{
				{"a first record", one, "a", 60_000, nil},
				{"more than a world may have", one, "b", 60_000, store.ErrTooMuch},
				{"the record is replaced by a smaller one", one, "a", 40_000, nil},
				{"which makes room", one, "b", 50_000, nil},
				{"a record that grows above the limit", one, "b", 70_000, store.ErrTooMuch},
				{"another world has room", other, "a", 90_000, nil},
			} {
				if err := putTaxpayer(t, c.in, c.gstin, c.size); !errors.Is(err, c.want) {
					t.Errorf("%s: %v; want %v", c.what, err, c.want)
				}
			}
			if has(t, other, "b") {
				t.Error("the worlds share records")
			}
			remake := func(size int) error {
				_, err := d.Make(t.Context(), "one", func(store.Reader) (func(store.Tx) error, error) {
					return func(tx store.Tx) error {
						return errors.Join(tx.PutTaxpayer(store.Taxpayer{GSTIN: "a", LegalName: strings.Repeat("x", size)}),
							tx.PutTaxpayer(store.Taxpayer{GSTIN: "b", LegalName: strings.Repeat("x", 50_000)}))
					}, nil
				})
				return err
			}
			if err := remake(60_000); !errors.Is(err, store.ErrTooMuch) || !has(t, one, "b") {
				t.Errorf("a world that is made again with more than it may have: %v; it has its records: %t", err, has(t, one, "b"))
			}
			if err := remake(40_000); err != nil {
				t.Errorf("a world that is made again: %v", err)
			}
			one = worldOf(t, d, "one", false)
			d.bound.World = 1000 // as after a start with another flag
			larger := putTaxpayer(t, one, "b", 50_001)
			same, smaller := putTaxpayer(t, one, "b", 50_000), putTaxpayer(t, one, "b", 49_999)
			if !errors.Is(larger, store.ErrTooMuch) || same != nil || smaller != nil {
				t.Errorf("in a full world, a record becomes larger: %v; stays: %v; becomes smaller: %v", larger, same, smaller)
			}
			if err := one.Update(t.Context(), func(tx store.Tx) error { return tx.DeleteTaxpayer("a") }); err != nil {
				t.Errorf("a deletion in a full world: %v", err)
			}
		})
	}
}

// Without a limit of a world, all of PostgreSQL together are bounded.
func TestLimitOfAll(t *testing.T) {
	d := limited(t, Limits{All: 150_000})["PostgreSQL"]
	if d == nil {
		t.Skip("TEST_POSTGRES names no server; a directory is bounded by its pages")
	}
	one, other := worldOf(t, d, "one", true), worldOf(t, d, "other", true)
	if err := errors.Join(putTaxpayer(t, one, "a", 60_000), putTaxpayer(t, other, "a", 60_000)); err != nil {
		t.Fatal(err)
	}
	if err := putTaxpayer(t, other, "b", 60_000); !errors.Is(err, store.ErrTooMuch) {
		t.Errorf("more than all may have: %v", err)
	}
	if err := errors.Join(d.Drop(t.Context(), "one"), putTaxpayer(t, other, "b", 60_000)); err != nil {
		t.Errorf("in the place of a deleted world: %v", err)
	}
}

// What the triggers count is what the records have, whatever a unit does.
func TestBytesAreCounted(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for engine, d := range limited(t, Limits{}) {
		t.Run(engine, func(t *testing.T) {
			s := worldOf(t, d, "w", true)
			undone := errors.New("undone on purpose")
			for n, unit := range []func(store.Tx) error{
				func(tx store.Tx) error { return errors.Join(tx.AddProvider(store.Provider{ClientID: "a"}), undone) },
				func(tx store.Tx) error { return tx.AddProvider(store.Provider{ClientID: "a"}) },
				func(tx store.Tx) error { return tx.PutProvider(store.Provider{ClientID: "a", CompanyName: "longer"}) },
				func(tx store.Tx) error { return tx.PutProvider(store.Provider{ClientID: "a", CompanyName: "é"}) },
				func(tx store.Tx) error {
					var list []any
					for id := range 50 {
						list = append(list, store.PortalUser{Username: strings.Repeat("u", id+1)})
					}
					for _, form := range store.Forms(store.Inside) {
						if form.Name == "portalUsers" {
							return tx.AddRecords(form, list)
						}
					}
					return errors.New("there is no form of portal users")
				},
				func(tx store.Tx) error {
					return errors.Join(tx.PutCount(store.Count{Environment: nic.Sandbox, Name: "c", ExpiresAt: noon}),
						tx.PutCount(store.Count{Environment: nic.Sandbox, Name: "d", ExpiresAt: noon.Add(time.Hour)}))
				},
				func(tx store.Tx) error { return tx.Sweep(noon.Add(time.Minute)) },
				func(tx store.Tx) error { return tx.DeletePortalUser("uu") },
				func(tx store.Tx) error { return tx.DeletePortalUser("nobody") },
			} {
				if err := s.Update(t.Context(), unit); err != nil && !errors.Is(err, undone) {
					t.Fatal(err)
				}
				var counted, has int64
				err := errors.Join(d.db.QueryRowContext(t.Context(), `SELECT bytes FROM worlds`).Scan(&counted),
					d.db.QueryRowContext(t.Context(), `SELECT coalesce(sum(length(value) + 200), 0) FROM records`).Scan(&has))
				if err != nil || counted != has || n > 0 && has == 0 {
					t.Errorf("after unit %d, counted are %d of %d bytes, %v", n, counted, has, err)
				}
			}
		})
	}
}
