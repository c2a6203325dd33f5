package fault_test

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/fault"
)

//go:embed testdata/faults.md
var beginning string

// docs/faults.md is written from the kinds; -update writes it.
func TestDocumentation(t *testing.T) {
	const file = "../../docs/faults.md"
	var b strings.Builder
	b.WriteString(beginning)
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
	headings := map[fault.Part]string{fault.Wire: "The wire", fault.API: "The API", fault.Portal: "The portals"}
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
