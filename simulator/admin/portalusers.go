package admin

import (
	"context"
	"errors"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// PortalUser is a login of the production portal, without its password.
type PortalUser struct {
	Username string `json:"username"`
	GSTIN    string `json:"gstin"`
	Source   string `json:"source"` // E_INVOICE or EWAY_BILL: the portal where it was made
	Frozen   bool   `json:"frozen"`
}

func portalUser(u store.PortalUser) PortalUser {
	return PortalUser{u.Username, u.GSTIN, u.Source, u.Frozen}
}

// PortalUsers returns the logins of a world in the order in which they were added.
func PortalUsers(ctx context.Context, w *world.World, p Page) (page []PortalUser, next string, err error) {
	return List(ctx, w, p, store.Reader.PortalUsers, func(u store.PortalUser) string { return u.Username },
		all(portalUser))
}

// ReadPortalUser returns one login.
func ReadPortalUser(ctx context.Context, w *world.World, username string) (PortalUser, error) {
	u, err := view(ctx, w, func(r store.Reader) (store.PortalUser, error) { return r.PortalUser(username) })
	return portalUser(u), found(err, "such login")
}

// PortalUserChange is a new login, or a change to one. A nil field keeps its value or, in a new login, has its default.
type PortalUserChange struct {
	Username *string `json:"username"`
	Password *string `json:"password"`
	GSTIN    *string `json:"gstin"`
	Source   *string `json:"source"`
	Frozen   *bool   `json:"frozen"`
}

// sources are the portals where a login can have been made.
var sources = []string{portal.SourceEInvoice, portal.SourceEWayBill}

func (c PortalUserChange) apply(tx store.Tx, w *world.World, u *store.PortalUser, violations *findings) error {
	if c.Password != nil || u.PasswordHash == "" {
		if err := rehash(w, c.Password, &u.PasswordHash, violations); err != nil {
			return err
		}
	}
	if err := violations.holder(tx, nic.Production, c.GSTIN, &u.GSTIN); err != nil {
		return err
	}
	violations.oneOf("source", c.Source, &u.Source, sources)
	set(c.Frozen, &u.Frozen)
	return violations.refusal()
}

// rehash replaces the hash of a password. It hashes nothing when the password cannot be used.
func rehash(w *world.World, given, hash *string, violations *findings) (err error) {
	var password string
	before := len(*violations)
	if violations.secret("password", given, &password); len(*violations) > before {
		return nil
	}
	*hash, err = w.Passwords.Hash(password)
	return err
}

// Add gives a taxpayer a login, made by default on the e-Invoice portal. The portals' password rule is not applied: old
// logins of the E-Way Bill portal need not follow it.
func (c PortalUserChange) Add(tx store.Tx, w *world.World) (PortalUser, error) {
	var violations findings
	u := store.PortalUser{Source: portal.SourceEInvoice}
	violations.username(c.Username, &u.Username)
	if err := c.apply(tx, w, &u, &violations); err != nil {
		return PortalUser{}, err
	}
	if other, err := tx.PortalUserOf(u.GSTIN); err == nil && other.Username != u.Username {
		return PortalUser{}, free(store.ErrExists, "login of "+u.GSTIN, "gstin")
	}
	return portalUser(u), free(tx.AddPortalUser(u), "login "+u.Username, "username")
}

// ChangePortalUser changes a login. The username itself cannot be changed.
func ChangePortalUser(ctx context.Context, w *world.World, username string, c PortalUserChange) (PortalUser, error) {
	return run(ctx, w, func(tx store.Tx, w *world.World) (PortalUser, error) {
		u, err := tx.PortalUser(username)
		if err != nil {
			return PortalUser{}, found(err, "such login")
		}
		before := u
		var violations findings
		violations.fixed("username", c.Username, username)
		if err := c.apply(tx, w, &u, &violations); err != nil {
			return PortalUser{}, err
		}
		if err := portal.EndOfPortalUser(tx, before, u); err != nil {
			return PortalUser{}, err
		}
		return portalUser(u), free(tx.PutPortalUser(u), "login of "+u.GSTIN, "gstin")
	})
}

// DeletePortalUser deletes a login. Its sessions end, and its wrong passwords are forgotten.
func DeletePortalUser(ctx context.Context, w *world.World, username string) error {
	return w.Store.Update(ctx, func(tx store.Tx) error {
		u, err := tx.PortalUser(username)
		if err != nil {
			return found(err, "such login")
		}
		return errors.Join(portal.EndOfPortalUser(tx, u, store.PortalUser{}), tx.DeletePortalUser(username),
			tx.DeleteAttempts(nic.Production, portal.UserLock(username)))
	})
}
