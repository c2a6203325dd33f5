package steps

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/needs"
)

// tagFilter is a tag expression of godog: terms of which one must hold, or of which all must hold. A mixture is
// refused, because godog's precedence is surprising.
type tagFilter struct {
	terms []tagTerm
	any   bool // one term is enough
}

type tagTerm struct {
	tag    string // begins with @
	absent bool   // the scenario must not have it
}

var (
	anyTag     = regexp.MustCompile(`@[A-Za-z0-9_.#-]+`)
	oneTerm    = regexp.MustCompile(`^(~?)(@[A-Za-z0-9_.#-]+)$`)
	otherWords = regexp.MustCompile(`(?i)\b(not|and|or)\b|[()]`)
)

func parseTags(expression string) (tagFilter, error) {
	if strings.TrimSpace(expression) == "" {
		return tagFilter{}, nil
	}
	refuse := func(reason, hint string) (tagFilter, error) {
		return tagFilter{}, &OptionError{Option: "Tags", Reason: fmt.Sprintf("%q: %s", expression, reason), Hint: hint}
	}
	const language = `write "~@a" for not, "@a && @b" for and, "@a,@b" for or`
	// Words inside tags, as in @not-enabled, are not operators.
	if found := otherWords.FindString(anyTag.ReplaceAllString(expression, "")); found != "" {
		return refuse(fmt.Sprintf("%q is not known here", found), language)
	}
	filter := tagFilter{any: strings.Contains(expression, ",")}
	separator := "&&"
	if filter.any {
		if strings.Contains(expression, "&&") {
			return refuse(`"," and "&&" cannot be mixed`, "run it in two goes")
		}
		separator = ","
	}
	for _, part := range strings.Split(expression, separator) {
		m := oneTerm.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return refuse(fmt.Sprintf("%q is not a tag", strings.TrimSpace(part)), language)
		}
		if filter.any && needs.IsTag(m[2]) {
			return refuse(fmt.Sprintf("%s cannot stand beside a comma", m[2]), "run it by itself")
		}
		filter.terms = append(filter.terms, tagTerm{tag: m[2], absent: m[1] == "~"})
	}
	return filter, nil
}

// selects reports whether the filter selects a scenario, which has the tags of its needs too.
func (f tagFilter) selects(s features.Scenario, needed []needs.Need) bool {
	if len(f.terms) == 0 {
		return true
	}
	holds := func(t tagTerm) bool {
		has := s.Has(t.tag) || slices.ContainsFunc(needed, func(n needs.Need) bool { return n.Tag() == t.tag })
		return has != t.absent
	}
	if f.any {
		return slices.ContainsFunc(f.terms, holds)
	}
	return !slices.ContainsFunc(f.terms, func(t tagTerm) bool { return !holds(t) })
}

// String writes the filter for godog.
func (f tagFilter) String() string {
	terms := make([]string, len(f.terms))
	for i, t := range f.terms {
		terms[i] = t.tag
		if t.absent {
			terms[i] = "~" + t.tag
		}
	}
	if f.any {
		return strings.Join(terms, ",")
	}
	return strings.Join(terms, " && ")
}

// forGodog writes the filter without the tags of needs, which godog does not know, and excludes the scenarios
// with those tags. godog takes "," to bind more tightly than "&&"; only this function relies on it.
func (f tagFilter) forGodog(excluded []string) string {
	known := tagFilter{any: f.any}
	for _, t := range f.terms {
		if !needs.IsTag(t.tag) {
			known.terms = append(known.terms, t)
		}
	}
	var terms []string
	if len(known.terms) > 0 {
		terms = append(terms, known.String())
	}
	for _, tag := range excluded {
		terms = append(terms, "~"+tag)
	}
	return strings.Join(terms, " && ")
}
