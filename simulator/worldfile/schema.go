package worldfile

import (
	_ "embed" // the schema
	"encoding/json"
	"sync"

	"github.com/nicsim/nicsim/internal/document"
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
	members["state"] = stateSchema()
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

// schemas are those of a whole file and of one entry of its worlds.
var schemas = sync.OnceValue(func() (both struct{ file, world *document.Schema }) {
	both.file = document.MustSchema(Schema(), "")
	both.world = document.MustSchema(Schema(), "world")
	return both
})
