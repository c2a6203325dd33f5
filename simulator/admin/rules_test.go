package admin_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/admin"
)

// A name means one rule, whichever package makes the check, and each rule has a sentence and a source.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range admin.Rules() {
		if seen[r.Name] || r.Name == "" || r.Says == "" || r.Source == "" {
			t.Errorf("the rule is named twice, or lacks a member: %+v", r)
		}
		seen[r.Name] = true
	}
	for _, name := range []string{"password-policy", "cancel-window", "document-age", "ewb-age"} {
		if !seen[name] {
			t.Errorf("the rule %s is missing", name)
		}
	}
}
