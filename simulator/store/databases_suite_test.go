//go:build !race

package store_test

import "testing"

// TestSuiteOfDatabases holds the databases to the contract of backends. Its sequences of units take minutes with the
// race detector, under which the other tests of the databases run.
func TestSuiteOfDatabases(t *testing.T) { keepContract(t, databases) }
