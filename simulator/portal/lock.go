package portal

import (
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/store"
)

// lockName is the name that wrong secrets are counted against. No username has a blank, so a user named like a
// client id does not clear the count of the provider.
func (in Credentials) lockName() string {
	if in.ClientID != "" {
		return ClientLock(in.ClientID)
	}
	return in.Username
}

// ClientLock is the name under which a store counts the wrong secrets of a client id, in any case.
func ClientLock(clientID string) string { return "client " + strings.ToUpper(clientID) }

// admit refuses a locked name, whatever the secret, and counts a wrong secret. Unknown names are locked like any
// other, so that the lock does not tell which names exist.
func (p Portal) admit(tx store.Tx, name string, right bool) error {
	a, err := tx.Attempts(p.env, name)
	if err != nil && !missing(err) {
		return err
	}
	s, now := p.book(), p.now()
	if a.LockedUntil.After(now) && p.holds(AccountLocked) {
		return refuseFor(AccountLocked, a.LockedUntil.Sub(now))
	}
	if right {
		return tx.DeleteAttempts(p.env, name)
	}
	since := now.Add(-time.Duration(s.LoginFailureWindow))
	recent := slices.DeleteFunc(slices.Clone(a.Failures), func(t time.Time) bool { return !t.After(since) })
	a = store.Attempts{Environment: p.env, Name: name, Failures: append(recent, now)}
	a.ExpiresAt = now.Add(max(time.Duration(s.LoginFailureWindow), time.Duration(s.LockDuration)))
	refusal := refuse(LoginFailed)
	if len(a.Failures) >= s.LoginMaxFailures+defect.Pick(s.Defects, defect.LockedLater, 0, 1) && p.holds(AccountLocked) {
		a.Failures, a.LockedUntil = nil, now.Add(time.Duration(s.LockDuration))
		refusal = refuseFor(AccountLocked, time.Duration(s.LockDuration))
	}
	if err := tx.PutAttempts(a); err != nil {
		return err
	}
	return refusal
}
