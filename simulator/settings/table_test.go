package settings_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/settings"
)

// Each field of Settings has one row in the table, and each row has a field, a kind, words, bounds that can be
// read and a default within them.
func TestEverySettingIsDescribed(t *testing.T) {
	var rows, fields []string
	for _, d := range settings.All() {
		rows = append(rows, d.Name)
		s := settings.Default()
		switch {
		case d.Kind() == nil, d.Label == "", d.Says == "":
			t.Errorf("%s lacks a kind or words", d.Name)
		case d.Of(s) != d.Default:
			t.Errorf("%s: the default %q is written as %q", d.Name, d.Default, d.Of(s))
		case slices.Contains([]*settings.Kind{settings.Span, settings.Count, settings.Number, settings.Day}, d.Kind()):
			for _, bound := range []string{d.Min, d.Max} {
				err := d.Set(&s, bound)
				refused := slices.ContainsFunc(s.Check(), func(v settings.Violation) bool { return v.Setting == d.Name })
				if err != nil || refused && d.NotBelow == "" {
					t.Errorf("%s: its bound %q is refused: %v %v", d.Name, bound, err, s.Check())
				}
			}
		}
	}
	for n := range reflect.TypeFor[settings.Settings]().NumField() {
		fields = append(fields, reflect.TypeFor[settings.Settings]().Field(n).Tag.Get("json"))
	}
	slices.Sort(rows)
	slices.Sort(fields)
	if diff := cmp.Diff(fields, rows); diff != "" {
		t.Error(diff)
	}
}

// A text that is not a value is refused and changes nothing.
func TestSet(t *testing.T) {
	for _, d := range settings.All() {
		s := settings.Default()
		wrong := "null"
		if d.Kind() == settings.Span {
			wrong = "10 minutes"
		}
		if err := d.Set(&s, wrong); err == nil || !strings.Contains(err.Error(), d.Name+" must be "+d.Kind().Want) {
			t.Errorf("%s: %v", d.Name, err)
		}
		if !cmp.Equal(s, settings.Default()) {
			t.Errorf("%s changed to %s", d.Name, d.Of(s))
		}
	}
}

// docs/settings.md is written from the table; -update writes it.
func TestDocumentation(t *testing.T) {
	const file = "../../docs/settings.md"
	var b strings.Builder
	b.WriteString("# Settings of a world\n\nThis page is written from `simulator/settings` by " +
		"`go test ./simulator/settings -update`.\n\n`PUT /control/v1/settings` replaces all settings: a setting that is " +
		"left out gets its default. `PATCH` changes\nthose that it names, and of `rules` the rules that it names. " +
		"An unknown rule is refused with the names of all rules.\nDurations are text such as `\"10m\"`. Bounds are included. " +
		"An OTP is a one-time password, a GSTIN a taxpayer's identification\nnumber. HSN is the Harmonised System of " +
		"Nomenclature, whose codes name goods.\n\nA setting that is `null` has the figure that NIC enforced on the day of the " +
		"call, in the environment of the call: see\n[Rules by date](rules-by-date.md). A value replaces it in both " +
		"environments, on every day.\n")
	for _, g := range settings.Groups() {
		fmt.Fprintf(&b, "\n## %s\n\n| setting | default | values | on the dashboard | note |\n"+
			"|---|---|---|---|---|\n", g.Heading)
		for _, d := range g.Settings {
			bounds := d.Kind().Want
			if d.Min != "" {
				bounds = strings.TrimSpace(d.Min + " to " + d.Max + " " + d.Unit)
			}
			if d.Choices != nil {
				var values []string
				for _, c := range d.Choices {
					values = append(values, "`"+c.Value+"` ("+c.Label+")")
				}
				bounds = strings.Join(values, ", ")
			}
			if d.Kind() == settings.Rulebook {
				bounds = "`clock`, or " + bounds
			}
			if d.NotBelow != "" {
				bounds += ", not below `" + d.NotBelow + "`"
			}
			first := "`" + d.Default + "`"
			if d.ByDate() {
				first, bounds = "`null`: by date", "`null`, or "+bounds
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", d.Name, first, bounds, d.Label, d.Says)
		}
	}
	golden.Compare(t, file, b.String())
}
