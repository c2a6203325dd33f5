package pages

import (
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// pendingLogin is the flow of a login that needs an OTP after the password. Its last page is the one that the login
// leads to.
var pendingLogin = journey{
	begin:  "/login",
	path:   "/logins",
	stages: []stage{{portal.OTPSent, "/otp", "OTP"}, {portal.Completed, "/done", "Dashboard"}},
	find:   func(v *visit) (store.Flow, error) { return v.portal.PendingLogin(v.ctx, v.id()) },
}

func pendingLoginPages(r *routes) {
	pendingLogin.otpPage(r.form, "login-otp", "Verify OTP",
		func(v *visit, otp string) (string, error) { return v.opened(v.portal.FinishLogin(v.ctx, v.id(), otp)) },
		func(v *visit) (store.Flow, error) { return v.portal.ResendLoginOTP(v.ctx, v.id()) })
	r.page("/logins/{id}/done", func(v *visit) (layout.Page, error) {
		return layout.Page{}, elsewhere{v.site.start()}
	})
}

// keepNext adds the page to go back to after a login to a path.
func (v *visit) keepNext(path string) string {
	if v.backTo == "" {
		return path
	}
	separator := "?"
	if strings.Contains(path, separator) {
		separator = "&"
	}
	return path + separator + url.Values{next: {v.backTo}}.Encode()
}
