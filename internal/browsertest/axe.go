package browsertest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Violation is a rule of accessibility that a page breaks, as axe-core reports it.
type Violation struct {
	Rule    string   // its id, such as label or color-contrast
	Impact  string   // minor, moderate, serious or critical
	Summary string   // what is wrong, with what to do about the first element
	Targets []string // CSS selectors of the elements
}

// String is one line for a test's log.
func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s [%s]", v.Rule, v.Impact, v.Summary, strings.Join(v.Targets, ", "))
}

// axeFile is where scripts/axe.sh puts axe-core, from the module's root.
const axeFile = ".tools/axe/axe.min.js"

// noAxe is the message of a test that is skipped because axe-core was not fetched.
const noAxe = "no " + axeFile + " (./scripts/axe.sh fetches it): skipped"

// Axe returns the violations of WCAG 2.2 A and AA that axe-core finds in the page. If axe-core was not fetched, the
// test is skipped.
func (p *Page) Axe(t testing.TB) []Violation {
	t.Helper()
	script, err := axe()
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip(noAxe)
	}
	if err != nil {
		t.Fatal(err)
	}
	Eval[any](p, "{"+script+"\n}; null")
	const run = `axe.run(document, {
		runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
		resultTypes: ["violations"],
	}).then(results => results.violations.map(v => ({
		Rule: v.id,
		Impact: v.impact || "",
		Summary: v.help + ". " + (v.nodes[0]?.failureSummary || "").replace(/\s+/g, " "),
		Targets: v.nodes.map(n => n.target.flat(9).join(" ")),
	})))`
	return Eval[[]Violation](p, run)
}

// axe returns the text of axe-core, which it reads once. The error wraps fs.ErrNotExist if axe-core was not fetched.
var axe = sync.OnceValues(func() (string, error) {
	mod, err := exec.CommandContext(context.Background(), "go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(string(mod)), axeFile))
	return string(text), err
})
