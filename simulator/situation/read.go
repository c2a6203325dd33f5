package situation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/settings"
)

var situationName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// check returns everything that is wrong with a situation.
func (s Situation) check() (wrong []string) {
	add := func(format string, arguments ...any) { wrong = append(wrong, fmt.Sprintf(format, arguments...)) }
	if !situationName.MatchString(s.Name) {
		add("the name must be 1 to 40 of a-z, 0-9 and -")
	}
	for _, given := range [][2]string{{"happens", s.Happens}, {"teaches", s.Teaches}, {"title", s.Title}} {
		if member, text := given[0], given[1]; text == "" {
			add("%s: must be given", member)
		}
	}
	figures := settings.Default()
	if err := strictly(s.settings(), &figures); err != nil {
		add("settings: %v", err)
	} else {
		for _, v := range figures.Check() {
			add("settings.%s: %s", v.Setting, v.Rule)
		}
	}
	_, rulesWrong := s.rules()
	return append(wrong, rulesWrong...)
}

// rules reads the faults, and returns everything that is wrong with them.
func (s Situation) rules() (rules []*fault.Rule, wrong []string) {
	add := func(format string, arguments ...any) { wrong = append(wrong, fmt.Sprintf(format, arguments...)) }
	taken := map[string]bool{}
	for i, document := range s.Faults {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(document, &members); err != nil {
			add("faults[%d]: must be an object", i)
			continue
		}
		rule, violations := fault.Parse(members)
		for _, v := range violations {
			add("faults[%d].%s: %s", i, v.Field, v.Message)
		}
		if taken[rule.Name] {
			add("faults[%d].name: %s is the name of another fault", i, rule.Name)
		}
		taken[rule.Name] = true
		rules = append(rules, rule.In(s.Name))
	}
	return rules, wrong
}

// strictly reads JSON, and refuses members that do not exist.
func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}
