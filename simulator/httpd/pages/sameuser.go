package pages

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

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
	return &httpd.Fail{
		Status: http.StatusConflict, Code: "other-login", Title: "Another user is logged in now",
		Detail: "Nothing was done. This page was opened by " + then + ", and " + now +
			" has logged in since, in this browser. Send it again to do it as " + now + ".",
	}
}
