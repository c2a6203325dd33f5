package admin

import (
	"context"
	"errors"
	"strings"

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

// PortalUsers returns the logins of a world by username.
func PortalUsers(ctx context.Context, w *world.World) ([]PortalUser, error) {
	return list(ctx, w, store.Reader.PortalUsers, portalUser)
}

// NewPortalUser is a login to be added. An empty source is E_INVOICE.
type NewPortalUser struct {
	Username string `json:"username"`
	Password string `json:"password"`
	GSTIN    string `json:"gstin"`
	Source   string `json:"source"`
}

// AddPortalUser gives a taxpayer a login. The portals' password rule is not applied: old logins of the
// E-Way Bill portal need not follow it.
func AddPortalUser(ctx context.Context, w *world.World, in NewPortalUser) (PortalUser, error) {
	var violations []Violation
	refused := func(field, code, message string) { violations = append(violations, Violation{field, code, message}) }
	u := store.PortalUser{Username: strings.TrimSpace(in.Username), Source: in.Source} // trimmed as the Login form does
	if u.Username == "" {
		refused("username", "value-missing", "must not be empty")
	}
	if in.Password == "" {
		refused("password", "value-missing", "must not be empty")
	}
	gstin, err := nic.ParseGSTIN(in.GSTIN)
	if u.GSTIN = string(gstin); err != nil {
		refused("gstin", "gstin-invalid", err.Error())
	}
	if u.Source == "" {
		u.Source = portal.SourceEInvoice
	}
	if u.Source != portal.SourceEInvoice && u.Source != portal.SourceEWayBill {
		refused("source", "value-invalid", "must be E_INVOICE or EWAY_BILL")
	}
	if len(violations) > 0 {
		return PortalUser{}, Refuse(violations...)
	}
	if u.PasswordHash, err = w.Passwords.Hash(in.Password); err != nil {
		return PortalUser{}, err
	}
	err = w.Store.Update(ctx, func(tx store.Tx) error {
		if _, err := tx.Taxpayer(u.GSTIN); errors.Is(err, store.ErrNotFound) {
			return refuse("gstin", "gstin-unknown", "no taxpayer holds it; add one first")
		} else if err != nil {
			return err
		}
		return tx.AddPortalUser(u)
	})
	if errors.Is(err, store.ErrExists) {
		err = exists("login, or one for this GSTIN,", "username")
	}
	return portalUser(u), err
}

// PortalUserChange is a change to a login. A nil field keeps its value.
type PortalUserChange struct {
	Frozen *bool `json:"frozen"`
}

// ChangePortalUser changes a login.
func ChangePortalUser(ctx context.Context, w *world.World, username string, c PortalUserChange) (PortalUser, error) {
	var u store.PortalUser
	err := w.Store.Update(ctx, func(tx store.Tx) (err error) {
		if u, err = tx.PortalUser(username); err != nil {
			return err
		}
		set(c.Frozen, &u.Frozen)
		return tx.PutPortalUser(u)
	})
	return portalUser(u), found(err, "such login")
}
