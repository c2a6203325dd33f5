package portal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// clientSecretLength is that of the one published shape: 20 letters and digits.
const clientSecretLength = 20

// IssueClientCredentials completes the registration of a GSP, an ERP or an
// e-commerce operator. The client id is returned; the secret goes to the registered
// mobile by SMS and nowhere else.
func (p Portal) IssueClientCredentials(ctx context.Context, id string) (store.Flow, error) {
	var f store.Flow
	var messages []inbox.Message
	err := p.update(ctx, func(tx store.Tx) error {
		var err error
		if f, err = p.flow(tx, kindRegistration, store.Session{}, id); err != nil {
			return err
		}
		if f.Category == TaxpayerCategory {
			return refuse(CategoryMismatch)
		}
		if err := p.expect(f, OTPVerified); err != nil {
			return err
		}
		to, err := p.registered(tx, &f)
		if err != nil {
			return err
		}
		client, err := p.newProvider(tx, f)
		if err != nil {
			return err
		}
		if err := tx.AddProvider(client); err != nil {
			return fmt.Errorf("adding the provider %s: %w", client.ClientID, err)
		}
		p.complete(&f, store.APIUser{ClientID: client.ClientID, CompanyName: client.CompanyName, CreatedAt: p.now()})
		messages = []inbox.Message{p.bySMS(inbox.Message{
			Environment: p.env, Purpose: inbox.ClientCredentials, Secret: client.ClientSecret,
			Text: "Client Id " + client.ClientID + ", Client Secret " + client.ClientSecret + " (simulator). Keep the secret.",
		}, to.mobile)}
		return tx.PutFlow(f)
	})
	if err == nil && !p.wrong(defect.ClientSecretUnsent) {
		err = p.deliver(ctx, messages)
	}
	return f, err
}

// newProvider makes client credentials of the published shape: five letters of the
// PAN, a state, the type of owner, five random characters. A PAN has one client id.
func (p Portal) newProvider(r store.Reader, f store.Flow) (store.Provider, error) {
	_, err := r.ProviderOf(f.PAN)
	if err != nil && !missing(err) {
		return store.Provider{}, err
	}
	if err == nil && p.holds(AlreadyRegistered) {
		return store.Provider{}, refuseField(AlreadyRegistered, "pan")
	}
	dice := p.world.Dice.Stream("client")
	client := store.Provider{
		CompanyName: f.LegalName, Type: f.Category, PAN: f.PAN,
		ClientSecret: dice.Alphanumeric(
			defect.Pick(p.world.Defects(), defect.ClientSecretShort, clientSecretLength, clientSecretLength-1)),
	}
	if f.Category != "ECO" { // an operator's client id is its own, not for others to choose
		client.Through = []string{f.Category}
	}
	for {
		id, err := nic.NewClientID(nic.PAN(f.PAN), homeState, f.Category, dice.UpperAlphanumeric(5))
		if err != nil {
			return client, fmt.Errorf("making a client id for %s: %w", f.PAN, err)
		}
		client.ClientID = string(id)
		if _, err := r.Provider(client.ClientID); missing(err) {
			return client, nil
		} else if err != nil {
			return client, err
		}
	}
}

// homeState is put into every client id that is made here: a PAN names no state [SIM].
const homeState = "29"

// CreateDummyGSTIN makes the next dummy GSTIN of a signed-in GSP in a state: a
// taxpayer that only the sandbox knows, reached at the GSP's own mobile and e-mail.
func (p Portal) CreateDummyGSTIN(ctx context.Context, s store.Session, stateCode string) (store.Taxpayer, error) {
	return change(ctx, p, func(tx store.Tx) (t store.Taxpayer, err error) {
		gsp, err := p.signedInGSP(tx, s)
		if err != nil {
			return t, err
		}
		firm, err := tx.Organisation(gsp.PAN) // a provider that was made by hand may have none
		if err != nil && !missing(err) {
			return t, fmt.Errorf("finding the firm of %s: %w", gsp.ClientID, err)
		}
		gstin, err := p.nextDummy(tx, stateCode, nic.PAN(gsp.PAN))
		if err != nil {
			return t, err
		}
		t = store.Taxpayer{
			GSTIN: gstin, LegalName: gsp.CompanyName + " (dummy)", TradeName: gsp.CompanyName,
			Status: nic.Active, Type: "REG", Mobile: firm.Mobile, Email: firm.Email,
			EInvoiceEnabled: true, RegisteredOn: dummiesRegisteredOn, DummyOf: gsp.PAN,
		}
		return t, tx.AddTaxpayer(t)
	})
}

// DummyGSTINs lists the dummy GSTINs of a signed-in GSP, by GSTIN.
func (p Portal) DummyGSTINs(ctx context.Context, s store.Session) ([]store.Taxpayer, error) {
	return view(ctx, p, func(r store.Reader) ([]store.Taxpayer, error) {
		gsp, err := p.signedInGSP(r, s)
		if err != nil {
			return nil, err
		}
		own, err := r.TaxpayersOf(gsp.PAN)
		own = slices.DeleteFunc(own, func(t store.Taxpayer) bool { return t.DummyOf == "" })
		slices.SortFunc(own, func(a, b store.Taxpayer) int { return strings.Compare(a.GSTIN, b.GSTIN) })
		return own, err
	})
}

// signedInGSP returns the GSP (GST Suvidha Provider) of a session, and refuses other sessions.
func (p Portal) signedInGSP(r store.Reader, s store.Session) (store.Provider, error) {
	gsp, err := r.Provider(s.ClientID)
	if missing(err) || err == nil && !slices.Contains(gsp.Through, ThroughGSP) && !p.wrong(defect.DummiesForEach) {
		return gsp, refuse(GSPOnly)
	}
	return gsp, err
}

// dummiesRegisteredOn is the first day of GST: a dummy is as old as it can be.
const dummiesRegisteredOn = "2017-07-01"

func (p Portal) nextDummy(r store.Reader, stateCode string, owner nic.PAN) (string, error) {
	if state, ok := nic.StateByCode(stateCode); !ok || !state.Registers {
		if !p.wrong(defect.StateCodeUnchecked) {
			return "", refuseField(StateCodeInvalid, "stateCode")
		}
		stateCode = homeState
	}
	for serial := range 1000 {
		if serial == 0 && p.wrong(defect.DummiesFromOne) {
			continue
		}
		gstin, err := nic.NewDummyGSTIN(stateCode, owner, serial)
		if err != nil {
			continue // this serial would be a true GSTIN
		}
		if _, err := r.Taxpayer(string(gstin)); missing(err) {
			return string(gstin), nil
		} else if err != nil {
			return "", err
		}
	}
	return "", refuse(DummyLimit)
}
