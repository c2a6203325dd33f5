package admin

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// APIUser is a user of the e-Invoice API, without its password.
type APIUser struct {
	Environment         nic.Environment `json:"environment"`
	Username            string          `json:"username"`
	GSTIN               string          `json:"gstin"`
	ClientID            string          `json:"clientId"`
	RegistrationThrough string          `json:"registrationThrough"` // GSP, ERP or DIRECT
	CompanyName         string          `json:"companyName"`
	Frozen              bool            `json:"frozen"`
	CreatedAt           time.Time       `json:"createdAt"`
}

func apiUser(u store.APIUser) APIUser {
	return APIUser{
		u.Environment, u.Username, u.GSTIN, u.ClientID, u.RegistrationThrough, u.CompanyName, u.Frozen,
		u.CreatedAt.In(nic.IST),
	}
}

// The states of an API user in a filter.
const (
	activeUser = "ACTIVE"
	frozenUser = "FROZEN"
)

var apiUserStatuses = []string{activeUser, frozenUser}

// APIUsers returns the API users that a filter lets pass, the newest first.
func APIUsers(ctx context.Context, w *world.World, f Filter) (page []APIUser, next string, err error) {
	read := func(r store.Reader, env nic.Environment, p store.Page) ([]store.APIUser, error) {
		return r.APIUsers(env, p)
	}
	about := func(u store.APIUser) facts {
		status := activeUser
		if u.Frozen {
			status = frozenUser
		}
		return facts{u.Environment, u.Username, u.CreatedAt, status, []string{u.GSTIN}}
	}
	return filtered(ctx, w, f, apiUserStatuses, read, about, func(_ store.Reader, u store.APIUser) (APIUser, error) {
		return apiUser(u), nil
	})
}

// ReadAPIUser returns one API user by its environment and username, such as sandbox/stubuser. The case of the username
// does not count.
func ReadAPIUser(ctx context.Context, w *world.World, id string) (APIUser, error) {
	u, err := view(ctx, w, func(r store.Reader) (store.APIUser, error) { return r.APIUser(cutID(id)) })
	return apiUser(u), found(err, "such API user")
}

// cutID returns the parts of an id such as sandbox/stubuser.
func cutID(id string) (env nic.Environment, name string) {
	environment, name, _ := strings.Cut(id, "/")
	return nic.Environment(environment), name
}

// APIUserChange is a new API user, or a change to one. A nil field keeps its value or, in a new user, has its default.
type APIUserChange struct {
	Environment         *string `json:"environment"`
	Username            *string `json:"username"`
	Password            *string `json:"password"`
	GSTIN               *string `json:"gstin"`
	ClientID            *string `json:"clientId"`
	RegistrationThrough *string `json:"registrationThrough"`
	Frozen              *bool   `json:"frozen"`
}

func (c APIUserChange) apply(tx store.Tx, w *world.World, u *store.APIUser, violations *findings) error {
	if c.Password != nil || u.PasswordHash == "" {
		if err := rehash(w, c.Password, &u.PasswordHash, violations); err != nil {
			return err
		}
	}
	if err := violations.holder(tx, u.Environment, c.GSTIN, &u.GSTIN); err != nil {
		return err
	}
	if c.ClientID != nil || u.ClientID == "" {
		if err := violations.client(tx, c.ClientID, u); err != nil {
			return err
		}
	}
	violations.oneOf("registrationThrough", c.RegistrationThrough, &u.RegistrationThrough, ProviderWays)
	set(c.Frozen, &u.Frozen)
	return violations.refusal()
}

// client gives an API user a provider: its client id and name, and the first way in which it is offered.
func (f *findings) client(r store.Reader, given *string, u *store.APIUser) error {
	if f.needed("clientId", given, &u.ClientID); u.ClientID == "" {
		return nil
	}
	switch p, err := r.Provider(u.ClientID); {
	case store.IsMissing(err):
		f.add("clientId", "provider-unknown", "no provider has it; add one first")
	case err != nil:
		return err
	default:
		u.CompanyName, u.RegistrationThrough = p.CompanyName, portal.ThroughGSP
		if len(p.Through) > 0 {
			u.RegistrationThrough = p.Through[0]
		}
	}
	return nil
}

// Add makes an API user at once: without an OTP, a password rule or a prefix for its name.
func (c APIUserChange) Add(tx store.Tx, w *world.World) (APIUser, error) {
	var violations findings
	var environment string
	set(c.Environment, &environment)
	env, err := Environment(environment)
	if err != nil {
		violations.add("environment", "environment-invalid", environmentRule)
	}
	u := store.APIUser{Environment: env, CreatedAt: w.Clock.Now()}
	violations.username(c.Username, &u.Username)
	if err := c.apply(tx, w, &u, &violations); err != nil {
		return APIUser{}, err
	}
	return apiUser(u), free(tx.AddAPIUser(u), "API user "+u.Username, "username")
}

// ChangeAPIUser changes an API user. Its environment and username cannot be changed. The token of a user whose client
// id or GSTIN changes ends.
func ChangeAPIUser(ctx context.Context, w *world.World, id string, c APIUserChange) (APIUser, error) {
	return run(ctx, w, func(tx store.Tx, w *world.World) (APIUser, error) {
		before, err := tx.APIUser(cutID(id))
		if err != nil {
			return APIUser{}, found(err, "such API user")
		}
		var violations findings
		violations.fixed("environment", c.Environment, string(before.Environment))
		violations.fixed("username", c.Username, before.Username)
		u := before
		if err := c.apply(tx, w, &u, &violations); err != nil {
			return APIUser{}, err
		}
		if u.ClientID != before.ClientID || u.GSTIN != before.GSTIN {
			err = endToken(tx, before)
		}
		err = errors.Join(err, portal.EndOfAPIUser(tx, before, u, w.Clock.Now()))
		return apiUser(u), errors.Join(err, tx.PutAPIUser(u))
	})
}

// DeleteAPIUser deletes an API user. Its token and its sessions end, and its wrong passwords are forgotten.
func DeleteAPIUser(ctx context.Context, w *world.World, id string) error {
	return w.Store.Update(ctx, func(tx store.Tx) error {
		u, err := tx.APIUser(cutID(id))
		if err != nil {
			return found(err, "such API user")
		}
		ended := portal.EndOfAPIUser(tx, u, store.APIUser{}, w.Clock.Now())
		return errors.Join(ended, endToken(tx, u), tx.DeleteAPIUser(u.Environment, u.Username),
			tx.DeleteAttempts(u.Environment, portal.UserLock(u.Username)))
	})
}

// endToken deletes the token of an API user, if there is one.
func endToken(tx store.Tx, u store.APIUser) error {
	token, err := tx.TokenOf(u.Environment, u.ClientID, u.Username)
	if store.IsMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.DeleteToken(u.Environment, token.Value)
}
