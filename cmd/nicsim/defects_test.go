//go:build !race

package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/steps"
)

//go:embed testdata/defects.md
var defectsBeginning string

// TestEveryDefectIsFound checks that the suite finds each defect by a scenario at the level must that is about the
// broken rule, and writes docs/defects.md. Few of the scenarios at the level must may find no defect.
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
	b.WriteString("\n## The defects\n\n| defect | rule | what the world does | source of the rule |\n" +
		"|---|---|---|---|\n")
	for _, d := range m.Defects {
		found := d.byItsRule()
		if !found {
			t.Errorf("%s: none of the %d scenarios that fail is at the level must and about %s", d.Name, len(d.KilledBy),
				d.Source)
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", d.Name, d.Rule, d.Says, d.Source)
	}
	golden.Compare(t, "../../docs/defects.md", b.String())
	idle := m.idle()
	for _, s := range idle {
		t.Logf("%s finds no defect: %s", s.Key(), s.Name)
	}
	if len(idle) > mostIdle {
		t.Errorf("%d scenarios at the level must find no defect, more than %d", len(idle), mostIdle)
	}
}

// mostIdle limits the scenarios at the level must that find no defect. They are about the control API, about worlds and
// about what a page offers; the catalogue has few defects there. How many there are differs a little from run to run,
// as a run does not try each pair of scenario and defect.
const mostIdle = 90
