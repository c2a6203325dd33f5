package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
)

func TestTagsSelect(t *testing.T) {
	scenario := features.Scenario{Tags: []string{"@S1-01", "@must", "@needs-control"}}
	cases := map[string]bool{
		"":                         true,
		"@must":                    true,
		" @must ":                  true,
		"@should":                  false,
		"~@should":                 true,
		"~@must":                   false,
		"@must && @S1-01":          true,
		"@must&&@S1-02":            false,
		"@must && ~@needs-control": false,
		"@S1-02,@S1-01":            true,
		"@S1-02,@S1-03":            false,
		"@S1-02,~@should":          true,
	}
	for expression, want := range cases {
		filter, err := parseTags(expression)
		if err != nil {
			t.Errorf("%q: %v", expression, err)
			continue
		}
		if got := filter.selects(scenario); got != want {
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
		"must":              "is no tag",
		"@a &&":             "is no tag",
		"@a,,@b":            "is no tag",
		"@a @b":             "is no tag",
		"!@a":               "is no tag",
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
		"":             "~@needs-control",
		"@a&&~@b":      "@a && ~@b && ~@needs-control",
		" @a , ~@b":    "@a,~@b && ~@needs-control",
		"@b && @a&&@c": "@b && @a && @c && ~@needs-control",
	} {
		filter, err := parseTags(expression)
		if err != nil {
			t.Fatal(err)
		}
		if got := filter.forGodog([]string{features.TagNeedsControl}); got != want {
			t.Errorf("%q is written %q, want %q", expression, got, want)
		}
		if got := filter.forGodog(nil); got != filter.String() {
			t.Errorf("with nothing left out %q is written %q", expression, got)
		}
		want += " && ~@json"
		if got := filter.forGodog([]string{features.TagNeedsControl, features.TagJSON}); got != want {
			t.Errorf("%q is written %q, want %q", expression, got, want)
		}
	}
}
