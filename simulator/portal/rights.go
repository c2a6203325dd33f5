package portal

import (
	"errors"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Why a right ended, as the journal says it of a token.
const (
	endedByFreezing = "the API user was frozen"
	endedByPassword = "the password of the API user was changed"
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

// EndOfTaxpayer ends the sessions and tokens of a taxpayer's users after a change by which they may not log in.
func EndOfTaxpayer(tx store.Tx, before, after store.Taxpayer, at time.Time) error {
	var why string
	switch {
	case after.Status != nic.Active && after.Status != before.Status:
		why = "the taxpayer is " + after.Status
	case !after.EInvoiceEnabled && before.EInvoiceEnabled:
		why = "the taxpayer is not enabled for e-invoices"
	case after.TransporterOnly && !before.TransporterOnly:
		why = "the taxpayer is a transporter only"
	default:
		return nil
	}
	var errs []error
	for _, env := range nic.Environments {
		users, err := tx.APIUsersOf(env, before.GSTIN)
		errs = append(errs, err)
		for _, u := range users {
			errs = append(errs, endUser(tx, u, at, why))
		}
	}
	if login, err := tx.PortalUserOf(before.GSTIN); err == nil {
		errs = append(errs, endSessions(tx, nic.Production, login.Username, ""))
	} else if !missing(err) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
