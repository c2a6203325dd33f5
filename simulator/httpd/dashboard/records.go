package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/world"
)

// record is a kind of record that forms add and change. The members are those of the control API.
type record[Change, Shown any] struct {
	noun    string   // "provider"
	add     string   // path of the form that adds one
	one     string   // path of the form that changes one
	vars    []string // variables of that path, which name the record; they are the first members
	members []member
	make    func(context.Context, *world.World, Change) (Shown, error)
	read    func(context.Context, *world.World, string) (Shown, error) // by the variables, joined by slashes
	change  func(context.Context, *world.World, string, Change) (Shown, error)
	next    func(Shown) string // the page after a form
}

// member is a field of a record. Its name is that of the JSON's member, with a dot before a member inside it.
type member struct {
	layout.Field
	of    form
	first string // of a Select: the option of a new record that leaves the value to the simulator; empty for none
}

// form is the JSON of a member. The zero value is a text.
type form int

const (
	asText form = iota
	asTruth
	asNumber
	asList
	asSecret // a text that is not shown: a change without it keeps it
)

// routes registers the forms of a kind of record. The page of one is the page that changes it, unless show is given.
func (k record[Change, Shown]) routes(form func(path string, show show, do submit), show show) {
	form(k.add, k.addPage, k.added)
	if show == nil {
		show = k.changePage
	}
	form(k.one, show, k.changed)
}

func (k record[Change, Shown]) addPage(v *visit) (layout.Page, error) {
	fields := make([]layout.Field, len(k.members))
	for i, m := range k.members {
		fields[i] = m.Field
		if m.first != "" {
			fields[i].Options = append([]layout.Option{{Label: m.first}}, m.Options...)
			fields[i].Value = ""
		}
		if given := v.r.URL.Query().Get(m.Name); given != "" && m.of != asSecret {
			fields[i].Value = given
		}
	}
	title := "Add " + article(k.noun)
	return layout.Page{
		Title: title, Name: "record", Form: v.form(k.add, "add", []layout.Button{{Text: title}}, fields...),
	}, nil
}

func article(noun string) string {
	if strings.ContainsAny(noun[:1], "aeioA") {
		return "an " + noun
	}
	return "a " + noun
}

func (k record[Change, Shown]) changePage(v *visit) (layout.Page, error) {
	form, err := k.changeForm(v)
	title := strings.ToUpper(k.noun[:1]) + k.noun[1:] + " " + httpd.Var(v.r, k.vars[len(k.vars)-1])
	return layout.Page{Title: title, Name: "record", Form: form}, err
}

// changeForm is the form that changes the record which the path names, filled in with what the record has.
func (k record[Change, Shown]) changeForm(v *visit) (*layout.Form, error) {
	shown, err := k.read(v.ctx, v.world, k.id(v))
	if err != nil {
		return nil, err
	}
	has, err := membersOf(shown)
	if err != nil {
		return nil, err
	}
	var fields []layout.Field
	for _, m := range k.members[len(k.vars):] {
		f := m.Field
		if m.of == asSecret {
			f.Optional, f.Hint = true, "Empty: it stays as it is"
		} else {
			f.Value = has[m.Name]
		}
		now := layout.Option{Value: f.Value, Label: f.Value}
		offered := func(o layout.Option) bool { return o.Value == f.Value }
		if f.Kind == layout.Select && !slices.ContainsFunc(f.Options, offered) {
			f.Options = append([]layout.Option{now}, f.Options...)
		}
		fields = append(fields, f)
	}
	return v.form(k.path(v), "change", []layout.Button{{Text: "Save"}}, fields...), nil
}

// id names the record of the path, as the operations of admin want it.
func (k record[Change, Shown]) id(v *visit) string {
	var id []string
	for _, name := range k.vars {
		id = append(id, httpd.Var(v.r, name))
	}
	return strings.Join(id, "/")
}

// path is the path of the form that changes the record of the path.
func (k record[Change, Shown]) path(v *visit) string {
	path := k.one
	for _, name := range k.vars {
		path = strings.Replace(path, "{"+name+"}", url.PathEscape(httpd.Var(v.r, name)), 1)
	}
	return path
}

