package fault

import (
	"encoding/json"
	"fmt"
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

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *Live) UnmarshalJSON(data []byte) error {
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil {
		return fmt.Errorf("reading a fault: %w", err)
	}
	var members map[string]json.RawMessage
	_ = json.Unmarshal(data, &members) // it was read before
	delete(members, "matched")
	delete(members, "fired")
	delete(members, "synchronised")
	situation, own, ofSituation := cutSituation(doc.Name)
	if ofSituation {
		members["name"] = strconv.AppendQuote(nil, own)
	}
	rule, violations := Parse(members)
	if len(violations) > 0 {
		return fmt.Errorf("reading the fault %s: %s %s", doc.Name, violations[0].Field, violations[0].Message)
	}
	if ofSituation {
		rule = rule.In(situation)
	}
	*l = Live{rule, doc.Matched, doc.Fired, doc.Synchronised}
	return nil
}
