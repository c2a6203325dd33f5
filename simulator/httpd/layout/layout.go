// Package layout is what all web pages of the simulator have in common: the layout with the bar
// that says what this is, the style sheet, forms, the headers that keep a page to itself. A
// package with pages brings their templates, one file a page, each with the block "main".
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

// Face is one of the listeners as a person sees it.
type Face struct {
	Name     string                    // sandbox, production or control; it chooses the colours
	Site     string                    // the name at the top of every page
	About    string                    // under it
	Script   string                    // path below /assets of a script that the face adds; empty for none
	Home     string                    // where the name leads; empty is "/"
	ToInbox  func(world string) string // address of the dashboard, or empty; nil has none
	Sections []Link                    // at the top of every page
}

// Link is a way to another page of the same world.
type Link struct {
	Text string
	Path string // empty: it is there at NIC, and leads nowhere here
	Here bool   // it is the page that is shown
}

// Page is what the layout needs of a page.
type Page struct {
	Title   string         // the heading
	Name    string         // data-page
	State   string         // data-state; empty outside a flow
	Menu    []Link         // at the left; nil for none
	User    string         // who is signed in; empty for nobody
	Start   string         // where who is signed in begins
	Logout  *Form          // of who is signed in
	Done    string         // what the form that led here did; empty for nothing
	Problem *httpd.Problem // what was refused
	Status  bool           // the problem is that of this request, and gives its status
	Next    *Link          // where a refused person may go on
	Form    *Form          // the page's own form
	More    []*Form        // others
	Data    any            // what the page's own template shows
}

// DeadEnds tells whether an entry of the menu leads nowhere.
func (p Page) DeadEnds() bool {
	return slices.ContainsFunc(p.Menu, func(l Link) bool { return l.Path == "" })
}

// Templates are the pages of one face.
type Templates struct {
	face  *Face
	pages map[string]func() (*template.Template, error) // each is parsed once, at its first use
}

// base holds the layout and the forms, read once.
var base = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(functions).ParseFS(files, "*.html"))
})

var functions = template.FuncMap{
	"pair":    func(name string, value any) pair { return pair{name, value} },
	"seconds": seconds,
	"lasting": Lasting,
	"time":    func(t time.Time) string { return t.In(nic.IST).Format("2 January 2006, 15:04:05 IST") },
	"short":   func(t time.Time) string { return t.In(nic.IST).Format("2 Jan 2006, 15:04") },
	"rfc":     func(t time.Time) string { return t.In(nic.IST).Format(time.RFC3339) },
}

// seconds rounds up: who waits so long has waited enough.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// Lasting says how long something takes as a person does, in whole seconds: "14 minutes 30 seconds".
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

// pair is what a template takes that needs two things.
type pair struct {
	Name  string
	Value any
}

// Parse reads the templates of a face: every *.html in the root of fsys is a page, and what is
// in more is parsed with each. Beside those of package layout they may use functions of their own.
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
	if err != nil { // a broken template: say it without one
		return httpd.Reply{Raw: []byte(p.Title), RawType: "text/plain; charset=utf-8"}
	}
	return reply
}

// Assets registers what pages load: the style sheet, the icon, the script, and what a face adds.
func Assets(router *mux.Router, more map[string][]byte) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
		".js": "text/javascript; charset=utf-8"}
	serve := func(name string, content []byte) {
		httpd.Handle(router, http.MethodGet, "/assets/"+name, func(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
			call.Unrecorded()
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
