package openapi_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/settings"
)

// The invoice, the e-way bill and the settings are described in tables already. Their schemas are made from those.
func TestDerivedSchemas(t *testing.T) {
	text := "# The test of this folder writes this file from fields.csv and ewaybill_fields.csv of irp/invoice.\n" +
		"components:\n  schemas:\n" +
		schemaOf(t, "Invoice", "What is registered: INV-01, version 1.1.", "fields.csv") +
		schemaOf(t, "EwbByIrn", "A request for an e-way bill by IRN, version 1.03.", "ewaybill_fields.csv")
	golden.Compare(t, "invoice.yaml", text)
	golden.Compare(t, "settings.yaml", settingsSchema())
}

// node is a member of a document.
type node struct {
	name, label, kind, low, high, enum, pattern string
	required                                    bool
	members                                     []*node
}

// schemaOf writes a table of fields as a schema.
func schemaOf(t *testing.T, name, says, table string) string {
	t.Helper()
	text, err := os.ReadFile("../../irp/invoice/" + table)
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	root := &node{kind: "object", label: says}
	for _, row := range rows[1:] { // path,label,type,min,max,decimals,required,enum,pattern,source
		at := root
		path := strings.Split(row[0], ".")
		for _, step := range path[:len(path)-1] {
			step = strings.TrimSuffix(step, "[]")
			at = at.members[slices.IndexFunc(at.members, func(n *node) bool { return n.name == step })]
		}
		at.members = append(at.members, &node{name: path[len(path)-1], label: row[1], kind: row[2], low: row[3],
			high: row[4], required: row[6] == "yes", enum: row[7], pattern: row[8]})
	}
	return "    " + name + ":" + root.write("      ")
}

// lookahead is what patterns of NIC's have and RE2 has not: a code of zeros alone.
const lookahead = "(?!0+$)"

// write writes what follows the name of a member.
func (n *node) write(indent string) string {
	says := "description: " + quoted(n.label)
	switch n.kind {
	case "object":
		return "\n" + indent + says + "\n" + indent + "type: object\n" + n.object(indent)
	case "array":
		return "\n" + indent + says + "\n" + indent + "type: array\n" + indent + "items:\n" + indent + "  type: object\n" +
			n.object(indent+"  ")
	case "number":
		return fmt.Sprintf(" {type: number, minimum: %s, maximum: %s, %s}\n", n.low, n.high, says)
	}
	if n.enum != "" {
		return " {enum: ['" + strings.ReplaceAll(n.enum, "|", "', '") + "'], " + says + "}\n"
	}
	length := fmt.Sprintf(" {type: string, minLength: %s, maxLength: %s, ", n.low, n.high)
	if n.pattern != "" {
		length += "pattern: " + quoted(strings.Replace(n.pattern, lookahead, "", 1)) + ", "
	}
	return length + says + "}\n"
}

// object writes the members of an object.
func (n *node) object(indent string) string {
	var required []string
	out := ""
	for _, m := range n.members {
		if m.required {
			required = append(required, m.name)
		}
		out += indent + "  " + m.name + ":" + m.write(indent+"    ")
	}
	if required != nil {
		out = indent + "required: [" + strings.Join(required, ", ") + "]\n" + indent + "properties:\n" + out
	} else {
		out = indent + "properties:\n" + out
	}
	return out
}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// shapes are the schemas of the kinds of settings.
var shapes = map[*settings.Kind]string{
	settings.Span: "string", settings.Day: "string", settings.Rulebook: "string", settings.Chosen: "string",
	settings.Count: "integer", settings.Number: "number", settings.Truth: "boolean",
}

func settingsSchema() string {
	out := "# The test of this folder writes this file from the table of simulator/settings.\ncomponents:\n  schemas:\n" +
		"    Settings:\n      description: docs/settings.md describes each.\n      type: object\n" +
		"      additionalProperties: false\n      properties:\n"
	for _, s := range settings.All() {
		kind := shapes[s.Kind()]
		schema := "type: " + kind
		switch {
		case s.Kind() == settings.Switches:
			schema = "type: object, additionalProperties: {type: boolean}"
		case s.Choices != nil:
			list := []string{}
			for _, c := range s.Choices {
				list = append(list, quoted(c.Value))
			}
			schema = "enum: [" + strings.Join(list, ", ") + "]"
		case s.ByDate():
			schema = "type: [" + kind + ", 'null']"
		}
		says := regexp.MustCompile(`\s+`).ReplaceAllString(s.Label, " ")
		out += "        " + s.Name + ": {" + schema + ", description: " + quoted(says+".") + "}\n"
	}
	return out
}
