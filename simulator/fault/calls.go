package fault

import (
	"slices"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Call is a kind of request. A form of the portals' pages and the JSON that does the same are one call.
type Call struct {
	Name string
	API  bool            // a call of the e-Invoice API, not of a portal
	Only nic.Environment // empty: both
}

// The names of calls that kinds refer to.
const (
	callAuth       = "auth"
	callPing       = "ping"
	callGenerate   = "generate"
	callCancel     = "cancel"
	callSync       = "sync-gstin"
	callLogin      = "login"
	callValidate   = "validate"
	callSendOTP    = "send-otp"
	callCreateUser = "create-api-user"
	callForgotPass = "forgot-password"
	callRemind     = "remind-username"
	callCreate     = "create"
	callMakeEWB    = "ewb-generate"
	callVerifyOTP  = "verify-otp"
	callChangePass = "change-password"
	callFreeze     = "freeze"
	callResetPass  = "reset-password"

	// Page is the call of every page of a portal that is shown; forms that are sent have the names of their calls.
	Page = "page"
	// Captcha is the call that draws a captcha, by a form's button too.
	Captcha = "captcha"
)

const sandbox, production = nic.Sandbox, nic.Production

var calls = []Call{
	{Name: callAuth, API: true}, {Name: "gstin", API: true}, {Name: callSync, API: true}, {Name: callPing, API: true},
	{Name: callGenerate, API: true}, {Name: callCancel, API: true}, {Name: "read-irn", API: true},
	{Name: "read-document", API: true}, {Name: "rejected-irns", API: true}, {Name: callMakeEWB, API: true},
	{Name: "ewb-read", API: true}, {Name: "ewb-cancel", API: true, Only: sandbox},

	{Name: Page}, {Name: Captcha}, {Name: "captcha-picture"}, {Name: callLogin}, {Name: "session"}, {Name: "logout"},
	{Name: "providers"}, {Name: callSendOTP}, {Name: callVerifyOTP}, {Name: callCreate}, {Name: "update-gstin"},
	{Name: callValidate, Only: sandbox}, {Name: "registration", Only: sandbox},
	{Name: "client-credentials", Only: sandbox}, {Name: "dummy-gstin", Only: sandbox}, {Name: "tool", Only: sandbox},
	{Name: callCreateUser, Only: production}, {Name: "api-registration", Only: production},
	{Name: "api-users", Only: production}, {Name: callChangePass, Only: production},
	{Name: callFreeze, Only: production}, {Name: callRemind, Only: production},
	{Name: callForgotPass, Only: production}, {Name: callResetPass, Only: production},
}

// Calls returns all calls: those of the API first.
func Calls() []Call { return slices.Clone(calls) }

// callOf finds a call by its name.
func callOf(name string) (Call, bool) {
	at := slices.IndexFunc(calls, func(c Call) bool { return c.Name == name })
	if at < 0 {
		return Call{}, false
	}
	return calls[at], true
}

// isOf reports whether an environment has the call.
func (c Call) isOf(env nic.Environment) bool { return env == "" || c.Only == "" || c.Only == env }

// callsWithEnvelope returns the calls of the API whose answers have NIC's envelope.
func callsWithEnvelope() []string {
	return slices.DeleteFunc(Kind{Of: API}.calls(When{}), func(name string) bool { return name == callPing })
}

// callsWithToken returns the calls of the API that need the token of a login.
func callsWithToken() []string {
	return slices.DeleteFunc(callsWithEnvelope(), func(name string) bool { return name == callAuth })
}
