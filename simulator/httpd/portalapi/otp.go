package portalapi

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// sentDoc answers every request to send an OTP again.
type sentDoc struct {
	State        string    `json:"state"`
	SentTo       []string  `json:"sentTo"`
	ExpiresAt    time.Time `json:"expiresAt"`
	ResendAfter  time.Time `json:"resendAfter"`
	AttemptsLeft int       `json:"attemptsLeft"`
}

func showSent(p portal.Portal, f store.Flow) sentDoc {
	c := p.ChallengeOf(f)
	return sentDoc{f.State, c.SentTo, c.ExpiresAt, c.ResendAfter, c.AttemptsLeft}
}

func sent(p portal.Portal, f store.Flow, err error) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusAccepted, Body: showSent(p, f)}, err
}
