package pages

import (
	"encoding/json"
	"strings"
)

// document is a JSON object member by member.
type document map[string]json.RawMessage

// objectIn reads an object, which may also be inside a JSON text.
func objectIn(text []byte) (document, bool) {
	var inner string
	if json.Unmarshal(text, &inner) == nil {
		text = []byte(inner)
	}
	var d document
	err := json.Unmarshal(text, &d)
	return d, err == nil && d != nil
}

// member finds a member by its name in any case.
func (d document) member(name string) json.RawMessage {
	if value, ok := d[name]; ok {
		return value
	}
	for given, value := range d {
		if strings.EqualFold(given, name) {
			return value
		}
	}
	return nil
}

// text is a member that is a text, or empty.
func (d document) text(name string) string {
	var text string
	_ = json.Unmarshal(d.member(name), &text) // what is no text is none
	return strings.TrimSpace(text)
}

// unbroken takes the blanks and line breaks out that mails and terminals put in.
func unbroken(text string) string { return strings.Join(strings.Fields(text), "") }

// wrapped tells whether a text is a JSON document rather than what is inside one.
func wrapped(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "{") }
