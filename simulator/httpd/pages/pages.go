// Package pages serves the portals' web pages, with which a person follows the guide in a browser. The pages use the
// same steps of package portal as the JSON, are rendered by the server, and need no script. Each file has a group of
// pages; docs/portal-pages.md lists them and their markup.
package pages

import (
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/forms"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

//go:embed *.html parts/*.html
var templates embed.FS

// Site serves the pages of one portal. Use New.
type Site struct {
	env       nic.Environment
	templates *layout.Templates
	desk      *forms.Desk
	decoders  *decoders
	routes    func(*routes)
	gsp       func(prefix string) string // see Options
}

// Options configure a Site. Environment and Dice are required.
type Options struct {
	Environment nic.Environment
	Dice        *dice.Dice
	Inbox       func(prefix string) string // returns the address of a world's dashboard; nil for none
	GSP         func(prefix string) string // returns the address of a world's GSPs; nil for none
}

// New returns the pages of a portal.
func New(o Options) (*Site, error) {
	face := faces[o.Environment]
	face.ToInbox = o.Inbox
	set, err := layout.Parse(&face, templates, functions, "parts/*.html")
	if err != nil {
		return nil, err
	}
	s := &Site{env: o.Environment, templates: set, desk: forms.NewDesk(o.Dice, string(o.Environment)),
		decoders: newDecoders(), gsp: o.GSP}
	s.routes = sandboxPages
	if o.Environment == nic.Production {
		s.routes = productionPages
	}
	return s, nil
}

// faces are the two portals. They use neither NIC's emblem nor its colours.
var faces = map[nic.Environment]layout.Face{
	nic.Sandbox: {
		Name: "sandbox", Site: "e-Invoice API Testing System", About: "Sandbox: NIC trial portal",
		Sections: []layout.Link{{Text: "Login", Path: "/login"}, {Text: "Companies", Path: "/companies"},
			{Text: "Tools", Path: "/tools"}},
	},
	nic.Production: {
		Name: "production", Site: "e-Invoice System", About: "Production portal",
		Sections: []layout.Link{{Text: "Login", Path: "/login"}},
	},
}

var functions = template.FuncMap{
	"state":  stateName,
	"source": sourceName,
	"category": func(value string) string {
		for _, c := range categories {
			if c.Value == value {
				return c.Label
			}
		}
		return value
	},
	"users": func(base, caption string, users []store.APIUser, manage bool) usersTable {
		return usersTable{base, caption, users, manage}
	},
}

// usersTable is a table of API users.
type usersTable struct {
	Base, Caption string
	Users         []store.APIUser
	Manage        bool // with links to change each user
}

// stateName returns the name of a GSTIN's state.
func stateName(gstin string) string {
	state, _ := nic.StateByCode(nic.GSTIN(gstin).StateCode())
	return state.Name
}

// sourceName says where a login was created.
func sourceName(source string) string {
	return map[string]string{
		portal.SourceEInvoice: "the e-Invoice portal",
		portal.SourceEWayBill: "the E-Way Bill portal",
		portal.SourceAPIUser:  "this portal, as an API user",
		portal.SourceProvider: "this portal, as the owner of a client id",
	}[source]
}

// Routes registers the pages and the files that they load.
func (s *Site) Routes(router *mux.Router) {
	layout.Assets(router, nil)
	s.routes(&routes{s, router})
}

// ErrorPage shows a problem on a page of its own.
func (s *Site) ErrorPage(call *httpd.Call, p *httpd.Problem) httpd.Reply {
	return s.templates.ErrorPage(call, p, beginAgain(strings.TrimPrefix(call.Asked, call.Prefix), p))
}

// ends are the problems after which a flow cannot continue.
var ends = []portal.Code{portal.Expired, portal.NotFound, portal.OTPExhausted, portal.OTPLimit}

// beginAgain links the page of a flow that cannot continue to the flow's beginning; nil for other problems.
func beginAgain(path string, p *httpd.Problem) *layout.Link {
	if !slices.Contains(ends, portal.Code(p.Code)) {
		return nil
	}
	for _, j := range []*journey{&registration, &apiRegistration, &passwordReset, &pendingLogin} {
		if strings.HasPrefix(path, j.path+"/") {
			return &layout.Link{Text: "Begin again", Path: j.begin}
		}
	}
	return nil
}

// routes registers the pages of one site.
type routes struct {
	site   *Site
	router *mux.Router
}

// show makes a page.
type show func(*visit) (layout.Page, error)

// on registers an action. The name is that of the same call of the JSON, or fault.Page. During an outage every action
// is refused with NIC's 3020.
func (r *routes) on(name, method, path string, do func(*visit) (httpd.Reply, error)) {
	route := httpd.Route{Name: name, Method: method, Path: path}
	route.Handle(r.router, func(req *http.Request, call *httpd.Call) (httpd.Reply, error) {
		v := &visit{
			site: r.site, r: req, call: call, ctx: req.Context(), portal: portal.In(call.World, r.site.env),
			browser: r.site.desk.Browser(req, call), backTo: back(req.URL.Query().Get(next)),
		}
		if err := v.portal.InService(v.ctx); err != nil {
			return httpd.Reply{}, err
		}
		return do(v)
	})
}

// page registers a page that needs no session.
func (r *routes) page(path string, do show) {
	r.on(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) { return v.answer(do(v)) })
}

// inSession registers a page that needs a session.
func (r *routes) inSession(path string, do show) {
	r.on(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) {
		if err := v.logIn(); err != nil {
			return v.askToLogIn(err)
		}
		return v.answer(do(v))
	})
}
