package steps

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
)

func TestEveryStepHasOneDefinition(t *testing.T) {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	all, used := all().Definitions, map[*regexp.Regexp]bool{}
	for _, s := range catalogue.Scenarios {
		for _, step := range s.Steps {
			var matching []string
			for _, d := range all {
				if d.Expression.MatchString(step) {
					matching = append(matching, d.Expression.String())
					used[d.Expression] = true
				}
			}
			if len(matching) != 1 {
				t.Errorf("%s:%d: %q has %d definitions: %s", s.File, s.Line, step, len(matching), strings.Join(matching, "\n\t"))
			}
		}
	}
	for _, d := range all {
		if !used[d.Expression] {
			t.Errorf("no scenario uses the step %s", d.Expression)
		}
	}
}

func TestDefinitionsTakeWhatTheirExpressionsGive(t *testing.T) {
	for _, d := range all().Definitions {
		text := d.Expression.String()
		if !strings.HasPrefix(text, "^") || !strings.HasSuffix(text, "$") {
			t.Errorf("%s is not anchored", text)
		}
		if strings.Contains(text, "{who}") || strings.Contains(text, "{t") {
			t.Errorf("%s has an unknown shorthand", text)
		}
		handler := reflect.TypeOf(d.Handler())
		takes := handler.NumIn()
		if takes > 0 && handler.In(0).String() == "context.Context" {
			takes--
		}
		if takes > 0 && handler.In(handler.NumIn()-1).String() == "*messages.PickleTable" {
			takes--
		}
		if groups := d.Expression.NumSubexp(); groups != takes {
			t.Errorf("%s gives %d values and its handler takes %d", text, groups, takes)
		}
	}
}
