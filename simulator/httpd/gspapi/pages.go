package gspapi

import (
	"context"
	"html/template"
	"net/http"
	"net/url"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/gsp"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/forms"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// visit is a request for a page, or a form that was sent.
type visit struct {
	desk
	r       *http.Request
	browser *forms.Browser
	token   string // that all forms of the page share
}

// show returns a page.
type show func(*visit) (layout.Page, error)

// submit does what a form is for, and returns the path of the next page.
type submit func(*visit, url.Values) (next string, err error)

// pageRoutes registers the pages.
func (s *Site) pageRoutes(router *mux.Router) {
	on := func(name, method, path string, do func(*visit) (httpd.Reply, error)) {
		route := httpd.Route{Name: name, Method: method, Path: path}
		route.Handle(router, func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
			v := &visit{desk: desk{s, r.Context(), call}, r: r, browser: s.forms.Browser(r, call)}
			v.token = v.browser.Token()
			return do(v)
		})
	}
	page := func(path string, do show) {
		on(fault.Page, http.MethodGet, path, func(v *visit) (httpd.Reply, error) { return v.show(do) })
	}
	form := func(path string, show show, do submit) {
		page(path, show)
		on("connections", http.MethodPost, path, func(v *visit) (httpd.Reply, error) { return v.submitted(do) })
	}
	page("/", homePage)
	page("/companies/{clientId}", companyPage)
	form("/companies/{clientId}/connect", connectPage, connect)
	form("/connections/{id}", connectionPage, testAgain)
	form("/connections/{id}/edit", editPage, edit)
	form("/connections/{id}/remove", removePage, removeIt)
}

// show answers with a page: a new one, or one whose form was refused.
func (v *visit) show(do show) (httpd.Reply, error) {
	p, err := do(v)
	if err != nil {
		return httpd.Reply{}, err
	}
	if kept := v.browser.Kept(); kept != nil && p.Form != nil {
		p.Problem = kept.Problem
		p.Form.Fill(kept.Typed)
		p.Form.Refuse(p.Problem)
	}
	reply, err := v.templates.Render(v.call, p.Name, p)
	reply.Cookies = v.browser.Cookies
	return reply, err
}

