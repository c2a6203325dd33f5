package worldfile

import (
	_ "embed" // the schema
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/situation"
)

//go:embed schema.json
var ownSchema []byte

// Schema returns the JSON Schema of a world file, with the settings of this program.
func Schema() []byte {
	text, err := json.MarshalIndent(schemaDocument(), "", "  ")
	if err != nil {
		panic(err) // it was read from JSON
	}
	return append(text, '\n')
}

func schemaDocument() map[string]any {
	var document map[string]any
	if err := json.Unmarshal(ownSchema, &document); err != nil {
		panic(err) // part of the program, and read by a test
	}
	members := document["$defs"].(map[string]any)["world"].(map[string]any)["properties"].(map[string]any)
	members["settings"].(map[string]any)["properties"] = settingSchemas()
	members["situation"].(map[string]any)["enum"] = situation.Names()
	return document
}

// settingSchemas are the schemas of all settings by name. Bounds and the forms of text are left to the settings.
func settingSchemas() map[string]any {
	all := map[string]any{}
	for _, s := range settings.All() {
		kind := s.Kind()
		schema := map[string]any{"title": kind.Want, "description": s.Label + ". " + s.Says}
		switch kind {
		case settings.Count:
			schema["type"] = "integer"
		case settings.Number:
			schema["type"] = "number"
		case settings.Truth:
			schema["type"] = "boolean"
		case settings.Switches:
			schema["type"], schema["additionalProperties"] = "object", map[string]any{"type": "boolean"}
		case settings.Chosen:
			var choices []any
			for _, c := range s.Choices {
				choices = append(choices, c.Value)
			}
			schema["enum"] = choices
			delete(schema, "title")
		default:
			schema["type"] = "string"
		}
		if s.ByDate() {
			schema["type"], schema["title"] = []any{schema["type"], "null"}, kind.Want+", or null for the figure of the day"
		}
		all[s.Name] = schema
	}
	return all
}

// schema has the keywords of JSON Schema that the schema of a world file uses. Package jsonschema, which knows all of
// them, checks in tests that both agree; it needs as much time and memory at the start of a program as the rest of
// nicsim.
type schema struct {
	Ref         string `json:"$ref"`
	Title       string
	Description string
	Default     any

	Type       kinds
	Enum       []any
	Const      any
	Pattern    pattern
	Format     string // date-time
	MinLength  int
	MaxItems   int
	Minimum    float64
	Maximum    float64
	Items      *schema
	Required   []string
	Properties map[string]*schema
	Additional *schema `json:"additionalProperties"` // nil is none
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
func (s *schema) UnmarshalJSON(data []byte) error {
	if string(data) == "false" {
		return nil
	}
	type plain schema
	return json.Unmarshal(data, (*plain)(s))
}

// schemas are those of a whole file and of one entry of its worlds.
var schemas = sync.OnceValue(func() (both struct{ file, world *schema }) {
	text, err := json.Marshal(schemaDocument())
	if err != nil {
		panic(err) // it was read from JSON
	}
	var definitions struct {
		Defs map[string]*schema `json:"$defs"`
	}
	if err := json.Unmarshal(text, &both.file); err != nil {
		panic(err) // part of the program, and read by a test
	}
	if err := json.Unmarshal(text, &definitions); err != nil {
		panic(err)
	}
	both.world = &schema{Ref: "#/$defs/world"}
	for _, s := range []*schema{both.file, both.world} {
		s.resolve(definitions.Defs)
	}
	return both
})

// resolve replaces every reference by what it refers to.
func (s *schema) resolve(defs map[string]*schema) {
	if name, refers := strings.CutPrefix(s.Ref, "#/$defs/"); refers {
		own := *s
		*s = *defs[name]
		s.Required = append(slices.Clone(s.Required), own.Required...)
		if own.Description != "" {
			s.Description = own.Description
		}
		if own.Default != nil {
			s.Default = own.Default
		}
	}
	if s.Items != nil {
		s.Items.resolve(defs)
	}
	for _, p := range s.Properties {
		p.resolve(defs)
	}
}

// takes reports whether the schema names a type.
func (s *schema) takes(kind string) bool { return slices.Contains(s.Type, kind) }

// kindNames are the names of JSON's types in mistakes.
var kindNames = map[string]string{
	"object": "an object", "array": "a list", "string": "text", "boolean": "true or false",
	"integer": "a whole number", "number": "a number",
}

// want says what a value must be.
func (s *schema) want() string {
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

// accepts reports whether a value other than a list or an object fits the schema.
func (s *schema) accepts(v any) bool {
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

func (s *schema) acceptsNumber(v float64, whole bool) bool {
	return (s.Const == v || s.takes("number") || s.takes("integer") && whole) && !math.IsNaN(v) && !math.IsInf(v, 0) &&
		(s.Maximum == 0 || v >= s.Minimum && v <= s.Maximum)
}
