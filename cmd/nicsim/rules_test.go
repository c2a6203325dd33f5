package main

import (
	"encoding/json"
	"testing"
)

// Scripts rely on the names.
func TestRulesJSONHasStableNames(t *testing.T) {
	printed := func(args ...string) (document map[string]any) {
		_, out, said := called(t.Context(), append([]string{"rules", "--json"}, args...)...)
		if err := json.Unmarshal([]byte(out), &document); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		return document
	}
	first := func(list any) any { return list.([]any)[0] }

	list := printed("document-age")
	expectNames(t, list, "on", "rules", "editions")
	expectNames(t, first(list["rules"]), "environment", "name", "code", "inForce", "why", "simulated", "status", "figures",
		"announced", "from", "until", "counts", "reason", "says", "hidden", "source", "dates")
	expectNames(t, first(list["editions"]), "environment", "status", "enforced", "announced", "from", "until", "counts",
		"figures", "reason", "source")

	diff := printed("diff", "--from", "2025-03-31", "--to", "2025-04-01")
	expectNames(t, diff, "from", "to", "announced", "changes")
	change := first(diff["changes"])
	expectNames(t, change, "day", "environment", "name", "code", "change", "before", "after", "counts", "simulated", "says",
		"reason", "source")
	expectNames(t, change.(map[string]any)["after"], "inForce", "status", "figures")
}
