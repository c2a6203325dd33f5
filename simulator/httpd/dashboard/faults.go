package dashboard

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/situation"
)

// faultsView is the data of the page Faults.
type faultsView struct {
	Now         situation.Situation
	Faults      []faultRow
	Situations  []situation.Situation
	Kinds       []fault.Kind
	Choose      *layout.Form
	Paste, Keep *layout.Form // Keep is nil without faults
}

// faultRow is a fault with its JSON in short.
type faultRow struct {
	fault.Live
	When, Does, Often string
}

// rowOf describes a fault.
func rowOf(l fault.Live) (faultRow, error) {
	text, err := json.Marshal(l)
	var parts struct{ When, Does, Often json.RawMessage }
	if err == nil {
		err = json.Unmarshal(text, &parts)
	}
	row := faultRow{l, inShort(parts.When), inShort(parts.Does), inShort(parts.Often)}
	if row.When == "" {
		row.When = "all"
	}
	if row.Often == "" {
		row.Often = "always"
	}
	return row, err
}

// inShort writes a JSON object without its quotation marks, braces and brackets: "call: generate, header: X-Test: 7".
func inShort(object json.RawMessage) string {
	text := strings.NewReplacer(`"`, "", "{", "", "}", "", "[", "", "]", "", ":", ": ", ",", ", ").Replace(string(object))
	return strings.TrimPrefix(text, "kind: ")
}

// failing is the link to what fails in the world. It is nil if nothing does.
func (v *visit) failing() *layout.Link {
	name, list := v.world.Situation(), v.world.Faults.List()
	if name == situation.Calm && len(list) == 0 {
		return nil
	}
	return &layout.Link{Text: "Situation " + name + ", " + count.Of(len(list), "fault"), Path: "/faults"}
}

func faultsPage(v *visit) (layout.Page, error) {
	view := faultsView{Situations: situation.All(), Kinds: fault.Kinds()}
	var err error
	if view.Now, err = situation.Named(v.world.Situation()); err != nil {
		return layout.Page{}, err
	}
	list, err := admin.Faults(v.ctx, v.world)
	if err != nil {
		return layout.Page{}, err
	}
	for _, l := range list {
		row, err := rowOf(l)
		if err != nil {
			return layout.Page{}, err
		}
		view.Faults = append(view.Faults, row)
	}
	choice := layout.Field{Name: "name", Label: "Situation", Kind: layout.Select, Value: view.Now.Name,
		Hint: "It takes the place of the one that the world is in."}
	for _, s := range view.Situations {
		choice.Options = append(choice.Options, layout.Option{Value: s.Name, Label: s.Name + ": " + s.Title})
	}
	view.Choose = v.form("/faults", "situation", []layout.Button{{Text: "Put in force"}}, choice)
	view.Paste = v.form("/faults", "paste", []layout.Button{{Text: "Add it"}}, layout.Field{
		Name: "rule", Label: "A fault as JSON", Kind: layout.Area, Rows: 4,
		Hint: `As POST /control/v1/faults takes it, such as {"name":"slow","does":{"kind":"latency","delay":"700ms"}}`,
	})
	more := []*layout.Form{view.Choose, view.Paste}
	if view.Faults != nil {
		view.Keep = v.form("/faults", "clear", []layout.Button{{Text: "Remove all", Danger: true}})
		more = append(more, view.Keep)
	}
	return layout.Page{Title: "Faults", Name: "faults", Data: view, More: more}, nil
}

// changeFaults handles the forms of the page.
func changeFaults(v *visit, typed url.Values) (string, error) {
	switch typed.Get(formName) {
	case "situation":
		_, err := admin.SetSituation(v.ctx, v.world, admin.SituationChange{Name: typed.Get("name")})
		return did("/faults", "situation"), err
	case "clear":
		return did("/faults", "faults removed"), admin.ClearFaults(v.ctx, v.world)
	}
	var members map[string]jsontext.Value
	if err := json.Unmarshal([]byte(typed.Get("rule")), &members); err != nil || members == nil {
		return "", fieldFail("rule", "must be an object of JSON")
	}
	_, err := admin.AddFault(v.ctx, v.world, members)
	return did("/faults", "fault added"), inField(err, func(string) string { return "rule" })
}

// inField changes the fields of a refusal to those of a form. A field that is not of that name is named in the message.
func inField(err error, of func(field string) string) error {
	refused, ok := errors.AsType[*admin.Refusal](err)
	if !ok || len(refused.Violations) == 0 {
		return err
	}
	violations := slices.Clone(refused.Violations)
	for i, v := range violations {
		if to := of(v.Field); to != v.Field {
			violations[i].Field, violations[i].Message = to, v.Field+" "+v.Message
		}
	}
	return admin.Refuse(violations...)
}

// faultPage shows one fault, with a button that removes it.
func faultPage(v *visit) (layout.Page, error) {
	name := httpd.Var(v.r, "name")
	l, err := admin.ReadFault(v.ctx, v.world, name)
	if err != nil {
		return layout.Page{}, err
	}
	text, err := json.Marshal(l)
	if err != nil {
		return layout.Page{}, err
	}
	var shown bytes.Buffer
	_ = json.Indent(&shown, text, "", "  ") // it was written by Marshal
	return layout.Page{
		Title: "Fault " + name, Name: "fault",
		Data: struct {
			Kind fault.Kind
			JSON string
		}{l.Rule.Does.Kind(), shown.String()},
		Form: v.form("/faults/"+url.PathEscape(name), "remove", []layout.Button{{Text: "Remove it", Danger: true}}),
	}, nil
}

func removeFault(v *visit, _ url.Values) (string, error) {
	return did("/faults", "fault removed"), admin.RemoveFault(v.ctx, v.world, httpd.Var(v.r, "name"))
}
