package portal

import (
	"context"
	"crypto/subtle"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/inbox"
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
	return p.look(ctx, kindAPIRegistration, s, id)
}

// Submit is the last button of guide section 2: it makes the API user.
func (p Portal) Submit(ctx context.Context, s store.Session, id string, in NewAPIUser) (store.Flow, error) {
	return p.step(ctx, kindAPIRegistration, s, id, OTPVerified, func(tx store.Tx, f *store.Flow) error {
		taxpayer, err := p.taxpayer(tx, f.GSTIN)
		if err != nil {
			return err
		}
		u, err := p.readProductionUser(tx, taxpayer, in)
		if err != nil {
			return err
		}
		field := "companyName"
		if u.RegistrationThrough == ThroughDirect {
			field = "clientId"
		}
		return p.makeAPIUser(tx, f, u, in.Password, field)
	})
}

// readProductionUser returns the user that the form describes, or refuses every wrong field.
func (p Portal) readProductionUser(r store.Reader, t store.Taxpayer, in NewAPIUser) (store.APIUser, error) {
	found := p.findings()
	var client store.Provider
	through, ok := readThrough(in.RegistrationThrough)
	var err error
	switch {
	case !ok:
		found.add(ThroughInvalid, "registrationThrough")
	case through == ThroughDirect:
		client, err = p.directClient(r, t, in, found)
	default:
		client, err = company(r, through, in.CompanyName, found)
		if err == nil && client.ClientID != "" && p.wrong(defect.CompanyFirst) {
			var offered []store.Provider
			offered, err = Companies(r, through)
			client = offered[0]
		}
	}
	if err != nil {
		return store.APIUser{}, err
	}
	u := store.APIUser{
		Environment: p.env, GSTIN: t.GSTIN, CreatedAt: p.now(), RegistrationThrough: through,
		ClientID: client.ClientID, CompanyName: client.CompanyName, Username: p.readUsername(in.Username, found),
	}
	readNewPassword(in.Password, in.ConfirmPassword, "password", found)
	return u, found.refusal()
}

// directStates are the states of a request for direct integration that refuse its use.
var directStates = map[string]Code{
	"AWAITING_IP": DirectAwaitsIP, "AWAITING_OFFICER": DirectAwaitsOfficer, "REJECTED": DirectRejected,
}

// directClient checks a taxpayer who integrates without a GSP: the state of the request (3059, 3060, 3061),
// whether the credentials are this PAN's (1010), and the turnover.
func (p Portal) directClient(r store.Reader, t store.Taxpayer, in NewAPIUser, found *findings) (store.Provider,
	error) {
	access, err := r.DirectAccess(pan(t.GSTIN))
	if err != nil && !missing(err) {
		return store.Provider{}, err
	}
	if code, refused := directStates[access.Status]; refused && p.holds(code) {
		return store.Provider{}, refuse(code)
	}
	client, err := provider(r, in.ClientID)
	unknown := missing(err)
	if err != nil && !unknown {
		return client, err
	}
	secret := subtle.ConstantTimeCompare([]byte(client.ClientSecret), []byte(in.ClientSecret)) == 1 ||
		p.wrong(defect.DirectSecret)
	own := client.Type == ThroughDirect && client.PAN != "" && client.PAN == pan(t.GSTIN) ||
		p.wrong(defect.DirectClientOfAnother)
	if unknown || !secret || !own {
		found.add(ClientMismatch, "clientId")
	} else if t.AATOCrore < p.book().DirectThresholdCrore && p.holds(DirectTurnover) {
		return client, refuse(DirectTurnover)
	}
	return client, nil
}
