package portal

import (
	"context"
	"crypto/subtle"
	"strings"

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

// Login opens a session. Wrong names and wrong passwords are one answer of one
// duration. A refusal because of the account is answered only to the right password.
func (p Portal) Login(ctx context.Context, in Credentials) (store.Session, error) {
	in.Username = strings.TrimSpace(in.Username)
	in.ClientID = strings.ToUpper(strings.TrimSpace(in.ClientID))
	if err := p.knock(ctx, in); err != nil {
		return store.Session{}, err
	}
	who, right, err := p.identify(ctx, in)
	if err != nil {
		return store.Session{}, err
	}
	var s store.Session
	err = p.update(ctx, func(tx store.Tx) error {
		if err := p.admit(tx, in.lockName(), right); err != nil {
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

// knock spends the captcha and refuses a locked name before the secret is compared: the time of the answer
// must not show whether the secret was right.
func (p Portal) knock(ctx context.Context, in Credentials) error {
	return p.update(ctx, func(tx store.Tx) error {
		found := p.findings()
		err := p.spend(tx, in.Captcha, found)
		if err == nil {
			err = found.refusal()
		}
		if err == nil {
			_, err = p.attempts(tx, in.lockName())
		}
		return err
	})
}

// identity is the record that the credentials name: one of the three.
type identity struct {
	portalUser store.PortalUser
	apiUser    store.APIUser
	provider   store.Provider
}

// identify finds the record that the credentials name, and tells whether the secret is right.
// It does the slow work for unknown names too, and outside any unit of the store.
func (p Portal) identify(ctx context.Context, in Credentials) (identity, bool, error) {
	var who identity
	known, hash := true, password.Nobody
	err := p.view(ctx, func(r store.Reader) error {
		var err error
		switch {
		case in.ClientID != "" && p.env == nic.Sandbox:
			who.provider, err = r.Provider(in.ClientID)
		case p.env == nic.Sandbox:
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

// account returns the session of an identity whose secret was right, or refuses because of the account.
func (p Portal) account(r store.Reader, who identity) (store.Session, error) {
	if c := who.provider; c.ClientID != "" {
		return store.Session{ClientID: c.ClientID, PAN: c.PAN, LegalName: c.CompanyName, Source: SourceProvider}, nil
	}
	u := who.portalUser
	s, frozen := store.Session{Username: u.Username, GSTIN: u.GSTIN, Source: u.Source}, u.Frozen
	if u := who.apiUser; u.Username != "" {
		s, frozen = store.Session{Username: u.Username, GSTIN: u.GSTIN, Source: SourceAPIUser}, u.Frozen
	}
	t, err := r.Taxpayer(s.GSTIN)
	if err != nil {
		return store.Session{}, err
	}
	if code, ok := p.barred(t, frozen); ok {
		return store.Session{}, refuse(code)
	}
	s.LegalName = t.LegalName
	return s, nil
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
		{NotEnabled, !t.EInvoiceEnabled && p.env == nic.Production},
	} {
		if bar.bars && p.holds(bar.code) {
			return bar.code, true
		}
	}
	return "", false
}
