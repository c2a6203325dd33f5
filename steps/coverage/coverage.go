// Package coverage writes docs/guide-coverage.md and docs/error-coverage.md. The first lists the scenarios
// that prove each step of the guide, show each behaviour and expect each refusal. The second lists those that
// expect each of NIC's error codes, or the reason why none does. The pages say what the features specify; a run
// shows whether a target conforms.
package coverage

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/needs"
)

//go:embed *.tmpl unanswered.csv
var files embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"join": func(all []string) string {
		return strings.Join(slices.DeleteFunc(slices.Clone(all), func(one string) bool { return one == "" }), ", ")
	},
	"escape": escape,
	"cell":   func(message string) string { return strings.ReplaceAll(escape(message), "|", `\|`) },
	"named":  named,
}).ParseFS(files, "*.tmpl"))

// escape keeps <placeholders> from being taken for HTML.
func escape(title string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(title)
}

func write(name string, view any) ([]byte, error) {
	var page bytes.Buffer
	err := templates.ExecuteTemplate(&page, name, view)
	return page.Bytes(), err
}

// outline is a scenario, or all rows of an outline.
type outline struct {
	features.Scenario // the first row
	rows              int
	codes             []string // of the refusals that any row expects
}

// Named returns the id and the number of rows.
func (o outline) Named() string { return counted(o.ID, o.rows) }

// guide is what the template of docs/guide-coverage.md shows.
type guide struct {
	Scenarios  []features.Scenario
	Outlines   []outline
	Free       int // scenarios that need no control API
	Sections   map[string]string
	Steps      []features.GuideStep
	Behaviours []features.Behaviour
	Refusals   []features.Refusal
}

// Page returns docs/guide-coverage.md.
func Page(c features.Catalogue) ([]byte, error) {
	g := guide{
		Scenarios: c.Scenarios, Outlines: byID(c), Sections: features.GuideSections, Steps: features.GuideSteps,
		Behaviours: features.Behaviours, Refusals: features.Refusals,
	}
	needed := steps.Needs(c)
	for _, s := range c.Scenarios {
		if !slices.ContainsFunc(needed[s.ID], needs.Need.IsControl) {
			g.Free++
		}
	}
	return write("guide.md.tmpl", g)
}

func byID(c features.Catalogue) (all []outline) {
	index := map[string]int{}
	for _, s := range c.Scenarios {
		i, known := index[s.ID]
		if !known {
			i = len(all)
			index[s.ID], all = i, append(all, outline{Scenario: s})
		}
		all[i].rows++
		all[i].codes = append(all[i].codes, steps.Refusals(s)...)
		all[i].Tags = slices.Concat(all[i].Tags, s.Tags) // examples may have tags of their own
	}
	return all
}

// Tagged returns the outlines with a tag.
func (g guide) Tagged(tag string) (tagged []outline) {
	for _, o := range g.Outlines {
		if o.Has(tag) {
			tagged = append(tagged, o)
		}
	}
	return tagged
}

// Expecting names the outlines that expect a refusal.
func (g guide) Expecting(code string) (names []string) {
	for _, o := range g.Outlines {
		if slices.Contains(o.codes, code) {
			names = append(names, o.Named())
		}
	}
	return names
}

// named names the scenarios with these ids. An id stands once for each row.
func named(ids []string) string {
	rows := map[string]int{}
	for _, id := range ids {
		rows[id]++
	}
	var names []string
	for _, id := range slices.Compact(slices.Clone(ids)) {
		names = append(names, counted(id, rows[id]))
	}
	return strings.Join(names, ", ")
}

func counted(id string, rows int) string {
	if rows < 2 {
		return id
	}
	return fmt.Sprintf("%s ×%d", id, rows)
}
