package main

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/fault"
)

// TestEveryFaultIsShown checks that each kind of fault has a scenario that sets it.
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
		"outage": "portal is out of service",
	}
	for _, k := range fault.Kinds() {
		words := cmp.Or(sentences[k.Name], `has the fault "`+k.Name+`"`)
		if !slices.ContainsFunc(steps, func(step string) bool { return strings.Contains(step, words) }) {
			t.Errorf("no scenario sets the fault %s", k.Name)
		}
	}
}
