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
	Providers listed[providerRow]
	Firms     listed[firmRow]
}

type providerRow struct {
	store.Provider
	Users        string // how many API users are registered through it
	DirectAccess string // of the type DIRECT
	LockedUntil  time.Time
}

type firmRow struct {
	store.Organisation
	ClientID string // empty if the firm is not registered
}

func providers(v *visit) (layout.Page, error) {
	clientID := func(p store.Provider) string { return p.ClientID }
	all, err := listOf(v, "after", store.Reader.Providers, clientID, v.providerRow)
	if err != nil {
		return layout.Page{}, err
	}
	pan := func(o store.Organisation) string { return o.PAN }
	firms, err := listOf(v, "firm", store.Reader.Organisations, pan, newFirmRow)
	return layout.Page{Title: "Providers", Name: "providers", Data: providersView{all, firms}}, err
}

// mostUsers is how many API users of a provider are counted in an environment.
const mostUsers = 1000

func (v *visit) providerRow(r store.Reader, p store.Provider) (row providerRow, take bool, err error) {
	row.Provider = p
	users := 0
	for _, env := range nic.Environments {
		n, err := r.CountAPIUsersThrough(env, p.ClientID, mostUsers+1)
		if err != nil {
			return row, false, err
		}
		users += n
	}
	if row.Users = limited(users, mostUsers, "API user"); users == 0 {
		row.Users = "no API users"
	}
	if row.LockedUntil, err = v.lockedUntil(r, nic.Sandbox, portal.ClientLock(p.ClientID)); err != nil {
		return row, false, err
	}
	row.DirectAccess, err = directAccess(r, p.PAN)
	return row, true, err
}

func newFirmRow(r store.Reader, o store.Organisation) (firmRow, bool, error) {
	client, err := ifAny(r.ProviderOf(o.PAN))
	return firmRow{o, client.ClientID}, true, err
}

// directAccess returns the status of a PAN's application for direct access.
func directAccess(r store.Reader, pan string) (string, error) {
	access, err := ifAny(r.DirectAccess(pan))
	return cmp.Or(access.Status, notApplied), err
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
	shown, err := inBoth(v, store.Reader.APIUsers, func(u store.APIUser) string { return u.Username },
		func(r store.Reader, u store.APIUser) (userRow, bool, error) {
			row, err := v.userRow(r, u)
			return row, true, err
		})
	return layout.Page{Title: "API users", Name: "api-users", Data: shown}, err
}

func (v *visit) userRow(r store.Reader, u store.APIUser) (row userRow, err error) {
	row.APIUser = u
	if u.Environment == nic.Sandbox {
		row.LockedUntil, err = v.lockedUntil(r, u.Environment, portal.UserLock(u.Username))
	}
	return row, err
}
