package document

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Schema has the keywords of JSON Schema that the documents of nicsim use. Package jsonschema, which knows all of them,
// checks in tests that both agree; it needs as much time and memory at the start of a program as the rest of nicsim.
type Schema struct {
	Ref   string `json:"$ref"`
	Title string // what a value must be, for mistakes

	Type       kinds
	Enum       []any
	Const      any
	Pattern    pattern
	Format     string // date-time
	MinLength  int
	MaxItems   int
	Minimum    float64
	Maximum    float64
	Items      *Schema
	Required   []string
	Properties map[string]*Schema
	Additional *Schema `json:"additionalProperties"` // without a type: none

	anything bool // the schema true
}

// MustSchema reads a schema that is part of the program, or one of its definitions if the name is not empty. It panics
// on text that is not a schema.
func MustSchema(text []byte, definition string) *Schema {
	var s Schema
	var definitions struct {
		Defs map[string]*Schema `json:"$defs"`
	}
	for _, into := range []any{&s, &definitions} {
		if err := json.Unmarshal(text, into); err != nil {
			panic(err)
		}
	}
	if definition != "" {
		s = Schema{Ref: reference + definition}
	}
	s.resolve(definitions.Defs)
	return &s
}

// kinds are the types of values. The JSON is a list, or the text of a single one.
type kinds []string

// UnmarshalJSON reads either form.
func (k *kinds) UnmarshalJSON(data []byte) error {
	if data[0] == '[' {
		return json.Unmarshal(data, (*[]string)(k))
	}
	*k = kinds{""}
	return json.Unmarshal(data, &(*k)[0])
}

// pattern is a regular expression.
type pattern struct{ *regexp.Regexp }

// UnmarshalText compiles it.
func (p *pattern) UnmarshalText(text []byte) (err error) {
	p.Regexp, err = regexp.Compile(string(text))
	return err
}

// UnmarshalJSON reads a schema; false is the zero schema.
func (s *Schema) UnmarshalJSON(data []byte) error {
	if s.anything = string(data) == "true"; s.anything || string(data) == "false" {
		return nil
	}
	type plain Schema
	return json.Unmarshal(data, (*plain)(s))
}

const reference = "#/$defs/"

// resolve replaces every reference by what it refers to. Required members are those of both.
func (s *Schema) resolve(defs map[string]*Schema) {
	if s == nil {
		return
	}
	if name, refers := strings.CutPrefix(s.Ref, reference); refers {
		required := s.Required
		*s = *defs[name]
		s.Required = slices.Concat(s.Required, required)
	}
	s.Items.resolve(defs)
	s.Additional.resolve(defs)
	for _, p := range s.Properties {
		p.resolve(defs)
	}
}

// takes reports whether the schema names a type.
func (s *Schema) takes(kind string) bool { return slices.Contains(s.Type, kind) }

// kindNames are the names of JSON's types in mistakes.
var kindNames = map[string]string{
	"object": "an object", "array": "a list", "string": "text", "boolean": "true or false",
	"integer": "a whole number", "number": "a number",
}

// want says what a value must be.
func (s *Schema) want() string {
	switch {
	case s.Title != "":
		return s.Title
	case s.Enum != nil:
		values := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			values[i] = fmt.Sprint(v)
		}
		return "one of " + strings.Join(values, ", ")
	case s.Const != nil:
		return fmt.Sprint(s.Const)
	}
	return kindNames[s.Type[0]]
}

// member is the schema of a member of an object, nil if it cannot have that member.
func (s *Schema) member(name string) *Schema {
	if p := s.Properties[name]; p != nil || s.Additional == nil || s.Additional.Type == nil && !s.Additional.anything {
		return p
	}
	return s.Additional
}

// notMember is what is said of an unknown member.
func (s *Schema) notMember(name string) string {
	names := slices.Sorted(maps.Keys(s.Properties))
	if nearest, ok := Nearest(name, names); ok {
		return "is not a member here; did you mean " + nearest + "?"
	}
	return "is not a member here; the members are " + strings.Join(names, ", ")
}

// accepts reports whether a value other than a list or an object fits the schema.
func (s *Schema) accepts(v any) bool {
	switch v := v.(type) {
	case nil:
		return s.takes("null")
	case bool:
		return s.takes("boolean")
	case string:
		if s.Type == nil {
			return slices.Contains(s.Enum, any(v)) || s.Const == v
		}
		_, err := time.Parse(time.RFC3339, v)
		return s.takes("string") && (s.Pattern.Regexp == nil || s.Pattern.MatchString(v)) && len(v) >= s.MinLength &&
			(s.Format == "" || err == nil)
	case int:
		return s.acceptsNumber(float64(v), true)
	case float64:
		return s.acceptsNumber(v, v == math.Trunc(v))
	}
	return false // a number that is too large
}

func (s *Schema) acceptsNumber(v float64, whole bool) bool {
	return (s.Const == v || s.takes("number") || s.takes("integer") && whole) && !math.IsNaN(v) && !math.IsInf(v, 0) &&
		(s.Maximum == 0 || v >= s.Minimum && v <= s.Maximum)
}