// submitted does what a posted form is for. A form that is refused is shown again without the password.
func (v *visit) submitted(do submit) (httpd.Reply, error) {
	typed, err := httpd.Form(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	kept := &forms.Kept{Typed: url.Values{}}
	for _, name := range []string{"environment", "gstin", "username"} {
		kept.Typed.Set(name, typed.Get(name))
	}
	return v.browser.Submit(typed.Get(forms.TokenField), kept, func(ctx context.Context) (string, error) {
		v.ctx = ctx
		return do(v, typed)
	})
}

func (v *visit) form(path string, button layout.Button, fields ...layout.Field) *layout.Form {
	return &layout.Form{Action: path, Token: v.token, Fields: fields, Buttons: []layout.Button{button}}
}

// functions are those of the templates.
var functions = template.FuncMap{
	"environment": func(env nic.Environment) string {
		return map[nic.Environment]string{nic.Sandbox: "Sandbox", nic.Production: "Production"}[env]
	},
	"status": func(status string) string {
		return map[string]string{gsp.Active: "Active", gsp.Inactive: "Inactive", gsp.NotTested: "Not tested"}[status]
	},
}

func homePage(v *visit) (layout.Page, error) {
	companies, err := view(v.desk, gsp.Companies)
	return layout.Page{Title: "Choose your GSP", Name: "home", Data: companies}, err
}

// customers are a GSP and a page of its connections.
type customers struct {
	Company     store.Provider
	Connections []gsp.Held
	First       bool   // it is the first page
	Next        string // after of the next page; empty at the end
}

// company returns the GSP that the path names.
func (v *visit) company() (store.Provider, error) {
	return view(v.desk, func(r store.Reader) (store.Provider, error) {
		return gsp.CompanyOf(r, httpd.Var(v.r, "clientId"))
	})
}

func companyPage(v *visit) (layout.Page, error) {
	company, err := v.company()
	if err != nil {
		return layout.Page{}, err
	}
	after := v.r.URL.Query().Get("after")
	c := customers{Company: company, First: after == ""}
	c.Connections, c.Next, err = v.list(admin.Page{After: after},
		func(store.Reader) ([]store.Provider, error) { return []store.Provider{company}, nil })
	return layout.Page{Title: company.CompanyName, Name: "company", Data: c}, err
}

// The fields of an API user.
var (
	usernameField = layout.Field{Name: "username", Label: "API username", Kind: layout.Text, Code: true,
		Autocomplete: "off",
		Hint:         "As NIC's portal showed it. In production it begins with API_."}
	passwordField = layout.Field{Name: "password", Label: "API password", Kind: layout.Password,
		Autocomplete: "new-password", Hint: "It is sent to NIC and never shown again."}
	environmentField = layout.Field{Name: "environment", Label: "Environment", Kind: layout.Radio,
		Options: []layout.Option{{Value: string(nic.Sandbox), Label: "Sandbox"},
			{Value: string(nic.Production), Label: "Production"}}}
	gstinField = layout.Field{Name: "gstin", Label: "GSTIN", Kind: layout.Text, Code: true, Autocomplete: "off"}
)

// saveAndTest is the button that sends an API user to NIC.
var saveAndTest = layout.Button{Text: "Save and test"}

func connectPage(v *visit) (layout.Page, error) {
	company, err := v.company()
	if err != nil {
		return layout.Page{}, err
	}
	environment := environmentField
	environment.Value = v.r.URL.Query().Get("environment")
	return layout.Page{Title: "Enter the API credentials", Name: "connect", Data: company,
		Form: v.form("/companies/"+company.ClientID+"/connect", saveAndTest,
			environment, gstinField, usernameField, passwordField)}, nil
}

func connect(v *visit, typed url.Values) (string, error) {
	company, err := v.company()
	if err != nil {
		return "", err
	}
	h, err := v.save(gsp.Entry{CompanyName: company.CompanyName, Environment: typed.Get("environment"),
		GSTIN: typed.Get("gstin"), Username: typed.Get("username"), Password: store.Password(typed.Get("password"))})
	return "/connections/" + h.ID, err
}

// answered is a connection as its page shows it.
type answered struct {
	gsp.Held
	Cause, Remedy string
}

func connectionPage(v *visit) (layout.Page, error) {
	h, err := v.find(httpd.Var(v.r, "id"))
	a := answered{Held: h}
	a.Cause, a.Remedy = gsp.Explain(h.Connection)
	return layout.Page{Title: "API credentials of " + h.GSTIN, Name: "connection", State: h.Tested.Status, Data: a,
		Form: v.form("/connections/"+h.ID, layout.Button{Text: "Test again", Quiet: true})}, err
}

func testAgain(v *visit, _ url.Values) (string, error) {
	h, err := v.test(httpd.Var(v.r, "id"))
	return "/connections/" + h.ID, err
}

func editPage(v *visit) (layout.Page, error) {
	h, err := v.find(httpd.Var(v.r, "id"))
	username := usernameField
	username.Value = h.Username
	return layout.Page{Title: "Edit the API credentials of " + h.GSTIN, Name: "edit", Data: h,
		Form: v.form("/connections/"+h.ID+"/edit", saveAndTest, username, passwordField)}, err
}

func edit(v *visit, typed url.Values) (string, error) {
	h, err := v.change(httpd.Var(v.r, "id"), typed.Get("username"), store.Password(typed.Get("password")))
	return "/connections/" + h.ID, err
}

func removePage(v *visit) (layout.Page, error) {
	h, err := v.find(httpd.Var(v.r, "id"))
	return layout.Page{Title: "Remove the API credentials of " + h.GSTIN, Name: "remove", Data: h,
		Form: v.form("/connections/"+h.ID+"/remove", layout.Button{Text: "Remove", Danger: true})}, err
}

func removeIt(v *visit, _ url.Values) (string, error) {
	h, err := v.find(httpd.Var(v.r, "id"))
	if err != nil {
		return "", err
	}
	return "/companies/" + h.Company.ClientID, v.remove(h.ID)
}
