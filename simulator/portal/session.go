package portal

import (
	"context"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
)

func (p Portal) sessionEnd() time.Time {
	return p.now().Add(time.Duration(p.book().SessionIdle))
}

// Session returns the session of the first of the tokens that is one, and starts its
// idle time again. A browser may send tokens of several worlds.
func (p Portal) Session(ctx context.Context, tokens []string) (store.Session, error) {
	var s store.Session
	err := p.update(ctx, func(tx store.Tx) error {
		refusal := refuse(SessionRequired)
		for _, token := range tokens {
			found, err := tx.Session(p.env, token)
			switch {
			case missing(err):
				continue
			case err != nil:
				return err
			case p.over(found.ExpiresAt) && p.holds(SessionExpired):
				refusal = refuse(SessionExpired)
				continue
			}
			s = found
			s.ExpiresAt = p.sessionEnd()
			return tx.PutSession(s)
		}
		return refusal
	})
	return s, err
}

// Logout ends a session.
func (p Portal) Logout(ctx context.Context, s store.Session) error {
	return p.update(ctx, func(tx store.Tx) error { return tx.DeleteSession(p.env, s.Token) })
}
