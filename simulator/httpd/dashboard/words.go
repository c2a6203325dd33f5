package dashboard

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// words has the texts that pages show for values of addresses and of the JSON.
var words = map[string]string{
	"registration-otp": "Registration OTP", "api-user-otp": "API user OTP", "password-reset-otp": "Password reset OTP",
	"login-otp": "Login OTP", "username-reminder": "Username reminder", "client-credentials": "Client credentials",
	"sms": "SMS", "email": "e-mail",
	"sandbox": "Sandbox", "production": "Production", "gsp": "GSP",
	"pages": "Web pages", "json": "Portal JSON", "api": "e-Invoice API",
	"refused": "Refused", "accepted": "Accepted", "none": "Left out",
	"DIRECT": "Direct", nic.InvoiceActive: "Active", nic.InvoiceCancelled: "Cancelled",
	"APPROVED": "approved", "AWAITING_IP": "waits for the IP address (3059)",
	"AWAITING_OFFICER": "waits for an officer (3060)", "REJECTED": "rejected (3061)",
	notApplied: "not applied for",
}

// notApplied is the status of direct access of a PAN without an application.
const notApplied = "NOT_APPLIED"

// word returns the text for a value of any string type, or the value itself.
func word(value any) string {
	text := fmt.Sprint(value)
	if said, ok := words[text]; ok {
		return said
	}
	return text
}

// longestPart is the longest segment of a path that is shown whole. Identifiers are longer.
const longestPart = 24

// shortPath returns a path without its world and with shortened identifiers.
func shortPath(path string) string {
	parts := strings.Split(withoutWorld(path), "/")
	for i, part := range parts {
		name, kind, dotted := strings.Cut(part, ".")
		if len(name) <= longestPart {
			continue
		}
		parts[i] = strings.ToValidUTF8(name[:4], "") + "…"
		if dotted && len(kind) <= 4 {
			parts[i] += "." + kind
		}
	}
	return strings.Join(parts, "/")
}

// withoutWorld returns a path without the prefix of its world.
func withoutWorld(path string) string {
	if rest, ok := strings.CutPrefix(path, "/w/"); ok {
		_, path, _ = strings.Cut(rest, "/")
		path = "/" + path
	}
	return path
}

// dayEntries are consecutive entries of one day in India.
type dayEntries struct {
	Day     string
	Entries []*journal.Exchange
}

// daily groups consecutive entries by day. A day occurs twice if the clock was set back.
func daily(list []*journal.Exchange) []dayEntries {
	var days []dayEntries
	for _, e := range list {
		day := e.At.In(nic.IST).Format("Monday, 2 January 2006")
		if len(days) == 0 || days[len(days)-1].Day != day {
			days = append(days, dayEntries{Day: day})
		}
		last := &days[len(days)-1]
		last.Entries = append(last.Entries, e)
	}
	return days
}

// timeOfDay returns the time of day in India.
func timeOfDay(t time.Time) string { return t.In(nic.IST).Format("15:04:05") }

// stateWord returns the word for a status: Active for ACTIVE.
func stateWord(code string) string {
	if code == "" {
		return ""
	}
	return strings.ToUpper(code[:1]) + strings.ToLower(code[1:])
}

// taxpayerType returns NIC's name of a taxpayer type with its code.
func taxpayerType(code string) string {
	masters, err := fixtures.LoadMasters()
	if err != nil || masters.TaxpayerTypes[code].Name == "" {
		return code
	}
	return masters.TaxpayerTypes[code].Name + " (" + code + ")"
}

// documentName returns NIC's name of a document type.
func documentName(code string) string {
	masters, err := fixtures.LoadMasters()
	if err != nil || masters.DocumentTypes[code] == "" {
		return code
	}
	return masters.DocumentTypes[code]
}

// crore returns the text of a turnover.
func crore(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) + " crore rupees" }

// states returns the options of a select field for statuses.
func states(codes ...string) []layout.Option {
	list := make([]layout.Option, len(codes))
	for i, code := range codes {
		list[i] = layout.Option{Value: code, Label: stateWord(code)}
	}
	return list
}

// done has the message for each value of the parameter done, which a form adds to the address of the next
// page. A page shows no other message, so that a forged address cannot put text on it.
var done = map[string]string{
	"saved":     "The settings were saved",
	"defaults":  "The settings are the defaults again",
	"frozen":    "The clock stands still",
	"run":       "The clock runs on",
	"real":      "The clock shows real time again",
	"set":       "The clock was set",
	"advanced":  "The clock was advanced",
	"emptied":   "The inbox is empty now",
	"ended":     "The world was ended",
	"imported":  "The world was imported",
	"restarted": "The world default was ended and starts again",

	"situation": "The world is in that situation now", "fault added": "The fault was added",
	"fault removed": "The fault was removed", "faults removed": "All faults were removed",

	"provider added": "The provider was added", "provider saved": "The provider was saved",
	"organisation added": "The organisation was added", "organisation saved": "The organisation was saved",
	"taxpayer added": "The taxpayer was added", "taxpayer saved": "The taxpayer was saved",
	"portal login added": "The portal login was added", "portal login saved": "The portal login was saved",
	"invoice of another IRP added": "The invoice of another IRP was added",
	"subscription added":           "The subscription was added", "subscription removed": "The subscription was removed",
	"API user added": "The API user was added", "API user saved": "The API user was saved",
}

// did returns the path of a page with the message that is named what.
func did(path, what string) string { return path + "?done=" + url.QueryEscape(what) }

// done returns the message of the form that led to this page, or "".
func (v *visit) done() string {
	what := v.r.URL.Query().Get("done")
	if what == "reset" {
		return "The world " + v.world.Name + " was reset"
	}
	if s, ok := stepNamed(what); ok {
		return done["advanced"] + " by " + s.words
	}
	return done[what]
}