func (k record[Change, Shown]) added(v *visit, typed url.Values) (string, error) {
	given, err := jsonOf[Change](k.members, typed, true)
	if err != nil {
		return "", err
	}
	shown, err := k.make(v.ctx, v.world, given)
	return did(k.next(shown), k.noun+" added"), err
}

func (k record[Change, Shown]) changed(v *visit, typed url.Values) (string, error) {
	given, err := jsonOf[Change](k.members[len(k.vars):], typed, false)
	if err != nil {
		return "", err
	}
	shown, err := k.change(v.ctx, v.world, k.id(v), given)
	return did(k.next(shown), k.noun+" saved"), err
}

// jsonOf makes a change of what was typed. Of a new record, what is empty is left out and gets its default.
func jsonOf[Change any](members []member, typed url.Values, adding bool) (change Change, err error) {
	document := map[string]any{}
	var wrong []admin.Violation
	for _, m := range members {
		text := typed.Get(m.Name)
		if !typed.Has(m.Name) || strings.TrimSpace(text) == "" && (adding || m.of == asSecret || m.of == asNumber) {
			continue
		}
		value, rule := m.json(text)
		if rule != "" {
			wrong = append(wrong, admin.Violation{Field: m.Name, Code: "value-invalid", Message: rule})
			continue
		}
		in, name := document, m.Name
		if outer, inner, nested := strings.Cut(m.Name, "."); nested {
			if _, there := document[outer]; !there {
				document[outer] = map[string]any{}
			}
			in, name = document[outer].(map[string]any), inner
		}
		in[name] = value
	}
	if len(wrong) > 0 {
		return change, admin.Refuse(wrong...)
	}
	encoded, err := json.Marshal(document)
	if err == nil {
		err = json.Unmarshal(encoded, &change)
	}
	return change, err
}

// json returns the value of a member whose text was typed, or the rule that the text breaks.
func (m member) json(text string) (value any, rule string) {
	switch m.of {
	case asTruth:
		if text != "true" && text != "false" {
			return nil, "Must be true or false"
		}
		return text == "true", ""
	case asNumber:
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			return nil, "Must be a number"
		}
		return n, ""
	case asList:
		return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }), ""
	}
	return text, ""
}

// membersOf returns the members of a record as a form shows them.
func membersOf(record any) (map[string]string, error) {
	encoded, err := json.Marshal(record)
	if err != nil {
		return nil, err
	}
	var document map[string]any
	if err := json.Unmarshal(encoded, &document); err != nil {
		return nil, err
	}
	shown := map[string]string{}
	for name, value := range document {
		switch value := value.(type) {
		case map[string]any:
			for inner, value := range value {
				shown[name+"."+inner] = fmt.Sprint(value)
			}
		case []any:
			words := make([]string, len(value))
			for i := range value {
				words[i] = fmt.Sprint(value[i])
			}
			shown[name] = strings.Join(words, ", ")
		case float64:
			shown[name] = strconv.FormatFloat(value, 'f', -1, 64)
		default:
			shown[name] = fmt.Sprint(value)
		}
	}
	return shown, nil
}

// secrets are the fields of forms that are not shown again after a refusal.
var secrets = []string{"password", textField}

// withoutSecrets returns what was typed, as it may be shown again.
func withoutSecrets(typed url.Values) url.Values {
	kept := url.Values{}
	for name, values := range typed {
		if !slices.Contains(secrets, name) {
			kept[name] = values
		}
	}
	return kept
}

// recordRoutes registers the forms of all kinds of record.
func recordRoutes(form func(path string, show show, do submit)) {
	providerForm.routes(form, nil)
	organisationForm.routes(form, nil)
	taxpayerForm().routes(form, taxpayer)
	portalUserForm.routes(form, nil)
	apiUserForm.routes(form, nil)
	irps := otherIRPForm()
	form(irps.add, irps.addPage, irps.added)
}
