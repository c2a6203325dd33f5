package layout

import (
	"bytes"
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
		Page: p, Face: t.face, Base: call.Prefix, World: strings.TrimPrefix(call.Prefix, "/w/"),
		Section: t.section(strings.TrimPrefix(call.Asked, call.Prefix)),
	}
	if t.face.ToInbox != nil {
		v.Inbox = t.face.ToInbox(call.Prefix)
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
