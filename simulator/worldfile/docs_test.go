package worldfile_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
)

// The page about world files has the members of the schema.
func TestDocumentedMembers(t *testing.T) {
	const page = "../../docs/own-world.md"
	defs := schema(t)["$defs"].(object)
	var b strings.Builder
	table := func(heading string, s any) {
		fmt.Fprintf(&b, "\n### %s\n\n| member | values | default | what it is |\n|---|---|---|---|\n", heading)
		described := s.(object)
		for _, name := range inOrder(described) {
			m := described["properties"].(object)[name].(object)
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", name, values(m, defs), first(described, name, m), m["description"])
		}
	}
	world := defs["world"].(object)
	table("World", world)
	table("clock", world["properties"].(object)["clock"])
	table("providers", defs["provider"])
	table("subscriptions", defs["subscription"])
	table("organisations", defs["organisation"])
	table("directAccess", defs["directAccess"])
	table("taxpayers", defs["taxpayer"])
	table("address of a taxpayer", defs["taxpayer"].(object)["properties"].(object)["address"])
	table("portalUsers", defs["portalUser"])
	table("apiUsers", defs["apiUser"])
	table("invoices", defs["invoice"])
	golden.CompareSection(t, page, "members", b.String())
}

// inOrder returns the members of an object, the needed ones first.
func inOrder(s object) []string {
	rank := func(name string) int {
		needed, _ := s["required"].([]any)
		if slices.Contains(needed, any(name)) {
			return 0
		}
		return 1
	}
	return slices.SortedFunc(maps.Keys(s["properties"].(object)), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
}

// values says what a member may be.
func values(m, defs object) string {
	if name, refers := m["$ref"].(string); refers {
		return values(defs[strings.TrimPrefix(name, "#/$defs/")].(object), defs)
	}
	if title, ok := m["title"].(string); ok {
		return title
	}
	if choices, ok := m["enum"].([]any); ok {
		var all []string
		for _, c := range choices {
			all = append(all, fmt.Sprintf("`%v`", c))
		}
		return strings.Join(all, ", ")
	}
	kinds := map[any]string{"string": "text", "boolean": "true or false", "array": "a list", "object": "an object"}
	return kinds[m["type"]]
}

// first is the default of a member.
func first(of object, name string, m object) string {
	if needed, _ := of["required"].([]any); slices.Contains(needed, any(name)) {
		return "*needed*"
	}
	if m["default"] == nil {
		return ""
	}
	text, _ := json.Marshal(m["default"]) // it came from JSON
	return "`" + strings.Trim(string(text), `"`) + "`"
}
