package client_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

// A step of TestRenewal: the time of the clock, at which a call is made, and all logins so far. R is a login that
// forces a new token.
type renewal struct {
	name    string
	hour    int
	minute  int
	prepare func(*nic)
	logins  string
}

func TestRenewal(t *testing.T) {
	t.Parallel()
	next := func(token, expires string) func(*nic) {
		return func(n *nic) { n.token, n.expires = token, expires }
	}
	fail := func(n *nic) { n.refuse = `[{"ErrorCode":"5001","ErrorMessage":"Application Error"}]` }
	heal := func(n *nic) { n.refuse = "" }
	for name, steps := range map[string][]renewal{
		"a token is used while it lasts": {
			{"first", 10, 0, nil, "L"}, {"second", 10, 1, nil, "L"}, {"late", 10, 54, nil, "L"},
		},
		"another is asked for before it ends": {
			{"first", 10, 0, nil, "L"},
			{"five minutes before", 10, 55, next("new", "2026-11-22 11:55:00"), "LR"},
			{"later", 11, 40, nil, "LR"},
			{"five minutes before", 11, 50, nil, "LRR"},
		},
		"the API gives no other": {
			{"first", 10, 0, nil, "L"}, {"five minutes before", 10, 55, nil, "LR"}, {"then", 10, 58, nil, "LR"},
			{"it has ended", 11, 0, next("new", "2026-11-22 12:00:00"), "LRL"}, {"then", 11, 1, nil, "LRL"},
		},
		"renewal fails": {
			{"first", 10, 0, nil, "L"}, {"five minutes before", 10, 55, fail, "LR"}, {"at once", 10, 55, nil, "LR"},
			{"a minute later", 10, 56, func(n *nic) { heal(n); next("new", "2026-11-22 11:56:00")(n) }, "LRR"},
			{"then", 10, 58, nil, "LRR"},
		},
		"not used for long": {
			{"first", 10, 0, nil, "L"}, {"it has ended", 14, 0, next("new", "2026-11-22 15:00:00"), "LL"},
		},
		"given a token that ends soon": {
			{"first", 10, 57, nil, "L"}, {"second", 10, 57, next("new", "2026-11-22 11:57:00"), "LR"},
			{"third", 10, 58, nil, "LR"},
		},
		"the API's clock is long past": {
			{"first", 23, 0, nil, "L"}, {"then", 23, 1, nil, "L"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNIC(t)
			n.registered(`["x"]`)
			var now time.Time
			a := n.api(func() time.Time { return now })
			for _, step := range steps {
				now = at(step.hour, step.minute)
				if step.prepare != nil {
					n.set(func() { step.prepare(n) })
				}
				if _, err := a.RejectedIRNs(t.Context(), "22/11/2026"); err != nil {
					t.Errorf("%s: %v", step.name, err)
				}
				auths, _ := n.seen()
				var logins strings.Builder
				for _, l := range auths {
					logins.WriteString(map[bool]string{false: "L", true: "R"}[l.ForceRefreshAccessToken])
				}
				if logins.String() != step.logins {
					t.Errorf("%s: logins are %s, want %s", step.name, &logins, step.logins)
				}
			}
		})
	}
}

func TestEndedTokenThatCannotBeRenewed(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.registered(`["x"]`)
	now := at(10, 0)
	a := n.api(func() time.Time { return now })
	if _, err := a.Login(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = at(11, 0)
	n.set(func() { n.refuse = `[{"ErrorCode":"1019","ErrorMessage":"Incorrect Password"}]` })
	_, err := a.RejectedIRNs(t.Context(), "22/11/2026")
	if !as[*client.APIError](t, err).Has("1019") {
		t.Errorf("error is %v", err)
	}
}

// A token that could not be renewed is not used after its end, even if the next try is due later.
func TestPostponedRenewalEndsWithTheToken(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.registered(`["x"]`)
	now := at(10, 0)
	a := n.api(func() time.Time { return now })
	for i, step := range []struct {
		at     time.Time
		refuse string
	}{
		{now, ""},
		{at(10, 59).Add(50 * time.Second), `[{"ErrorCode":"5001","ErrorMessage":"Application Error"}]`},
		{at(11, 0).Add(10 * time.Second), ""},
	} {
		now = step.at
		n.set(func() { n.refuse = step.refuse })
		if _, err := a.Login(t.Context()); err != nil {
			t.Error(err)
		}
		if auths, _ := n.seen(); len(auths) != i+1 {
			t.Errorf("%s: %d logins, want %d", now, len(auths), i+1)
		}
	}
}
