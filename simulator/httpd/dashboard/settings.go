package dashboard

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/settings"
)

// settingValues are the members of the settings' JSON, by name.
type settingValues map[string]json.RawMessage

func valuesOf(s settings.Settings) (settingValues, error) {
	document, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var values settingValues
	return values, json.Unmarshal(document, &values)
}

// shown is a setting's value as a form has it.
func (v settingValues) shown(name string) string { return strings.Trim(string(v[name]), `"`) }

// put sets the setting to what was typed, and nothing beside it: a text, or one value of JSON. A
// null would leave it as it was.
func (w settingWords) put(all *settings.Settings, typed string) (ok bool) {
	var value any = json.RawMessage(typed)
	if w.kind.text {
		value = typed
	}
	document, err := json.Marshal(map[string]any{w.name: value}) // an error if it is not one value
	return err == nil && (w.kind.text || typed != "null") && json.Unmarshal(document, all) == nil
}

// field asks for a setting.
func (w settingWords) field(value, first string) layout.Field {
	f := layout.Field{
		Name: w.name, Label: w.label, Kind: w.kind.control, Value: value, Autocomplete: "off", InputMode: w.kind.mode,
		Options: w.words,
		Hint:    w.about + " Default: " + w.kind.words(first) + ".",
	}
	if w.kind == truth {
		f.Options = yesOrNo(w.name, w.label, false).Options
	}
	for _, o := range f.Options {
		if o.Value == first {
			f.Hint = w.about + " Default: " + o.Label + "."
		}
	}
	return f
}

func settingsPage(v *visit) (layout.Page, error) {
	now, err := valuesOf(v.world.Settings())
	if err != nil {
		return layout.Page{}, err
	}
	defaults, err := valuesOf(v.world.Defaults())
	if err != nil {
		return layout.Page{}, err
	}
	var fields []layout.Field
	for _, group := range settingGroups {
		fields = append(fields, layout.Field{Kind: layout.Part, Label: group.heading})
		for _, w := range group.list {
			fields = append(fields, w.field(now.shown(w.name), defaults.shown(w.name)))
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
	for _, group := range settingGroups {
		for _, w := range group.list {
			if !typed.Has(w.name) {
				continue
			}
			before := s
			if w.kind == switches {
				s.Rules = nil
			}
			if !w.put(&s, strings.TrimSpace(typed.Get(w.name))) {
				s = before
				wrong[w.name] = []admin.Violation{{Field: w.name, Code: "value-invalid", Message: "must be " + w.kind.rule}}
			}
		}
	}
	for _, violation := range admin.CheckSettings(s) {
		name, rule, _ := strings.Cut(violation.Field, ".")
		if rule != "" {
			violation.Message = rule + " " + violation.Message
		}
		// The other of a pair was held against its default, which nobody typed.
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
	fail := &httpd.Fail{Status: http.StatusUnprocessableEntity, Code: "value-invalid", Title: "Nothing was saved"}
	for _, group := range settingGroups {
		for _, w := range group.list {
			for _, violation := range wrong[w.name] {
				violation.Message = w.label + ": " + violation.Message
				fail.Fields = append(fail.Fields, httpd.FieldError(violation))
			}
		}
	}
	fail.Detail = fail.Fields[0].Message
	return fail
}
