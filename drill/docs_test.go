package drill_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/drill"
)

var update = flag.Bool("update", false, "write the tables of docs/drills.md again")

// The page has all drills and all rules, in the words of this package.
func TestDocumentedDrills(t *testing.T) {
	const page = "../docs/drills.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var drills, rules strings.Builder
	for _, d := range drill.All() {
		fmt.Fprintf(&drills, "\n### %s: %s\n\n%s\n\n* What to do: %s\n* What fails: %s\n", d.Name, d.Title, d.Happens,
			d.Must, d.Fails)
	}
	rules.WriteString("\n| rule | what it requires | why |\n|---|---|---|\n")
	for _, r := range drill.Rules() {
		fmt.Fprintf(&rules, "| `%s` | %s | %s |\n", r.Name, r.Says, r.Source)
	}
	want := between(t, between(t, string(text), "drills", drills.String()), "rules", rules.String())
	switch {
	case want == string(text):
	case *update:
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("docs/drills.md is not what -update writes")
	}
}

// between replaces what is between two marks of a page.
func between(t *testing.T, page, what, text string) string {
	t.Helper()
	begin, end := "<!-- "+what+": written by go test ./drill -update -->\n", "<!-- end of "+what+" -->\n"
	before, rest, begins := strings.Cut(page, begin)
	_, after, ends := strings.Cut(rest, end)
	if !begins || !ends {
		t.Fatalf("the page does not have the marks of its %s", what)
	}
	return before + begin + text + "\n" + end + after
}
