package dashboard

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// words has the texts that pages show for values of addresses and of the JSON.
var words = map[string]string{
	"registration-otp": "Registration OTP", "api-user-otp": "API user OTP", "password-reset-otp": "Password reset OTP",
	"username-reminder": "Username reminder", "client-credentials": "Client credentials",
	"sms": "SMS", "email": "e-mail",
	"sandbox": "Sandbox", "production": "Production",
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

// counted returns a number with its noun: "1 request", "2 requests".
func counted(n int, of string) string {
	if n != 1 {
		of += "s"
	}
	return strconv.Itoa(n) + " " + of
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
