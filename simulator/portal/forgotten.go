package portal

import (
	"context"
	"errors"
	"strings"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Forgotten is what a person types into Forgot Username or, with a Username, into
// Forgot Password on the production portal.
type Forgotten struct {
	Username string
	GSTIN    string
	Mobile   string
	Captcha  CaptchaAnswer
}

// RemindUsername sends the portal username to the registered mobile and returns
// where, masked.
func (p Portal) RemindUsername(ctx context.Context, in Forgotten) ([]string, error) {
	var message inbox.Message
	err := p.update(ctx, func(tx store.Tx) error {
		user, to, err := p.forgetful(tx, in)
		if err != nil {
			return err
		}
		message = p.bySMS(inbox.Message{
			Environment: p.env, Purpose: inbox.UsernameReminder, GSTIN: user.GSTIN,
			Text: "Your username for the e-Invoice portal (simulator) is " + user.Username,
		}, to.mobile)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !p.wrong(defect.ReminderForgotten) {
		err = p.deliver(ctx, []inbox.Message{message})
	}
	return []string{nic.MaskMobile(message.To)}, err
}

// forgetful finds the portal user of a GSTIN whose registered mobile was typed.
func (p Portal) forgetful(tx store.Tx, in Forgotten) (store.PortalUser, contact, error) {
	none := store.PortalUser{}
	found := p.findings()
	gstin, err := p.readGSTIN(tx, in.GSTIN, found)
	if err != nil {
		return none, contact{}, err
	}
	mobile, ok := nic.NormaliseMobile(in.Mobile)
	if !ok {
		found.add(MobileInvalid, "mobile")
	}
	if err := p.spend(tx, in.Captcha, found); err != nil {
		return none, contact{}, err
	}
	if err := found.refusal(); err != nil {
		return none, contact{}, err
	}
	user, err := tx.PortalUserOf(gstin)
	if missing(err) {
		return none, contact{}, refuseField(NotRegistered, "gstin")
	}
	if err != nil {
		return none, contact{}, err
	}
	to, err := p.registered(tx, &store.Flow{Category: TaxpayerCategory, GSTIN: gstin})
	if err != nil {
		return none, contact{}, err
	}
	return user, to, p.compareContact(to, contact{mobile, to.email})
}

// StartPasswordReset is Send OTP under Forgot Password.
func (p Portal) StartPasswordReset(ctx context.Context, in Forgotten) (store.Flow, error) {
	return p.challenge(ctx, inbox.PasswordResetOTP, func(tx store.Tx) (store.Flow, contact, error) {
		f := p.begin(kindPasswordReset)
		user, to, err := p.forgetful(tx, in)
		if err != nil {
			return f, to, err
		}
		if user.Username != strings.TrimSpace(in.Username) && p.holds(UsernameMismatch) {
			return f, to, refuseField(UsernameMismatch, "username")
		}
		f.Category, f.GSTIN, f.Username = TaxpayerCategory, user.GSTIN, user.Username
		return f, to, nil
	})
}

// ResendResetOTP sends another OTP for a forgotten password.
func (p Portal) ResendResetOTP(ctx context.Context, id string) (store.Flow, error) {
	return p.challenge(ctx, inbox.PasswordResetOTP, func(tx store.Tx) (store.Flow, contact, error) {
		return p.again(tx, kindPasswordReset, store.Session{}, id, OTPSent)
	})
}

// VerifyResetOTP opens the form for a new password.
func (p Portal) VerifyResetOTP(ctx context.Context, id, otp string) (store.Flow, error) {
	return p.verifyOTP(ctx, kindPasswordReset, store.Session{}, id, otp)
}

// PasswordReset looks at a Forgot Password without changing it.
func (p Portal) PasswordReset(ctx context.Context, id string) (store.Flow, error) {
	return p.look(ctx, kindPasswordReset, store.Session{}, id)
}

// ResetPassword completes a Forgot Password: the login has the new password, and a
// lock on it is lifted.
func (p Portal) ResetPassword(ctx context.Context, id, next string, confirm *string) error {
	_, err := p.step(ctx, kindPasswordReset, store.Session{}, id, OTPVerified, func(tx store.Tx, f *store.Flow) error {
		found := p.findings()
		readNewPassword(next, confirm, "newPassword", found)
		if err := found.refusal(); err != nil {
			return err
		}
		user, err := tx.PortalUser(f.Username)
		if missing(err) { // deleted since
			return refuse(NotFound)
		}
		if err != nil {
			return err
		}
		if same, err := p.world.Passwords.Matches(user.PasswordHash, next); err != nil {
			return err
		} else if same && p.holds(PasswordReused) {
			return refuseField(PasswordReused, "newPassword")
		}
		before := user
		if !p.wrong(defect.ResetKept) {
			if user.PasswordHash, err = p.world.Passwords.Hash(next); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.PutPortalUser(user), EndOfPortalUser(tx, before, user)); err != nil {
			return err
		}
		f.State, f.Result.At = Completed, p.now()
		if p.wrong(defect.ResetStaysLocked) {
			return nil
		}
		return tx.DeleteAttempts(p.env, UserLock(user.Username))
	})
	return err
}
