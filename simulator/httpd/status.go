package httpd

import (
	"cmp"
	"net/http"

	"github.com/nicsim/nicsim/simulator/portal"
)

// statusLine is the HTTP status and the title of a refusal.
type statusLine struct {
	status int
	title  string
}

// invalid is the status of a form with invalid fields.
const invalid = http.StatusUnprocessableEntity

// statuses maps every code of the portals to HTTP, as the tables of the contract do.
var statuses = map[portal.Code]statusLine{
	portal.CaptchaMismatch: {invalid, "Wrong captcha"},
	portal.CaptchaExpired:  {invalid, "Captcha no longer valid"},

	portal.CategoryInvalid:  {invalid, "Unknown category"},
	portal.GSTINInvalid:     {invalid, "Invalid GSTIN"},
	portal.GSTINUnknown:     {invalid, "Unknown GSTIN"},
	portal.GSTINCancelled:   {invalid, "GSTIN cancelled"},
	portal.GSTINInactive:    {invalid, "GSTIN inactive"},
	portal.GSTINProvisional: {invalid, "GSTIN provisional"},
	portal.GSTINSuspended:   {invalid, "GSTIN suspended"},
	portal.PANInvalid:       {invalid, "Invalid PAN"},
	portal.PANUnknown:       {invalid, "Unknown PAN"},
	portal.MobileInvalid:    {invalid, "Invalid mobile number"},
	portal.EmailInvalid:     {invalid, "Invalid e-mail address"},
	portal.ContactMismatch:  {invalid, "Contact details do not match"},
	portal.MobileBlank:      {invalid, "No mobile number on record"},
	portal.CategoryMismatch: {invalid, "Wrong category"},

	portal.OTPMismatch:  {invalid, "Wrong OTP"},
	portal.OTPExhausted: {invalid, "Too many wrong OTPs"},
	portal.OTPExpired:   {invalid, "OTP no longer valid"},
	portal.OTPTooSoon:   {http.StatusTooManyRequests, "OTP sent a moment ago"},
	portal.OTPLimit:     {http.StatusTooManyRequests, "Too many OTPs"},
	portal.OTPSendLimit: {http.StatusTooManyRequests, "Too many OTPs for now"},

	portal.ThroughInvalid:    {invalid, "Unknown way of registration"},
	portal.ProviderUnknown:   {invalid, "Unknown company"},
	portal.ClientIDMismatch:  {invalid, "Client id does not fit"},
	portal.UsernameInvalid:   {invalid, "Invalid username"},
	portal.UsernameTaken:     {http.StatusConflict, "Username taken"},
	portal.PasswordPolicy:    {invalid, "Password too weak"},
	portal.PasswordConfirm:   {invalid, "Passwords differ"},
	portal.AlreadyRegistered: {http.StatusConflict, "Already registered"},
	portal.StateCodeInvalid:  {invalid, "Unknown state code"},
	portal.GSPOnly:           {http.StatusForbidden, "For GSPs only"},
	portal.DummyLimit:        {http.StatusConflict, "No more dummy GSTINs"},

	portal.LoginFailed:      {http.StatusUnauthorized, "Login failed"},
	portal.AccountLocked:    {http.StatusLocked, "Account locked"},
	portal.NotEnabled:       {http.StatusForbidden, "Not enabled for e-invoicing"},
	portal.AccountFrozen:    {http.StatusForbidden, "Account frozen"},
	portal.AccountCancelled: {http.StatusForbidden, "Account cancelled"},
	portal.AccountSuspended: {http.StatusForbidden, "Account suspended"},
	portal.AccountInactive:  {http.StatusForbidden, "Account inactive"},
	portal.TransporterOnly:  {http.StatusForbidden, "Transporters may not log in"},
	portal.SessionRequired:  {http.StatusUnauthorized, "Not logged in"},
	portal.SessionExpired:   {http.StatusUnauthorized, "Session expired"},

	portal.ClientMismatch:      {invalid, "Client credentials do not fit"},
	portal.DirectAwaitsIP:      {http.StatusForbidden, "Direct access awaits IP whitelisting"},
	portal.DirectAwaitsOfficer: {http.StatusForbidden, "Direct access awaits approval"},
	portal.DirectRejected:      {http.StatusForbidden, "Direct access rejected"},
	portal.DirectTurnover:      {http.StatusForbidden, "Turnover below the threshold"},

	portal.PasswordReused:   {invalid, "Password used before"},
	portal.PasswordMismatch: {invalid, "Wrong current password"},
	portal.AlreadyFrozen:    {http.StatusConflict, "Already frozen"},
	portal.NotRegistered:    {invalid, "Not registered"},
	portal.UsernameMismatch: {invalid, "Username does not fit"},

	portal.WrongState: {http.StatusConflict, "Out of order"},
	portal.NotFound:   {http.StatusNotFound, "Not found"},
	portal.Expired:    {http.StatusGone, "Expired"},
	portal.Outage:     {http.StatusServiceUnavailable, "Out of service"},
	portal.Refused:    {invalid, "Refused"},
}

// statusOf returns the line of a code. A test checks that the table has every code.
func statusOf(code portal.Code) statusLine {
	return cmp.Or(statuses[code], statusLine{http.StatusInternalServerError, "Internal error"})
}
