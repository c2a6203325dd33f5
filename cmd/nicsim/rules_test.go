package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// docs/rules-by-date.md shows commands, and one with what it prints.
func TestRulesByDateShowsTheOutput(t *testing.T) {
	root := moduleRoot(t)
	page, err := os.ReadFile(filepath.Join(root, "docs", "rules-by-date.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := readBlocks(string(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if b.language == "sh" {
			newReader(t, root, "docs/rules-by-date.md").perform(b.lines)
		}
	}
	_, block, _ := strings.Cut(string(page), "```console\n$ nicsim ")
	block, _, _ = strings.Cut(block, "```")
	command, want, found := strings.Cut(block, "\n")
	if !found {
		t.Fatal("the page shows no command")
	}
	t.Chdir(filepath.Join(root, "docs", "samples"))
	if _, out, said := called(t.Context(), strings.Fields(command)...); out != want {
		t.Errorf("nicsim %s prints\n%s%s\nthe page has\n%s", command, out, said, want)
	}
}

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
	expectNames(t, change, "day", "environment", "name", "code", "change", "before", "after", "counts", "simulated",
		"says", "reason", "source")
	expectNames(t, change.(map[string]any)["after"], "inForce", "status", "figures")

	impact := printed("impact", "--from", "2026-01-31", "--to", "2026-02-02", "../../docs/samples/invoices.json")
	expectNames(t, impact, "from", "to", "announced", "keptDates", "invoices")
	row := impact["invoices"].([]any)[4]
	expectNames(t, row, "file", "index", "environment", "document", "outcome", "changed", "onlyFrom", "onlyTo")
	expectNames(t, first(row.(map[string]any)["onlyFrom"]), "code", "message", "path", "rule", "want")
}
