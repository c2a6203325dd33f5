package portal

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/store"
)

// mostOfOthers is how many API users of all GSTINs the defect users-of-others lists.
const mostOfOthers = 1000

// APIUsers lists the API users of a session's own GSTIN, oldest first.
func (p Portal) APIUsers(ctx context.Context, s store.Session) ([]store.APIUser, error) {
	return view(ctx, p, func(r store.Reader) ([]store.APIUser, error) {
		if p.wrong(defect.UsersOfOthers) {
			return r.APIUsers(p.env, store.Page{Limit: mostOfOthers})
		}
		own, err := r.APIUsersOf(p.env, s.GSTIN)
		if err == nil && p.wrong(defect.UsersOfBothPortals) {
			var others []store.APIUser
			others, err = r.APIUsersOf(p.env.Other(), s.GSTIN)
			own = append(own, others...)
		}
		return own, err
	})
}

// ownUser finds an API user of the session's GSTIN. The users of other GSTINs do not exist for it.
func (p Portal) ownUser(r store.Reader, s store.Session, username string) (store.APIUser, error) {
	u, err := r.APIUser(p.env, username)
	other := u.GSTIN != s.GSTIN && !p.wrong(defect.UserOfAnother)
	if missing(err) || err == nil && (other || u.Username != username) {
		return u, refuse(defect.Pick(p.world.Defects(), defect.UnknownUserInvalid, NotFound, UsernameInvalid))
	}
	return u, err
}

// APIUser looks at an API user of the session's own GSTIN.
func (p Portal) APIUser(ctx context.Context, s store.Session, username string) (store.APIUser, error) {
	return view(ctx, p, func(r store.Reader) (store.APIUser, error) { return p.ownUser(r, s, username) })
}

// ChangePassword replaces the password of an API user. The repetition may be left out.
func (p Portal) ChangePassword(ctx context.Context, s store.Session, username, current, next string,
	confirm *string) error {
	return p.update(ctx, func(tx store.Tx) error {
		u, err := p.ownUser(tx, s, username)
		if err != nil {
			return err
		}
		matches, err := p.world.Passwords.Matches(u.PasswordHash, current)
		if err != nil {
			return err
		}
		found := p.findings()
		if !matches && !p.wrong(defect.CurrentPassword) {
			found.add(PasswordMismatch, "currentPassword")
		}
		readNewPassword(next, confirm, "newPassword", found)
		if len(found.list) == 0 && next == current {
			found.add(PasswordReused, "newPassword")
		}
		if err := found.refusal(); err != nil {
			return err
		}
		if p.wrong(defect.PasswordKept) {
			return nil
		}
		before := u
		if u.PasswordHash, err = p.world.Passwords.Hash(next); err != nil {
			return err
		}
		return errors.Join(tx.PutAPIUser(u), EndOfAPIUser(tx, before, u, p.now()))
	})
}

// Freeze ends an API user's access for good: NIC's remedy is a new user.
func (p Portal) Freeze(ctx context.Context, s store.Session, username string) error {
	return p.update(ctx, func(tx store.Tx) error {
		u, err := p.ownUser(tx, s, username)
		if err != nil {
			return err
		}
		if u.Frozen && !p.wrong(defect.FrozenTwice) {
			return refuse(AlreadyFrozen)
		}
		before := u
		u.Frozen = !p.wrong(defect.FreezeForgotten)
		return errors.Join(tx.PutAPIUser(u), EndOfAPIUser(tx, before, u, p.now()))
	})
}

// CompanyNames is the list under Company Name (section 1) and Select GSP (section 2).
// An empty "Registration through" lists every company.
func (p Portal) CompanyNames(ctx context.Context, through string) ([]store.Provider, error) {
	if p.wrong(defect.CompaniesMissing) {
		return nil, nil
	}
	return view(ctx, p, func(r store.Reader) ([]store.Provider, error) {
		if strings.TrimSpace(through) == "" {
			all, err := r.Providers(store.Page{})
			return slices.DeleteFunc(all, func(c store.Provider) bool {
				return c.Type == ThroughDirect || len(c.Through) == 0
			}), err
		}
		through, ok := readThrough(through)
		if !ok {
			return nil, refuseField(ThroughInvalid, "through")
		}
		if p.wrong(defect.CompaniesUnfiltered) {
			return r.Providers(store.Page{})
		}
		return Companies(r, through)
	})
}
