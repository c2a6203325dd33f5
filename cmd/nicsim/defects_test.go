package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/steps"
)

//go:embed testdata/defects.md
var defectsBeginning string

// TestEveryDefectIsFound checks that the suite finds each defect by a scenario at the level must that is about the
// broken rule, and that each scenario at the level must finds a defect. It writes docs/defects.md.
// The race detector would find nothing in it that it does not find in TestConformance.
func TestEveryDefectIsFound(t *testing.T) {
	p := program{out: io.Discard, err: t.Output()}
	m, err := p.proveDefects(t.Context(), steps.Options{Seed: seeded.Number()}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range m.Sound.Of(steps.Fail, steps.Error) {
		t.Fatalf("without a defect, %s fails: %s", o.Scenario.Key(), o.Reason)
	}
	var b strings.Builder
	b.WriteString(defectsBeginning)
	b.WriteString("\n## The defects\n\n| defect | rule | what the world does | source of the rule | found by |\n" +
		"|---|---|---|---|---|\n")
	before := finders(t)
	for _, d := range m.Defects {
		var found []string // the scenarios that prove the defect
		for _, s := range d.KilledBy {
			if d.isAbout(s) {
				found = append(found, s.Key())
			}
		}
		if len(found) == 0 {
			t.Errorf("%s: none of the %d scenarios that fail is at the level must and about %s", d.Name, len(d.KilledBy),
				d.Source)
			continue
		}
		by := found[0]
		if slices.Contains(found, before[d.Name]) {
			by = before[d.Name]
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s | %s |\n", d.Name, d.Rule, d.Says, d.Source, by)
	}
	golden.Compare(t, defectsPage, b.String())
	for _, s := range m.idle() {
		t.Errorf("%s is at the level must and finds no defect: %s", s.Key(), s.Name)
	}
}

const defectsPage = "../../docs/defects.md"

// finders returns the scenario that docs/defects.md names for each defect. Which of several finds a defect first may
// change with each new scenario; the page keeps one as long as it finds the defect.
func finders(t *testing.T) map[string]string {
	t.Helper()
	page, err := os.ReadFile(defectsPage)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]string{}
	for line := range strings.Lines(string(page)) {
		if cells := strings.Split(strings.TrimSpace(line), " | "); len(cells) == 5 {
			by[strings.Trim(cells[0], "| `")] = strings.TrimSuffix(cells[4], " |")
		}
	}
	return by
}
