package dashboard

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// settingField asks for the value of a setting.
func settingField(d settings.Setting, value, first string) layout.Field {
	kind := d.Kind()
	f := layout.Field{Name: d.Name, Label: d.Label, Kind: layout.Text, Value: value, Autocomplete: "off"}
	switch kind {
	case settings.Count:
		f.InputMode = "numeric"
	case settings.Number:
		f.InputMode = "decimal"
	case settings.Day:
		f.Kind = "date"
	case settings.Truth:
		f.Kind, f.Options = layout.Select, yesOrNo()
	case settings.Chosen:
		f.Kind = layout.Select
		for _, c := range d.Choices {
			f.Options = append(f.Options, layout.Option{Value: c.Value, Label: c.Label})
		}
	}
	first = measured(d, first)
	for _, o := range f.Options {
		if o.Value == first {
			first = o.Label
		}
	}
	f.Hint = d.Says + " Default: " + first + "."
	return f
}

// measured writes a value in words, with its unit.
func measured(d settings.Setting, value string) string {
	return strings.TrimSpace(inWords(d.Kind(), value) + " " + d.Unit)
}

// figureHint is the hint of a setting that follows the timeline while it is empty. It has the figures of now.
func figureHint(v *visit, d settings.Setting, first string) string {
	figure := func(env nic.Environment) string {
		if text := v.world.Book(env).ByDate(d.Name); text != "" {
			return measured(d, text)
		}
		return "not checked"
	}
	now, production := figure(nic.Sandbox), figure(nic.Production)
	if now != production {
		now += " in the sandbox, " + production + " in production"
	}
	hint := d.Says + " Empty: the figure of the day, now " + now + "."
	if first != "" {
		hint += " Default: " + measured(d, first) + "."
	}
	return hint
}

// inWords writes a value as a person says it: "1 hour 30 minutes", "1 April 2025". A value that cannot be
// read, and a duration with parts of a second, are returned unchanged.
func inWords(kind *settings.Kind, value string) string {
	switch kind {
	case settings.Span:
		if d, err := time.ParseDuration(value); err == nil && d == 0 {
			return "at once"
		} else if err == nil && d > 0 && d%time.Second == 0 {
			return layout.Lasting(d)
		}
	case settings.Day:
		return dated(value)
	case settings.Switches:
		if value == "{}" {
			return "none"
		}
	}
	return value
}

// dated writes a day as "1 April 2025".
func dated(day string) string {
	at, err := settings.Date(day).Time()
	if err != nil {
		return day
	}
	return at.Format("2 January 2006")
}

func settingsPage(v *visit) (layout.Page, error) {
	now, defaults := v.world.Settings(), v.world.Defaults()
	var fields []layout.Field
	for _, group := range settings.Groups() {
		fields = append(fields, layout.Field{Kind: layout.Part, Label: group.Heading})
		for _, d := range group.Settings {
			field := settingField(d, d.Of(now), d.Of(defaults))
			if d.ByDate() {
				field.Hint = figureHint(v, d, d.Of(defaults))
			}
			fields = append(fields, field)
		}
	}
	return layout.Page{
		Title: "Settings", Name: "settings",
		Form: v.form("/settings", "settings", []layout.Button{{Text: "Save"},
			{Text: "Back to the defaults", Name: "defaults", Quiet: true}}, fields...),
	}, nil
}

func changeSettings(v *visit, typed url.Values) (string, error) {
	save := func(what string, s settings.Settings) (string, error) {
		_, err := admin.SetSettings(v.ctx, v.world, s)
		return did("/settings", what), err
	}
	s := v.world.Defaults()
	if typed.Has("defaults") {
		return save("defaults", s)
	}
	wrong := map[string][]admin.Violation{} // by setting
	for _, d := range settings.All() {
		if !typed.Has(d.Name) {
			continue
		}
		if err := d.Set(&s, strings.TrimSpace(typed.Get(d.Name))); err != nil {
			wrong[d.Name] = []admin.Violation{{Field: d.Name, Code: "value-invalid", Message: "must be " + d.Kind().Want}}
		}
	}
	for _, violation := range admin.CheckSettings(s) {
		name, rule, _ := strings.Cut(violation.Field, ".")
		if rule != "" {
			violation.Message = rule + " " + violation.Message
		}
		// A lower bound that could not be read has its default, not what was typed.
		if lower := strings.TrimSuffix(name, "Max") + "Min"; wrong[lower] == nil {
			wrong[name] = append(wrong[name], violation)
		}
	}
	if len(wrong) > 0 {
		return "", settingsFail(wrong)
	}
	return save("saved", s)
}

// settingsFail refuses settings because of all that are wrong, in the order of the page.
func settingsFail(wrong map[string][]admin.Violation) error {
	fail := httpd.Refuse(http.StatusUnprocessableEntity, "value-invalid", "Nothing was saved", "")
	for _, d := range settings.All() {
		for _, violation := range wrong[d.Name] {
			violation.Message = d.Label + ": " + violation.Message
			fail.Fields = append(fail.Fields, httpd.FieldError(violation))
		}
	}
	fail.Detail = fail.Fields[0].Message
	return fail
}
