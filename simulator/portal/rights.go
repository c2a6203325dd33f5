package portal

import (
	"errors"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Why a right ended, as the journal says it of a token.
const (
	endedByFreezing   = "the API user was frozen"
	endedByPassword   = "the password of the API user was changed"
	endedByCancelling = "the registration of the taxpayer was cancelled"
)

// endUser ends the sessions of an API user, and its token at once.
func endUser(tx store.Tx, u store.APIUser, at time.Time, why string) error {
	err := endSessions(tx, u.Environment, u.Username, "")
	token, missed := tx.TokenOf(u.Environment, u.ClientID, u.Username)
	switch {
	case missing(missed), missed == nil && !at.Before(token.ExpiresAt):
		return err
	case missed != nil:
		return errors.Join(err, missed)
	}
	token.ExpiresAt, token.Ended = at, why
	return errors.Join(err, tx.PutToken(token))
}

// endSessions ends the sessions of a user or, with an empty username, of a provider.
func endSessions(tx store.Tx, env nic.Environment, username, clientID string) error {
	open, err := tx.SessionsOf(env, username, clientID)
	for _, s := range open {
		err = errors.Join(err, tx.DeleteSession(env, s.Token))
	}
	return err
}

// EndOfAPIUser ends what an API user lost by a change: after a freeze and a new password its sessions and its token.
func EndOfAPIUser(tx store.Tx, before, after store.APIUser, at time.Time) error {
	switch {
	case after.Frozen && !before.Frozen:
		return endUser(tx, before, at, endedByFreezing)
	case after.PasswordHash != before.PasswordHash:
		return endUser(tx, before, at, endedByPassword)
	}
	return nil
}

// EndOfPortalUser is EndOfAPIUser for a login of the production portal, which has no token.
func EndOfPortalUser(tx store.Tx, before, after store.PortalUser) error {
	if after.Frozen == before.Frozen && after.PasswordHash == before.PasswordHash {
		return nil
	}
	return endSessions(tx, nic.Production, before.Username, "")
}

// EndOfProvider ends the sessions of a provider that was deleted or has another secret.
func EndOfProvider(tx store.Tx, clientID string) error {
	return endSessions(tx, nic.Sandbox, "", clientID)
}

// EndOfTaxpayer ends the sessions and tokens of a taxpayer's users when its registration was cancelled. NIC refuses the
// invoices of a taxpayer who is suspended, inactive or not enabled with 3029 and 3026, so their tokens stay.
func EndOfTaxpayer(tx store.Tx, before, after store.Taxpayer, at time.Time) error {
	if after.Status != nic.Cancelled || before.Status == nic.Cancelled {
		return nil
	}
	var errs []error
	for _, env := range nic.Environments {
		users, err := tx.APIUsersOf(env, before.GSTIN)
		errs = append(errs, err)
		for _, u := range users {
			errs = append(errs, endUser(tx, u, at, endedByCancelling))
		}
	}
	if login, err := tx.PortalUserOf(before.GSTIN); err == nil {
		errs = append(errs, endSessions(tx, nic.Production, login.Username, ""))
	} else if !missing(err) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
