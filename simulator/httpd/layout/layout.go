// Package layout renders web pages of the simulator. It has what all pages share: the layout with the bar that names
// the simulator, the style sheet, forms, and security headers. A package with pages has a template file for each
// page, with the block "main".
package layout

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"math"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
)

//go:embed *.html *.css *.svg *.js
var files embed.FS

// Face describes the pages of one listener.
type Face struct {
	Name     string                    // sandbox, production or control; it selects the colours
	Site     string                    // the name at the top of every page
	About    string                    // the line under it
	Script   string                    // path below /assets of an additional script; empty for none
	ToInbox  func(world string) string // returns the address of the dashboard, or empty; nil for none
	Sections []Link                    // links at the top of every page
}

// Link is a link to another page of the same world.
type Link struct {
	Text string
	Path string // empty for a page that NIC has and the simulator does not
	Here bool   // it leads to the page that is shown
}

// Page is a page to be rendered.
type Page struct {
	Title   string         // the heading
	Name    string         // data-page
	State   string         // data-state; empty outside a flow
	Menu    []Link         // at the left; nil for none
	User    string         // name of the user that is logged in; empty for none
	Start   string         // path of the user's first page
	Logout  *Form          // nil without a user
	Done    string         // what the form that led here did; empty for nothing
	Problem *httpd.Problem // why something was refused; nil for none
	Status  bool           // the answer has the status of the problem
	Next    *Link          // where to go on after a refusal
	Failing *Link          // to what fails in the world, shown above every page; nil for nothing
	Form    *Form          // the page's own form
	More    []*Form        // other forms
	Data    any            // what the page's own template shows
}

// DeadEnds reports whether an entry of the menu is not a link.
func (p Page) DeadEnds() bool {
	return slices.ContainsFunc(p.Menu, func(l Link) bool { return l.Path == "" })
}

// Templates are the pages of one face.
type Templates struct {
	face  *Face
	pages map[string]func() (*template.Template, error) // each is parsed once, at its first use
}

// base has the templates of the layout and of forms, parsed once.
var base = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(functions).ParseFS(files, "*.html"))
})

var functions = template.FuncMap{
	"prose":   prose,
	"pair":    func(name string, value any) pair { return pair{name, value} },
	"seconds": seconds,
	"lasting": Lasting,
	"time":    func(t time.Time) string { return t.In(nic.IST).Format("2 January 2006, 15:04:05 IST") },
	"short":   func(t time.Time) string { return t.In(nic.IST).Format("2 Jan 2006, 15:04") },
	"rfc":     func(t time.Time) string { return t.In(nic.IST).Format(time.RFC3339) },
}

// prose returns a text as HTML. What is between backticks, as in Markdown, is code.
func prose(text string) template.HTML {
	var shown strings.Builder
	for i, part := range strings.Split(text, "`") {
		part = template.HTMLEscapeString(part)
		if i%2 == 1 {
			part = "<code>" + part + "</code>"
		}
		shown.WriteString(part)
	}
	return template.HTML(shown.String()) //nolint:gosec // each part is escaped
}

// seconds rounds up, so that waiting for so long is always enough.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// Lasting returns a duration in words, in whole seconds: "14 minutes 30 seconds".
func Lasting(d time.Duration) string {
	left, parts := seconds(d), []string(nil)
	for _, unit := range []struct {
		name string
		long int // seconds
	}{{"day", 24 * 3600}, {"hour", 3600}, {"minute", 60}, {"second", 1}} {
		n := left / unit.long
		left %= unit.long
		if n > 1 {
			unit.name += "s"
		}
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+unit.name)
		}
	}
	return strings.Join(parts, " ")
}

// pair is the argument of a template that needs two values.
type pair struct {
	Name  string
	Value any
}

// Parse prepares the templates of a face. Every *.html file in the root of fsys is a page; the files in more are
// parsed with each page. The templates may call the functions in own and those of package layout.
func Parse(face *Face, fsys fs.FS, own template.FuncMap, more ...string) (*Templates, error) {
	names, err := fs.Glob(fsys, "*.html")
	if err != nil {
		return nil, fmt.Errorf("listing pages: %w", err)
	}
	t := &Templates{face: face, pages: make(map[string]func() (*template.Template, error), len(names))}
	for _, name := range names {
		t.pages[strings.TrimSuffix(name, ".html")] = sync.OnceValues(func() (*template.Template, error) {
			page, err := base().Clone()
			if err != nil {
				return nil, err
			}
			return page.Funcs(own).ParseFS(fsys, append([]string{name}, more...)...)
		})
	}
	return t, nil
}

// ErrorPage shows a problem by the template "problem", with a link to go on if there is one.
func (t *Templates) ErrorPage(call *httpd.Call, p *httpd.Problem, next *Link) httpd.Reply {
	reply, err := t.Render(call, "problem", Page{Title: p.Title, Name: "problem", Problem: p, Status: true, Next: next})
	if err != nil { // a template is broken: answer without one
		return httpd.Reply{Raw: []byte(p.Title), RawType: "text/plain; charset=utf-8"}
	}
	return reply
}

// Assets registers the files that pages load: the style sheet, the icon, the script, and those of the face.
func Assets(router *mux.Router, more map[string][]byte) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
		".js": "text/javascript; charset=utf-8"}
	serve := func(name string, content []byte) {
		httpd.HandleWorldless(router, http.MethodGet, "/assets/"+name, func(*http.Request, *httpd.Call) (httpd.Reply, error) {
			return httpd.Reply{Raw: content, RawType: types[path.Ext(name)]}, nil
		})
	}
	for _, name := range []string{"style.css", "icon.svg", "once.js"} {
		content, _ := files.ReadFile(name) // embedded above
		serve(name, content)
	}
	for name, content := range more {
		serve(name, content)
	}
}
