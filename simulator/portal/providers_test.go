package portal_test

import (
	"slices"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// newFirm is an organisation that registers for client credentials.
var newFirm = store.Organisation{PAN: "AAGCK1234F", Type: "GSP", LegalName: "Kaveri GST Suvidha",
	Mobile: "9876511111", Email: "tax@kaveri.example"}

// issued registers the firm in a world and returns its client id.
func (c ruleCase) issued() string {
	c.Helper()
	p := c.sandbox()
	f, err := p.Validate(c.Context(), portal.Registrant{Category: newFirm.Type, PAN: newFirm.PAN,
		Mobile: newFirm.Mobile, Email: newFirm.Email, Captcha: solved(c.T, p)})
	if err == nil {
		f, err = p.SendOTP(c.Context(), f.ID)
	}
	if err == nil {
		f, err = p.VerifyOTP(c.Context(), f.ID, lastOTP(c.w, nic.Sandbox, person{mobile: newFirm.Mobile}))
	}
	if err == nil {
		f, err = p.IssueClientCredentials(c.Context(), f.ID)
	}
	if err != nil {
		c.Fatal(err)
	}
	return f.Result.ClientID
}

// withFirm returns a world with the organisation, and with a provider that has a client id, unless that is empty.
func withFirm(t *testing.T, clientID string) ruleCase {
	c := ruleCase{t, enter(t, stage(), "firm")}
	c.change(func(tx store.Tx) error {
		if clientID != "" {
			if err := tx.AddProvider(store.Provider{ClientID: clientID, Type: "ECO", PAN: "AAGCK1234X"}); err != nil {
				return err
			}
		}
		return tx.AddOrganisation(newFirm)
	})
	return c
}

// Two providers never have one client id, whatever the dice say.
func TestClientIDThatIsTaken(t *testing.T) {
	id := withFirm(t, "").issued()
	if next := withFirm(t, id).issued(); next == id {
		t.Errorf("two providers have the client id %s", id)
	}
}

// A GSP is shown its dummy GSTINs, by GSTIN, and nothing of another's. Others are not shown any.
func TestDummyGSTINsOfAGSP(t *testing.T) {
	c := withFirm(t, "")
	p, session := c.sandbox(), store.Session{ClientID: c.issued(), PAN: newFirm.PAN}
	var made []string
	for _, state := range []string{"33", "07", "33"} {
		dummy, err := p.CreateDummyGSTIN(c.Context(), session, state)
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, dummy.GSTIN)
	}
	c.change(func(tx store.Tx) error {
		return tx.AddTaxpayer(store.Taxpayer{GSTIN: "29" + newFirm.PAN + "1Z5", Status: nic.Active})
	})
	shown, err := p.DummyGSTINs(c.Context(), session)
	var own []string
	for _, d := range shown {
		own = append(own, d.GSTIN)
	}
	slices.Sort(made)
	if err != nil || !slices.Equal(own, made) || len(own) != 3 {
		t.Errorf("shown %q, %v; want %q", own, err, made)
	}
	if _, err := p.DummyGSTINs(c.Context(), store.Session{}); codeOf(t, err) != portal.GSPOnly {
		t.Errorf("another: %v", err)
	}
}

// Without a "Registration through", every company is offered that others may choose: not an operator's own client id,
// and not one of direct integration.
func TestCompaniesThatAreOffered(t *testing.T) {
	c := ruleCase{t, enter(t, stage(), "companies")}
	c.requested("")
	c.change(func(tx store.Tx) error {
		return tx.AddProvider(store.Provider{ClientID: "AAGCK29ECO00001", CompanyName: "Bazaar", Type: "ECO",
			PAN: "AAGCK1234X"})
	})
	for through, want := range map[string][]string{"": {sahyadri.name, konkan.name}, "gsp": {sahyadri.name, konkan.name},
		"ERP": nil, portal.ThroughDirect: nil} {
		offered, err := c.sandbox().CompanyNames(c.Context(), through)
		var names []string
		for _, p := range offered {
			names = append(names, p.CompanyName)
		}
		if err != nil || !slices.Equal(names, want) {
			t.Errorf("%q: %q, %v", through, names, err)
		}
	}
}
