package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/needs"
)

func TestTagsSelect(t *testing.T) {
	scenario := features.Scenario{Tags: []string{"@S1-01", "@must"}}
	cases := map[string]bool{
		"":                       true,
		"@must":                  true,
		" @must ":                true,
		"@should":                false,
		"~@should":               true,
		"~@must":                 false,
		"@must && @S1-01":        true,
		"@must&&@S1-02":          false,
		"@must && ~@needs-clock": false,
		"@must && @needs-clock":  true,
		"@needs-inbox":           false,
		"@S1-02,@S1-01":          true,
		"@S1-02,@S1-03":          false,
		"@S1-02,~@should":        true,
	}
	for expression, want := range cases {
		filter, err := parseTags(expression)
		if err != nil {
			t.Errorf("%q: %v", expression, err)
			continue
		}
		if got := filter.selects(scenario, []needs.Need{needs.Clock}); got != want {
			t.Errorf("%q selects: %t, want %t", expression, got, want)
		}
	}
}

func TestTagsThatGodogDoesNotKnowAreRefused(t *testing.T) {
	cases := map[string]string{
		"not @sim":          `"not" is not known`,
		"@must and @S1-01":  `"and" is not known`,
		"@a OR @b":          `"OR" is not known`,
		"(@a)":              `"(" is not known`,
		"@a,@b && ~@c":      "cannot be mixed",
		"must":              "is not a tag",
		"@a &&":             "is not a tag",
		"@a,,@b":            "is not a tag",
		"@a @b":             "is not a tag",
		"!@a":               "is not a tag",
		"@not-a-word not-b": `"not" is not known`,
	}
	for expression, reason := range cases {
		_, err := parseTags(expression)
		var wrong *OptionError
		if !errors.As(err, &wrong) || wrong.Option != "Tags" || wrong.Hint == "" || !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: the error is %v, want one with %q and a hint", expression, err, reason)
		}
	}
	if _, err := parseTags("@not-enabled && ~@and-so-on"); err != nil {
		t.Errorf("words inside tags: %v", err)
	}
}

func TestTagsAreWrittenForGodog(t *testing.T) {
	for expression, want := range map[string]string{
		"":                      "",
		"@a&&~@b":               "@a && ~@b",
		" @a , ~@b":             "@a,~@b",
		"@a && @needs-clock":    "@a",
		"~@needs-inbox":         "",
		"@b && ~@needs-x && @c": "@b && @c",
	} {
		filter, err := parseTags(expression)
		if err != nil {
			t.Fatal(err)
		}
		if got := filter.forGodog(nil); got != want {
			t.Errorf("%q is written %q, want %q", expression, got, want)
		}
		want = strings.TrimPrefix(want+" && ~@S1-01 && ~@json", " && ")
		if got := filter.forGodog([]string{"@S1-01", "@json"}); got != want {
			t.Errorf("%q is written %q, want %q", expression, got, want)
		}
	}
}
