package portal

import (
	"context"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/store"
)

// acknowledgementDigits is the length of an acknowledgement number [SIM].
const acknowledgementDigits = 15

// Create is the guide's Create button: it makes the sandbox API user and completes
// the registration with an acknowledgement.
func (p Portal) Create(ctx context.Context, id string, in NewAPIUser) (store.Flow, error) {
	var f store.Flow
	err := p.update(ctx, func(tx store.Tx) error {
		var err error
		if f, err = p.flow(tx, kindRegistration, store.Session{}, id); err != nil {
			return err
		}
		if f.Category != TaxpayerCategory {
			return refuse(CategoryMismatch)
		}
		if err := p.expect(f, OTPVerified); err != nil {
			return err
		}
		if _, err := p.taxpayer(tx, f.GSTIN); err != nil { // cancelled since Validate?
			return err
		}
		u, err := p.readSandboxUser(tx, f, in)
		if err != nil {
			return err
		}
		if err := p.makeAPIUser(tx, &f, u, in.Password, "clientId"); err != nil {
			return err
		}
		return tx.PutFlow(f)
	})
	return f, err
}

// readSandboxUser returns the user that the form describes, or refuses every wrong field.
func (p Portal) readSandboxUser(r store.Reader, f store.Flow, in NewAPIUser) (store.APIUser, error) {
	found := p.findings()
	through, ok := readThrough(in.RegistrationThrough)
	if !ok {
		found.add(ThroughInvalid, "registrationThrough")
	}
	client, err := p.sandboxClient(r, f, through, in, found)
	if err != nil {
		return store.APIUser{}, err
	}
	u := store.APIUser{
		Environment: p.env, GSTIN: f.GSTIN, CreatedAt: p.now(), RegistrationThrough: through,
		ClientID: client.ClientID, CompanyName: client.CompanyName, Username: p.readUsername(in.Username, found),
	}
	readNewPassword(in.Password, in.ConfirmPassword, "password", found)
	return u, found.refusal()
}

// sandboxClient finds the provider whose client id was typed. The infix of the id is not a reason to refuse
// it: the guide's own is typed ERP and used with GSP. A dummy GSTIN takes its GSP's client id only, and a
// direct client id that of its own PAN.
func (p Portal) sandboxClient(r store.Reader, f store.Flow, through string, in NewAPIUser,
	found *findings) (store.Provider, error) {
	client, err := provider(r, in.ClientID)
	if err != nil && !missing(err) {
		return client, err
	}
	known, fits := err == nil, true
	if known && in.ClientID != client.ClientID && p.wrong(defect.ClientIDAsTyped) {
		known = false
	}
	switch through {
	case ThroughDirect:
		fits = client.Type == ThroughDirect && client.PAN != "" && client.PAN == pan(f.GSTIN)
	case ThroughGSP, ThroughERP:
		chosen, err := company(r, through, in.CompanyName, found)
		if err != nil {
			return client, err
		}
		taxpayer, err := r.Taxpayer(f.GSTIN)
		if err != nil {
			return client, err
		}
		fits = chosen.ClientID == "" || client.ClientID == chosen.ClientID &&
			(taxpayer.DummyOf == "" || taxpayer.DummyOf == client.PAN || p.wrong(defect.DummyOfAnother)) &&
			(client.Type == through || !p.wrong(defect.ClientIDOfType))
	}
	if !known {
		found.list = append(found.list, newViolation(ClientIDMismatch, "clientId"))
	} else if !fits {
		found.add(ClientIDMismatch, "clientId")
	}
	return client, nil
}
