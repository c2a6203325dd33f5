package layout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// view is a Page as a template gets it.
type view struct {
	*Page
	Face    *Face
	Base    string // prefix of the world, before each link
	World   string // empty for the default world
	Section string // path of the entry of Face.Sections that the page belongs to; empty for none
	Inbox   string // address of the dashboard; empty for none
	Defects string // names of those of the world; empty for none
}

// forms returns the forms of the page's own part.
func (v view) forms() []*Form { return append([]*Form{v.Form}, v.More...) }

// At returns the id of the field for a member of the JSON, or empty if no form has such a field.
func (v view) At(member string) string {
	for _, form := range v.forms() {
		if id := form.At(member); id != "" {
			return id
		}
	}
	return ""
}

// Focused reports whether a field has the cursor.
func (v view) Focused() bool {
	return slices.ContainsFunc(v.forms(), func(form *Form) bool {
		return form != nil && slices.ContainsFunc(form.Fields, func(f Field) bool { return f.Focus })
	})
}

// policy lets a page load from its own listener, send forms to it and run its script, and nothing else.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers are those of every page.
var headers = http.Header{"Content-Security-Policy": {policy}, "Referrer-Policy": {"same-origin"}}

// Render makes the answer that shows a page, by the template of that name.
func (t *Templates) Render(call *httpd.Call, name string, p Page) (httpd.Reply, error) {
	parsed, ok := t.pages[name]
	if !ok {
		return httpd.Reply{}, fmt.Errorf("page %q has no template", name)
	}
	page, err := parsed()
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("parsing page %s: %w", name, err)
	}
	var out bytes.Buffer
	if err := page.ExecuteTemplate(&out, "layout", t.view(call, &p)); err != nil {
		return httpd.Reply{}, fmt.Errorf("rendering page %s: %w", name, err)
	}
	reply := httpd.Reply{Raw: out.Bytes(), RawType: httpd.HTMLType, Page: p.Title, Header: headers}
	if p.Status {
		reply.Refusal = p.Problem
	}
	return reply, nil
}

// view adds to a page what depends on its world.
func (t *Templates) view(call *httpd.Call, p *Page) view {
	v := view{
		Page: p, Face: t.face, Base: call.Prefix, World: strings.TrimPrefix(call.WorldPath(), "/w/"),
		Section: t.section(strings.TrimPrefix(call.Asked, call.Prefix)),
	}
	if call.World != nil {
		v.Defects = strings.Join(call.World.Defects().Names(), ", ")
	}
	if t.face.ToInbox != nil {
		v.Inbox = t.face.ToInbox(call.WorldPath())
	}
	for _, form := range append(v.forms(), p.Logout) {
		if form != nil {
			form.Base, form.Inbox = v.Base, v.Inbox
		}
	}
	return v
}

// section returns the path of the entry of Face.Sections that a path is at or below; empty for none.
func (t *Templates) section(path string) string {
	for _, s := range t.face.Sections {
		if path == s.Path || s.Path != "/" && strings.HasPrefix(path, s.Path+"/") {
			return s.Path
		}
	}
	return ""
}

// PrettyJSON indents JSON. It returns a text unchanged that is not JSON, or that would grow by more than eight
// times: a few KB that are nested deeply would become a hundred MB.
func PrettyJSON(text []byte) string {
	var out bytes.Buffer
	if blanks(text) > 8*len(text)+4<<10 || json.Indent(&out, text, "", "  ") != nil {
		return string(text)
	}
	return out.String()
}

// blanks estimates how many characters indenting would add: a line break, and two blanks for each level.
func blanks(text []byte) int {
	level, sum, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			level++
			sum += 1 + 2*level
		case c == '}' || c == ']':
			level--
			sum += 1 + 2*level
		case c == ',':
			sum += 1 + 2*level
		}
	}
	return sum
}
