// Package gspapi is the listener of the GSPs (GST Suvidha Providers) of a world. A taxpayer enters the credentials
// that NIC's portals showed, on a page or as JSON; an ERP calls the gateways.
package gspapi

import (
	"embed"
	"net/http"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/forms"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
)

//go:embed *.html
var templates embed.FS

// Options configure a Site. Dice and NIC are required.
type Options struct {
	Dice *dice.Dice
	NIC  upstream.NIC
	// Inbox returns the address of a world's dashboard; nil for none.
	Inbox func(prefix string) string
	// Faces registers the routes of the gateways, which come after those of the site; nil for none.
	Faces func(*mux.Router)
}

// Site serves a GSP's pages, its JSON and its gateways. Use New.
type Site struct {
	Options
	templates *layout.Templates
	forms     *forms.Desk
}

// New returns the site of the GSPs.
func New(o Options) (*Site, error) {
	face := layout.Face{
		Name: "gsp", Site: "GSP", About: "GST Suvidha Provider: where the credentials are entered", ToInbox: o.Inbox,
		Sections: []layout.Link{{Text: "Companies", Path: "/"}},
	}
	set, err := layout.Parse(&face, templates, functions)
	if err != nil {
		return nil, err
	}
	return &Site{Options: o, templates: set, forms: forms.NewDesk(o.Dice, face.Name)}, nil
}

// Routes registers the pages, the JSON and the gateways.
func (s *Site) Routes(router *mux.Router) {
	layout.Assets(router, nil)
	s.jsonRoutes(router)
	s.pageRoutes(router)
	if s.Faces != nil {
		s.Faces(router)
	}
}

// ErrorPage shows a problem on a page of its own.
func (s *Site) ErrorPage(call *httpd.Call, p *httpd.Problem) httpd.Reply {
	return s.templates.ErrorPage(call, p, nil)
}

// Missing answers a path that neither the site nor a gateway has.
func (s *Site) Missing(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{}, httpd.Refuse(http.StatusNotFound, "not-found", "Not found",
		"The GSP has nothing at this path. It has pages at / and JSON at /portal/v1/connections.")
}
