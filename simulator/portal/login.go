package portal

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/store"
)

// Credentials are what a person types into a Login form.
type Credentials struct {
	Username, Password     string // a portal user in production, an API user in the sandbox
	ClientID, ClientSecret string // a provider, in the sandbox
	Captcha                CaptchaAnswer
}

// The sources of a login.
const (
	SourceEInvoice = "E_INVOICE"
	SourceEWayBill = "EWAY_BILL" // the guide's note: E-Way Bill credentials may log in
	SourceAPIUser  = "API_USER"
	SourceProvider = "PROVIDER"
)

// Login opens a session. An unknown name and a wrong password are one answer of one duration. What is wrong with
// the account itself is answered only when the password is right.
//
// If the login needs an OTP too, Login sends it and returns the flow that waits for it, which has an ID. The session is
// then empty, and FinishLogin opens it.
func (p Portal) Login(ctx context.Context, in Credentials) (store.Session, store.Flow, error) {
	in.Username = strings.TrimSpace(in.Username)
	in.ClientID = strings.TrimSpace(in.ClientID)
	var s store.Session
	var pending store.Flow
	var messages []inbox.Message
	err := p.update(ctx, func(tx store.Tx) error {
		wrong := p.findings()
		if err := p.spend(tx, in.Captcha, wrong); err != nil {
			return err
		}
		if err := wrong.refusal(); err != nil {
			return err
		}
		found, right, err := p.identify(tx, in)
		if err != nil {
			return err
		}
		if err := p.admit(tx, in.lockName(), right); err != nil {
			return p.whyNoLogin(tx, in, found, err)
		}
		if found.provider.ClientID == "" { // the account of a taxpayer
			if _, frozen := failing[*fault.AccountFrozen](ctx, p); frozen {
				return refuse(AccountFrozen)
			}
		}
		account, taxpayer, err := p.account(tx, found)
		switch {
		case err != nil:
		case p.needsOTP(taxpayer):
			pending, messages, err = p.beginLogin(ctx, tx, found.portalUser, taxpayer)
		default:
			s, err = p.open(tx, account)
		}
		return err
	})
	if err == nil {
		err = p.deliver(ctx, p.underway(ctx, messages))
	}
	return s, pending, err
}

// open begins the session of a login.
func (p Portal) open(tx store.Tx, s store.Session) (store.Session, error) {
	s.Environment, s.Token = p.env, p.world.Dice.Stream("session").Alphanumeric(32)
	s.ExpiresAt = p.sessionEnd()
	return s, tx.PutSession(s)
}

// identity is the record that a login names: one of the three.
type identity struct {
	portalUser store.PortalUser
	apiUser    store.APIUser
	provider   store.Provider
}

// identify finds the record that the credentials name and reports whether the secret is right. It hashes for an unknown
// name too.
func (p Portal) identify(r store.Reader, in Credentials) (identity, bool, error) {
	var found identity
	known, hash := true, password.Unmatched
	var err error
	switch {
	case in.ClientID != "" && p.env == nic.Sandbox:
		found.provider, err = provider(r, in.ClientID)
	case p.env == nic.Sandbox:
		// A name in another case is unknown. Its password is not compared: a right one would take another time.
		found.apiUser, err = r.APIUser(p.env, in.Username)
		if known = found.apiUser.Username == in.Username; known && err == nil {
			hash = found.apiUser.PasswordHash
		}
	default:
		if found.portalUser, err = r.PortalUser(in.Username); err == nil {
			hash = found.portalUser.PasswordHash
		}
	}
	if err != nil && !missing(err) {
		return found, false, err
	}
	known = known && err == nil
	if in.ClientID != "" {
		same := subtle.ConstantTimeCompare([]byte(found.provider.ClientSecret), []byte(in.ClientSecret)) == 1
		return found, known && (same || p.wrong(defect.AnyProviderSecret)), nil
	}
	same, err := p.world.Passwords.Matches(hash, in.Password)
	return found, known && (same || p.wrong(defect.AnyPassword)), err
}

