package house

import (
	"fmt"
	"slices"
	"strings"
)

// Requirements compares the modules that go.mod requires directly with the table of them in
// CONTRIBUTING.md, whose head is | module | what for |. Each module must have a row with its purpose, and each
// row must be for a required module.
func Requirements(direct []string, page string) []Finding {
	const path = "CONTRIBUTING.md"
	rows, ok := table(page)
	if !ok {
		return []Finding{{path, 0, "has no table | module | what for | of the modules that go.mod requires"}}
	}
	var found []Finding
	for _, module := range direct {
		if what, listed := rows[module]; !listed || what == "" {
			found = append(found, Finding{path, 0, "does not say what " + module + " is for, though go.mod requires it"})
		}
	}
	for module := range rows {
		if !slices.Contains(direct, module) {
			found = append(found, Finding{path, 0, fmt.Sprintf("explains %s, which go.mod does not require directly", module)})
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return strings.Compare(a.Message, b.Message) })
	return found
}

// table reads the table. It returns the purpose of each module. A module may be in backticks or the text of a link.
func table(markdown string) (map[string]string, bool) {
	var rows map[string]string
	for line := range strings.Lines(markdown) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		isRow := strings.HasPrefix(strings.TrimSpace(line), "|") && len(cells) >= 2
		if !isRow {
			if rows != nil {
				break
			}
			continue
		}
		module, what := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1])
		switch {
		case rows == nil && strings.EqualFold(module, "module") && strings.EqualFold(what, "what for"):
			rows = map[string]string{}
		case rows == nil || strings.Trim(module, ":-") == "":
		default:
			rows[plain(module)] = what
		}
	}
	return rows, rows != nil
}

// plain returns x for `x` and for [x](url).
func plain(cell string) string {
	if text, _, isLink := strings.Cut(strings.TrimPrefix(cell, "["), "]("); isLink {
		cell = text
	}
	return strings.Trim(cell, "`")
}
