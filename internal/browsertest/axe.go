package browsertest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// noAxe is what there is to say where it was not fetched.
const noAxe = "no " + axeFile + " (./scripts/axe.sh fetches it): skipped"

// Axe looks for what breaks WCAG 2.2 A and AA in the page, as far as a program can. Where axe-core was
// not fetched the test is skipped.
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

// axe is the text of axe-core.
func axe() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(root, axeFile))
	return string(text), err
}

// moduleRoot is the folder with go.mod above the one that tests run in, which is their package's.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod above the working directory")
		}
		dir = up
	}
}
