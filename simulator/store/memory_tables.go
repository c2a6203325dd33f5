package store

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// The methods of Reader and Tx, a table at a time.

func (d *data) Taxpayer(gstin string) (Taxpayer, error) { return get(d.taxpayers, gstin) }
func (d *data) Taxpayers() ([]Taxpayer, error)          { return inOrder(d.taxpayers), nil }
func (d *data) AddTaxpayer(t Taxpayer) error            { return add(d, d.taxpayers, t.GSTIN, t) }
func (d *data) PutTaxpayer(t Taxpayer) error {
	put(d, d.taxpayers, t.GSTIN, t)
	return nil
}

func (d *data) Organisation(pan string) (Organisation, error) { return get(d.organisations, pan) }
func (d *data) Organisations() ([]Organisation, error)        { return inOrder(d.organisations), nil }
func (d *data) PutOrganisation(o Organisation) error {
	put(d, d.organisations, o.PAN, o)
	return nil
}

func (d *data) DirectAccess(pan string) (DirectAccess, error) { return get(d.directAccess, pan) }
func (d *data) PutDirectAccess(a DirectAccess) error {
	put(d, d.directAccess, a.PAN, a)
	return nil
}

func (d *data) Provider(clientID string) (Provider, error) { return get(d.providers, clientID) }
func (d *data) Providers() ([]Provider, error) {
	list := make([]Provider, 0, len(d.providerOrder))
	for _, id := range d.providerOrder {
		list = append(list, d.providers[id])
	}
	return list, nil
}

func (d *data) ProviderOf(pan string) (Provider, error) {
	for _, id := range d.providerOrder {
		if p := d.providers[id]; p.PAN == pan {
			return p, nil
		}
	}
	return Provider{}, ErrNotFound
}

func (d *data) AddProvider(p Provider) error {
	if err := add(d, d.providers, p.ClientID, p); err != nil {
		return err
	}
	before := d.providerOrder
	d.undo = append(d.undo, func() { d.providerOrder = before })
	d.providerOrder = append(slices.Clip(before), p.ClientID)
	return nil
}

func (d *data) PortalUser(username string) (PortalUser, error) { return get(d.portalUsers, username) }
func (d *data) PortalUsers() ([]PortalUser, error)             { return inOrder(d.portalUsers), nil }

func (d *data) PortalUserOf(gstin string) (PortalUser, error) {
	username, err := get(d.loginOf, gstin)
	if err != nil {
		return PortalUser{}, err
	}
	return get(d.portalUsers, username)
}

func (d *data) AddPortalUser(u PortalUser) error {
	if _, taken := d.loginOf[u.GSTIN]; taken {
		return ErrExists
	}
	if err := add(d, d.portalUsers, u.Username, u); err != nil {
		return err
	}
	put(d, d.loginOf, u.GSTIN, u.Username)
	return nil
}

func (d *data) PutPortalUser(u PortalUser) error {
	put(d, d.portalUsers, u.Username, u)
	put(d, d.loginOf, u.GSTIN, u.Username)
	return nil
}

func (d *data) APIUser(env nic.Environment, username string) (APIUser, error) {
	return get(d.apiUsers, nameKey(env, username))
}

func (d *data) APIUsersOf(env nic.Environment, gstin string) ([]APIUser, error) {
	keys := d.apiUsersOf[envKey{env, gstin}]
	list := make([]APIUser, 0, len(keys))
	for _, key := range keys {
		list = append(list, d.apiUsers[key])
	}
	return list, nil
}

func (d *data) APIUsers(env nic.Environment) ([]APIUser, error) {
	var list []APIUser
	for key, u := range d.apiUsers {
		if key.env == env {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(a, b APIUser) int {
		return cmp.Compare(strings.ToLower(a.Username), strings.ToLower(b.Username))
	})
	return list, nil
}

func (d *data) AddAPIUser(u APIUser) error {
	key := nameKey(u.Environment, u.Username)
	if err := add(d, d.apiUsers, key, u); err != nil {
		return err
	}
	owner := envKey{u.Environment, u.GSTIN}
	put(d, d.apiUsersOf, owner, append(slices.Clip(d.apiUsersOf[owner]), key))
	return nil
}

func (d *data) PutAPIUser(u APIUser) error {
	put(d, d.apiUsers, nameKey(u.Environment, u.Username), u)
	return nil
}

func (d *data) Captcha(id string) (Captcha, error) { return get(d.captchas, id) }
func (d *data) Captchas(openAt time.Time, limit int) ([]Captcha, error) {
	var open []Captcha
	for _, c := range d.captchas {
		if c.ExpiresAt.After(openAt) {
			open = append(open, c)
		}
	}
	slices.SortFunc(open, func(a, b Captcha) int {
		return cmp.Or(b.ExpiresAt.Compare(a.ExpiresAt), cmp.Compare(a.ID, b.ID))
	})
	return open[:min(len(open), limit)], nil
}

func (d *data) DeleteCaptcha(id string) error {
	remove(d, d.captchas, id)
	return nil
}

func (d *data) PutCaptcha(c Captcha) error {
	put(d, d.captchas, c.ID, c)
	return nil
}

func (d *data) Flow(id string) (Flow, error) { return get(d.flows, id) }
func (d *data) PutFlow(f Flow) error {
	put(d, d.flows, f.ID, f)
	return nil
}

func (d *data) Session(env nic.Environment, token string) (Session, error) {
	return get(d.sessions, envKey{env, token})
}

func (d *data) PutSession(s Session) error {
	put(d, d.sessions, envKey{s.Environment, s.Token}, s)
	return nil
}

func (d *data) DeleteSession(env nic.Environment, token string) error {
	remove(d, d.sessions, envKey{env, token})
	return nil
}

func (d *data) Attempts(env nic.Environment, name string) (Attempts, error) {
	return get(d.attempts, envKey{env, name})
}

func (d *data) PutAttempts(a Attempts) error {
	put(d, d.attempts, envKey{a.Environment, a.Name}, a)
	return nil
}

func (d *data) DeleteAttempts(env nic.Environment, name string) error {
	remove(d, d.attempts, envKey{env, name})
	return nil
}
