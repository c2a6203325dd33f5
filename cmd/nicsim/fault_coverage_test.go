package main

import (
	"cmp"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/situation"
)

// TestEveryFaultIsShown checks that each kind of fault, and each situation, has a scenario that sets it.
func TestEveryFaultIsShown(t *testing.T) {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for _, s := range catalogue.Scenarios {
		steps = append(steps, s.Steps...)
	}
	sentences := map[string]string{ // of kinds that are not set by their names, which are those of refusals
		"error": "by a fault", "account-frozen": "the account of the next login is frozen",
		"outage": "portal is out of service", "refusal": `"create" call is refused with`,
	}
	for _, k := range fault.Kinds() {
		words := cmp.Or(sentences[k.Name], `has the fault "`+k.Name+`"`)
		if !slices.ContainsFunc(steps, func(step string) bool { return strings.Contains(step, words) }) {
			t.Errorf("no scenario sets the fault %s", k.Name)
		}
	}
	for _, name := range situation.Names() {
		words := `the simulator is in the situation "` + name + `"`
		if !slices.ContainsFunc(steps, func(step string) bool { return strings.Contains(step, words) }) {
			t.Errorf("no scenario is in the situation %s", name)
		}
	}
}

// TestComplaintsAreShown checks that the scenarios which docs/faults.md names beside the complaints exist.
func TestComplaintsAreShown(t *testing.T) {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, s := range catalogue.Scenarios {
		known[s.ID] = true
	}
	page, err := os.ReadFile("../../docs/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "\n## Complaints\n")
	table, _, _ = strings.Cut(table, "\n## ")
	rows := regexp.MustCompile(`(?m)^\| .* \| ([^|]*) \|$`).FindAllStringSubmatch(table, -1)
	if len(rows) < 18 {
		t.Errorf("the table has %d complaints", len(rows))
	}
	for _, row := range rows[1:] { // the first is the head
		ids := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1)
		if len(ids) == 0 {
			t.Errorf("no scenario shows %s", row[0])
		}
		for _, id := range ids {
			if !known[id[1]] {
				t.Errorf("there is no scenario %s in %s", id[1], row[0])
			}
		}
	}
}
