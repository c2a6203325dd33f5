// Package defect has the ways in which a world can be built wrong on purpose, to prove that a suite of tests finds
// them.
//
// A [Defect] is one deviation from one rule. Either the rule is left out, or the code beside the rule asks [Set.Has]
// and deviates. A world has a defect only if it was chosen for it. A failure that is injected into a correct portal is
// a fault, which package fault has.
package defect

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Defect is a row of the catalogue.
type Defect struct {
	Name    string `json:"name"`
	Rule    string `json:"rule"`    // that it breaks
	LeftOut bool   `json:"leftOut"` // the rule is not enforced; otherwise the world deviates from it
	Says    string `json:"says"`    // what a world with the defect does
	Source  string `json:"source"`  // of the rule: the tag, without @, of the scenarios about it
}

//go:embed defects.csv
var rows string

var catalogue = sync.OnceValue(func() []Defect {
	list, err := read(rows)
	if err != nil {
		panic(err) // part of the program, and read by every test
	}
	return list
})

// Catalogue returns every defect. Those of the portals come first, then those of the API and of invoices.
func Catalogue() []Defect { return slices.Clone(catalogue()) }

const columns = "name,rule,how,source,says"

func read(text string) ([]Defect, error) {
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("defects.csv: %w", err)
	}
	if strings.Join(lines[0], ",") != columns {
		return nil, fmt.Errorf("defects.csv: the first line must be %s", columns)
	}
	list := make([]Defect, 0, len(lines))
	for _, row := range lines[1:] {
		d := Defect{Name: row[0], Rule: row[1], LeftOut: row[2] == "left out", Source: row[3], Says: row[4]}
		if !d.LeftOut && row[2] != "deviates" {
			return nil, fmt.Errorf("defects.csv: %s: %q is neither left out nor deviates", d.Name, row[2])
		}
		if slices.ContainsFunc(list, func(other Defect) bool { return other.Name == d.Name }) {
			return nil, fmt.Errorf("defects.csv: two defects have the name %s", d.Name)
		}
		list = append(list, d)
	}
	return list, nil
}

// UnknownError is the error for a name that no defect has.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string { return fmt.Sprintf("no defect has the name %q", e.Name) }
