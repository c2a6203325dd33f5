// Package portalapi serves the two portals as the JSON of the portal contract. Each file has a group of calls, and
// each call is one step of package portal.
package portalapi

import (
	"context"
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

// call is a call on its way to a portal.
type call struct {
	*httpd.Call
	portal.Portal
	r       *http.Request
	ctx     context.Context
	session store.Session // zero for a call that needs none
}

// id is the {id} of the path.
func (c *call) id() string { return httpd.Var(c.r, "id") }

// step answers a call. With an error, the reply counts for nothing.
type step func(*call) (httpd.Reply, error)

// with is the step of a call whose body is an In.
func with[In any](do func(*call, In) (httpd.Reply, error)) step {
	return func(c *call) (httpd.Reply, error) {
		in, err := httpd.Decode[In](c.r, c.Call)
		if err != nil {
			return httpd.Reply{}, err
		}
		return do(c, in)
	}
}

// bare is the step of a call that takes no body.
func bare(do step) step {
	return func(c *call) (httpd.Reply, error) {
		if err := httpd.NoBody(c.r, c.Call); err != nil {
			return httpd.Reply{}, err
		}
		return do(c)
	}
}

// routes registers the calls of one environment.
type routes struct {
	router *mux.Router
	env    nic.Environment
}

// Sandbox registers guide section 1: NIC's trial portal.
func Sandbox(router *mux.Router) {
	r := routes{router, nic.Sandbox}
	r.both()
	r.on("login", http.MethodPost, "/login", with(sandboxLogin))
	r.on("providers", http.MethodGet, "/providers", companies)

	r.on("validate", http.MethodPost, "/registrations", with(validate))
	r.on("registration", http.MethodGet, "/registrations/{id}", registration)
	r.on("send-otp", http.MethodPost, "/registrations/{id}/otp", bare(sendOTP))
	r.on("verify-otp", http.MethodPost, "/registrations/{id}/otp/verification", with(verifyOTP))
	r.on("create", http.MethodPost, "/registrations/{id}/api-user", with(create))
	r.on("client-credentials", http.MethodPost, "/registrations/{id}/client-credentials", bare(clientCredentials))

	r.inSession("dummy-gstin", http.MethodPost, "/dummy-gstins", with(dummyGSTIN))
}

// Production registers guide section 2: NIC's production portal.
func Production(router *mux.Router) {
	r := routes{router, nic.Production}
	r.both()
	r.on("login", http.MethodPost, "/login", with(productionLogin))
	r.on("send-otp", http.MethodPost, "/logins/{id}/otp", bare(resendLoginOTP))
	r.on("verify-otp", http.MethodPost, "/logins/{id}/otp/verification", with(finishLogin))
	r.inSession("providers", http.MethodGet, "/providers", companies)

	r.inSession("create-api-user", http.MethodPost, "/api-registrations", bare(startAPIRegistration))
	r.inSession("api-registration", http.MethodGet, "/api-registrations/{id}", apiRegistration)
	r.inSession("send-otp", http.MethodPost, "/api-registrations/{id}/otp", bare(resendOTP))
	r.inSession("verify-otp", http.MethodPost, "/api-registrations/{id}/otp/verification", with(verifyAPIRegistration))
	r.inSession("create", http.MethodPost, "/api-registrations/{id}/api-user", with(submit))

	r.inSession("api-users", http.MethodGet, "/api-users", apiUsers)
	r.inSession("change-password", http.MethodPut, "/api-users/{username}/password", with(changePassword))
	r.inSession("freeze", http.MethodPost, "/api-users/{username}/freeze", bare(freeze))

	r.on("remind-username", http.MethodPost, "/username-reminders", with(remindUsername))
	r.on("forgot-password", http.MethodPost, "/password-resets", with(startPasswordReset))
	r.on("send-otp", http.MethodPost, "/password-resets/{id}/otp", bare(resendResetOTP))
	r.on("verify-otp", http.MethodPost, "/password-resets/{id}/otp/verification", with(verifyResetOTP))
	r.on("reset-password", http.MethodPut, "/password-resets/{id}/password", with(resetPassword))
}

// both registers what the portals have in common.
func (r routes) both() {
	r.on("captcha", http.MethodPost, "/captchas", bare(drawCaptcha))
	r.on("captcha-picture", http.MethodGet, "/captchas/{id}.png", captchaPicture)
	r.on("update-gstin", http.MethodPost, "/gstin-updates", with(updateGSTIN))
	r.inSession("session", http.MethodGet, "/session", showSession)
	r.inSession("logout", http.MethodPost, "/logout", bare(logout))
}

// on registers a call. During an outage, every call is refused with NIC's 3020.
func (r routes) on(name, method, path string, do step) {
	route := httpd.Route{Name: name, Method: method, Path: base + path}
	route.Handle(r.router, func(req *http.Request, of *httpd.Call) (httpd.Reply, error) {
		c := &call{Call: of, Portal: portal.In(of.World, r.env), r: req, ctx: req.Context()}
		if err := c.InService(c.ctx); err != nil {
			return httpd.Reply{}, err
		}
		if err := c.RefusedByFault(c.ctx); err != nil {
			return httpd.Reply{}, err
		}
		return do(c)
	})
}

// inSession registers a call that looks for a session before anything else.
func (r routes) inSession(name, method, path string, do step) {
	r.on(name, method, path, func(c *call) (_ httpd.Reply, err error) {
		if c.session, err = httpd.SessionOf(c.r, c.Portal); err != nil {
			return httpd.Reply{}, err
		}
		return do(c)
	})
}

// otpBody is what a person types under "Enter OTP".
type otpBody struct {
	OTP string `json:"otp"`
}

// sentDoc answers every request to send an OTP again.
type sentDoc struct {
	State        string    `json:"state"`
	SentTo       []string  `json:"sentTo"`
	ExpiresAt    time.Time `json:"expiresAt"`
	ResendAfter  time.Time `json:"resendAfter"`
	AttemptsLeft int       `json:"attemptsLeft"`
}

func (c *call) showSent(f store.Flow) sentDoc {
	sent := c.ChallengeOf(f)
	return sentDoc{f.State, sent.SentTo, sent.ExpiresAt, sent.ResendAfter, sent.AttemptsLeft}
}

func (c *call) sent(f store.Flow, err error) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusAccepted, Body: c.showSent(f)}, err
}
