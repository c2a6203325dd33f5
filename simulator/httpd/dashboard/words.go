package dashboard

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// words are what a person reads for what addresses and the JSON have.
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

// notApplied stands for the direct access of a PAN that has not applied for it.
const notApplied = "NOT_APPLIED"

// word says a value of any kind of text as a person reads it.
func word(value any) string {
	text := fmt.Sprint(value)
	if said, ok := words[text]; ok {
		return said
	}
	return text
}

// counted says how many there are of something: "1 request", "2 requests".
func counted(n int, of string) string {
	if n != 1 {
		of += "s"
	}
	return strconv.Itoa(n) + " " + of
}

// longestPart is the longest part of a path that is shown whole; an id is longer, and no word of ours.
const longestPart = 24

// shortPath is a path without its world, and of the ids in it what tells them apart.
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

// withoutWorld is a path within its world.
func withoutWorld(path string) string {
	if rest, ok := strings.CutPrefix(path, "/w/"); ok {
		_, path, _ = strings.Cut(rest, "/")
		path = "/" + path
	}
	return path
}

// dayEntries are those of one day in India, one after the other.
type dayEntries struct {
	Day     string
	Entries []*journal.Exchange
}

// daily begins anew whenever the day changes: a clock that was moved makes times look out of order.
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

// timeOfDay is a time under its date.
func timeOfDay(t time.Time) string { return t.In(nic.IST).Format("15:04:05") }