// account returns the session of a login whose secret is right, and its taxpayer unless it is a provider's, or refuses
// the account.
func (p Portal) account(r store.Reader, of identity) (store.Session, store.Taxpayer, error) {
	if c := of.provider; c.ClientID != "" {
		return store.Session{ClientID: c.ClientID, PAN: c.PAN, LegalName: c.CompanyName, Source: SourceProvider},
			store.Taxpayer{}, nil
	}
	u := of.portalUser
	if u.Source == SourceEWayBill && p.wrong(defect.EWayBillLogin) {
		return store.Session{}, store.Taxpayer{}, refuse(LoginFailed)
	}
	s, frozen := store.Session{Username: u.Username, GSTIN: u.GSTIN, Source: u.Source}, u.Frozen
	if u := of.apiUser; u.Username != "" {
		s, frozen = store.Session{Username: u.Username, GSTIN: u.GSTIN, Source: SourceAPIUser}, u.Frozen
	}
	t, err := r.Taxpayer(s.GSTIN)
	if err != nil {
		return store.Session{}, t, err
	}
	if code, ok := p.barred(t, frozen); ok {
		return store.Session{}, t, refuse(code)
	}
	s.LegalName = t.LegalName
	return s, t, nil
}

// barred returns the rule that keeps an account from logging in. NIC's texts for a frozen, cancelled or
// suspended account all give the GSTIN as the cause; the one for a taxpayer who is not enabled speaks of
// production only.
func (p Portal) barred(t store.Taxpayer, frozen bool) (Code, bool) {
	for _, bar := range []struct {
		code Code
		bars bool
	}{
		{TransporterOnly, t.TransporterOnly},
		{AccountFrozen, frozen || t.Status == nic.Inactive},
		{AccountCancelled, t.Status == nic.Cancelled},
		{AccountSuspended, t.Status == nic.Suspended},
		{AccountInactive, t.Status == nic.Provisional}, // SIM: 3036 names no cause
		{NotEnabled, !t.EInvoiceEnabled && (p.env == nic.Production || p.wrong(defect.EnablementInSandbox))},
	} {
		if bar.bars && p.holds(bar.code) {
			return bar.code, true
		}
	}
	return "", false
}

func (p Portal) sessionEnd() time.Time {
	return p.now().Add(time.Duration(p.book().SessionIdle))
}

// Session returns the session of the first of the tokens that is one, and starts its
// idle time again. A browser may send tokens of several worlds.
func (p Portal) Session(ctx context.Context, tokens []string) (store.Session, error) {
	var s store.Session
	err := p.update(ctx, func(tx store.Tx) error {
		refusal := refuse(SessionRequired)
		for _, token := range tokens {
			found, err := tx.Session(p.env, token)
			switch {
			case missing(err):
				continue
			case err != nil:
				return err
			case p.over(found.ExpiresAt) && p.holds(SessionExpired):
				refusal = refuse(SessionExpired)
				continue
			}
			if known, err := stillKnown(tx, found); err != nil {
				return err
			} else if !known {
				continue
			}
			s = found
			if !p.wrong(defect.SessionFixedEnd) {
				s.ExpiresAt = p.sessionEnd()
			}
			return tx.PutSession(s)
		}
		if refusal.Code() == SessionRequired && p.wrong(defect.SessionMissingExpired) {
			return refuse(SessionExpired)
		}
		return refusal
	})
	return s, err
}

// stillKnown reports whether the owner of a session is there: a user or a provider can be deleted.
func stillKnown(r store.Reader, s store.Session) (bool, error) {
	gstin := s.GSTIN
	var err error
	switch s.Source {
	case SourceProvider:
		_, err = r.Provider(s.ClientID)
	case SourceAPIUser:
		var u store.APIUser
		u, err = r.APIUser(s.Environment, s.Username)
		gstin = u.GSTIN
	default:
		var u store.PortalUser
		u, err = r.PortalUser(s.Username)
		gstin = u.GSTIN
	}
	if missing(err) {
		return false, nil
	}
	return gstin == s.GSTIN, err
}

// Logout ends a session.
func (p Portal) Logout(ctx context.Context, s store.Session) error {
	return p.update(ctx, func(tx store.Tx) error {
		if p.wrong(defect.LogoutForgotten) {
			return nil
		}
		return tx.DeleteSession(p.env, s.Token)
	})
}
