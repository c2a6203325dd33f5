package dashboard

import (
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

// loginPage asks for the control token. A problem is why the last one was refused; the browser is led to the page that
// it asked for.
func (d *Dashboard) loginPage(call *httpd.Call, p *httpd.Problem) (httpd.Reply, error) {
	next := strings.TrimPrefix(call.Asked, call.Prefix)
	if next == httpd.LoginPath {
		next = "/"
	}
	form := &layout.Form{Action: httpd.LoginPath, Class: "login", Buttons: []layout.Button{{Text: "Log in"}},
		Fields: []layout.Field{
			{Name: "next", Kind: layout.Hidden, Value: next},
			{Name: "token", Label: "Control token", Kind: layout.Password, Autocomplete: "current-password", Focus: true},
		}}
	page := layout.Page{Title: "Log in to the dashboard", Name: "login", Form: form}
	if p != nil && p.Code == httpd.TokenWrong {
		page.Problem, page.Status = p, true
	}
	return d.templates.Render(call, "login", page)
}

func (d *Dashboard) logoutPage(call *httpd.Call) (httpd.Reply, error) {
	return d.templates.Render(call, "confirm", layout.Page{
		Title: "Log out of the dashboard", Name: "confirm",
		Data: confirmView{"The pages then ask for the control token again.", "/", "overview"},
		Form: &layout.Form{Action: httpd.LogoutPath, Class: "logout", Buttons: []layout.Button{{Text: "Log out"}}},
	})
}
