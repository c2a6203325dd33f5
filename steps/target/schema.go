package target

import (
	_ "embed" // the schema
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed schema.json
var schemaText []byte

// Schema returns the JSON Schema of a target file.
func Schema() []byte { return slices.Clone(schemaText) }

// schema has the keywords of JSON Schema that the schema of a target file uses.
type schema struct {
	Ref        string `json:"$ref"`
	Title      string
	Type       string
	Enum       []string
	Pattern    string
	MinLength  int
	Minimum    int
	Maximum    int
	Items      *schema
	Properties map[string]*schema
	Additional *schema            `json:"additionalProperties"` // nil for none
	Defs       map[string]*schema `json:"$defs"`

	pattern *regexp.Regexp
}

// UnmarshalJSON reads a schema; false is no schema, and makes its pointer nil in resolve.
func (s *schema) UnmarshalJSON(data []byte) error {
	if string(data) == "false" {
		return nil
	}
	type plain schema
	return json.Unmarshal(data, (*plain)(s))
}

// whole is the schema of a file.
var whole = sync.OnceValue(func() *schema {
	var s schema
	if err := json.Unmarshal(schemaText, &s); err != nil {
		panic(err) // part of the program, and read by a test
	}
	return s.resolve(s.Defs)
})

// resolve replaces each reference by what it refers to, and compiles the patterns.
func (s *schema) resolve(defs map[string]*schema) *schema {
	if s == nil || s.Ref == "" && s.Type == "" && s.Enum == nil {
		return nil
	}
	if name, refers := strings.CutPrefix(s.Ref, "#/$defs/"); refers {
		return defs[name].resolve(defs)
	}
	own := *s
	own.pattern = regexp.MustCompile(s.Pattern)
	own.Items, own.Additional = s.Items.resolve(defs), s.Additional.resolve(defs)
	own.Properties = map[string]*schema{}
	for name, p := range s.Properties {
		own.Properties[name] = p.resolve(defs)
	}
	return &own
}

// kindNames are the names of JSON's types in mistakes.
var kindNames = map[string]string{
	"object": "an object", "array": "a list", "string": "text", "integer": "a whole number",
}

// want says what a value must be.
func (s *schema) want() string {
	switch {
	case s.Title != "":
		return s.Title
	case s.Enum != nil:
		return "one of " + strings.Join(s.Enum, ", ")
	}
	return kindNames[s.Type]
}

// acceptsText reports whether a text fits the schema.
func (s *schema) acceptsText(text string) bool {
	if s.Enum != nil {
		return slices.Contains(s.Enum, text)
	}
	return s.Type == "string" && len(text) >= s.MinLength && s.pattern.MatchString(text)
}

// acceptsNumber reports whether a whole number fits the schema.
func (s *schema) acceptsNumber(n int) bool {
	return s.Type == "integer" && n >= s.Minimum && n <= s.Maximum
}

// member is the schema of a member of an object, nil if it cannot have that member.
func (s *schema) member(name string) *schema {
	if p := s.Properties[name]; p != nil {
		return p
	}
	return s.Additional
}

// join is the path of a member.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return fmt.Sprintf("%s.%s", path, name)
}
