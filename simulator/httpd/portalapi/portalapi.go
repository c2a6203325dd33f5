// Package portalapi puts the two portals on the wire as the JSON of the portal
// contract: one file a group of calls, each call a few lines around one step of
// package portal.
package portalapi

import (
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// base is the path of every call.
const base = "/portal/v1"

// step is a call that needs no session.
type step func(portal.Portal, *http.Request, *httpd.Call) (httpd.Reply, error)

// sessionStep is a call that needs a session.
type sessionStep func(portal.Portal, store.Session, *http.Request, *httpd.Call) (httpd.Reply, error)

// routes registers the calls of one environment.
type routes struct {
	router *mux.Router
	env    nic.Environment
}

// Sandbox registers guide section 1: NIC's trial portal.
func Sandbox(router *mux.Router) {
	r := routes{router, nic.Sandbox}
	r.both()
	r.on("login", http.MethodPost, "/login", sandboxLogin)
	r.on("providers", http.MethodGet, "/providers", companies)

	r.on("validate", http.MethodPost, "/registrations", validate)
	r.on("registration", http.MethodGet, "/registrations/{id}", registration)
	r.on("send-otp", http.MethodPost, "/registrations/{id}/otp", sendOTP)
	r.on("verify-otp", http.MethodPost, "/registrations/{id}/otp/verification", verifyOTP)
	r.on("create", http.MethodPost, "/registrations/{id}/api-user", create)
	r.on("client-credentials", http.MethodPost, "/registrations/{id}/client-credentials", clientCredentials)

	r.inSession("dummy-gstin", http.MethodPost, "/dummy-gstins", dummyGSTIN)
}

// Production registers guide section 2: NIC's production portal.
func Production(router *mux.Router) {
	r := routes{router, nic.Production}
	r.both()
	r.on("login", http.MethodPost, "/login", productionLogin)
	r.inSession("providers", http.MethodGet, "/providers", companiesInSession)

	r.inSession("create-api-user", http.MethodPost, "/api-registrations", startAPIRegistration)
	r.inSession("api-registration", http.MethodGet, "/api-registrations/{id}", apiRegistration)
	r.inSession("send-otp", http.MethodPost, "/api-registrations/{id}/otp", resendOTP)
	r.inSession("verify-otp", http.MethodPost, "/api-registrations/{id}/otp/verification", verifyAPIRegistration)
	r.inSession("create", http.MethodPost, "/api-registrations/{id}/api-user", submit)

	r.inSession("api-users", http.MethodGet, "/api-users", apiUsers)
	r.inSession("change-password", http.MethodPut, "/api-users/{username}/password", changePassword)
	r.inSession("freeze", http.MethodPost, "/api-users/{username}/freeze", freeze)

	r.on("remind-username", http.MethodPost, "/username-reminders", remindUsername)
	r.on("forgot-password", http.MethodPost, "/password-resets", startPasswordReset)
	r.on("send-otp", http.MethodPost, "/password-resets/{id}/otp", resendResetOTP)
	r.on("verify-otp", http.MethodPost, "/password-resets/{id}/otp/verification", verifyResetOTP)
	r.on("reset-password", http.MethodPut, "/password-resets/{id}/password", resetPassword)
}

// both registers what the portals have in common.
func (r routes) both() {
	r.on("captcha", http.MethodPost, "/captchas", drawCaptcha)
	r.on("captcha-picture", http.MethodGet, "/captchas/{id}.png", captchaPicture)
	r.inSession("session", http.MethodGet, "/session", showSession)
	r.inSession("logout", http.MethodPost, "/logout", logout)
}

// on registers a call. During an outage nothing of a portal answers but NIC's 3020.
func (r routes) on(name, method, path string, do step) {
	route := httpd.Route{Name: name, Method: method, Path: base + path}
	route.Handle(r.router, func(req *http.Request, call *httpd.Call) (httpd.Reply, error) {
		p := portal.In(call.World, r.env)
		if err := p.InService(); err != nil {
			return httpd.Reply{}, err
		}
		return do(p, req, call)
	})
}

// inSession registers a call that looks for a session before anything else.
func (r routes) inSession(name, method, path string, do sessionStep) {
	r.on(name, method, path, func(p portal.Portal, req *http.Request, call *httpd.Call) (httpd.Reply, error) {
		session, err := httpd.SessionOf(req, p)
		if err != nil {
			return httpd.Reply{}, err
		}
		return do(p, session, req, call)
	})
}

// id is the {id} of a path.
func id(r *http.Request) string { return httpd.Var(r, "id") }

// optional leaves a time out of a document while there is none.
func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
