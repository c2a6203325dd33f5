package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/steps"
)

// Row counts the scenarios of a section or a call.
type Row struct {
	Name   string // of the folder, or of the call
	Title  string
	Passed int
	Failed int // and errors
	Other  int // skipped, disabled or failed as expected
}

func (r *Row) count(v steps.Verdict) {
	switch v {
	case steps.Pass:
		r.Passed++
	case steps.Fail, steps.Error:
		r.Failed++
	default:
		r.Other++
	}
}

// sections are the folders of the features with their titles, the guide's sections first.
var sections = []struct{ name, title string }{
	{"section1", "Section 1: the NIC trial portal"}, {"section2", "Section 2: the production portal"},
	{"behaviours", "Behaviours"}, {"refusals", "Refusals"}, {"api", "The e-Invoice API"}, {"faults", "Faults"},
	{"gsp", "GSPs and their gateways"},
}

func folderOf(o steps.Outcome) string {
	name, _, _ := strings.Cut(o.Scenario.File, "/")
	return name
}

// Sections counts the scenarios by the sections of the guide and by the other folders of the features. Scenarios that
// the tags do not select are left out.
func Sections(r steps.Result) (rows []Row) {
	for _, s := range sections {
		rows = append(rows, Row{Name: s.name, Title: s.title})
	}
	for _, o := range r.Outcomes {
		if o.Cause == steps.NotSelected {
			continue
		}
		name := folderOf(o)
		i := slices.IndexFunc(rows, func(row Row) bool { return row.Name == name })
		if i < 0 {
			i = len(rows)
			rows = append(rows, Row{Name: name, Title: name})
		}
		rows[i].count(o.Verdict)
	}
	return slices.DeleteFunc(rows, func(row Row) bool { return row.Passed+row.Failed+row.Other == 0 })
}

// Calls counts the scenarios by the calls that they made, in the order of the paths. A scenario that did not pass
// counts for the last call before its failure alone.
func Calls(r steps.Result) []Row {
	rows := map[string]*Row{}
	row := func(name string) *Row {
		if rows[name] == nil {
			rows[name] = &Row{Name: name, Title: name}
		}
		return rows[name]
	}
	for _, o := range r.Performed() {
		switch {
		case o.Verdict == steps.Pass:
			for _, name := range o.Calls {
				row(name).count(o.Verdict)
			}
		case len(o.Calls) > 0:
			name := o.Calls[len(o.Calls)-1]
			if e := o.Failure().Exchange; e != nil {
				name = e.Call()
			}
			row(name).count(o.Verdict)
		}
	}
	var all []Row
	for _, name := range slices.SortedFunc(maps.Keys(rows), byPath) {
		all = append(all, *rows[name])
	}
	return all
}

// byPath compares two calls by their paths, then by their methods.
func byPath(a, b string) int {
	methodA, pathA, _ := strings.Cut(a, " ")
	methodB, pathB, _ := strings.Cut(b, " ")
	return cmp.Or(strings.Compare(pathA, pathB), strings.Compare(methodA, methodB))
}
