package admin_test

import (
	"slices"
	"testing"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// Each rule has an edition, and each edition has a rule.
func TestEachRuleHasEditions(t *testing.T) {
	known := map[string]bool{}
	for _, r := range slices.Concat(admin.Rules(), rulebook.NotSimulated()) {
		known[r.Name] = true
		if len(rulebook.Editions(r.Name)) == 0 {
			t.Errorf("%s has no row in simulator/rulebook/editions.csv", r.Name)
		}
	}
	for _, name := range rulebook.Names() {
		if !known[name] {
			t.Errorf("simulator/rulebook/editions.csv has a row for %s, which is not a rule", name)
		}
	}
}
