package dashboard

import (
	"cmp"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// providersView lists the owners of client credentials, and the firms that can register for them.
type providersView struct {
	Providers []providerRow
	Firms     []firmRow
}

type providerRow struct {
	store.Provider
	Users        int    // number of API users that are registered through it
	DirectAccess string // of the type DIRECT
	LockedUntil  time.Time
}

type firmRow struct {
	store.Organisation
	ClientID string // empty if the firm is not registered
}

func providers(v *visit) (layout.Page, error) {
	var shown providersView
	err := v.world.Store.View(v.ctx, func(r store.Reader) error {
		users, err := allAPIUsers(r)
		if err != nil {
			return err
		}
		usersOf := map[string]int{} // by client id
		for _, u := range users {
			usersOf[u.ClientID]++
		}
		all, err := r.Providers()
		if err != nil {
			return err
		}
		for _, p := range all {
			row := providerRow{Provider: p, Users: usersOf[p.ClientID]}
			if row.LockedUntil, err = v.lockedUntil(r, nic.Sandbox, portal.ClientLock(p.ClientID)); err != nil {
				return err
			}
			if row.DirectAccess, err = directAccess(r, p.PAN); err != nil {
				return err
			}
			shown.Providers = append(shown.Providers, row)
		}
		shown.Firms, err = firms(r)
		return err
	})
	return layout.Page{Title: "Providers", Name: "providers", Data: shown}, err
}

// directAccess returns the status of a PAN's application for direct access.
func directAccess(r store.Reader, pan string) (string, error) {
	access, err := ifAny(r.DirectAccess(pan))
	return cmp.Or(access.Status, notApplied), err
}

func firms(r store.Reader) ([]firmRow, error) {
	all, err := r.Organisations()
	if err != nil {
		return nil, err
	}
	var rows []firmRow
	for _, o := range all {
		client, err := ifAny(r.ProviderOf(o.PAN))
		if err != nil {
			return nil, err
		}
		rows = append(rows, firmRow{o, client.ClientID})
	}
	return rows, nil
}

// lockedUntil returns the end of the lock of a login, or the zero time if it is not locked.
func (v *visit) lockedUntil(r store.Reader, env nic.Environment, name string) (time.Time, error) {
	a, err := ifAny(r.Attempts(env, name))
	if !a.LockedUntil.After(v.world.Clock.Now()) {
		return time.Time{}, err
	}
	return a.LockedUntil, err
}

// userRow is an API user. In the sandbox it is a login of the portal too, which can be locked.
type userRow struct {
	store.APIUser
	LockedUntil time.Time
}

func apiUsers(v *visit) (layout.Page, error) {
	rows, err := view(v, func(r store.Reader) ([]userRow, error) {
		users, err := allAPIUsers(r)
		if err != nil {
			return nil, err
		}
		return v.userRows(r, users)
	})
	return layout.Page{Title: "API users", Name: "api-users", Data: rows}, err
}

// allAPIUsers returns the API users of both environments.
func allAPIUsers(r store.Reader) (all []store.APIUser, err error) {
	for _, env := range nic.Environments {
		users, err := r.APIUsers(env)
		if err != nil {
			return nil, err
		}
		all = append(all, users...)
	}
	return all, nil
}

func (v *visit) userRows(r store.Reader, users []store.APIUser) (rows []userRow, err error) {
	for _, u := range users {
		row := userRow{APIUser: u}
		if u.Environment == nic.Sandbox {
			if row.LockedUntil, err = v.lockedUntil(r, u.Environment, portal.UserLock(u.Username)); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
