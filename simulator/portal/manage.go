package portal

import (
	"context"
	"strings"

	"github.com/nicsim/nicsim/simulator/store"
)

// APIUsers lists the API users of a session's own GSTIN, oldest first.
func (p Portal) APIUsers(ctx context.Context, s store.Session) ([]store.APIUser, error) {
	var users []store.APIUser
	err := p.view(ctx, func(r store.Reader) error {
		var err error
		users, err = r.APIUsersOf(p.env, s.GSTIN)
		return err
	})
	return users, err
}

// ownUser finds an API user of the session's GSTIN. The users of other GSTINs do not exist for it.
func (p Portal) ownUser(r store.Reader, s store.Session, username string) (store.APIUser, error) {
	u, err := r.APIUser(p.env, username)
	if missing(err) || err == nil && (u.GSTIN != s.GSTIN || u.Username != username) {
		return u, refuse(NotFound)
	}
	return u, err
}

// APIUser looks at an API user of the session's own GSTIN.
func (p Portal) APIUser(ctx context.Context, s store.Session, username string) (store.APIUser, error) {
	var u store.APIUser
	err := p.view(ctx, func(r store.Reader) error {
		var err error
		u, err = p.ownUser(r, s, username)
		return err
	})
	return u, err
}

// ChangePassword replaces the password of an API user. The repetition may be left out.
func (p Portal) ChangePassword(ctx context.Context, s store.Session, username, current, next string,
	confirm *string) error {
	u, err := p.APIUser(ctx, s, username)
	if err != nil {
		return err
	}
	matches, err := p.world.Passwords.Matches(u.PasswordHash, current)
	if err != nil {
		return err
	}
	found := p.findings()
	if !matches {
		found.add(PasswordMismatch, "currentPassword")
	}
	readNewPassword(next, confirm, "newPassword", found)
	if len(found.list) == 0 && next == current {
		found.add(PasswordReused, "newPassword")
	}
	if err := found.refusal(); err != nil {
		return err
	}
	hash, err := p.world.Passwords.Hash(next)
	if err != nil {
		return err
	}
	return p.update(ctx, func(tx store.Tx) error {
		now, err := p.ownUser(tx, s, username)
		if err != nil {
			return err
		}
		if now.PasswordHash != u.PasswordHash { // changed since it was compared
			return refuseField(PasswordMismatch, "currentPassword")
		}
		now.PasswordHash = hash
		return tx.PutAPIUser(now)
	})
}

// Freeze ends an API user's access for good: NIC's remedy is a new user.
func (p Portal) Freeze(ctx context.Context, s store.Session, username string) error {
	return p.update(ctx, func(tx store.Tx) error {
		u, err := p.ownUser(tx, s, username)
		if err != nil {
			return err
		}
		if u.Frozen {
			return refuse(AlreadyFrozen)
		}
		u.Frozen = true
		return tx.PutAPIUser(u)
	})
}

// CompanyNames is the list under Company Name (section 1) and Select GSP (section 2).
// An empty "Registration through" lists every company.
func (p Portal) CompanyNames(ctx context.Context, through string) ([]store.Provider, error) {
	var list []store.Provider
	err := p.view(ctx, func(r store.Reader) error {
		if strings.TrimSpace(through) == "" {
			all, err := r.Providers()
			for _, provider := range all {
				if provider.Type != ThroughDirect && len(provider.Through) > 0 {
					list = append(list, provider)
				}
			}
			return err
		}
		through, ok := readThrough(through)
		if !ok {
			return refuseField(ThroughInvalid, "through")
		}
		var err error
		list, err = Companies(r, through)
		return err
	})
	return list, err
}
