package pages

import (
	"encoding/json"
	"strings"
)

// document is a JSON object member by member.
type document map[string]json.RawMessage

// objectIn reads a JSON object, which may be inside a JSON string.
func objectIn(text []byte) (document, bool) {
	var inner string
	if json.Unmarshal(text, &inner) == nil {
		text = []byte(inner)
	}
	var d document
	err := json.Unmarshal(text, &d)
	return d, err == nil && d != nil
}

// member returns a member by its name, in upper or lower case.
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

// text returns a member that is a string; empty for other values.
func (d document) text(name string) string {
	var text string
	_ = json.Unmarshal(d.member(name), &text) // other values leave it empty
	return strings.TrimSpace(text)
}

// unbroken removes blanks and line breaks, which mails and terminals insert.
func unbroken(text string) string { return strings.Join(strings.Fields(text), "") }

// wrapped reports whether a text begins like a JSON object.
func wrapped(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "{") }
