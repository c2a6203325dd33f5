package settings

import "slices"

// Setting describes one setting. Values are written as text, as in JSON without quotation marks.
type Setting struct {
	Name     string   // on the wire
	Default  string   // empty for a setting that follows the timeline of the rules; see [Setting.ByDate]
	Min, Max string   // bounds, both included; empty for a kind that has none
	NotBelow string   // the setting whose value is another lower bound
	Unit     string   // of a number
	Choices  []Choice // of a setting that has a few values only
	Label    string   // on the dashboard
	Says     string   // what it is
}

// Choice is one value of a setting that has a few values only.
type Choice struct{ Value, Label string }

// Group is a heading of the documentation and of the dashboard.
type Group struct {
	Heading  string
	Settings []Setting
}

// Groups returns the description of every setting.
func Groups() []Group { return slices.Clone(groups) }

// All returns the settings of all groups.
func All() []Setting {
	var all []Setting
	for _, g := range groups {
		all = append(all, g.Settings...)
	}
	return all
}

// The upper bounds of durations, of counted events, and of a turnover in crore rupees.
const (
	mostEvents   = "1000000"
	tenYears     = "87600h"
	mostTurnover = "10000000"
)

const crore = "crore rupees"

var groups = []Group{
	{"Captcha and OTP", []Setting{
		{Name: "captchaLifetime", Default: "5m", Min: "1ns", Max: tenYears,
			Label: "Captcha is valid for", Says: "From drawing it to the last answer."},
		{Name: "otpLifetime", Default: "10m", Min: "1ns", Max: tenYears,
			Label: "OTP is valid for", Says: "From sending it to the last attempt."},
		{Name: "otpResendInterval", Default: "30s", Min: "0s", Max: tenYears,
			Label: "Next OTP can be sent after", Says: "Counted from the previous one."},
		{Name: "otpMaxSends", Default: "5", Min: "1", Max: "1000000",
			Label: "OTPs in one flow", Says: "The first one included."},
		{Name: "otpMaxAttempts", Default: "3", Min: "1", Max: "1000",
			Label: "Wrong OTPs that end a flow", Says: "A new OTP gives no new attempts."},
		{Name: "flowLifetime", Default: "1h", Min: "1ns", Max: tenYears,
			Label: "Flow ends after", Says: "From its first step to its last."},
	}},
	{"Logins and sessions", []Setting{
		{Name: "sessionIdle", Default: "15m", Min: "1ns", Max: tenYears,
			Label: "Session ends after", Says: "Time without a request."},
		{Name: "loginMaxFailures", Default: "5", Min: "1", Max: "1000",
			Label: "Wrong passwords that lock a login", Says: "The right password resets the count."},
		{Name: "loginFailureWindow", Default: "15m", Min: "1ns", Max: tenYears,
			Label: "Wrong passwords count for", Says: "Older ones are forgotten."},
		{Name: "lockDuration", Default: "15m", Min: "1ns", Max: tenYears,
			Label: "Login stays locked for", Says: "Even the right password is refused."},
		{Name: "twoFactor", Default: string(TwoFactorOff), Choices: []Choice{
			{string(TwoFactorOff), "Never"}, {string(TwoFactorTimeline), "As NIC does, by turnover and day"},
			{string(TwoFactorAlways), "Always"},
		}, Label: "Production asks for an OTP after the password",
			Says: "By SMS, with the figures of the other OTPs. The guide does not have it. The rule two-factor-login has " +
				"NIC's days and turnovers."},
	}},
	{"API users", []Setting{
		{Name: "usernameMin", Default: "6", Min: "1", Max: "100",
			Label: "Shortest username", Says: "In characters, without API_."},
		{Name: "usernameMax", Default: "15", Min: "1", Max: "100", NotBelow: "usernameMin",
			Label: "Longest username", Says: "In characters, without API_."},
		{Name: "passwordMin", Default: "8", Min: "4", Max: "100",
			Label: "Shortest password", Says: "In characters; at least one of each class."},
		{Name: "passwordMax", Default: "15", Min: "4", Max: "100", NotBelow: "passwordMin",
			Label: "Longest password", Says: "In characters."},
		{Name: "directThresholdCrore", Default: "100", Min: "0", Max: mostTurnover, Unit: crore,
			Label: "Direct is open from a turnover of", Says: "In crore rupees a year. NIC's pages say 500, later ones 100."},
	}},
	{"Disturbances", []Setting{
		{Name: "smsDelay", Default: "0s", Min: "0s", Max: tenYears,
			Label: "SMS arrives after", Says: "On the world's clock; e-mails arrive at once."},
		{Name: "smsDropped", Default: "false", Label: "SMS get lost", Says: "No SMS arrives; e-mails do."},
		{Name: "outage", Default: "false",
			Label: "Portals are out of order", Says: "They answer nothing but NIC's 3020."},
	}},
	{"Limits and blocks", []Setting{
		{Name: "callLimit", Default: "0", Min: "0", Max: mostEvents, Label: "API calls a minute",
			Says: "Of a client id for a GSTIN, logins included. 0: no limit."},
		{Name: "loginLimit", Default: "0", Min: "0", Max: mostEvents, Label: "API logins in their window",
			Says: "Of a client id for a GSTIN. 0: no limit. The e-way bill system is said to allow 5 in 15 minutes."},
		{Name: "loginLimitWindow", Default: "15m", Min: "1s", Max: tenYears,
			Label: "Window of API logins", Says: "From the first login that it counts."},
		{Name: "limitAnswer", Default: string(LimitStatus), Choices: []Choice{
			{string(LimitStatus), "HTTP 429 with Retry-After"}, {string(LimitCode), "NIC's 3108"},
		}, Label: "More calls and logins get", Says: "The e-way bill system answers 118 in place of 3108."},
		{Name: "otpSendLimit", Default: "1000", Min: "0", Max: mostEvents, Label: "OTPs in their window",
			Says: "To a taxpayer or firm, to a mobile and to an e-mail address, over all flows at a portal. 0: no limit."},
		{Name: "otpFailureLimit", Default: "300", Min: "0", Max: mostEvents, Label: "Wrong OTPs in that window",
			Says: "Of a taxpayer or firm, a mobile and an e-mail address, over all flows. Then the right OTP is refused too. " +
				"0: no limit."},
		{Name: "otpSendWindow", Default: "1h", Min: "1s", Max: tenYears,
			Label: "Window of OTPs", Says: "From the first OTP that it counts."},
		{Name: "clientErrorLimit", Default: "0", Min: "0", Max: mostEvents, Label: "Errors that block a client id",
			Says: "It is then refused with 3095. 0: no block. An advisory says 100000."},
		{Name: "userErrorLimit", Default: "0", Min: "0", Max: mostEvents, Label: "Errors that block an API user or a GSTIN",
			Says: "It is then refused with 3096. 0: no block. An advisory says 20000, for a GSTIN."},
		{Name: "errorWindow", Default: "24h", Min: "1s", Max: tenYears,
			Label: "Window of errors", Says: "From the first error that it counts."},
		{Name: "blockDuration", Default: "24h", Min: "1s", Max: tenYears,
			Label: "A block lasts for", Says: "From the error that caused it."},
	}},
	{"The e-Invoice API", []Setting{
		{Name: "tokenLifetimeSandbox", Default: "1h", Min: "1ns", Max: tenYears,
			Label: "Token of the sandbox is valid for", Says: "From the login."},
		{Name: "tokenLifetimeProduction", Default: "6h", Min: "1ns", Max: tenYears,
			Label: "Token of production is valid for", Says: "From the login."},
		{Name: "cancelWindow", Default: "24h", Min: "1ns", Max: tenYears,
			Label: "Invoice can be cancelled for", Says: "From its acknowledgement."},
		{Name: "readWindow", Default: "48h", Min: "1ns", Max: tenYears,
			Label: "Invoice can be read for", Says: "From its acknowledgement. NIC's texts say two days, and three."},
		{Name: "irpErrorDetails", Default: string(ErrorDetailsArray), Choices: []Choice{
			{string(ErrorDetailsArray), "An array"}, {string(ErrorDetailsBase64), "Base64"},
			{string(ErrorDetailsJSON), "JSON in a string"},
		}, Label: "ErrorDetails are written as", Says: "NIC's pages say Base64, captures show an array."},
		{Name: "irpV103", Default: "false",
			Label: "Version 1.03 of auth answers", Says: "NIC has retired it."},
		{Name: "irpSync", Default: "0s", Min: "0s", Max: tenYears,
			Label: "Invoice reaches the other portal after",
			Says: "From its acknowledgement at NIC1 or NIC2, the two portals of one IRP (Invoice Registration Portal). " +
				"Until then the other one does not know it."},
	}},
	{"Rules of an invoice", []Setting{
		{Name: "unknownGstin", Default: string(RefuseUnknown), Choices: []Choice{
			{string(RefuseUnknown), "Refuse it"}, {string(SynthesiseUnknown), "Make up a taxpayer"},
		}, Label: "GSTIN that no taxpayer has",
			Says: "Refused with 3028, or taken as an active regular taxpayer, the same every time."},
		{Name: "aatoThresholdCrore", Min: "0", Max: mostTurnover, Unit: crore,
			Label: "Old documents are refused from a turnover of", Says: "In crore rupees a year."},
		{Name: "maxDocumentAgeDays", Min: "0", Max: "36500", Unit: "days",
			Label: "Oldest document from that turnover",
			Says:  "In days before today; an older one is refused with 2305."},
		{Name: "floorDate", Min: "1900-01-01", Max: "2099-12-31",
			Label: "Earliest date of a document", Says: "For any turnover (2284)."},
		{Name: "hsnSixDigitsCrore", Min: "0", Max: mostTurnover, Unit: crore,
			Label: "Six digits of HSN from a turnover of", Says: "In crore rupees a year; below it, four are enough."},
		{Name: "ewayBillMaxAgeDays", Min: "0", Max: "36500", Unit: "days",
			Label: "Oldest document with an e-way bill",
			Says:  "In days before today; an older one is refused with 4043."},
	}},
	{"Rules", []Setting{
		{Name: "rulesOn", Default: string(RulesOfClock), Min: "2020-10-01", Max: "2099-12-31",
			Label: "Rules are those of", Says: "The day that the world's clock shows (clock), or another day."},
		{Name: "announcedRules", Default: "false", Label: "Announced rules are in force",
			Says: "From their announced day on, even if NIC has put them on hold."},
		{Name: "rules", Default: "{}", Label: "Rules to switch",
			Says: `As in {"hsn-length":false}: in force or not, whatever NIC has. nicsim rules lists the names.`},
	}},
}
