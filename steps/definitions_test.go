package steps

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
)

// definition is what a group hands to godog.
type definition struct {
	expression *regexp.Regexp
	handler    any
}

type collector struct{ definitions []definition }

func (c *collector) Step(expression, handler any) {
	c.definitions = append(c.definitions, definition{expression.(*regexp.Regexp), handler})
}

func definitions() []definition {
	var c collector
	for _, g := range newScenario(Target{}).groups() {
		g.register(&c)
	}
	return c.definitions
}

func TestEveryStepHasOneDefinition(t *testing.T) {
	catalogue, err := features.Read(features.Files())
	if err != nil {
		t.Fatal(err)
	}
	all, used := definitions(), map[*regexp.Regexp]bool{}
	for _, s := range catalogue.Scenarios {
		for _, step := range s.Steps {
			var matching []string
			for _, d := range all {
				if d.expression.MatchString(step) {
					matching = append(matching, d.expression.String())
					used[d.expression] = true
				}
			}
			if len(matching) != 1 {
				t.Errorf("%s:%d: %q has %d definitions: %s", s.File, s.Line, step, len(matching), strings.Join(matching, "\n\t"))
			}
		}
	}
	for _, d := range all {
		if !used[d.expression] {
			t.Errorf("no scenario uses the step %s", d.expression)
		}
	}
}

func TestDefinitionsTakeWhatTheirExpressionsGive(t *testing.T) {
	for _, d := range definitions() {
		text := d.expression.String()
		if !strings.HasPrefix(text, "^") || !strings.HasSuffix(text, "$") {
			t.Errorf("%s is not anchored", text)
		}
		if strings.Contains(text, "{who}") || strings.Contains(text, "{t") {
			t.Errorf("%s has a shorthand that nobody knows", text)
		}
		handler := reflect.TypeOf(d.handler)
		takes := handler.NumIn()
		if takes > 0 && handler.In(0).String() == "context.Context" {
			takes--
		}
		if takes > 0 && handler.In(handler.NumIn()-1).String() == "*messages.PickleTable" {
			takes--
		}
		if groups := d.expression.NumSubexp(); groups != takes {
			t.Errorf("%s gives %d values and its handler takes %d", text, groups, takes)
		}
	}
}
