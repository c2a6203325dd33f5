package pages

import (
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
)

func apiUserPages(r *routes) {
	r.inSession("/api-users", apiUsers)
	r.formInSession("change-password", "/api-users/{username}/password", passwordForm, changePassword)
	r.formInSession("freeze", "/api-users/{username}/freeze", freezeForm, freeze)
}

// apiUsers lists the API users, and says what was done to one of them if the address names it.
func apiUsers(v *visit) (layout.Page, error) {
	users, err := v.portal.APIUsers(v.ctx, v.session)
	done := map[string]string{
		"password": "The password was changed.",
		"frozen":   "The API user was frozen. It can no longer be used.",
	}[v.r.URL.Query().Get("done")]
	return layout.Page{Title: "Registered API users", Name: "api-users", Data: users, Done: done}, err
}

// existingUser leads from the refusal "Already Registered" to the API user that exists; nil for other refusals.
func (v *visit) existingUser(p *httpd.Problem) *layout.Link {
	about := func(e httpd.FieldError) bool {
		return e.Field != "pan" && portal.Code(e.Code) == portal.AlreadyRegistered
	}
	switch {
	case !slices.ContainsFunc(p.Errors, about):
		return nil
	case v.site.env == nic.Production:
		return &layout.Link{Text: "There is an API user through this company: see those of your GSTIN", Path: "/api-users"}
	}
	return &layout.Link{Text: "There is an API user through this company: log in as that user, or choose another company",
		Path: "/login"}
}

func passwordForm(v *visit) (layout.Page, error) {
	u, err := v.portal.APIUser(v.ctx, v.session, httpd.Var(v.r, "username"))
	current := layout.Field{Name: "currentPassword", Label: "Current Password", Kind: layout.Password,
		Autocomplete: "current-password"}
	fields := append([]layout.Field{current}, v.newPasswordFields("newPassword", "New Password")...)
	form := v.form(v.r.URL.Path, fields, layout.Button{Text: "Change Password"})
	return layout.Page{Title: "Change Password", Name: "api-user-password", Data: u.Username, Form: form}, err
}

func changePassword(v *visit, typed url.Values) (string, error) {
	err := v.portal.ChangePassword(v.ctx, v.session, httpd.Var(v.r, "username"), typed.Get("currentPassword"),
		typed.Get("newPassword"), confirmed(typed))
	return "/api-users?done=password", err
}

func freezeForm(v *visit) (layout.Page, error) {
	u, err := v.portal.APIUser(v.ctx, v.session, httpd.Var(v.r, "username"))
	form := v.form(v.r.URL.Path, nil, layout.Button{Text: "Freeze", Danger: true})
	return layout.Page{Title: "Freeze", Name: "api-user-freeze", Data: u.Username, Form: form}, err
}

func freeze(v *visit, _ url.Values) (string, error) {
	return "/api-users?done=frozen", v.portal.Freeze(v.ctx, v.session, httpd.Var(v.r, "username"))
}
