package dashboard

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

// oftenCount is the field with the figure of often.
const oftenCount = "count"

// kindOf returns the kind that the path names.
func (v *visit) kindOf() (fault.Kind, error) {
	name, kinds := httpd.Var(v.r, "kind"), fault.Kinds()
	at := slices.IndexFunc(kinds, func(k fault.Kind) bool { return k.Name == name })
	if at < 0 {
		return fault.Kind{}, notFound
	}
	return kinds[at], nil
}

// addFaultPage has the form for a fault of a kind. Its fields follow from the kind.
func addFaultPage(v *visit) (layout.Page, error) {
	k, err := v.kindOf()
	if err != nil {
		return layout.Page{}, err
	}
	calls := []layout.Option{{Label: "All"}}
	for _, name := range k.Concerns() {
		calls = append(calls, layout.Option{Value: name, Label: name})
	}
	fields := []layout.Field{
		{Kind: layout.Part, Label: "What happens", Hint: k.Does},
		named("name", "Name", "1 to 40 of a-z, 0-9 and -. A fault of the same name is replaced.", false),
	}
	fields[1].Value = k.Name
	for _, m := range k.Members() {
		optional := !strings.Contains(m.Says, "required")
		f := named("does."+m.Name, m.Name, strings.ToUpper(m.Says[:1])+m.Says[1:]+".", optional)
		if m.Number {
			f.InputMode = "numeric"
		}
		if m.List {
			f.Hint += " With commas between them."
		}
		fields = append(fields, f)
	}
	fields = append(fields,
		layout.Field{Kind: layout.Part, Label: "To which requests", Hint: "What is left empty chooses all."},
		layout.Field{Name: "when.environment", Label: "Portal", Kind: layout.Select, Optional: true,
			Options: options("", "Both", "sandbox", "Sandbox", "production", "Production")},
		layout.Field{Name: "when.call", Label: "Call", Kind: layout.Select, Optional: true, Options: calls},
		named("when.gstin", "GSTIN", "Of the taxpayer", true), named("when.user", "User", "", true),
		named("when.clientId", "Client ID", "", true),
		named("when.header", "Header", "Its name and its value, such as X-Test: 7", true),
		layout.Field{Kind: layout.Part, Label: "How often"},
		layout.Field{Name: "often", Label: "It happens", Kind: layout.Select, Options: options("", "to all of them",
			"next", "to the next …", "every", "to every …th", "from", "to all from the …th on",
			"probability", "to each with the probability …")},
		named(oftenCount, "Figure", "A whole number; a probability is above 0 and at most 1. Empty for all of them", true),
	)
	return layout.Page{
		Title: "Add the fault " + k.Name, Name: "addfault", Data: k,
		Form: v.form("/add/fault/"+k.Name, "add", []layout.Button{{Text: "Add the fault"}}, fields...),
	}, nil
}

// named is a field for a text that is not a word.
func named(name, label, hint string, optional bool) layout.Field {
	return layout.Field{Name: name, Label: label, Hint: hint, Kind: layout.Text, Autocomplete: "off", Code: true,
		Optional: optional}
}

// addFault adds the fault of the form.
func addFault(v *visit, typed url.Values) (string, error) {
	k, err := v.kindOf()
	if err != nil {
		return "", err
	}
	does, when, often := map[string]any{"kind": k.Name}, map[string]any{}, map[string]any{}
	for _, m := range k.Members() {
		text := strings.TrimSpace(typed.Get("does." + m.Name))
		switch {
		case text == "":
		case m.List:
			does[m.Name] = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
		case m.Number:
			does[m.Name] = figure(text)
		default:
			does[m.Name] = text
		}
	}
	for _, name := range []string{"environment", "call", "gstin", "user", "clientId"} {
		if text := strings.TrimSpace(typed.Get("when." + name)); text != "" {
			when[name] = text
		}
	}
	if text := strings.TrimSpace(typed.Get("when.header")); text != "" {
		name, value, _ := strings.Cut(text, ":")
		when["header"] = map[string]string{strings.TrimSpace(name): strings.TrimSpace(value)}
	}
	count := strings.TrimSpace(typed.Get(oftenCount))
	switch how := typed.Get("often"); {
	case how != "" && count == "":
		return "", fieldFail(oftenCount, "must be given for this choice")
	case how == "" && count != "":
		return "", fieldFail(oftenCount, "must be empty, or say how often it happens")
	case how != "":
		often[how] = figure(count)
	}
	members := map[string]jsontext.Value{}
	for name, value := range map[string]any{
		"name": strings.TrimSpace(typed.Get("name")), "when": when, "does": does, "often": often,
	} {
		members[name], _ = json.Marshal(value) // texts, numbers and lists always marshal
	}
	_, err = admin.AddFault(v.ctx, v.world, members)
	return did("/faults", "fault added"), inField(err, func(field string) string {
		if strings.HasPrefix(field, "often") {
			return oftenCount
		}
		return field
	})
}

// figure is a number if the text is one; another text is refused by the rule of the member.
func figure(text string) any {
	var n float64
	if json.Unmarshal([]byte(text), &n) == nil {
		return json.RawMessage(text)
	}
	return text
}
