// Package coverage writes docs/guide-coverage.md: which scenarios prove each step of the guide, show
// each behaviour and expect each refusal; and docs/error-coverage.md: which expect each code of NIC's,
// and why none does. It reads the features and nothing of a target, so the pages say what is
// specified; that it holds is for a run to show.
package coverage

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
)

const head = `<!-- Made from the features by "go test ./steps/coverage -update". Do not edit. -->

# What the features cover

Every step of the guide with the scenarios that prove it, then the behaviours, then the refusals by
code. A scenario is named by its id, which is also its tag: ` + "`nicsim conformance --tags @S1-01`" + `.
×3 says that it is an outline with three rows.

`

// Page writes the page.
func Page(c features.Catalogue) []byte {
	var page bytes.Buffer
	page.WriteString(head)
	outlines := byID(c)
	needed := steps.Needs(c)
	needy := 0
	for _, s := range c.Scenarios {
		needy += min(len(needed[s.ID]), 1)
	}
	fmt.Fprintf(&page, "There are %d scenarios, %d with every row of every outline; %d of these work without a "+
		"control API.\n", len(outlines), len(c.Scenarios), len(c.Scenarios)-needy)
	guide(&page, outlines)
	behaviours(&page, outlines)
	refusals(&page, outlines)
	return page.Bytes()
}

// entry is a scenario, or all rows of an outline.
type entry struct {
	features.Scenario // the first row
	rows              int
	codes             []string // of the refusals that any row expects
}

func byID(c features.Catalogue) []entry {
	var all []entry
	index := map[string]int{}
	for _, s := range c.Scenarios {
		i, known := index[s.ID]
		if !known {
			i = len(all)
			index[s.ID] = i
			all = append(all, entry{Scenario: s})
		}
		all[i].rows++
		all[i].codes = append(all[i].codes, steps.Refusals(s)...)
		for _, tag := range s.Tags { // examples may have tags of their own
			if !all[i].Has(tag) {
				all[i].Tags = append(slices.Clone(all[i].Tags), tag)
			}
		}
	}
	return all
}

func guide(page *bytes.Buffer, all []entry) {
	section := ""
	for _, step := range features.GuideSteps {
		if number := step.Number[:1]; number != section {
			section = number
			fmt.Fprintf(page, "\n## Section %s: %s\n", section, features.GuideSections[section])
		}
		fmt.Fprintf(page, "\n### %s %s\n\n", step.Number, step.Label)
		list(page, all, func(e entry) bool { return e.Has(step.Tag()) })
	}
}

func behaviours(page *bytes.Buffer, all []entry) {
	page.WriteString("\n## Behaviours\n")
	for _, b := range features.Behaviours {
		fmt.Fprintf(page, "\n### %d %s\n\n", b.Number, b.Name)
		list(page, all, func(e entry) bool { return e.Has(b.Tag()) })
	}
}

func refusals(page *bytes.Buffer, all []entry) {
	page.WriteString("\n## Refusals\n\n| code | status | NIC | scenarios |\n|---|---|---|---|\n")
	for _, r := range features.Refusals {
		var ids []string
		for _, e := range all {
			if slices.Contains(e.codes, r.Code) {
				ids = append(ids, e.ID+times(e.rows))
			}
		}
		nic := strings.TrimSuffix(strings.Join(r.NIC, ", "), ", ")
		fmt.Fprintf(page, "| `%s` | %d | %s | %s |\n", r.Code, r.Status, nic, strings.Join(ids, ", "))
	}
}

// list writes the scenarios that belong somewhere, or says that there is none.
func list(page *bytes.Buffer, all []entry, belongs func(entry) bool) {
	var found bool
	for _, e := range all {
		if belongs(e) {
			found = true
			fmt.Fprintf(page, "- %s%s [%s](../features/%s) (%s)\n", e.ID, times(e.rows), escape(e.Title), e.File, e.Level())
		}
	}
	if !found {
		page.WriteString("- no scenario yet\n")
	}
}

func times(rows int) string {
	if rows < 2 {
		return ""
	}
	return fmt.Sprintf(" ×%d", rows)
}

// escape keeps <placeholders> from being taken for HTML.
func escape(title string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(title)
}
