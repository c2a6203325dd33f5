package features

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// TagJSON is on scenarios about the JSON itself, and on those with actions that a page does not offer: a choice
// that is not on a list, the answer of a captcha that is not shown, a step to which no link leads. A driver of
// web pages leaves them out. The guide's sections have none.
const TagJSON = "@json"

// tagWalk is on the walks through a whole section. They have a step for each step of the guide, so they may be
// longer than other scenarios.
const tagWalk = "@walk"

// maxSteps limits the steps of a scenario, which proves one behaviour. A walk has one for each step of its section
// and one for the form.
const (
	maxSteps     = 7
	maxWalkSteps = 11
)

// Tags of scenarios whose rule NIC enforces from a day, or until a day (included), as in @from-2025-06-01. A run for
// another day leaves them out. A scenario that sets the clock to a day has none.
var dayTag = regexp.MustCompile(`^@(from|until)-(\d{4}-\d\d-\d\d)$`)

var (
	idTag      = regexp.MustCompile(`^@((?:S1|S2|GSP|B\d\d|REF|CON|CTL|API|FLT)-[a-z0-9-]+)$`)
	sourceTag  = regexp.MustCompile(`^@(guide-[12C]\.\d|behaviour-\d\d|nic-\d{4}|contract-[a-z0-9]+|sim)$`)
	levelTag   = regexp.MustCompile(`^@(must|should|simulator)$`)
	ownSource  = regexp.MustCompile(`^@contract-(control|faults|fixtures|gsp|settings|worlds)$`)
	dataInText = regexp.MustCompile(`://|/portal/|[{}]`)
)

// Scenario is one scenario, or one row of a scenario outline.
type Scenario struct {
	ID    string   // from its tag, as in REF-otp-expired; "" if it has none
	Row   int      // of an outline, from 1; 0 for a scenario
	Name  string   // with the row's values filled in
	Title string   // the name with the outline's <placeholders>
	File  string   // as in refusals/otp.feature
	Line  int      // of the keyword Scenario
	Tags  []string // with those of its feature, rule and examples

	Steps []string // texts with the row's values, Background first
}

// Key identifies a scenario by its id and, in an outline, the row, as in REF-otp-expired-2.
func (s Scenario) Key() string {
	if s.Row == 0 {
		return s.ID
	}
	return fmt.Sprintf("%s-%d", s.ID, s.Row)
}

// Has reports whether the scenario has the tag, which begins with @.
func (s Scenario) Has(tag string) bool { return slices.Contains(s.Tags, tag) }

// Holds reports whether NIC enforces on a day what the scenario tells. The day is written as in 2025-06-01.
func (s Scenario) Holds(day string) bool {
	return !slices.ContainsFunc(s.Tags, func(tag string) bool { return TagExcludes(tag, day) })
}

// TagExcludes reports whether scenarios with a tag are not about a day, which is written as in 2025-06-01.
func TagExcludes(tag, day string) bool {
	m := dayTag.FindStringSubmatch(tag)
	return m != nil && (m[1] == "from" && day < m[2] || m[1] == "until" && day > m[2])
}

// IsAbout reports whether a source is one of the scenario: it has the source as a tag, without @, or, for one of NIC's
// codes, a step that names the code, as those of outlines do.
func (s Scenario) IsAbout(source string) bool {
	if s.Has("@" + source) {
		return true
	}
	code, ofNIC := strings.CutPrefix(source, "nic-")
	return ofNIC && slices.ContainsFunc(s.Steps, func(step string) bool {
		return slices.Contains(strings.FieldsFunc(step, func(r rune) bool { return r == ' ' || r == ',' }), code)
	})
}

// The levels of scenarios.
const (
	Must      = "must"      // a rule of NIC or of the guide
	Should    = "should"    // a rule of NIC or of the guide that a target may break
	Simulator = "simulator" // about nicsim itself: its control API, worlds, fixtures, settings, faults and GSPs
)

// Level is one of the levels. A scenario without one is at the level must.
func (s Scenario) Level() string {
	for _, t := range s.Tags {
		if m := levelTag.FindStringSubmatch(t); m != nil {
			return m[1]
		}
	}
	return Must
}

// Sources are the tags for the source of the scenario: a step of the guide, a behaviour, one of NIC's error
// codes, a part of the contract, or @sim for invented behaviour.
func (s Scenario) Sources() []string {
	var sources []string
	for _, t := range s.Tags {
		if sourceTag.MatchString(t) {
			sources = append(sources, t)
		}
	}
	return sources
}

// Violations are the rules for scenarios that this one breaks, each as a sentence.
func (s Scenario) Violations() []string {
	var violations []string
	complain := func(format string, values ...any) {
		violations = append(violations, fmt.Sprintf("%s:%d %q: ", s.File, s.Line, s.Name)+fmt.Sprintf(format, values...))
	}
	count := func(pattern *regexp.Regexp) (n int) {
		for _, t := range s.Tags {
			if pattern.MatchString(t) {
				n++
			}
		}
		return n
	}
	if n := count(idTag); n != 1 {
		complain("it has %d id tags instead of one", n)
	}
	if n := count(levelTag); n != 1 {
		complain("it has %d levels instead of one of @must, @should and @simulator", n)
	}
	own := slices.ContainsFunc(s.Sources(), ownSource.MatchString)
	ofNIC := slices.ContainsFunc(s.Sources(), func(tag string) bool { return !ownSource.MatchString(tag) })
	switch {
	case s.Level() == Simulator && !own:
		complain("it is at the level simulator, and none of its sources is a part of the contract about nicsim itself")
	case s.Level() != Simulator && own && !ofNIC:
		complain("its sources are about nicsim itself, so it belongs to the level @simulator")
	}
	if s.Has(TagJSON) && (strings.HasPrefix(s.File, "section") || strings.HasPrefix(s.File, "api/")) {
		complain("it has %s, which is for refusals and behaviours of the portals", TagJSON)
	}
	if len(s.Sources()) == 0 {
		complain("it names no source")
	}
	limit := maxSteps
	if s.Has(tagWalk) {
		limit = maxWalkSteps
	}
	if len(s.Steps) > limit {
		complain("it has %d steps, more than %d", len(s.Steps), limit)
	}
	for _, t := range s.Tags {
		if !idTag.MatchString(t) && !levelTag.MatchString(t) && !sourceTag.MatchString(t) && !dayTag.MatchString(t) &&
			t != TagJSON && t != tagWalk {
			complain("the tag %s is unknown", t)
		}
	}
	if text := strings.Join(s.Steps, "\n"); dataInText.MatchString(text) {
		complain("it has a URL or JSON in it")
	}
	return violations
}
