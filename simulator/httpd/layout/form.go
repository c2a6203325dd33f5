package layout

import (
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// Form is a form of a page. Its fields have the names of the JSON's members.
type Form struct {
	Base    string   // prefix of the world; Render sets it
	Inbox   string   // address of the dashboard; empty for none; Render sets it
	Action  string   // path within the world
	Token   string   // see package forms
	Class   string   // CSS class
	Fields  []Field  // may be shared: the methods change a copy
	Captcha string   // id of the captcha that the field of kind Captcha shows
	Buttons []Button // Enter presses the first
	Long    bool     // the fields may hold more than [httpd.MaxBody] bytes
}

// Kind is how a field is filled in.
type Kind string

// The kinds of field.
const (
	Text     Kind = "text"
	Tel      Kind = "tel"
	Email    Kind = "email"
	Password Kind = "password"
	Area     Kind = "textarea"
	Radio    Kind = "radio"
	Select   Kind = "select"
	Captcha  Kind = "captcha"
	Hidden   Kind = "hidden"
	File     Kind = "file"
	Part     Kind = "part"   // not a field: the label is a heading above the fields that follow
	Press    Kind = "button" // not a field: the buttons of a part
)

// Field is a field of a form.
type Field struct {
	Name   string // name in the form
	Member string // name of the JSON's member, if it differs
	Label  string
	Kind   Kind
	Hint   string
	Value  string

	Options  []Option // of Radio and Select
	Rows     int      // of Area; 0 is 6
	Buttons  []Button // of Press
	Optional bool
	Class    string // CSS class
	Only     Only   // condition under which the field is used; the zero value is always

	Autocomplete string
	InputMode    string
	Code         bool // no automatic capitals and no spelling check

	Error string // why the value was refused
	Focus bool   // the cursor starts in this field
}

// Only limits a field to forms in which another field has a value: the field belongs to one of several choices.
type Only struct{ Field, Value string }

// Option is a choice of a Radio or Select field.
type Option struct{ Value, Label string }

// Button sends a form.
type Button struct {
	Text     string
	Name     string // sent as Name=1 when it is pressed; empty for the main button
	Disabled bool
	Quiet    bool // styled as less important
	Danger   bool // its effect cannot be undone
}

// ShownField is a field together with the captcha of its form.
type ShownField struct {
	Field
	CaptchaID string
	Picture   string // address of the captcha
	InWords   string // address of the captcha's characters as text; empty for none
}

// Shown returns the fields for the template.
func (f *Form) Shown() []ShownField {
	shown := make([]ShownField, len(f.Fields))
	for i, field := range f.Fields {
		shown[i] = ShownField{Field: field}
		if field.Kind == Captcha {
			shown[i].CaptchaID, shown[i].Picture = f.Captcha, f.Base+"/portal/v1/captchas/"+f.Captcha+".png"
			if f.Inbox != "" {
				shown[i].InWords = f.Inbox + "inbox#captchas"
			}
		}
	}
	return shown
}

// Multipart reports whether the form is sent as multipart/form-data: if it has a file, or long texts, which
// URL encoding could make three times as long.
func (f *Form) Multipart() bool {
	return f.Long || slices.ContainsFunc(f.Fields, func(field Field) bool { return field.Kind == File })
}

// Fill sets the fields to what was typed before, except for captchas and files.
func (f *Form) Fill(typed url.Values) {
	f.Fields = slices.Clone(f.Fields)
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Kind != Captcha && field.Kind != File && typed.Has(field.Name) {
			field.Value = typed.Get(field.Name)
		}
	}
}

// Refuse sets the errors of the refused fields, and puts the cursor into the first of them.
func (f *Form) Refuse(p *httpd.Problem) {
	f.Fields = slices.Clone(f.Fields)
	focused := false
	for i := range f.Fields {
		field := &f.Fields[i]
		field.Focus = false
		at := slices.IndexFunc(p.Errors, func(e httpd.FieldError) bool { return f.answers(*field, e.Field) })
		if at < 0 {
			continue
		}
		field.Error = p.Errors[at].Message
		field.Focus, focused = !focused, true
	}
}

// answers reports whether a field provides a member of the JSON, or a member inside it. A captcha field provides
// all members of captcha.
func (f *Form) answers(field Field, member string) bool {
	if field.Kind == Hidden || !f.counts(field.Only) {
		return false
	}
	return field.Name == member || field.Member == member || strings.HasPrefix(member, field.Name+".") ||
		field.Kind == Captcha && strings.HasPrefix(member, "captcha.")
}

// FocusOn puts the cursor into the first field of a kind, if there is one.
func (f *Form) FocusOn(kind Kind) {
	at := slices.IndexFunc(f.Fields, func(field Field) bool { return field.Kind == kind })
	if at < 0 {
		return
	}
	f.Fields = slices.Clone(f.Fields)
	for i := range f.Fields {
		f.Fields[i].Focus = i == at
	}
}

func (f *Form) counts(when Only) bool {
	return when == Only{} || slices.ContainsFunc(f.Fields, func(field Field) bool {
		return field.Name == when.Field && field.Value == when.Value
	})
}

// At returns the id of the field that provides a member of the JSON, for the link of a refusal; empty for none.
func (f *Form) At(member string) string {
	if f == nil {
		return ""
	}
	for _, field := range f.Fields {
		if f.answers(field, member) {
			return field.ID()
		}
	}
	return ""
}

// ID returns the id of the field's element; of a radio group, that of the first choice.
func (f Field) ID() string {
	if f.Kind == Radio && len(f.Options) > 0 {
		return f.Name + "-" + f.Options[0].Value
	}
	return f.Name
}

// DescribedBy returns the ids of the hint and the error, for screen readers.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.Name+"-error")
	}
	return strings.Join(ids, " ")
}
