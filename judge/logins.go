package judge

import (
	"slices"
	"strings"
	"time"
)

// login is what the journal shows of a login.
type login struct {
	UserName                string
	AppKeyFingerprint       string
	ForceRefreshAccessToken bool
}

// token names what a token belongs to.
func (c call) token(user string) string {
	return strings.Join([]string{c.Environment, c.header("Gstin"), c.header("Client_id"), user}, " ")
}

// refreshTime is how long before its expiry a token can be refreshed.
const refreshTime = 10 * time.Minute

// india is the zone of TokenExpiry.
var india = time.FixedZone("IST", int((5*time.Hour + 30*time.Minute).Seconds()))

// ended are the codes after which a client must log in again: of the token, of the session key and, at the e-way bill
// system, of both.
var ended = []string{"1005", "1015", "1020", "105", "106", "109"}

// eachLogin visits the logins with what is left of the caller's token: 0 if it has none, or NIC refused it since, or a
// fault may have spoilt it.
func (s *seen) eachLogin(visit func(c call, sent login, left time.Duration)) {
	expiry := map[string]time.Time{}
	for _, c := range s.calls {
		var sent login
		switch {
		case c.name != "auth":
			if slices.Contains(ended, c.code()) || len(c.Faults) > 0 {
				delete(expiry, c.token(c.header("User_name")))
			}
			continue
		case !read(c.Sent, &sent):
			continue
		}
		key := c.token(sent.UserName)
		visit(c, sent, max(0, expiry[key].Sub(c.At)))
		var got struct{ TokenExpiry string }
		if len(c.Faults) > 0 {
			delete(expiry, key)
		} else if c.succeeded() && read(c.Answered, &got) {
			if until, err := time.ParseInLocation(time.DateTime, got.TokenExpiry, india); err == nil {
				expiry[key] = until
			}
		}
	}
}

// early is how long before its expiry a client may give a token up: clocks are not exact.
const early = time.Minute

func oneLogin(s *seen) (f finding) {
	s.eachLogin(func(c call, sent login, left time.Duration) {
		f.applied++
		if left > early && !sent.ForceRefreshAccessToken {
			f.breaks(c, "the token of the login before was good for %s more", left.Round(time.Second))
		}
	})
	return f
}

func refreshWindow(s *seen) (f finding) {
	f.skipped = "no login with ForceRefreshAccessToken was seen"
	s.eachLogin(func(c call, sent login, left time.Duration) {
		if !sent.ForceRefreshAccessToken {
			return
		}
		f.applied++
		if left > refreshTime {
			f.breaks(c, "ForceRefreshAccessToken %s before the token's end", left.Round(time.Second))
		}
	})
	return f
}

func freshAppKey(s *seen) (f finding) {
	f.skipped = "fewer than two logins were seen"
	used := map[string]int64{}
	s.eachLogin(func(c call, sent login, _ time.Duration) {
		if sent.AppKeyFingerprint == "" {
			return
		}
		if first, again := used[sent.AppKeyFingerprint]; again {
			f.breaks(c, "has the AppKey of request %d", first)
		} else {
			used[sent.AppKeyFingerprint] = c.ID
		}
		f.applied = len(used) - 1 // a single login says nothing
	})
	return f
}
