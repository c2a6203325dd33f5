package pages

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/forms"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// visit is a request for a page.
type visit struct {
	site    *Site
	r       *http.Request
	call    *httpd.Call
	ctx     context.Context
	portal  portal.Portal
	session store.Session // zero if no user is logged in
	backTo  string        // the page to go back to after a login; empty for none
	browser *forms.Browser
	kept    *forms.Kept // the form that the page shows again; nil for none

	pageToken string // see token
}

// elsewhere is the error of a page that leads to another page.
type elsewhere struct{ path string }

func (e elsewhere) Error() string { return "another page is to be shown at " + e.path }

// id is the {id} of the path.
func (v *visit) id() string { return httpd.Var(v.r, "id") }

// answer answers with a page, or with the page that the error names.
func (v *visit) answer(p layout.Page, err error) (httpd.Reply, error) {
	if to, ok := errors.AsType[elsewhere](err); ok {
		return v.browser.LeadTo(to.path), nil
	}
	if other, ok := errors.AsType[instead](err); ok {
		p, err = other.page, nil
	}
	if err != nil {
		return httpd.Reply{}, err
	}
	return v.render(p)
}

// render answers with a page in its layout.
func (v *visit) render(p layout.Page) (httpd.Reply, error) {
	if v.session.Token != "" {
		p.User = v.user()
		p.Start, p.Menu = v.site.start(), v.menu()
		v.bindUser(p.Form)
		for _, form := range p.More {
			v.bindUser(form)
		}
		p.Logout = v.form("/logout", nil, layout.Button{Text: "Logout", Quiet: true})
	}
	reply, err := v.site.templates.Render(v.call, p.Name, p)
	reply.Cookies = v.browser.Cookies
	return reply, err
}

// logIn finds the session of the request, or refuses the request.
func (v *visit) logIn() (err error) {
	v.session, err = httpd.SessionOf(v.r, v.portal)
	v.browser.Session = v.session.Token
	return err
}

// knowSession finds the session of the request if there is one.
func (v *visit) knowSession() error {
	err := v.logIn()
	if err != nil && httpd.ProblemOf(err).Status != http.StatusUnauthorized {
		return err
	}
	return nil
}

// token returns the token that all forms of the page share. Each form has its own path, and a token counts once for
// each path.
func (v *visit) token() string {
	if v.pageToken == "" {
		v.pageToken = v.browser.Token()
	}
	return v.pageToken
}

// path is the path of the request within the world.
func (v *visit) path() string { return v.r.URL.EscapedPath() }

// shownTo is the field with the name of the user that a form was shown to. All tabs of a browser share one login:
// without the field, a tab of one taxpayer would act for another that has logged in since.
const shownTo = "as"

// user returns the name of the user that is logged in; empty without a session.
func (v *visit) user() string { return cmp.Or(v.session.Username, v.session.ClientID) }

// bindUser binds a form to the user that is logged in.
func (v *visit) bindUser(form *layout.Form) {
	if form != nil {
		form.Fields = append(slices.Clone(form.Fields), layout.Field{Kind: layout.Hidden, Name: shownTo, Value: v.user()})
	}
}

// sameLogin refuses a form that was shown to another user than the one that is logged in now.
func (v *visit) sameLogin(typed url.Values) error {
	then, now := typed.Get(shownTo), v.user()
	if then == "" || now == "" || then == now {
		return nil
	}
	return httpd.Refuse(http.StatusConflict, "other-login", "Another user is logged in now",
		"Nothing was done. This page was opened by "+then+", and "+now+
			" has logged in since, in this browser. Send it again to do it as "+now+".")
}
