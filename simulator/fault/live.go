package fault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
)

// Live is a rule of a world with its counts.
type Live struct {
	Rule    *Rule
	Matched int // requests that it matched
	Fired   int // of those, the requests to which it happened

	Synchronised []string // GSTINs that a StaleRecord no longer concerns
}

// document is the JSON of a Live.
type document struct {
	Name    string          `json:"name"`
	When    When            `json:"when"`
	Does    json.RawMessage `json:"does"`
	Often   Often           `json:"often"`
	Matched int             `json:"matched"`
	Fired   int             `json:"fired"`

	Synchronised []string `json:"synchronised,omitempty"`
}

// MarshalJSON writes the rule as Parse reads it, and the counts beside its members.
func (l Live) MarshalJSON() ([]byte, error) {
	members, err := json.Marshal(l.Rule.Does)
	if err != nil {
		return nil, fmt.Errorf("writing the fault %s: %w", l.Rule.Name, err)
	}
	does := fmt.Appendf(nil, `{"kind":%q`, l.Rule.Does.Kind().Name)
	if len(members) > len("{}") {
		does = append(does, ',')
	}
	return json.Marshal(document{
		l.Rule.Name, l.Rule.When, append(does, members[1:]...), l.Rule.Often, l.Matched, l.Fired, l.Synchronised,
	})
}

// isRuleOf reports whether another Live has an equal rule.
func (l Live) isRuleOf(other Live) bool {
	one, err := Live{Rule: l.Rule}.MarshalJSON()
	two, otherErr := Live{Rule: other.Rule}.MarshalJSON()
	return err == nil && otherErr == nil && bytes.Equal(one, two)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *Live) UnmarshalJSON(data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return fmt.Errorf("reading a fault: %w", err)
	}
	read, violations := ParseLive(members)
	if len(violations) > 0 {
		return fmt.Errorf("reading the fault %s: %s %s", members["name"], violations[0].Field, violations[0].Message)
	}
	*l = read
	return nil
}

// ParseLive is Parse for a rule with its counts, which may be one of a situation.
func ParseLive(members map[string]json.RawMessage) (Live, []Violation) {
	var doc document
	var r report
	rule := maps.Clone(members)
	for name, into := range map[string]any{
		"matched": &doc.Matched, "fired": &doc.Fired, "synchronised": &doc.Synchronised,
	} {
		if value, given := rule[name]; given && json.Unmarshal(value, into) != nil {
			r.add(name, "must be as the control API shows it")
		}
		delete(rule, name)
	}
	if doc.Matched < 0 || doc.Fired < 0 {
		r.add("matched", "and fired must not be negative")
	}
	_ = json.Unmarshal(members["name"], &doc.Name) // Parse reports a name that is not text
	situation, own, ofSituation := cutSituation(doc.Name)
	if ofSituation {
		rule["name"] = strconv.AppendQuote(nil, own)
	}
	parsed, violations := Parse(rule)
	if ofSituation {
		parsed = parsed.In(situation)
	}
	return Live{parsed, doc.Matched, doc.Fired, doc.Synchronised}, append(violations, r.violations...)
}
