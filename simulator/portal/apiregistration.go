package portal

import (
	"context"
	"crypto/subtle"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// StartAPIRegistration is the guide's Create API User: the click alone sends the OTP
// to the registered mobile.
func (p Portal) StartAPIRegistration(ctx context.Context, s store.Session) (store.Flow, error) {
	return p.challenge(ctx, inbox.APIUserOTP, func(tx store.Tx) (store.Flow, contact, error) {
		if err := p.world.Sweep(tx); err != nil { // one session may begin any number, without a captcha
			return store.Flow{}, contact{}, err
		}
		f := p.begin(kindAPIRegistration)
		f.Category, f.GSTIN = TaxpayerCategory, s.GSTIN
		to, err := p.registered(tx, &f)
		return f, to, err
	})
}

// ResendOTP sends another OTP for an API registration.
func (p Portal) ResendOTP(ctx context.Context, s store.Session, id string) (store.Flow, error) {
	return p.challenge(ctx, inbox.APIUserOTP, func(tx store.Tx) (store.Flow, contact, error) {
		return p.again(tx, kindAPIRegistration, s, id, OTPSent)
	})
}

// VerifyAPIRegistration is the guide's Verify OTP.
func (p Portal) VerifyAPIRegistration(ctx context.Context, s store.Session, id, otp string) (store.Flow, error) {
	return p.verifyOTP(ctx, kindAPIRegistration, s, id, otp)
}

// APIRegistration looks at an API registration without changing it.
func (p Portal) APIRegistration(ctx context.Context, s store.Session, id string) (store.Flow, error) {
	var f store.Flow
	err := p.view(ctx, func(r store.Reader) error {
		var err error
		f, err = p.flow(r, kindAPIRegistration, s, id)
		return err
	})
	return f, err
}

// Submit is the last button of guide section 2: it makes the API user.
func (p Portal) Submit(ctx context.Context, s store.Session, id string, in NewAPIUser) (store.Flow, error) {
	hash, err := p.world.Passwords.Hash(in.Password) // slow, so before the unit of work
	if err != nil {
		return store.Flow{}, err
	}
	var f store.Flow
	err = p.update(ctx, func(tx store.Tx) error {
		if f, err = p.flow(tx, kindAPIRegistration, s, id); err != nil {
			return err
		}
		if err := expect(f, OTPVerified); err != nil {
			return err
		}
		taxpayer, err := p.taxpayer(tx, f.GSTIN)
		if err != nil {
			return err
		}
		u, violations, err := p.readProductionUser(tx, taxpayer, in)
		if err != nil {
			return err
		}
		if len(violations) > 0 {
			return refuse(violations...)
		}
		u.PasswordHash = hash
		field := "companyName"
		if u.RegistrationThrough == ThroughDirect {
			field = "clientId"
		}
		if err := addAPIUser(tx, u, field); err != nil {
			return err
		}
		p.complete(&f, u)
		return tx.PutFlow(f)
	})
	return f, err
}

// readProductionUser returns the user that the form describes and every refused field.
func (p Portal) readProductionUser(r store.Reader, t store.Taxpayer, in NewAPIUser) (store.APIUser, []Violation,
	error) {
	u := store.APIUser{Environment: p.env, GSTIN: t.GSTIN, CreatedAt: p.now()}
	var violations []Violation
	var client store.Provider
	through, ok := readThrough(in.RegistrationThrough)
	var err error
	switch {
	case !ok:
		violations = []Violation{violation(ThroughInvalid, "registrationThrough")}
	case through == ThroughDirect:
		client, violations, err = p.directClient(r, t, in)
	default:
		client, violations, err = company(r, through, in.CompanyName)
	}
	if err != nil {
		return u, nil, err
	}
	u.RegistrationThrough, u.ClientID, u.CompanyName = through, client.ClientID, client.CompanyName
	username, nameViolations := p.readUsername(in.Username)
	u.Username = username
	violations = append(violations, nameViolations...)
	violations = append(violations, readNewPassword(in.Password, in.ConfirmPassword, "password", p.settings())...)
	return u, violations, nil
}

// directClient checks a taxpayer who integrates without a GSP: how far the request
// has come (3059, 3060, 3061), whether the credentials are this PAN's (1010), and
// whether the turnover still allows it.
func (p Portal) directClient(r store.Reader, t store.Taxpayer, in NewAPIUser) (store.Provider, []Violation, error) {
	access, err := r.DirectAccess(pan(t.GSTIN))
	if err != nil && !missing(err) {
		return store.Provider{}, nil, err
	}
	switch access.Status {
	case "AWAITING_IP":
		return store.Provider{}, nil, refuseCode(DirectAwaitsIP)
	case "AWAITING_OFFICER":
		return store.Provider{}, nil, refuseCode(DirectAwaitsOfficer)
	case "REJECTED":
		return store.Provider{}, nil, refuseCode(DirectRejected)
	}
	clientID, _ := nic.ParseClientID(in.ClientID) // one of the wrong shape is nobody's
	client, err := r.Provider(string(clientID))
	unknown := missing(err)
	if err != nil && !unknown {
		return client, nil, err
	}
	secret := subtle.ConstantTimeCompare([]byte(client.ClientSecret), []byte(in.ClientSecret)) == 1
	if unknown || !secret || client.Type != ThroughDirect || client.PAN != pan(t.GSTIN) {
		return client, []Violation{violation(ClientMismatch, "clientId")}, nil
	}
	if t.AATOCrore < p.settings().DirectThresholdCrore {
		return client, nil, refuseCode(DirectTurnover)
	}
	return client, nil, nil
}
