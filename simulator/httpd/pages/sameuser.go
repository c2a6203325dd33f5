package pages

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

// as is the field by which a form says who was logged in when it was shown. A browser has one login
// for all its tabs: without it, a tab of one taxpayer would act for the one who logged in since.
const as = "as"

// user is the name that somebody is logged in by, empty without a session.
func (v *visit) user() string { return cmp.Or(v.session.Username, v.session.ClientID) }

// sign writes into a form who is logged in.
func (v *visit) sign(form *layout.Form) {
	if form != nil {
		form.Fields = append(slices.Clone(form.Fields), layout.Field{Kind: layout.Hidden, Name: as, Value: v.user()})
	}
}

// sameLogin refuses a form that was shown to somebody else than who is logged in now.
func (v *visit) sameLogin(typed url.Values) error {
	then, now := typed.Get(as), v.user()
	if then == "" || now == "" || then == now {
		return nil
	}
	return &httpd.Fail{
		Status: http.StatusConflict, Code: "other-login", Title: "Somebody else is logged in now",
		Detail: "Nothing was done. This page was opened by " + then + ", and " + now +
			" has logged in since, in this browser. Send it again if " + now + " is meant.",
	}
}
