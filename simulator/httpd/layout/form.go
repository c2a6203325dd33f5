package layout

import (
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// Form is a form of a page. Its fields are named as the JSON's.
type Form struct {
	Base    string   // of the world; Render sets it
	Inbox   string   // address of the dashboard, or empty; Render sets it
	Action  string   // path within the world
	Token   string   // one-time; see package pages
	Class   string   // for the style sheet
	Fields  []Field  // may be shared: they are copied before they are changed
	Captcha string   // id of the one that the field of this kind shows
	Buttons []Button // the first is the one that Enter presses
	Long    bool     // what is typed may be longer than [httpd.MaxBody]
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
	Part     Kind = "part"   // no field: what follows has a heading of its own, the label
	Press    Kind = "button" // no field: the buttons of such a part
)

// Field is one thing that a form asks for.
type Field struct {
	Name   string // of the JSON's member
	Member string // the JSON's member, where it has another name
	Label  string
	Kind   Kind
	Hint   string
	Value  string

	Options  []Option // of Radio and Select
	Rows     int      // of Area; 0 is 6
	Buttons  []Button // of Press
	Optional bool
	Class    string // for the style sheet
	Only     Only   // when it counts; the zero value is always

	Autocomplete string
	InputMode    string
	Code         bool // letters and digits to be copied as they are

	Error string // what is wrong with it, in words
	Focus bool   // the cursor begins here
}

// Only says that a field counts when another has a value: it belongs to one of several choices.
type Only struct{ Field, Value string }

// Option is one choice of a field.
type Option struct{ Value, Label string }

// Button sends a form.
type Button struct {
	Text     string
	Name     string // sent as Name=1 when it is pressed; empty for the form's own purpose
	Disabled bool
	Quiet    bool // looks less important
	Danger   bool // what it does cannot be undone
}

// ShownField is a field with what only its form knows.
type ShownField struct {
	Field
	CaptchaID string
	Picture   string // address of the captcha
	InWords   string // where its characters can be read as text, or empty
}

// Shown are the fields for the template.
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

// Multipart tells whether the form is sent as multipart/form-data: with a file, or with long texts,
// which the usual way would make three times as long.
func (f *Form) Multipart() bool {
	return f.Long || slices.ContainsFunc(f.Fields, func(field Field) bool { return field.Kind == File })
}

// Fill puts what was typed back into the form. A captcha is typed again each time, and a file is chosen again.
func (f *Form) Fill(typed url.Values) {
	f.Fields = slices.Clone(f.Fields)
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Kind != Captcha && field.Kind != File && typed.Has(field.Name) {
			field.Value = typed.Get(field.Name)
		}
	}
}

// Refuse puts the words of a problem beside the refused fields and the cursor into the first.
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

// answers tells whether a member of the JSON, or what is inside it, is filled in by a field. Of a
// captcha only a part is typed.
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

// At is the id of the field that is filled in for a member of the JSON, so that a refusal can
// point to it; empty when the form asks for no such thing.
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

// ID is where the refusal points to: of a radio group the first choice.
func (f Field) ID() string {
	if f.Kind == Radio && len(f.Options) > 0 {
		return f.Name + "-" + f.Options[0].Value
	}
	return f.Name
}

// DescribedBy names the elements that tell more of the field, for a screen reader.
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
