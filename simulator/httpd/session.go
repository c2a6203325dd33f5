package httpd

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// CookieName is the name of a portal's session cookie.
func CookieName(env nic.Environment) string { return "nicsim_" + string(env) }

// SessionOf returns the session of a portal that a request's cookies name, and restarts its
// idle time; see portal.Portal.Session.
func SessionOf(r *http.Request, p portal.Portal) (store.Session, error) {
	var tokens []string
	for _, c := range r.CookiesNamed(CookieName(p.Environment())) {
		tokens = append(tokens, c.Value)
	}
	return p.Session(r.Context(), tokens)
}

// SessionCookie holds a session in the browser. Its path is the world's, so that worlds
// share a browser without sharing a login.
func SessionCookie(s store.Session, call *Call) *http.Cookie {
	return &http.Cookie{
		Name: CookieName(s.Environment), Value: s.Token, Path: call.Prefix + "/",
		HttpOnly: !call.World.Defects().Has(defect.CookieReadable), SameSite: http.SameSiteStrictMode,
		Secure: call.secure,
	}
}

// EndedCookie takes the session's cookie back.
func EndedCookie(s store.Session, call *Call) *http.Cookie {
	gone := SessionCookie(s, call)
	gone.Value, gone.MaxAge = "", -1
	return gone
}
