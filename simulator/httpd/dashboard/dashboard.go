// Package dashboard serves the web pages of the control listener. They show a world: its inbox, its
// journal with the reason of each refusal, its clock, faults, taxpayers, providers, API users, invoices and
// settings. Each file has one page or a group of them. The pages work without their script, which reloads
// what has changed.
package dashboard

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/forms"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

//go:embed *.html parts/*.html
var templates embed.FS

//go:embed live.js
var script []byte

// Options configure a Dashboard. All fields but Portal and Access are required.
type Options struct {
	Worlds *world.Worlds
	Dice   *dice.Dice
	Cast   fixtures.Fixtures
	// Portal returns the base URL of a portal, or of the GSPs, or "" while it is not known. A nil Portal returns "".
	Portal func(nic.Environment) string
	// Access has the login of a listener with a token; nil without one.
	Access *httpd.Access
}

// Dashboard serves the pages. Use New.
type Dashboard struct {
	Options
	templates *layout.Templates
	desk      *forms.Desk
}

// New returns the dashboard.
func New(o Options) (*Dashboard, error) {
	if o.Portal == nil {
		o.Portal = func(nic.Environment) string { return "" }
	}
	face := &layout.Face{
		Name: "control", Site: "nicsim dashboard", About: "Inbox, journal and settings of the portals", Script: "live.js",
		Sections: []layout.Link{
			{Text: "Overview", Path: "/"}, {Text: "Inbox", Path: "/inbox"}, {Text: "Journal", Path: "/journal"},
			{Text: "Why was I refused?", Path: "/refusals"},
			{Text: "Clock", Path: "/clock"}, {Text: "Faults", Path: "/faults"},
			{Text: "Taxpayers", Path: "/taxpayers"}, {Text: "Providers", Path: "/providers"},
			{Text: "Subscriptions", Path: "/subscriptions"}, {Text: "API users", Path: "/api-users"},
			{Text: "Invoices", Path: "/invoices"}, {Text: "Settings", Path: "/settings"},
			{Text: "Rules", Path: "/rules"}, {Text: "Worlds", Path: "/worlds"},
		},
	}
	if o.Access != nil {
		face.Sections = append(face.Sections, layout.Link{Text: "Log out", Path: httpd.LogoutPath})
	}
	set, err := layout.Parse(face, templates, functions, "parts/*.html")
	return &Dashboard{Options: o, templates: set, desk: forms.NewDesk(o.Dice, "control")}, err
}

// ErrorPage returns the page of a problem.
func (d *Dashboard) ErrorPage(call *httpd.Call, p *httpd.Problem) httpd.Reply {
	if p.Code == httpd.TokenRequired {
		if reply, err := d.loginPage(call, p); err == nil {
			return reply
		}
	}
	return d.templates.ErrorPage(call, p, nil)
}

// Routes registers the pages, the event stream and the assets.
func (d *Dashboard) Routes(router *mux.Router) {
	layout.Assets(router, map[string][]byte{"live.js": script})
	if d.Access != nil {
		d.Access.Routes(router, d.loginPage, d.logoutPage)
	}
	httpd.Handle(router, http.MethodGet, "/events", d.events)
	page := func(path string, do show) {
		httpd.Handle(router, http.MethodGet, path, func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
			return d.visit(r, call).show(do)
		})
	}
	form := func(path string, show show, do submit) {
		page(path, show)
		httpd.Handle(router, http.MethodPost, path, func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
			return d.visit(r, call).submitted(do)
		})
	}
	page("/", overview)
	form("/inbox", messages, clearInbox)
	page("/journal", journalPage)
	httpd.Handle(router, http.MethodGet, "/journal.har", d.har)
	page("/journal/{id}", entry)
	page("/refusals", refusalsPage)
	form("/clock", clockPage, changeClock)
	page("/taxpayers", taxpayers)
	recordRoutes(form)
	page("/providers", providers)
	subscriptionRoutes(page, form)
	page("/api-users", apiUsers)
	page("/invoices", invoices)
	page("/invoices/{environment}/{irn}", invoicePage)
	httpd.Handle(router, http.MethodGet, "/invoices/{environment}/{irn}/qr.png", d.qrPicture)
	form("/faults", faultsPage, changeFaults)
	form("/faults/{name}", faultPage, removeFault)
	form("/add/fault/{kind}", addFaultPage, addFault)
	form("/settings", settingsPage, changeSettings)
	page("/rules", rulesPage)
	page("/worlds", worldsPage)
	form("/worlds/{world}/end", endWorldPage, endWorld)
	form("/reset", resetPage, reset)
	page("/world", worldPage)
	httpd.Handle(router, http.MethodPost, "/world", func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		return d.visit(r, call).uploaded(importWorld, worldfile.MaxBytes)
	})
	httpd.Handle(router, http.MethodGet, "/world.yaml", d.exportWorld)
}

