package judge

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rules returns the rules in their order.
func Rules() []Rule { return slices.Clone(rules) }

const topErrors = "NIC's note on the top errors: "

var rules = []Rule{
	{"one-login", Must, "The client logs in once in the life of a token, and again only when NIC refuses it.",
		topErrors + "one authentication in the life of a token, which is 6 hours, and 60 minutes in the sandbox", oneLogin},
	{"refresh-window", Must, "ForceRefreshAccessToken is true only in the last 10 minutes of a token.",
		"NIC's page of the authentication, version 1.04: a new token is made in the last 10 minutes only", refreshWindow},
	{"fresh-appkey", Should, "Each login has an AppKey of its own.",
		"NIC's page of the authentication, version 1.04: AppKey is 32 random bytes. Once in each login is nicsim's reading",
		freshAppKey},
	{"no-resend", Must, "A document that NIC's rules refused is not sent again unchanged.",
		topErrors + "a request that was refused must not be sent again unchanged; repeated errors block the taxpayer",
		noResend},
	{"duplicate-read", Must, "After 2150 the client reads the invoice, by IRN or by document, and does not send it again.",
		topErrors + "2150 is handled by reading", duplicateRead},
	{"retry-after", Must, "After an answer with Retry-After the client waits for so long before its next call.",
		"RFC 9110, section 10.2.3, and RFC 6585, section 4", retryAfter},
	{"no-secret-in-url", Must, "A password, a secret, a token or a key is not part of a URL.",
		"RFC 9110, section 17.9: addresses are written to logs; NIC takes these as headers and in sealed bodies",
		noSecretInURL},
	{"keys-apart", Must, "Keys, tokens and users of the sandbox are not used in production, nor the other way round.",
		"NIC gives keys, client ids and users for each environment alone", keysApart},
	{"cancel-reasons", Must, "A cancellation has a reason of its own table: that of the IRN, or that of the e-way bill.",
		"NIC's pages of the two calls: 2 is a data entry mistake for an IRN, and an order cancelled for an e-way bill",
		cancelReasons},
	{"reads-in-window", Must, "An invoice is read within NIC's window after its generation.",
		"NIC's code 2283: the details of an IRN are given for two days", readsInWindow},
	{"drills", Should, "The client recovers in every drill of nicsim.",
		"docs/drills.md, where each rule of a drill has its source", drills},
	{"go-live", Should, fmt.Sprintf("Each call that the client uses has %d successes and %d failures.", wanted, wanted),
		"the go-live sheet of NIC's sandbox as reported in 2020 (TaxGuru's questions and answers): 50 and 50 for each call",
		goLive},
}

// tolerance is how much too early a client may be after Retry-After: timers are not exact.
const tolerance = 100 * time.Millisecond

func retryAfter(s *seen) (f finding) {
	until, asked := map[string]time.Time{}, map[string]string{}
	for _, c := range s.calls {
		if c.name != "ping" && c.At.Before(until[c.Environment].Add(-tolerance)) {
			f.breaks(c, "%d ms before the end of the %s s that Retry-After said",
				until[c.Environment].Sub(c.At).Milliseconds(), asked[c.Environment])
		}
		if seconds, err := strconv.Atoi(c.RetryAfter); err == nil {
			f.applied++
			until[c.Environment], asked[c.Environment] = c.At.Add(time.Duration(seconds)*time.Second), c.RetryAfter
		}
	}
	return f
}

func noSecretInURL(s *seen) (f finding) {
	for _, c := range s.calls {
		f.applied++
		for part := range strings.SplitSeq(c.Query, "&") {
			if name, value, _ := strings.Cut(part, "="); value == "%2A%2A%2A" {
				f.breaks(c, "the query has a %s", name)
			}
		}
	}
	return f
}

// foreign is how the journal's causes say that something belongs to the other environment.
var foreign = regexp.MustCompile(`\b(the sandbox|production), and this is (the sandbox|production)\.`)

func keysApart(s *seen) (f finding) {
	for _, c := range s.calls {
		f.applied++
		if c.Reason != nil && foreign.MatchString(c.Reason.Cause) {
			f.breaks(c, "%s", c.Reason.Cause)
		}
	}
	return f
}

func readsInWindow(s *seen) (f finding) {
	for _, c := range s.calls {
		if c.name != "read-irn" && c.name != "read-document" {
			continue
		}
		f.applied++
		if c.code() == "2283" {
			f.breaks(c, "refused with 2283: the invoice is too old to be read")
		}
	}
	return f
}

func drills(s *seen) finding {
	f := finding{applied: len(s.drills), skipped: "no result of nicsim drill was given"}
	for _, d := range s.drills {
		if !d.Passed {
			f.broken = append(f.broken, "the drill "+d.Name+" was failed")
		}
	}
	return f
}
