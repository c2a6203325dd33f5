package worldfile

import (
	"bytes"
	_ "embed" // the schema
	"encoding/json"
	"slices"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nicsim/nicsim/simulator/settings"
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

// schemaDocument is the schema as jsonschema takes it.
func schemaDocument() any {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(ownSchema))
	if err != nil {
		panic(err) // part of the program, and read by a test
	}
	world := document.(map[string]any)["$defs"].(map[string]any)["world"].(map[string]any)
	figures := world["properties"].(map[string]any)["settings"].(map[string]any)
	figures["properties"], figures["additionalProperties"] = settingSchemas(), false
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

// schemas are what documents are checked against.
type schemas struct{ file, world *jsonschema.Schema }

// compiled are the schemas of a whole file and of one entry of its worlds.
var compiled = sync.OnceValue(func() schemas {
	const at = "world-file.schema.json"
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(at, schemaDocument()); err != nil {
		panic(err) // part of the program, and read by a test
	}
	return schemas{c.MustCompile(at), c.MustCompile(at + "#/$defs/world")}
})

// resolve follows references.
func resolve(s *jsonschema.Schema) *jsonschema.Schema {
	for s != nil && s.Ref != nil {
		s = s.Ref
	}
	return s
}

// member returns the schema of a member of an object, or nil.
func member(s *jsonschema.Schema, name string) *jsonschema.Schema {
	if s = resolve(s); s == nil {
		return nil
	}
	if found, ok := s.Properties[name]; ok {
		return found
	}
	others, _ := s.AdditionalProperties.(*jsonschema.Schema)
	return others
}

// item returns the schema of the items of a list, or nil.
func item(s *jsonschema.Schema) *jsonschema.Schema {
	if s = resolve(s); s == nil {
		return nil
	}
	return s.Items2020
}

// takes reports whether a schema names a type.
func takes(s *jsonschema.Schema, kind string) bool {
	s = resolve(s)
	if s == nil || s.Types == nil {
		return false
	}
	return slices.Contains(s.Types.ToStrings(), kind)
}