// visit is a request for a page, or a form that was sent.
type visit struct {
	*Dashboard
	r       *http.Request
	call    *httpd.Call
	world   *world.World
	ctx     context.Context
	browser *forms.Browser
	files   map[string]httpd.File // of the form that was sent
}

// show returns the data of a page.
type show func(*visit) (layout.Page, error)

// submit handles a form and returns the path of the next page.
type submit func(*visit, url.Values) (next string, err error)

func (d *Dashboard) visit(r *http.Request, call *httpd.Call) *visit {
	return &visit{Dashboard: d, r: r, call: call, world: call.World, ctx: r.Context(), browser: d.desk.Browser(r, call)}
}

func (v *visit) show(do show) (httpd.Reply, error) {
	p, err := do(v)
	if err != nil {
		return httpd.Reply{}, err
	}
	p.Done, p.Failing = v.done(), v.failing()
	if kept := v.browser.Kept(); kept != nil {
		p.Problem = kept.Problem
		for _, form := range append(p.More, p.Form) {
			if form != nil && form.Class == kept.Typed.Get(formName) {
				form.Fill(kept.Typed)
				form.Refuse(p.Problem)
			}
		}
	}
	reply, err := v.templates.Render(v.call, p.Name, p)
	reply.Cookies = v.browser.Cookies
	return reply, err
}

// submitted handles a form that was sent.
func (v *visit) submitted(do submit) (httpd.Reply, error) {
	typed, err := httpd.Form(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	return v.handle(typed, do)
}

// uploaded handles a form with files and texts of a number of bytes at most.
func (v *visit) uploaded(do submit, most int64) (httpd.Reply, error) {
	typed, files, err := httpd.UploadOf(v.r, v.call, most)
	if err != nil {
		return httpd.Reply{}, err
	}
	v.files = files
	return v.handle(typed, do)
}

func (v *visit) handle(typed url.Values, do submit) (httpd.Reply, error) {
	kept := &forms.Kept{Typed: withoutSecrets(typed)}
	return v.browser.Submit(typed.Get(forms.TokenField), kept, func(ctx context.Context) (string, error) {
		v.ctx = ctx
		return do(v, typed)
	})
}

// formName is the hidden field that tells the forms of a page apart. Its value is the class of the form.
const formName = "which"

// form returns a form of a page.
func (v *visit) form(path, name string, buttons []layout.Button, fields ...layout.Field) *layout.Form {
	fields = append([]layout.Field{{Name: formName, Kind: layout.Hidden, Value: name}}, fields...)
	return &layout.Form{Action: path, Token: v.browser.Token(), Class: name, Fields: fields, Buttons: buttons}
}

// view reads a value from the store of the world.
func view[T any](v *visit, read func(store.Reader) (T, error)) (T, error) {
	var found T
	err := v.world.Store.View(v.ctx, func(r store.Reader) (err error) {
		found, err = read(r)
		return err
	})
	return found, err
}

var notFound = httpd.Refuse(http.StatusNotFound, "not-found", "Not found", "This world has no such record.")

// known turns a missing record into a 404.
func known(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return notFound
	}
	return err
}

// ifAny returns the zero value for a missing record.
func ifAny[T any](record T, err error) (T, error) {
	if store.IsMissing(err) {
		err = nil
	}
	return record, err
}

var functions = template.FuncMap{
	"pretty":       layout.PrettyJSON,
	"segment":      url.PathEscape,
	"crore":        crore,
	"timeofday":    timeOfDay,
	"word":         word,
	"count":        count.Of,
	"shortpath":    shortPath,
	"daily":        daily,
	"dated":        dated,
	"stateWord":    stateWord,
	"taxpayerType": taxpayerType,
	"documentName": documentName,
	"secretNames":  secretNames,
	"environments": func() []nic.Environment { return nic.Environments[:] },
	"listeners":    func() []nic.Environment { return append(nic.Environments[:], nic.GSP) },
	"list":         func(words ...string) []string { return words },
	"choice": func(name, label string, value, options any) choice {
		return choice{name, label, fmt.Sprint(value), "All", options}
	},
	"views": func(value string) choice { return choice{"views", "Page views", value, "Shown", []string{leftOut}} },
	"part": func(base string, data any, filtered bool, query template.URL) part {
		return part{base, data, filtered, query}
	},
}

// part is the argument of a template that has links.
type part struct {
	Base     string
	Data     any
	Filtered bool         // the list may be empty because of a filter
	Query    template.URL // of links to entries of the journal
}

// choice is a select field of a filter.
type choice struct {
	Name, Label, Value string
	All                string // label of the option that chooses all
	Options            any    // a slice of strings, of any string type
}
