package pages

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/forms"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// start is the path of the first page after a login.
func (s *Site) start() string {
	if s.env == nic.Production {
		return "/dashboard"
	}
	return "/account"
}

func home(v *visit) (layout.Page, error) {
	title := "Create e-Invoice API credentials for testing"
	if v.site.env == nic.Production {
		title = "Create e-Invoice API credentials"
	}
	return layout.Page{Title: title, Name: "home"}, nil
}

// loginLinks are the links under a Login form.
var loginLinks = map[nic.Environment][]layout.Link{
	nic.Sandbox: {
		{Text: "Register here", Path: "/register"}, {Text: "Login with Client ID", Path: "/login/client"},
		{Text: "Update from GST Common Portal", Path: updatePath},
	},
	nic.Production: {
		{Text: "Forgot Username", Path: "/forgot-username"}, {Text: "Forgot Password", Path: "/forgot-password"},
		{Text: "Update from GST Common Portal", Path: updatePath},
	},
}

var (
	loginFields = []layout.Field{
		{Name: "username", Label: "Username", Kind: layout.Text, Code: true, Autocomplete: "username"},
		{Name: "password", Label: "Password", Kind: layout.Password, Autocomplete: "current-password"},
		captchaField,
	}
	clientLoginFields = []layout.Field{
		{Name: "clientId", Label: "Client ID", Kind: layout.Text, Code: true, Autocomplete: "username"},
		{Name: "clientSecret", Label: "Client Secret", Kind: layout.Password, Autocomplete: "current-password"},
		captchaField,
	}
)

func loginForm(v *visit) (layout.Page, error) {
	return v.loginPage("Login", "/login", loginLinks[v.site.env], loginFields)
}

// clientLoginForm is for owners of a client id: GSPs, ERPs and e-commerce operators.
func clientLoginForm(v *visit) (layout.Page, error) {
	links := []layout.Link{{Text: "Login with Username", Path: "/login"}, {Text: "Register here", Path: "/register"}}
	return v.loginPage("Login with Client ID", "/login/client", links, clientLoginFields)
}

// loginPage is a page to log in. Its form, and its link to the other Login page, keep the page to go back to.
func (v *visit) loginPage(title, path string, links []layout.Link, fields []layout.Field) (layout.Page, error) {
	links = slices.Clone(links)
	for i := range links {
		if strings.HasPrefix(links[i].Path, "/login") {
			links[i].Path = v.keepNext(links[i].Path)
		}
	}
	return v.withCaptcha(layout.Page{
		Title: title, Name: "login", Data: links,
		Form: v.form(v.keepNext(path), fields, layout.Button{Text: "Login"}, newCaptchaButton),
	})
}

// next is the parameter with the page to go back to after a login.
const next = "next"

func logIn(v *visit, typed url.Values) (string, error) {
	return v.openSession(portal.Credentials{
		Username: typed.Get("username"), Password: typed.Get("password"), Captcha: captchaAnswer(typed),
	})
}

func clientLogIn(v *visit, typed url.Values) (string, error) {
	return v.openSession(portal.Credentials{
		ClientID: typed.Get("clientId"), ClientSecret: typed.Get("clientSecret"), Captcha: captchaAnswer(typed),
	})
}

func (v *visit) openSession(in portal.Credentials) (string, error) {
	s, pending, err := v.portal.Login(v.ctx, in)
	if err == nil && pending.ID != "" {
		return v.keepNext(pendingLogin.of(pending)), nil
	}
	return v.opened(s, err)
}

// opened gives the browser a session that was opened, and returns the path of the page that comes after the login.
func (v *visit) opened(s store.Session, err error) (string, error) {
	if err != nil {
		return "", err
	}
	v.browser.Cookies = append(v.browser.Cookies, httpd.SessionCookie(s, v.call))
	return cmp.Or(v.backTo, v.site.start()), nil
}

// back returns a path of this world to go back to. It is empty for other addresses: a link may come from another site.
func back(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") ||
		strings.Contains(path, `\`) {
		return ""
	}
	return u.EscapedPath()
}

// askToLogIn shows the Login page in place of a page that needs a session.
func (v *visit) askToLogIn(missing error) (httpd.Reply, error) {
	v.backTo = v.path()
	problem := httpd.ProblemOf(missing)
	if problem.Status == http.StatusInternalServerError {
		return httpd.Reply{}, missing
	}
	if v.r.URL.Query().Has(unsent) {
		problem.Detail += " What was filled in had no effect; fill it in again after the login."
	}
	p, err := loginForm(v)
	p.Problem, p.Status = problem, true
	return v.answer(p, err)
}

// errLogoutExpired refuses a Logout whose token was not issued here to this browser. It has no form to show again.
var errLogoutExpired = httpd.Refuse(http.StatusForbidden, "form-expired", "This page is out of date",
	"You are still logged in. The page was opened before the simulator was restarted, or in another browser. Open it "+
		"again, and press Logout there.")

// logout ends the session, if there is one.
func logout(v *visit) (httpd.Reply, error) {
	typed, err := httpd.Form(v.r, v.call)
	if err != nil {
		return httpd.Reply{}, err
	}
	if !v.browser.Owns(typed.Get(forms.TokenField)) {
		return httpd.Reply{}, errLogoutExpired
	}
	if err := v.knowSession(); err != nil {
		return httpd.Reply{}, err
	}
	if v.session.Token != "" {
		if err := v.portal.Logout(v.ctx, v.session); err != nil {
			return httpd.Reply{}, err
		}
		v.browser.Cookies = append(v.browser.Cookies, httpd.EndedCookie(v.session, v.call))
	}
	return v.browser.LeadTo("/login"), nil
}

// session shows the user that is logged in.
func session(v *visit) (layout.Page, error) {
	title := "Dashboard"
	if v.site.env == nic.Sandbox {
		title = "Credentials"
	}
	return layout.Page{Title: title, Name: "session", Data: v.session}, nil
}

// menuPaths are the pages of the menus' entries. Entries without a page are not links.
var menuPaths = map[string]string{
	portal.MenuAPIRegistration: "/api-registration",

	portal.MenuCredentials: "/account",
	portal.MenuAddAccounts: "/account/dummy-gstins",
	portal.MenuTestAPIs:    "/tools",
	portal.MenuEndpoints:   "/tools/endpoints",
	portal.MenuPublicKey:   "/tools/public-key",
	portal.MenuEncrypt:     "/tools/encrypt",
}

// menu is the menu of a user that is logged in.
func (v *visit) menu() []layout.Link {
	var links []layout.Link
	for _, entry := range portal.Menu(v.site.env) {
		path := menuPaths[entry]
		if entry == portal.MenuAddAccounts && v.session.ClientID == "" {
			path = "" // only providers create dummy GSTINs
		}
		links = append(links, layout.Link{Text: entry, Path: path, Here: path != "" && path == v.r.URL.Path})
	}
	return links
}

func loginPages(r *routes) {
	r.page("/", home)
	r.form("login", "/login", loginForm, logIn)
	r.on("logout", http.MethodPost, "/logout", logout)
	r.inSession(r.site.start(), session)
	updatePages(r)
}
