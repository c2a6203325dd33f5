package steps

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// registrar takes step definitions; godog's ScenarioContext is one.
type registrar interface {
	Step(expression, handler any)
}

// group is a set of steps on one subject.
type group interface{ register(r registrar) }

// groups are all steps there are, by subject.
func (s *scenario) groups() []group {
	return slices.Concat(portalGroups(s), irpGroups(s), backstageGroups(s))
}

// shorthands are what expressions may have in braces. Each is one group of the expression, but for
// {their}, which is none.
var shorthands = strings.NewReplacer(
	"{who}", `(Asha|Girish|Mallory|[Ss]he|[Hh]e)`,
	"{their}", `(?:her|his)`,
	"{text}", `"([^"]*)"`,
	"{n}", `(\d+)`,
	"{portal}", `(trial|production)`,
	// A taxpayer: see scenario.taxpayer.
	"{firm}", `(Dakshin|Deccan|"[0-9A-Z]{15}"|the dummy GSTIN|the taxpayer whose GSTIN is \w+|the taxpayer without mobile)`,
	"{invoice}", `(`+invoiceWords+`)`,
	"{category}", `(GSP|ERP|ECO)`,
)

// expression compiles a step's text: a regular expression with shorthands, anchored at both ends.
func expression(text string) *regexp.Regexp {
	if known, ok := compiled.Load(text); ok {
		return known.(*regexp.Regexp)
	}
	fresh := regexp.MustCompile("^" + shorthands.Replace(text) + "$")
	compiled.Store(text, fresh)
	return fresh
}

// compiled are the expressions by their texts. Each scenario registers all steps, and compiling them
// again took half of a run's time.
var compiled sync.Map
