package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// view is a Page on its way into a template.
type view struct {
	*Page
	Face  *Face
	Base  string // before each link
	World string // empty for the default world

	Section string // path of the entry at the top of every page that the page belongs to; empty for none
	Inbox   string // address of the dashboard
}

// At is the id of the field, of the page's forms, for a member of the JSON, or empty.
func (v view) At(member string) string {
	for _, form := range append([]*Form{v.Form}, v.More...) {
		if id := form.At(member); id != "" {
			return id
		}
	}
	return ""
}

// Focused tells whether a field has the cursor; else it begins at what was refused.
func (v view) Focused() bool {
	for _, form := range append([]*Form{v.Form}, v.More...) {
		if form != nil && slices.ContainsFunc(form.Fields, func(f Field) bool { return f.Focus }) {
			return true
		}
	}
	return false
}

// policy lets a page show what this listener serves, send forms to it, and run its script, and nothing else.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// buffers are what pages are written into: most of what a page would leave to be collected.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// longestKept is the largest buffer that is used again, in bytes.
const longestKept = 64 << 10

// Render makes the answer that shows a page, by the template of that name.
func (t *Templates) Render(call *httpd.Call, name string, p Page) (httpd.Reply, error) {
	read, ok := t.pages[name]
	if !ok {
		return httpd.Reply{}, fmt.Errorf("there is no page %q", name)
	}
	page, err := read()
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("reading page %s: %w", name, err)
	}
	out := buffers.Get().(*bytes.Buffer)
	out.Reset()
	if err := t.write(out, page, name, call, p); err != nil {
		return httpd.Reply{}, fmt.Errorf("page %s: %w", name, err)
	}
	reply := httpd.Reply{
		Raw: out.Bytes(), RawType: httpd.HTMLType, Page: p.Title, Header: t.headers,
		Release: func() {
			if out.Cap() <= longestKept { // one large page must not keep its memory for all others
				buffers.Put(out)
			}
		},
	}
	if p.Status {
		reply.Refusal = p.Problem
	}
	return reply, nil
}

// frame is what the top of a page depends on, but for what goes into holes.
type frame struct {
	page, title, state, here, section, inbox string
	deadEnds                                 bool // in the menu

	refused, named, signedIn bool
}

// place is where the rest of a page was shown: a template, at an address without its world.
type place struct{ page, address string }

// rest is a page under its top as it was written last in a place, and what it shows.
type rest struct {
	page  *Page // with holes
	inbox string
	named bool // in a world with a name
	*stencil
}

// What is kept of a face to be filled in again.
const (
	kept        = 500      // tops, and as many rests
	longestRest = 32 << 10 // bytes; a longer one is not kept
)

// write writes a page in two parts, the top and the rest. Html/template writes what differs from all
// that is kept; of what it wrote before, only the holes are filled in.
func (t *Templates) write(out *bytes.Buffer, page *template.Template, name string, call *httpd.Call, p Page) error {
	where := place{name, strings.TrimPrefix(call.Asked, call.Prefix)}
	world := strings.TrimPrefix(call.Prefix, "/w/")
	fill := filling{world: world, user: p.User, tokens: p.tokens()}
	if p.Form != nil {
		fill.captcha = p.Form.Captcha
	}
	if !fill.plain() {
		return page.ExecuteTemplate(out, "layout", t.view(call.Prefix, where.address, p))
	}
	anywhere := call.Prefix
	if world != "" {
		anywhere = "/w/" + worldHole
	}
	hollow := t.view(anywhere, where.address, p.withHoles())
	stenciled := func(template string) (*stencil, error) {
		var text bytes.Buffer
		err := page.ExecuteTemplate(&text, template, hollow)
		return cut(text.String()), err
	}

	key := frame{
		page: name, title: p.Title, state: p.State, here: here(p.Menu), section: hollow.Section, inbox: hollow.Inbox,
		deadEnds: p.DeadEnds(),
		refused:  p.Problem != nil, named: world != "", signedIn: p.User != "",
	}
	top, ok := t.tops.get(key)
	if !ok {
		var err error
		if top, err = stenciled("top"); err != nil {
			return err
		}
		t.tops.put(key, top)
	}

	shown := rest{page: hollow.Page, inbox: hollow.Inbox, named: world != ""}
	last, ok := t.rests.get(where)
	if !ok || !last.shows(shown) {
		var err error
		if shown.stencil, err = stenciled("rest"); err != nil {
			return err
		}
		if last = shown; last.size+len(where.address) <= longestRest {
			t.rests.put(where, last)
		}
	}

	out.Grow(top.size + last.size)
	fill.tokens = top.write(out, fill)
	last.write(out, fill)
	return nil
}

// shows tells whether a rest would be written as another.
func (r rest) shows(other rest) bool {
	return r.inbox == other.inbox && r.named == other.named && same(r.page, other.page)
}

func (t *Templates) inbox(prefix string) string {
	if t.face.ToInbox == nil {
		return ""
	}
	return t.face.ToInbox(prefix)
}

// view makes a page's addresses those of a world.
func (t *Templates) view(prefix, address string, p Page) view {
	inbox := t.inbox(prefix)
	for _, form := range append([]*Form{p.Form, p.Logout}, p.More...) {
		if form != nil {
			form.Base, form.Inbox = prefix, inbox
		}
	}
	return view{
		Page: &p, Face: t.face, Base: prefix, World: strings.TrimPrefix(prefix, "/w/"), Inbox: inbox,
		Section: t.section(address),
	}
}

// section is the entry at the top of every page that an address belongs to: it is that entry's, or
// below it.
func (t *Templates) section(address string) string {
	for _, s := range t.face.Sections {
		if address == s.Path || s.Path != "/" && strings.HasPrefix(address, s.Path+"/") {
			return s.Path
		}
	}
	return ""
}

// here is the entry of the menu that is shown.
func here(menu []Link) string {
	for _, l := range menu {
		if l.Here {
			return l.Text
		}
	}
	return ""
}

// tokens are those of the page's forms, in the order in which they are written.
func (p Page) tokens() []string {
	list := make([]string, 0, 2+len(p.More))
	for _, form := range append([]*Form{p.Logout, p.Form}, p.More...) {
		if form != nil {
			list = append(list, form.Token)
		}
	}
	return list
}

// withHoles is the page with holes where it differs from one time to the next.
func (p Page) withHoles() Page {
	if p.User != "" {
		p.User = userHole
	}
	hollow := func(form *Form) *Form {
		if form == nil {
			return nil
		}
		copied := *form
		if copied.Token = tokenHole; form.Captcha != "" {
			copied.Captcha = captchaHole
		}
		return &copied
	}
	p.Logout, p.Form = hollow(p.Logout), hollow(p.Form)
	more := make([]*Form, len(p.More))
	for i, form := range p.More {
		more[i] = hollow(form)
	}
	p.More = more
	return p
}
