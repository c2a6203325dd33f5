package portal

import (
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/store"
)

// lockName is what wrong secrets are counted against. No username has a blank, so
// that a login of a user with the name of a client id does not clear the provider's count.
func (in Credentials) lockName() string {
	if in.ClientID != "" {
		return ClientLock(in.ClientID)
	}
	return in.Username
}

// ClientLock is the name under which a store counts the wrong secrets of a client id.
func ClientLock(clientID string) string { return "client " + clientID }

// admit counts a login against the lock of its name. Unknown names are locked like known ones, so that the
// lock does not show which names exist.
func (p Portal) admit(tx store.Tx, name string, right bool) error {
	a, err := p.attempts(tx, name)
	if err != nil {
		return err
	}
	s, now := p.book(), p.now()
	if right {
		return tx.DeleteAttempts(p.env, name)
	}
	since := now.Add(-time.Duration(s.LoginFailureWindow))
	recent := slices.DeleteFunc(slices.Clone(a.Failures), func(t time.Time) bool { return !t.After(since) })
	a = store.Attempts{Environment: p.env, Name: name, Failures: append(recent, now)}
	a.ExpiresAt = now.Add(max(time.Duration(s.LoginFailureWindow), time.Duration(s.LockDuration)))
	refusal := refuse(LoginFailed)
	if len(a.Failures) >= s.LoginMaxFailures && p.holds(AccountLocked) {
		a.Failures, a.LockedUntil = nil, now.Add(time.Duration(s.LockDuration))
		refusal = locked(time.Duration(s.LockDuration))
	}
	if err := tx.PutAttempts(a); err != nil {
		return err
	}
	return refusal
}

// attempts returns the failed logins of a name, and refuses one that is locked.
func (p Portal) attempts(r store.Reader, name string) (store.Attempts, error) {
	a, err := r.Attempts(p.env, name)
	if err != nil && !missing(err) {
		return a, err
	}
	if now := p.now(); a.LockedUntil.After(now) && p.holds(AccountLocked) {
		return a, locked(a.LockedUntil.Sub(now))
	}
	return a, nil
}

func locked(left time.Duration) *Refusal {
	r := refuse(AccountLocked)
	r.RetryAfter = left
	return r
}
