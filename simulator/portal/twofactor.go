package portal

import (
	"context"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// needsOTP reports whether a login for the taxpayer needs an OTP after the password.
func (p Portal) needsOTP(t store.Taxpayer) bool {
	book := p.book()
	switch {
	case p.env == nic.Production && book.Wrong(defect.LoginOTPAlways):
		return true
	case p.env != nic.Production, book.Wrong(defect.LoginOTPSkipped):
		return false
	case book.TwoFactor == settings.TwoFactorTimeline:
		return book.Holds(twoFactorLogin) && t.AATOCrore >= book.Figures().TwoFactorCrore
	}
	return book.TwoFactor == settings.TwoFactorAlways
}

// beginLogin sends the OTP that a login with the right password still needs.
func (p Portal) beginLogin(ctx context.Context, tx store.Tx, u store.PortalUser,
	t store.Taxpayer) (store.Flow, []inbox.Message, error) {
	f := p.begin(kindLogin)
	f.Category, f.GSTIN, f.Username, f.LegalName = TaxpayerCategory, u.GSTIN, u.Username, t.LegalName
	f.Password = u.PasswordHash
	to, err := p.phone(t)
	if err != nil {
		return f, nil, err
	}
	messages, err := p.sendOTP(ctx, tx, &f, to, inbox.LoginOTP)
	return f, messages, err
}

// phone is where the OTP of a login goes: to the registered mobile, and not by e-mail.
func (p Portal) phone(t store.Taxpayer) (contact, error) {
	if t.Mobile == "" && p.holds(MobileBlank) {
		return contact{}, refuse(MobileBlank)
	}
	return contact{mobile: t.Mobile}, nil
}

// PendingLogin looks at a login that waits for its OTP, without changing it.
func (p Portal) PendingLogin(ctx context.Context, id string) (store.Flow, error) {
	return p.look(ctx, kindLogin, store.Session{}, id)
}

// ResendLoginOTP sends another OTP for a login.
func (p Portal) ResendLoginOTP(ctx context.Context, id string) (store.Flow, error) {
	return p.challenge(ctx, inbox.LoginOTP, func(tx store.Tx) (store.Flow, contact, error) {
		f, err := p.flowIn(tx, kindLogin, store.Session{}, id, OTPSent)
		if err != nil {
			return f, contact{}, err
		}
		if _, err := userOf(tx, f); err != nil {
			return f, contact{}, err
		}
		t, err := tx.Taxpayer(f.GSTIN)
		if err != nil {
			return f, contact{}, err
		}
		to, err := p.phone(t)
		return f, to, err
	})
}

// FinishLogin opens the session of a login with the right OTP. It checks the account once more.
func (p Portal) FinishLogin(ctx context.Context, id, otp string) (store.Session, error) {
	return change(ctx, p, func(tx store.Tx) (store.Session, error) {
		f, err := p.enterOTP(tx, kindLogin, store.Session{}, id, otp)
		if err != nil {
			return store.Session{}, err
		}
		user, err := userOf(tx, f)
		if err != nil {
			return store.Session{}, err
		}
		s, _, err := p.account(tx, identity{portalUser: user})
		if err != nil {
			return store.Session{}, err
		}
		f.State = Completed
		if err := tx.PutFlow(f); err != nil {
			return store.Session{}, err
		}
		return p.open(tx, s)
	})
}

// userOf returns the user of a login that waits for its OTP. The login fails if the user was deleted or has had another
// password since the login began.
func userOf(tx store.Tx, f store.Flow) (store.PortalUser, error) {
	user, err := tx.PortalUser(f.Username)
	switch {
	case missing(err):
		return user, refuse(LoginFailed)
	case err == nil && user.PasswordHash != f.Password:
		return user, because(refuse(LoginFailed), "The password of %s was changed after this login began.", f.Username)
	}
	return user, err
}
