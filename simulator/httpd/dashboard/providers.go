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
			access, err := r.DirectAccess(p.PAN)
			if err != nil && !store.IsMissing(err) {
				return err
			}
			row.DirectAccess = cmp.Or(access.Status, notApplied)
			shown.Providers = append(shown.Providers, row)
		}
		shown.Firms, err = firms(r)
		return err
	})
	return layout.Page{Title: "Providers", Name: "providers", Data: shown}, err
}

func firms(r store.Reader) ([]firmRow, error) {
	all, err := r.Organisations()
	if err != nil {
		return nil, err
	}
	var rows []firmRow
	for _, o := range all {
		client, err := r.ProviderOf(o.PAN)
		if err != nil && !store.IsMissing(err) {
			return nil, err
		}
		rows = append(rows, firmRow{o, client.ClientID})
	}
	return rows, nil
}

// lockedUntil returns the end of the lock of a login, or the zero time if it is not locked.
func (v *visit) lockedUntil(r store.Reader, env nic.Environment, name string) (time.Time, error) {
	a, err := r.Attempts(env, name)
	if store.IsMissing(err) || err == nil && !a.LockedUntil.After(v.world.Clock.Now()) {
		return time.Time{}, nil
	}
	return a.LockedUntil, err
}
