package dashboard

import (
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/settings"
)

// settingGroup is what stands under one heading.
type settingGroup struct {
	heading string
	list    []settingWords
}

// settingWords are what a person reads of a setting.
type settingWords struct {
	name  string // the JSON's
	label string
	about string
	kind  *settingKind
	words []layout.Option // of chosen
}

// settingGroups are all settings, in the order of the page.
var settingGroups = []settingGroup{
	{"Captcha and OTP", []settingWords{
		{"captchaLifetime", "Captcha is valid for", "From drawing it to the last answer.", span, nil},
		{"otpLifetime", "OTP is valid for", "From sending it to the last attempt.", span, nil},
		{"otpResendInterval", "Next OTP can be sent after", "Counted from the one before.", span, nil},
		{"otpMaxSends", "OTPs in one flow", "The first one included.", count, nil},
		{"otpMaxAttempts", "Wrong OTPs that end a flow", "A new OTP gives no new attempts.", count, nil},
		{"flowLifetime", "Flow ends after", "From its first step to its last.", span, nil},
	}},
	{"Logins and sessions", []settingWords{
		{"sessionIdle", "Session ends after", "Without any request.", span, nil},
		{"loginMaxFailures", "Wrong passwords that lock a login", "A right one begins the count anew.", count, nil},
		{"loginFailureWindow", "Wrong passwords count for", "Older ones are forgotten.", span, nil},
		{"lockDuration", "Login stays locked for", "Even the right password is refused.", span, nil},
	}},
	{"API users", []settingWords{
		{"usernameMin", "Shortest username", "In characters, without API_.", count, nil},
		{"usernameMax", "Longest username", "In characters, without API_.", count, nil},
		{"passwordMin", "Shortest password", "In characters.", count, nil},
		{"passwordMax", "Longest password", "In characters.", count, nil},
		{"directThresholdCrore", "Direct is open from a turnover of", "In crore rupees a year.", crores, nil},
	}},
	{"Disturbances", []settingWords{
		{"smsDelay", "SMS arrives after", "E-mails arrive at once.", span, nil},
		{"smsDropped", "SMS get lost", "No SMS arrives; e-mails do.", truth, nil},
		{"outage", "Portals are out of order", "They answer nothing but NIC's 3020.", truth, nil},
	}},
	{"The e-Invoice API", []settingWords{
		{"tokenLifetimeSandbox", "Token of the sandbox is valid for", "From the login on.", span, nil},
		{"tokenLifetimeProduction", "Token of production is valid for", "From the login on.", span, nil},
		{"cancelWindow", "Invoice can be cancelled for", "From its acknowledgement on.", span, nil},
		{"readWindow", "Invoice can be read for", "From its acknowledgement on.", span, nil},
		{"irpErrorDetails", "ErrorDetails are written as", "NIC's pages and captures differ.", chosen, []layout.Option{
			{Value: string(settings.ErrorDetailsArray), Label: "An array"},
			{Value: string(settings.ErrorDetailsBase64), Label: "Base64"},
			{Value: string(settings.ErrorDetailsJSON), Label: "JSON in a string"},
		}},
		{"irpV103", "Version 1.03 of auth answers", "NIC has retired it.", truth, nil},
	}},
	{"Rules of an invoice", []settingWords{
		{"unknownGstin", "GSTIN that nobody holds", "Refused with 3028, or taken for an active regular taxpayer.", chosen,
			[]layout.Option{
				{Value: string(settings.RefuseUnknown), Label: "Refuse it"},
				{Value: string(settings.SynthesiseUnknown), Label: "Make up a taxpayer"},
			}},
		{"aatoThresholdCrore", "Old documents are refused from a turnover of", "In crore rupees a year.", crores, nil},
		{"maxDocumentAgeDays", "Such a document may be old", "In days (2305).", days, nil},
		{"floorDate", "Earliest date of a document", "Whatever the turnover (2284).", day, nil},
		{"hsnSixDigitsCrore", "Six digits of HSN from a turnover of", "In crore rupees a year; below it, four are enough.",
			crores, nil},
		{"ewayBillMaxAgeDays", "With an e-way bill a document may be old", "In days (4043).", days, nil},
		{"rules", "Rules to switch", `As in {"hsn-length":false}: off, whatever NIC has.`, switches, nil},
	}},
}
