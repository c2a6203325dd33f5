package house

import (
	"go/ast"
	"regexp"
	"strings"
)

// Tests returns the names of all tests and fuzz tests of a tree.
func Tests(t Tree) map[string]bool {
	names := map[string]bool{}
	for _, f := range t.Files {
		for _, d := range f.Syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && f.Test && fn.Recv == nil &&
				(strings.HasPrefix(fn.Name.Name, "Test") || strings.HasPrefix(fn.Name.Name, "Fuzz")) {
				names[fn.Name.Name] = true
			}
		}
	}
	return names
}

var quoted = regexp.MustCompile("`([^`]+)`")

// Threats checks the tables of docs/security.md, whose last column has the tests of a threat: each row names one, and
// each of them exists.
func Threats(page string, tests map[string]bool) []Finding {
	const path = "docs/security.md"
	var found []Finding
	rows, number := 0, 0
	for line := range strings.Lines(page) {
		number++
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|-") || strings.HasPrefix(line, "| threat") {
			continue
		}
		rows++
		named := quoted.FindAllStringSubmatch(cells[len(cells)-1], -1)
		if len(named) == 0 {
			found = append(found, Finding{path, number, "names no test of the threat"})
		}
		for _, name := range named {
			if !tests[name[1]] {
				found = append(found, Finding{path, number, "names " + name[1] + ", which is not a test of this module"})
			}
		}
	}
	if rows == 0 {
		found = append(found, Finding{path, 0, "has no table of threats"})
	}
	return found
}
