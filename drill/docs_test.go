package drill_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/internal/golden"
)

// The page has all drills and all rules, in the words of this package.
func TestDocumentedDrills(t *testing.T) {
	const page = "../docs/drills.md"
	var drills, rules strings.Builder
	for _, d := range drill.All() {
		fmt.Fprintf(&drills, "\n### %s: %s\n\n%s\n\n* What to do: %s\n* What fails: %s\n", d.Name, d.Title, d.Happens,
			d.Must, d.Fails)
	}
	rules.WriteString("\n| rule | what it requires | why |\n|---|---|---|\n")
	for _, r := range drill.Rules() {
		fmt.Fprintf(&rules, "| `%s` | %s | %s |\n", r.Name, r.Says, r.Source)
	}
	golden.CompareSection(t, page, "drills", drills.String())
	golden.CompareSection(t, page, "rules", rules.String())
}
