package house

import (
	"fmt"
	"slices"
	"strings"
)

// MaxLines is the greatest length of a file. Most files have fewer than 150 lines.
const MaxLines = 350

// Lengths finds files with more than MaxLines lines. It ignores generated files.
func Lengths(t Tree) []Finding {
	var found []Finding
	for _, f := range t.Files {
		if f.Lines > MaxLines && !f.Generated {
			found = append(found, Finding{f.Path, 0,
				fmt.Sprintf("has %d lines, more than %d; it holds more than one idea", f.Lines, MaxLines)})
		}
	}
	return found
}

// Comments finds packages without a package comment, and libraries whose package comment does not start with
// "Package" and the name.
func Comments(t Tree) []Finding {
	first := map[string]File{} // by folder
	said := map[string]bool{}
	var found []Finding
	for _, f := range t.Files {
		if strings.HasSuffix(f.Syntax.Name.Name, "_test") {
			continue
		}
		if _, known := first[f.Dir]; !known {
			first[f.Dir] = f
		}
		if f.Syntax.Doc == nil {
			continue
		}
		said[f.Dir] = true
		name := f.Syntax.Name.Name
		if text := f.Syntax.Doc.Text(); name != "main" && !strings.HasPrefix(text, "Package "+name+" ") {
			found = append(found, Finding{f.Path, f.line(f.Syntax), "the package comment does not start with Package " + name})
		}
	}
	for dir, f := range first {
		if !said[dir] {
			found = append(found, Finding{f.Path, 0, "no file of " + dir + " has a package comment"})
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return strings.Compare(a.Path, b.Path) })
	return found
}
