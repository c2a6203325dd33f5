package features_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nicsim/nicsim/features"
)

func read(t *testing.T) features.Catalogue {
	t.Helper()
	c, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryScenarioKeepsTheRules(t *testing.T) {
	c := read(t)
	files := map[string]string{}
	for _, s := range c.Scenarios {
		for _, violation := range s.Violations() {
			t.Error(violation)
		}
		place := s.File + ":" + s.Name
		if s.Row > 0 {
			place = s.File // rows of an outline share its id
		}
		if other, taken := files[s.Key()]; taken {
			t.Errorf("%s and %s have the same id %s", other, place, s.Key())
		}
		files[s.Key()] = place
		if name := strings.ToLower(s.Key()); len(name) > 33 {
			t.Errorf("%s: the id is too long for the name of a world with a suffix", s.Key())
		}
	}
}

func TestIDsBelongToOneScenarioEach(t *testing.T) {
	lines := map[string]int{}
	for _, s := range read(t).Scenarios {
		if line, taken := lines[s.ID]; taken && line != s.Line {
			t.Errorf("%s: lines %d and %d of two scenarios have the id %s", s.File, line, s.Line, s.ID)
		}
		lines[s.ID] = s.Line
	}
}

func TestEveryStepOfTheGuideIsProved(t *testing.T) {
	c := read(t)
	for _, g := range features.GuideSteps {
		var own int
		for _, s := range c.Scenarios {
			if s.Has(g.Tag()) && !s.Has("@walk") {
				own++
			}
		}
		if own == 0 {
			t.Errorf("only walks prove step %s, %s", g.Number, g.Label)
		}
	}
}

func TestEveryBehaviourIsShown(t *testing.T) {
	c := read(t)
	for _, b := range features.Behaviours {
		if !slices.ContainsFunc(c.Scenarios, func(s features.Scenario) bool { return s.Has(b.Tag()) }) {
			t.Errorf("no scenario shows behaviour %d, %s", b.Number, b.Name)
		}
	}
}

func TestTagsNameWhatExists(t *testing.T) {
	known := map[string]bool{}
	for _, g := range features.GuideSteps {
		known[g.Tag()] = true
	}
	for _, b := range features.Behaviours {
		known[b.Tag()] = true
	}
	for _, s := range read(t).Scenarios {
		for _, tag := range s.Sources() {
			if (strings.HasPrefix(tag, "@guide-") || strings.HasPrefix(tag, "@behaviour-")) && !known[tag] {
				t.Errorf("%s:%d: %s names something that does not exist", s.File, s.Line, tag)
			}
		}
	}
}

func TestViolationsAreFound(t *testing.T) {
	const good = "Feature: f\n\n  @S1-01 @must @guide-1.1\n  Scenario: s\n    Given a\n"
	cases := map[string]struct{ from, to, violation string }{
		"no id":          {"@S1-01 ", "", "0 id tags"},
		"two ids":        {"@S1-01", "@S1-01 @S1-02", "2 id tags"},
		"no level":       {"@must ", "", "0 levels"},
		"no source":      {"@guide-1.1", "", "names no source"},
		"NIC's, not its": {"@must", "@simulator", "none of its sources"},
		"its, not NIC's": {"@guide-1.1", "@contract-control", "belongs to the level @simulator"},
		"an unknown tag": {"@must", "@must @wip", "the tag @wip is unknown"},
		"a URL":          {"Given a", "Given http://localhost", "URL or JSON"},
		"JSON":           {"Given a", `Given {"a": 1}`, "URL or JSON"},
		"JSON's own":     {"@must", "@must @json", "has @json"},
		"too many steps": {"Given a\n", "Given a\n" + strings.Repeat("    And b\n", 7), "8 steps"},
		"too long a walk": {"@must @guide-1.1\n  Scenario: s\n",
			"@must @walk @guide-1.1\n  Scenario: s\n" + strings.Repeat("    Given b\n", 11), "12 steps"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(good, c.from, c.to, 1)
			read, err := features.Read(fstest.MapFS{"section1/x.feature": {Data: []byte(broken)}})
			if err != nil {
				t.Fatal(err)
			}
			if violations := strings.Join(read.Scenarios[0].Violations(), "\n"); !strings.Contains(violations, c.violation) {
				t.Errorf("violations are %q, want one with %q", violations, c.violation)
			}
		})
	}
}

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		tags, day string
		holds     bool
	}{
		{"@must", "2020-11-02", true},
		{"@from-2025-06-01", "2025-05-31", false},
		{"@from-2025-06-01", "2025-06-01", true},
		{"@until-2025-05-31", "2025-05-31", true},
		{"@until-2025-05-31", "2025-06-01", false},
		{"@from-2023-11-01 @until-2025-03-31", "2025-04-01", false},
		{"@from-2023-11-01 @until-2025-03-31", "2024-06-20", true},
	} {
		if s := (features.Scenario{Tags: strings.Fields(c.tags)}); s.Holds(c.day) != c.holds {
			t.Errorf("%s on %s: want %t", c.tags, c.day, c.holds)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	cases := map[string]struct{ content, err string }{
		"not Gherkin": {"Nonsense\n", "x.feature"},
		"the same row twice": {"Feature: f\n  @S1-01\n  Scenario Outline: s\n    Given <a>\n    Examples:\n      | a " +
			"|\n      | 1 |\n      | 1 |\n", "repeats that of line"},
		"a scenario repeated": {"Feature: f\n  Scenario: s\n    Given a\n  Scenario: s\n    Given a\n", "line 2"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := features.Read(fstest.MapFS{"x.feature": {Data: []byte(c.content)}})
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("the error is %v, want one with %q", err, c.err)
			}
		})
	}
}
