package portal

import (
	"context"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// acknowledgementDigits is the length of an acknowledgement number [SIM].
const acknowledgementDigits = 15

// Create is the guide's Create button: it makes the sandbox API user and completes
// the registration with an acknowledgement.
func (p Portal) Create(ctx context.Context, id string, in NewAPIUser) (store.Flow, error) {
	hash, err := p.world.Passwords.Hash(in.Password) // slow, so before the unit of work
	if err != nil {
		return store.Flow{}, err
	}
	var f store.Flow
	err = p.update(ctx, func(tx store.Tx) error {
		if f, err = p.flow(tx, kindRegistration, store.Session{}, id); err != nil {
			return err
		}
		if f.Category != TaxpayerCategory {
			return refuseCode(CategoryMismatch)
		}
		if err := expect(f, OTPVerified); err != nil {
			return err
		}
		if _, err := p.taxpayer(tx, f.GSTIN); err != nil { // cancelled since Validate?
			return err
		}
		u, violations, err := p.readSandboxUser(tx, f, in)
		if err != nil {
			return err
		}
		if len(violations) > 0 {
			return refuse(violations...)
		}
		u.PasswordHash = hash
		if err := addAPIUser(tx, u, "clientId"); err != nil {
			return err
		}
		p.complete(&f, u)
		return tx.PutFlow(f)
	})
	return f, err
}

// readSandboxUser returns the user that the form describes and every refused field.
func (p Portal) readSandboxUser(r store.Reader, f store.Flow, in NewAPIUser) (store.APIUser, []Violation, error) {
	var violations []Violation
	u := store.APIUser{Environment: p.env, GSTIN: f.GSTIN, CreatedAt: p.now()}
	through, ok := readThrough(in.RegistrationThrough)
	if !ok {
		violations = append(violations, violation(ThroughInvalid, "registrationThrough"))
	}
	u.RegistrationThrough = through
	client, clientViolations, err := sandboxClient(r, f, through, in)
	if err != nil {
		return u, nil, err
	}
	u.ClientID, u.CompanyName = client.ClientID, client.CompanyName
	username, nameViolations := p.readUsername(in.Username)
	u.Username = username
	violations = append(violations, clientViolations...)
	violations = append(violations, nameViolations...)
	violations = append(violations, readNewPassword(in.Password, in.ConfirmPassword, "password", p.settings())...)
	return u, violations, nil
}

// sandboxClient finds the provider whose client id was typed. The infix of the id is
// no reason to refuse it: the guide's own is typed ERP and used with GSP. A dummy
// GSTIN is its GSP's alone, and a direct client its own PAN's.
func sandboxClient(r store.Reader, f store.Flow, through string, in NewAPIUser) (store.Provider, []Violation, error) {
	var violations []Violation
	clientID, err := nic.ParseClientID(in.ClientID)
	client, lookupErr := r.Provider(string(clientID))
	switch {
	case lookupErr != nil && !missing(lookupErr):
		return client, nil, lookupErr
	case err != nil, lookupErr != nil:
		violations = append(violations, violation(ClientIDMismatch, "clientId"))
	}
	if _, known := readThrough(through); !known {
		return client, violations, nil // there is no list of companies to look in
	}
	if through == ThroughDirect {
		if len(violations) == 0 && (client.Type != ThroughDirect || client.PAN != pan(f.GSTIN)) {
			violations = append(violations, violation(ClientIDMismatch, "clientId"))
		}
		return client, violations, nil
	}
	chosen, companyViolations, err := company(r, through, in.CompanyName)
	if err != nil {
		return client, nil, err
	}
	if len(companyViolations) > 0 {
		return client, append(companyViolations, violations...), nil
	}
	taxpayer, err := r.Taxpayer(f.GSTIN)
	if err != nil {
		return client, nil, err
	}
	strangers := taxpayer.DummyOf != "" && taxpayer.DummyOf != client.PAN
	if len(violations) == 0 && (client.ClientID != chosen.ClientID || strangers) {
		violations = append(violations, violation(ClientIDMismatch, "clientId"))
	}
	return client, violations, nil
}
