package portal

import (
	"maps"
	"slices"
)

// The codes of the portal contract, in its order.
const (
	CaptchaMismatch Code = "captcha-mismatch"
	CaptchaExpired  Code = "captcha-expired"

	CategoryInvalid     Code = "category-invalid"
	GSTINInvalid        Code = "gstin-invalid"
	GSTINUnknown        Code = "gstin-unknown"
	GSTINCancelled      Code = "gstin-cancelled"
	GSTINInactive       Code = "gstin-inactive"
	GSTINProvisional    Code = "gstin-provisional"
	GSTINSuspended      Code = "gstin-suspended"
	PANInvalid          Code = "pan-invalid"
	PANUnknown          Code = "pan-unknown"
	MobileInvalid       Code = "mobile-invalid"
	EmailInvalid        Code = "email-invalid"
	ContactMismatch     Code = "contact-mismatch"
	MobileBlank         Code = "mobile-blank"
	CategoryMismatch    Code = "category-mismatch"
	OTPMismatch         Code = "otp-mismatch"
	OTPExhausted        Code = "otp-attempts-exhausted"
	OTPExpired          Code = "otp-expired"
	OTPTooSoon          Code = "otp-too-soon"
	OTPLimit            Code = "otp-limit"
	OTPSendLimit        Code = "otp-send-limit"
	ThroughInvalid      Code = "registration-through-invalid"
	ProviderUnknown     Code = "provider-unknown"
	ClientIDMismatch    Code = "client-id-mismatch"
	UsernameInvalid     Code = "username-invalid"
	UsernameTaken       Code = "username-taken"
	PasswordPolicy      Code = "password-policy"
	PasswordConfirm     Code = "password-confirmation"
	AlreadyRegistered   Code = "already-registered"
	StateCodeInvalid    Code = "state-code-invalid"
	GSPOnly             Code = "gsp-only"
	DummyLimit          Code = "dummy-gstin-limit"
	LoginFailed         Code = "login-failed"
	AccountLocked       Code = "account-locked"
	NotEnabled          Code = "not-enabled"
	AccountFrozen       Code = "account-frozen"
	AccountCancelled    Code = "account-cancelled"
	AccountSuspended    Code = "account-suspended"
	AccountInactive     Code = "account-inactive"
	TransporterOnly     Code = "transporter-only"
	SessionRequired     Code = "session-required"
	SessionExpired      Code = "session-expired"
	ClientMismatch      Code = "client-credentials-mismatch"
	DirectAwaitsIP      Code = "direct-awaiting-ip"
	DirectAwaitsOfficer Code = "direct-awaiting-officer"
	DirectRejected      Code = "direct-rejected"
	DirectTurnover      Code = "direct-below-threshold"
	PasswordReused      Code = "password-reused"
	PasswordMismatch    Code = "password-mismatch"
	AlreadyFrozen       Code = "already-frozen"
	NotRegistered       Code = "not-registered"
	UsernameMismatch    Code = "username-mismatch"

	WrongState Code = "wrong-state"
	NotFound   Code = "not-found"
	Expired    Code = "expired"
	Outage     Code = "outage"
	Refused    Code = "refused" // by a fault, with a code of NIC's that has no other code here
)

// catalogue has the words of every code: the number of NIC's message, or, where NIC
// publishes none, a text of ours (SIM).
var catalogue = map[Code]struct{ nic, sim string }{
	CaptchaMismatch: {sim: "The characters do not match the picture. Ask for a new captcha."},
	CaptchaExpired:  {sim: "This captcha was used before, is too old or was never drawn. Ask for a new one."},

	CategoryInvalid:     {sim: "Choose GSP, ERP, ECO or TAXPAYER."},
	GSTINInvalid:        {nic: "3030"},
	GSTINUnknown:        {nic: "3001"},
	GSTINCancelled:      {nic: "3013"},
	GSTINInactive:       {nic: "3016"},
	GSTINProvisional:    {nic: "3017"},
	GSTINSuspended:      {sim: "Your registration under GST has been suspended."},
	PANInvalid:          {sim: "A PAN is five letters, four digits and a letter."},
	PANUnknown:          {nic: "3001"},
	MobileInvalid:       {nic: "3006"},
	EmailInvalid:        {sim: "Invalid Email Address"},
	ContactMismatch:     {sim: "Invalid Email Address"}, // of a mobile: those of MobileInvalid
	MobileBlank:         {nic: "3012"},
	CategoryMismatch:    {nic: "3044"},
	OTPMismatch:         {sim: "The OTP is wrong."},
	OTPExhausted:        {sim: "Too many wrong OTPs. Begin again."},
	OTPExpired:          {sim: "This OTP is no longer valid. Use the newest one or ask for another."},
	OTPTooSoon:          {sim: "An OTP was sent a moment ago. Wait before you ask for another."},
	OTPLimit:            {sim: "No more OTPs are sent for this registration. Begin again."},
	OTPSendLimit:        {nic: "3108"},
	ThroughInvalid:      {sim: "Choose GSP, ERP or DIRECT."},
	ProviderUnknown:     {sim: "No company of this name is offered here."},
	ClientIDMismatch:    {nic: "1010"},
	UsernameInvalid:     {nic: "3031"},
	UsernameTaken:       {nic: "3004"},
	PasswordPolicy:      {nic: "3003"},
	PasswordConfirm:     {sim: "The two passwords differ."},
	AlreadyRegistered:   {nic: "3062"},
	StateCodeInvalid:    {sim: "This is no state code under which GSTINs are issued."},
	GSPOnly:             {sim: "Only a GSP that is signed in with its client id may do this."},
	DummyLimit:          {sim: "All dummy GSTINs of this state are in use."},
	LoginFailed:         {nic: "3002"},
	AccountLocked:       {sim: "Too many wrong passwords. The account is locked for a while."},
	NotEnabled:          {nic: "3046"},
	AccountFrozen:       {nic: "3033"},
	AccountCancelled:    {nic: "3034"},
	AccountSuspended:    {nic: "3035"},
	AccountInactive:     {nic: "3036"},
	TransporterOnly:     {nic: "3032"},
	SessionRequired:     {sim: "Log in first."},
	SessionExpired:      {sim: "The session ended for want of activity. Log in again."},
	ClientMismatch:      {nic: "1010"},
	DirectAwaitsIP:      {nic: "3059"},
	DirectAwaitsOfficer: {nic: "3060"},
	DirectRejected:      {nic: "3061"},
	DirectTurnover:      {sim: "Direct integration is open to taxpayers with a larger turnover only."},
	PasswordReused:      {nic: "3023"},
	PasswordMismatch:    {nic: "3024"},
	AlreadyFrozen:       {nic: "3025"},
	NotRegistered:       {nic: "3045"},
	UsernameMismatch:    {nic: "3005"},

	WrongState: {sim: "This step does not come now."},
	NotFound:   {sim: "There is no such thing here."},
	Expired:    {sim: "This registration has ended. Begin again."},
	Outage:     {nic: "3020"},
	Refused:    {sim: "NIC refuses this."},
}

// Codes returns every code that a portal can answer.
func Codes() []Code { return slices.Collect(maps.Keys(catalogue)) }

// codeOf returns the code of the contract for a code of NIC's: the first by name, or Refused.
func codeOf(nic string) Code {
	for _, code := range slices.Sorted(maps.Keys(catalogue)) {
		if catalogue[code].nic == nic {
			return code
		}
	}
	return Refused
}
