package fault_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/situation"
)

//go:embed testdata/faults.md
var beginning string

//go:embed testdata/complaints.md
var complaints string

// docs/faults.md is written from the situations and the kinds; -update writes it.
func TestDocumentation(t *testing.T) {
	const file = "../../docs/faults.md"
	var b strings.Builder
	b.WriteString(beginning)
	writeSituations(t, &b)
	b.WriteString(complaints)
	var api, portal []string
	for _, c := range fault.Calls() {
		name := "`" + c.Name + "`"
		if c.Only != "" {
			name += " (" + string(c.Only) + ")"
		}
		if c.API {
			api = append(api, name)
		} else {
			portal = append(portal, name)
		}
	}
	fmt.Fprintf(&b, "\n## Calls\n\nOf the API: %s.\n\nOf the portals: %s.\n", strings.Join(api, ", "),
		strings.Join(portal, ", "))
	headings := map[fault.Part]string{fault.Wire: "The wire", fault.API: "The API", fault.Portal: "The portals",
		fault.OfGateway: "The gateways of GSPs"}
	var part fault.Part
	for _, k := range fault.Kinds() {
		if k.Of != part {
			part = k.Of
			fmt.Fprintf(&b, "\n## %s\n", headings[part])
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\nTeaches: %s\n", k.Name, k.Does, k.Teaches)
		if k.Calls != nil {
			fmt.Fprintf(&b, "\nCalls: `%s`.\n", strings.Join(k.Calls, "`, `"))
		}
		if members := k.Members(); len(members) > 0 {
			b.WriteString("\n| member | meaning |\n|---|---|\n")
			for _, m := range members {
				fmt.Fprintf(&b, "| `%s` | %s |\n", m.Name, m.Says)
			}
		}
		fmt.Fprintf(&b, "\n```sh\ncurl -s localhost:7000/control/v1/faults -H 'Content-Type: application/json' -d '%s'\n```\n",
			k.Example)
	}
	golden.Compare(t, file, b.String())
}

// writeSituations describes each situation, with the commands that make it.
func writeSituations(t *testing.T, b *strings.Builder) {
	t.Helper()
	for _, s := range situation.All() {
		fmt.Fprintf(b, "\n### %s\n\n**%s.** %s\n\nTeaches: %s\n", s.Name, s.Title, s.Happens, s.Teaches)
		var figures []string
		for name, value := range s.Settings {
			figures = append(figures, fmt.Sprintf("`%s` is `%s`", name, strings.Trim(string(value), `"`)))
		}
		slices.Sort(figures)
		if figures != nil {
			fmt.Fprintf(b, "\nSettings: %s.\n", strings.Join(figures, ", "))
		}
		if s.Faults != nil {
			b.WriteString("\n| fault | does | when | often |\n|---|---|---|---|\n")
		}
		for _, document := range s.Faults {
			var f struct {
				Name              string
				Does, When, Often json.RawMessage
			}
			if err := json.Unmarshal(document, &f); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(b, "| `%s.%s` | %s | %s | %s |\n", s.Name, f.Name, quoted(f.Does), quoted(f.When), quoted(f.Often))
		}
		fmt.Fprintf(b, "\n```sh\ncurl -s -X PUT localhost:7000/control/v1/situation -H 'Content-Type: application/json' "+
			"-d '{\"name\":%q}'\n```\n", s.Name)
	}
}

// quoted writes JSON as code; nothing stays nothing.
func quoted(document json.RawMessage) string {
	if document == nil {
		return ""
	}
	var b bytes.Buffer
	_ = json.Compact(&b, document) // it was read from JSON
	return "`" + b.String() + "`"
}
