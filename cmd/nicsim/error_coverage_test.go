package main

import (
	"testing"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/coverage"
)

// TestEveryRuleIsShownOrHidden compares docs/error-coverage.md with the rules. The code of each rule must have a
// scenario, or the page must state that the code is hidden, and the code must be hidden.
func TestEveryRuleIsShownOrHidden(t *testing.T) {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, s := range catalogue.Scenarios {
		for _, code := range steps.NICCodes(s) {
			shown[code] = true
		}
	}
	unanswered, err := coverage.Unanswered()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range invoice.Rules() {
		switch why := unanswered[rule.Code].Kind; {
		case shown[rule.Code]:
		case rule.Hidden != "" && why == "hidden":
		case rule.Hidden == "" && why == "state":
		default:
			t.Errorf("the rule %s answers %s, which no scenario expects; the reason given is %q", rule.Name, rule.Code, why)
		}
	}
}
