package admin_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// The tables at the end of docs/rules-by-date.md are written from editions.csv; -update writes them.
func TestDocumentation(t *testing.T) {
	const file, heading = "../../docs/rules-by-date.md", "## The rules with dates\n"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(string(page), heading)
	if !found {
		t.Fatalf("%s has no heading %q", file, heading)
	}
	golden.Compare(t, file, before+heading+tables())
}

func tables() string {
	var dated, undated strings.Builder
	for _, r := range slices.Concat(admin.Rules(), rulebook.NotSimulated()) {
		editions := rulebook.Editions(r.Name)
		if len(editions) == 1 && editions[0].Source == "" {
			fmt.Fprintf(&undated, "\n* `%s`", r.Name)
			if r.Code != "" {
				fmt.Fprintf(&undated, " (%s)", r.Code)
			}
			continue
		}
		fmt.Fprintf(&dated, "\n### %s\n\n%s", r.Name, r.Says)
		if r.Code != "" {
			fmt.Fprintf(&dated, " Code %s.", r.Code)
		}
		dated.WriteString("\n\n| environment | from | until | announced | status | date that counts | figures | note " +
			"| source |\n|---|---|---|---|---|---|---|---|---|\n")
		for _, e := range editions {
			var figures []string
			for _, f := range e.Figures {
				figures = append(figures, "`"+f.Name+"` "+f.Value)
			}
			status := string(e.Status)
			if e.Status == rulebook.Uncertain {
				status += map[bool]string{true: ", taken as in force", false: ", taken as not in force"}[e.Enforced()]
			}
			fmt.Fprintf(&dated, "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", cmp.Or(string(e.Environment), "both"),
				e.From, e.Until, e.Announced, status, e.Counts, strings.Join(figures, ", "), e.Reason, e.Source)
		}
	}
	return dated.String() + "\n## The rules without a published day\n\nThese rules are in force on every day, in both " +
		"environments.\n" + undated.String() + "\n"
}
