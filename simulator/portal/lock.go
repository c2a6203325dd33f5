package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/store"
)

// lockName is the name that wrong secrets are counted against.
func (in Credentials) lockName() string {
	if in.ClientID != "" {
		return ClientLock(in.ClientID)
	}
	return UserLock(in.Username)
}

// UserLock is the name under which a store counts the wrong passwords of a username. All spellings of a name have one
// count.
func UserLock(username string) string { return lockKey("user", username) }

// ClientLock is UserLock for the wrong secrets of a client id. A user who is named like a client id has another count.
func ClientLock(clientID string) string { return lockKey("client", clientID) }

// longestLock is the length of the longest name that is kept as it is, in bytes. Of a longer one, which no form of the
// portals gives, the hash is kept.
const longestLock = 200

func lockKey(of, name string) string {
	if name = strings.ToLower(name); len(name) > longestLock {
		sum := sha256.Sum256([]byte(name))
		name = hex.EncodeToString(sum[:])
	}
	return of + " " + name
}

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
