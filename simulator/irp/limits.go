package irp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/limit"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Admit refuses a call of a caller that is blocked or exceeds a limit, and counts any other. It comes before all other
// checks of a call, so it takes the caller's word for who it is. A world whose settings have no limit need not ask it:
// see [world.World.LimitsCalls].
func (i IRP) Admit(ctx context.Context, a Access, h Headers, login bool) error {
	return i.update(ctx, func(tx store.Tx) error {
		if err := i.unblocked(tx, h); err != nil {
			return err
		}
		c, err := i.known(tx, h)
		if err != nil || c.ClientID == "" {
			return err
		}
		if err := i.world.Sweep(tx); err != nil {
			return err
		}
		set := i.book()
		of := "the client id " + c.ClientID
		if c.GSTIN != "" {
			of += " for the GSTIN " + c.GSTIN
		}
		calls := counted{"calls", "callLimit", of, limit.Limit{Most: set.CallLimit, Window: time.Minute}}
		if err := i.take(tx, a, calls); err != nil || !login {
			return err
		}
		return i.take(tx, a, counted{"logins", "loginLimit", of,
			limit.Limit{Most: set.LoginLimit, Window: time.Duration(set.LoginLimitWindow)}})
	})
}

// counted is what a limit counts, in words.
type counted struct {
	events, setting, of string
	limit.Limit
}

// take counts an event, or refuses it for as long as its window lasts.
func (i IRP) take(tx store.Tx, a Access, of counted) error {
	if of.Most == 0 {
		return nil
	}
	now := i.now()
	c, ok, err := of.Take(tx, i.env, of.events+" of "+of.of, now)
	if err != nil || ok {
		return err
	}
	r := refuse(a.limited)
	r.Limit, r.Why = true, found("The setting %s allows %d in %s, and as many %s of %s were counted from %s on.",
		of.setting, of.Most, settings.Duration(of.Window), of.events, of.of, moment(c.Since)).
		or("Send the call again from "+moment(c.ExpiresAt)+" on, when the window ends.")
	if i.book().LimitAnswer == settings.LimitStatus {
		r.Wait = c.ExpiresAt.Sub(now)
	}
	return r
}

// The names under which errors are counted. Usernames are the same in any case.
func errorsOfClient(id string) string     { return "errors of the client id " + id }
func errorsOfUser(username string) string { return "errors of the user " + strings.ToLower(username) }
func errorsOfGSTIN(gstin string) string   { return "errors of the GSTIN " + gstin }

// unblocked refuses a caller whose client id, user or GSTIN is blocked for its errors.
func (i IRP) unblocked(r store.Reader, h Headers) error {
	set := i.book()
	for _, b := range []struct {
		code, setting   string
		most            int
		subject, counts string
	}{
		{codeClientBlocked, "clientErrorLimit", set.ClientErrorLimit, h.ClientID, errorsOfClient(h.ClientID)},
		{codeUserBlocked, "userErrorLimit", set.UserErrorLimit, h.UserName, errorsOfUser(h.UserName)},
		{codeUserBlocked, "userErrorLimit", set.UserErrorLimit, h.GSTIN, errorsOfGSTIN(h.GSTIN)},
	} {
		if b.most == 0 || b.subject == "" {
			continue
		}
		c, blocked, err := limit.Blocked(r, i.env, b.counts, i.now())
		if err != nil {
			return err
		}
		if blocked {
			refusal := refuse(b.code, b.subject)
			refusal.Limit, refusal.Why = true, found(
				"The setting %s blocks after %d in %s, and as many %s were counted from %s on. The block began at %s.",
				b.setting, c.Events, set.ErrorWindow, b.counts, moment(c.Since), moment(c.BlockedAt)).
				or("Correct what the journal says of the errors, and send the call again from "+moment(c.ExpiresAt)+
					" on, when the block ends.")
			return refusal
		}
	}
	return nil
}

// userUnblocked is unblocked for the user of a login, whom the headers need not name.
func (i IRP) userUnblocked(ctx context.Context, username string) error {
	if !i.world.LimitsCalls() {
		return nil
	}
	return i.View(ctx, func(r store.Reader) error { return i.unblocked(r, Headers{UserName: username}) })
}

// CountError counts a refusal as an error of the client id and of the user, or of the GSTIN if no user is known. The
// refusals of limits and blocks are not counted. It returns the error that it got, or that of the store.
func (i IRP) CountError(ctx context.Context, err error, e Evidence) error {
	refusal, ok := errors.AsType[*Refusal](err)
	if !ok || refusal.Limit || !i.world.LimitsCalls() {
		return err
	}
	failed := i.update(ctx, func(tx store.Tx) error {
		h := e.Headers
		h.UserName = cmp.Or(e.Login.UserName, h.UserName)
		c, err := i.known(tx, h)
		if err != nil {
			return err
		}
		set := i.book()
		count := func(most int, subject, name string) error {
			if most == 0 || subject == "" {
				return nil
			}
			block := limit.Block{
				Errors: most, Window: time.Duration(set.ErrorWindow), Lasts: time.Duration(set.BlockDuration),
			}
			return block.Count(tx, i.env, name, i.now())
		}
		user, name := c.UserName, errorsOfUser(c.UserName)
		if user == "" {
			user, name = c.GSTIN, errorsOfGSTIN(c.GSTIN)
		}
		return errors.Join(
			count(set.ClientErrorLimit, c.ClientID, errorsOfClient(c.ClientID)), count(set.UserErrorLimit, user, name),
		)
	})
	if failed != nil {
		return fmt.Errorf("counting an error: %w", failed)
	}
	return err
}

// known returns the headers with those names alone that the world has. Only these are counted, so that no request makes
// records without end, and no secret that was sent in the place of a name is kept.
func (i IRP) known(r store.Reader, h Headers) (known Headers, err error) {
	_, noClient := r.Provider(h.ClientID)
	user, noUser := r.APIUser(i.env, h.UserName)
	_, noTaxpayer := r.Taxpayer(h.GSTIN)
	for _, err := range []error{noClient, noUser, noTaxpayer} {
		if err != nil && !missing(err) {
			return known, err
		}
	}
	known.UserName = user.Username
	if noClient == nil {
		known.ClientID = h.ClientID
	}
	if noTaxpayer == nil {
		known.GSTIN = h.GSTIN
	}
	return known, nil
}

// moment writes a time in a diagnosis, in Indian time.
func moment(at time.Time) string { return at.In(nic.IST).Format(time.DateTime) }
