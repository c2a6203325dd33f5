package store_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

// TestSuiteOfDatabases holds the databases to the contract of backends. Its sequences of units take minutes with the
// race detector, under which the other tests of the databases run.
func TestSuiteOfDatabases(t *testing.T) { keepContract(t, databases) }

func TestSuiteInspectPostgres(t *testing.T) {
	address := postgres(t)
	found, err := sqlstore.InspectPostgres(t.Context(), address)
	if err != nil || !strings.HasPrefix(found.Server, "PostgreSQL ") {
		t.Errorf("found %+v, %v", found, err)
	}
	readOnly := address + "?default_transaction_read_only=on"
	if _, err := sqlstore.InspectPostgres(t.Context(), readOnly); err == nil || !strings.Contains(err.Error(), "written") {
		t.Errorf("a database that cannot be written: %v", err)
	}
	missing := strings.TrimSuffix(address, "postgres") + "missing"
	if _, err := sqlstore.InspectPostgres(t.Context(), missing); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a database that does not exist: %v", err)
	}
}
