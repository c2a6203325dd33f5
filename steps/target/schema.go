package target

import (
	_ "embed" // the schema
	"slices"
	"sync"

	"github.com/nicsim/nicsim/internal/document"
)

//go:embed schema.json
var schemaText []byte

// Schema returns the JSON Schema of a target file.
func Schema() []byte { return slices.Clone(schemaText) }

// schema is the schema of a file.
var schema = sync.OnceValue(func() *document.Schema { return document.MustSchema(schemaText, "") })
