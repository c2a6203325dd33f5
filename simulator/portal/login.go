package portal

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"
	"time"

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

// Login opens a session. Wrong names and wrong passwords are one answer of one
// duration; what is wrong with the account shows only to who knows the password.
func (p Portal) Login(ctx context.Context, in Credentials) (store.Session, error) {
	if err := p.useCaptcha(ctx, in.Captcha); err != nil {
		return store.Session{}, err
	}
	in.Username = strings.TrimSpace(in.Username)
	in.ClientID = strings.ToUpper(strings.TrimSpace(in.ClientID))
	who, right, err := p.identify(ctx, in)
	if err != nil {
		return store.Session{}, err
	}
	var s store.Session
	err = p.update(ctx, func(tx store.Tx) error {
		if err := p.admit(tx, in.Username+in.ClientID, right); err != nil {
			return err
		}
		if s, err = p.account(tx, who); err != nil {
			return err
		}
		s.Environment, s.Token = p.env, p.world.Dice.Stream("session").Alphanumeric(32)
		s.ExpiresAt = p.sessionEnd()
		return tx.PutSession(s)
	})
	return s, err
}

func (p Portal) useCaptcha(ctx context.Context, given CaptchaAnswer) error {
	return p.update(ctx, func(tx store.Tx) error {
		faults, err := p.spend(tx, given)
		if err == nil && len(faults) > 0 {
			err = refuse(faults...)
		}
		return err
	})
}

// identity is whoever a name belongs to: one of the three.
type identity struct {
	portalUser store.PortalUser
	apiUser    store.APIUser
	provider   store.Provider
}

// identify finds whom the credentials name and says whether the secret is right.
// It does the slow work for unknown names too, and outside any unit of the store.
func (p Portal) identify(ctx context.Context, in Credentials) (identity, bool, error) {
	var who identity
	known, hash := true, password.Nobody
	err := p.view(ctx, func(r store.Reader) error {
		var err error
		switch {
		case in.ClientID != "" && p.env == store.Sandbox:
			who.provider, err = r.Provider(in.ClientID)
		case p.env == store.Sandbox:
			if who.apiUser, err = r.APIUser(p.env, in.Username); err == nil {
				known, hash = who.apiUser.Username == in.Username, who.apiUser.PasswordHash
			}
		default:
			if who.portalUser, err = r.PortalUser(in.Username); err == nil {
				hash = who.portalUser.PasswordHash
			}
		}
		if missing(err) {
			known, err = false, nil
		}
		return err
	})
	if err != nil {
		return who, false, err
	}
	if in.ClientID != "" {
		same := subtle.ConstantTimeCompare([]byte(who.provider.ClientSecret), []byte(in.ClientSecret)) == 1
		return who, known && same, nil
	}
	same, err := p.world.Passwords.Matches(hash, in.Password)
	return who, known && same, err
}

// admit counts a login against the lock of its name. The names of nobody are locked
// like any other, so that the lock does not tell who exists.
func (p Portal) admit(tx store.Tx, name string, right bool) error {
	s, now := p.settings(), p.now()
	a, err := tx.Attempts(p.env, name)
	if err != nil && !missing(err) {
		return err
	}
	if a.LockedUntil.After(now) {
		return locked(a.LockedUntil.Sub(now))
	}
	if right {
		return tx.DeleteAttempts(p.env, name)
	}
	since := now.Add(-time.Duration(s.LoginFailureWindow))
	recent := slices.DeleteFunc(slices.Clone(a.Failures), func(t time.Time) bool { return !t.After(since) })
	a = store.Attempts{Environment: p.env, Name: name, Failures: append(recent, now)}
	a.ExpiresAt = now.Add(max(time.Duration(s.LoginFailureWindow), time.Duration(s.LockDuration)))
	refusal := refuseCode(LoginFailed)
	if len(a.Failures) >= s.LoginMaxFailures {
		a.Failures, a.LockedUntil = nil, now.Add(time.Duration(s.LockDuration))
		refusal = locked(time.Duration(s.LockDuration))
	}
	if err := tx.PutAttempts(a); err != nil {
		return err
	}
	return refusal
}

func locked(left time.Duration) *Refusal {
	r := refuseCode(AccountLocked)
	r.RetryAfter = left
	return r
}

// account returns the session of somebody whose secret was right, or what is wrong
// with the account.
func (p Portal) account(r store.Reader, who identity) (store.Session, error) {
	switch {
	case who.provider.ClientID != "":
		c := who.provider
		return store.Session{ClientID: c.ClientID, PAN: c.PAN, LegalName: c.CompanyName, Source: SourceProvider}, nil
	case who.apiUser.Username != "":
		t, err := r.Taxpayer(who.apiUser.GSTIN)
		return store.Session{Username: who.apiUser.Username, GSTIN: t.GSTIN, LegalName: t.LegalName, Source: SourceAPIUser}, err
	}
	u := who.portalUser
	t, err := r.Taxpayer(u.GSTIN)
	if err != nil {
		return store.Session{}, err
	}
	if code, ok := barred(t, u); ok {
		return store.Session{}, refuseCode(code)
	}
	return store.Session{Username: u.Username, GSTIN: u.GSTIN, LegalName: t.LegalName, Source: u.Source}, nil
}

// barred says why an account may not log in to the production portal. NIC's texts
// for a frozen, cancelled or suspended account all give the GSTIN as the cause.
func barred(t store.Taxpayer, u store.PortalUser) (Code, bool) {
	switch {
	case t.TransporterOnly:
		return TransporterOnly, true
	case u.Frozen, t.Status == store.Inactive:
		return AccountFrozen, true
	case t.Status == store.Cancelled:
		return AccountCancelled, true
	case t.Status == store.Suspended:
		return AccountSuspended, true
	case t.Status == store.Provisional:
		return AccountInactive, true // SIM: 3036 names no cause
	case !t.EInvoiceEnabled:
		return NotEnabled, true
	}
	return "", false
}
