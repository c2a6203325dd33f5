package admin_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

const (
	clientID = "any-client.1"
	stub     = "29AWGPV7107B1Z1" // its check character is wrong
)

// must returns the value of an operation that succeeds.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// team returns a world with a provider and a taxpayer.
func team(t *testing.T) *world.World {
	t.Helper()
	_, w := empty(t)
	noon := time.Date(2025, time.March, 14, 12, 0, 0, 0, nic.IST)
	must[admin.Clock](t)(admin.SetClock(t.Context(), w, admin.ClockChange{Mode: clock.Frozen, Now: &noon}))
	must[admin.Provider](t)(admin.Add(t.Context(), w,
		admin.ProviderChange{ClientID: new(clientID), ClientSecret: new("whatever")}))
	must[admin.Taxpayer](t)(admin.Add(t.Context(), w,
		admin.TaxpayerChange{GSTIN: new(stub), LegalName: new("Made Up Traders")}))
	return w
}

// whole returns a page that has the whole list.
func whole[T any](page []T, next string, err error) ([]T, error) {
	if next != "" && err == nil {
		err = errors.New("the list has another page, after " + next)
	}
	return page, err
}

func equal[T any](t *testing.T, want T) func(T, error) {
	return func(got T, err error) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

func TestProviders(t *testing.T) {
	w := team(t)
	want := admin.Provider{
		CompanyName: "Company " + clientID, Type: "GSP", Through: []string{"GSP"}, ClientID: clientID,
		ClientSecret: "whatever",
	}
	equal(t, want)(admin.ReadProvider(t.Context(), w, clientID))
	_, err := admin.Add(t.Context(), w, admin.ProviderChange{ClientID: new(clientID), ClientSecret: new("x")})
	wantRefusal(t, err, admin.Exists, "clientId exists")
	_, err = admin.Add(t.Context(), w, admin.ProviderChange{
		ClientID: new("a b"), Type: new("BANK"), Through: &admin.Through{"MAIL"}, PAN: new("X"), CompanyName: new(" "),
	})
	wantRefusal(t, err, admin.Invalid, "clientId value-invalid", "type value-invalid", "through value-invalid",
		"clientSecret value-missing", "pan pan-invalid", "companyName value-missing")
	_, err = admin.ChangeProvider(t.Context(), w, clientID, admin.ProviderChange{ClientID: new("other")})
	wantRefusal(t, err, admin.Invalid, "clientId value-invalid")

	must[admin.Organisation](t)(admin.Add(t.Context(), w, admin.OrganisationChange{
		PAN: new("aabca1234f"), LegalName: new("Acme"), Mobile: new("9876500001"), Email: new("a@acme.example"),
	}))
	var change admin.ProviderChange
	if err := json.Unmarshal([]byte(`{"through":"ERP","pan":"AABCA1234F"}`), &change); err != nil {
		t.Fatal(err)
	}
	want.Through, want.PAN, want.Mobile, want.Email = []string{"ERP"}, "AABCA1234F", "9876500001", "a@acme.example"
	equal(t, want)(admin.ChangeProvider(t.Context(), w, clientID, change))
	change.ClientID, change.ClientSecret = new("acme"), new("s")
	acme := admin.Provider{CompanyName: "Acme", Type: "ERP", Through: []string{"ERP"}, ClientID: "acme", ClientSecret: "s",
		PAN: want.PAN, Mobile: want.Mobile, Email: want.Email}
	equal(t, acme)(admin.Add(t.Context(), w, change))
	equal(t, []admin.Provider{want, acme})(whole(admin.Providers(t.Context(), w, admin.Page{})))
}

func TestThroughIsATextOrAList(t *testing.T) {
	for text, want := range map[string]admin.Through{`"GSP"`: {"GSP"}, `["GSP","ERP"]`: {"GSP", "ERP"}, `[]`: {}} {
		var got admin.Through
		if err := json.Unmarshal([]byte(text), &got); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is %q, %v", text, got, err)
		}
	}
	var got admin.Through
	if err := json.Unmarshal([]byte(`7`), &got); err == nil {
		t.Errorf("7 is %q", got)
	}
}

func TestOrganisations(t *testing.T) {
	_, w := empty(t)
	_, err := admin.Add(t.Context(), w, admin.OrganisationChange{PAN: new(gstin), Type: new("DIRECT")})
	wantRefusal(t, err, admin.Invalid, "pan pan-invalid", "legalName value-missing", "type value-invalid")
	firm := admin.OrganisationChange{PAN: new("AABCA1234F"), LegalName: new("Acme")}
	want := admin.Organisation{PAN: "AABCA1234F", LegalName: "Acme", Type: "GSP"}
	equal(t, want)(admin.Add(t.Context(), w, firm))
	_, err = admin.Add(t.Context(), w, firm)
	wantRefusal(t, err, admin.Exists, "pan exists")
	want.Type = "ECO"
	equal(t, want)(admin.ChangeOrganisation(t.Context(), w, "aabca1234f", admin.OrganisationChange{Type: new("eco")}))
	_, err = admin.ChangeOrganisation(t.Context(), w, "AABCA1234F", admin.OrganisationChange{PAN: new("AABCA1234G")})
	wantRefusal(t, err, admin.Invalid, "pan value-invalid")
	equal(t, want)(admin.ReadOrganisation(t.Context(), w, "AABCA1234F"))
}

func TestPortalUsers(t *testing.T) {
	_, w := empty(t)
	user := admin.PortalUserChange{Username: new(" added27 "), Password: new("any"), GSTIN: new(gstin)}
	_, err := admin.Add(t.Context(), w, user)
	wantRefusal(t, err, admin.Invalid, "gstin gstin-unknown")
	must[admin.Taxpayer](t)(admin.Add(t.Context(), w,
		admin.TaxpayerChange{GSTIN: new(gstin), LegalName: new("Added")}))
	want := admin.PortalUser{Username: "added27", GSTIN: gstin, Source: "E_INVOICE"}
	equal(t, want)(admin.Add(t.Context(), w, user))
	_, err = admin.Add(t.Context(), w, user)
	wantRefusal(t, err, admin.Exists, "username exists")
	_, err = admin.Add(t.Context(), w, admin.PortalUserChange{Source: new("ELSEWHERE")})
	wantRefusal(t, err, admin.Invalid, "username value-missing", "password value-missing", "gstin gstin-invalid",
		"source value-invalid")
	want.Frozen = true
	equal(t, want)(admin.ChangePortalUser(t.Context(), w, "added27", admin.PortalUserChange{Frozen: new(true)}))
	equal(t, want)(admin.ReadPortalUser(t.Context(), w, "added27"))
	equal(t, []admin.PortalUser{want})(whole(admin.PortalUsers(t.Context(), w, admin.Page{})))
	_, err = admin.ChangePortalUser(t.Context(), w, "added27",
		admin.PortalUserChange{Username: new("other"), Password: new("")})
	wantRefusal(t, err, admin.Invalid, "username value-invalid", "password value-missing")
}

func TestAPIUsers(t *testing.T) {
	w := team(t)
	user := admin.APIUserChange{
		Environment: new("sandbox"), GSTIN: new(strings.ToLower(stub)), ClientID: new(clientID), Username: new("stubUser"),
		Password: new("stubpass"),
	}
	want := admin.APIUser{
		Environment: nic.Sandbox, Username: "stubUser", GSTIN: stub, ClientID: clientID, RegistrationThrough: "GSP",
		CompanyName: "Company " + clientID, CreatedAt: w.Clock.Now(),
	}
	equal(t, want)(admin.Add(t.Context(), w, user))
	equal(t, want)(admin.ReadAPIUser(t.Context(), w, "sandbox/STUBUSER"))
	user.Username = new("STUBUSER")
	_, err := admin.Add(t.Context(), w, user)
	wantRefusal(t, err, admin.Exists, "username exists")
	_, err = admin.Add(t.Context(), w, admin.APIUserChange{})
	wantRefusal(t, err, admin.Invalid, "environment environment-invalid", "username value-missing",
		"password value-missing", "gstin gstin-invalid", "clientId value-missing")
	_, err = admin.Add(t.Context(), w, admin.APIUserChange{Environment: new("production"), Username: new("u"),
		Password: new("p"), GSTIN: new(gstin), ClientID: new("unknown"), RegistrationThrough: new("MAIL")})
	wantRefusal(t, err, admin.Invalid, "gstin gstin-unknown", "clientId provider-unknown",
		"registrationThrough value-invalid")

	token := store.Token{Value: "t", Environment: nic.Sandbox, ClientID: clientID, Username: "stubUser"}
	keep := func() { t.Helper(); must[bool](t)(true, put(w, func(tx store.Tx) error { return tx.PutToken(token) })) }
	hasToken := func() bool {
		err := w.Store.View(t.Context(), func(r store.Reader) error {
			_, err := r.Token(token.Environment, token.Value)
			return err
		})
		return err == nil
	}
	keep()
	want.Frozen = true
	equal(t, want)(admin.ChangeAPIUser(t.Context(), w, "sandbox/stubuser",
		admin.APIUserChange{Frozen: new(true), Password: new("other")}))
	if !hasToken() {
		t.Error("a new password ended the token")
	}
	must[admin.Provider](t)(admin.Add(t.Context(), w,
		admin.ProviderChange{ClientID: new("erp"), ClientSecret: new("s"), Through: &admin.Through{"ERP"}}))
	want.ClientID, want.CompanyName, want.RegistrationThrough = "erp", "Company erp", "ERP"
	equal(t, want)(admin.ChangeAPIUser(t.Context(), w, "sandbox/stubuser", admin.APIUserChange{ClientID: new("erp")}))
	if hasToken() {
		t.Error("the token of the old client id is valid")
	}
	_, err = admin.ChangeAPIUser(t.Context(), w, "sandbox/stubuser",
		admin.APIUserChange{Environment: new("production"), Username: new("other")})
	wantRefusal(t, err, admin.Invalid, "environment value-invalid", "username value-invalid")
	token.ClientID = "erp"
	keep()
	if err := admin.DeleteAPIUser(t.Context(), w, "sandbox/stubuser"); err != nil || hasToken() {
		t.Errorf("deleted: %v", err)
	}
}

func put(w *world.World, f func(store.Tx) error) error {
	return w.Store.Update(context.Background(), f)
}

// Dummies are of the sandbox alone.
func TestDummiesHaveNoUsersInProduction(t *testing.T) {
	w := team(t)
	dummy := store.Taxpayer{GSTIN: "29AABCA1234F000", DummyOf: "AABCA1234F", Status: nic.Active}
	must[bool](t)(true, put(w, func(tx store.Tx) error { return tx.AddTaxpayer(dummy) }))
	user := admin.APIUserChange{Environment: new("production"), GSTIN: &dummy.GSTIN, ClientID: new(clientID),
		Username: new("u"), Password: new("p")}
	_, err := admin.Add(t.Context(), w, user)
	wantRefusal(t, err, admin.Invalid, "gstin gstin-invalid")
	_, err = admin.Add(t.Context(), w, admin.PortalUserChange{GSTIN: user.GSTIN, Username: user.Username,
		Password: user.Password})
	wantRefusal(t, err, admin.Invalid, "gstin gstin-invalid")
	user.Environment = new("sandbox")
	must[admin.APIUser](t)(admin.Add(t.Context(), w, user))
}

// What others need is not deleted.
func TestDeletes(t *testing.T) {
	w := team(t)
	ctx := t.Context()
	must[admin.Organisation](t)(admin.Add(ctx, w,
		admin.OrganisationChange{PAN: new("AABCA1234F"), LegalName: new("Acme")}))
	must[admin.PortalUser](t)(admin.Add(ctx, w,
		admin.PortalUserChange{Username: new("login"), Password: new("p"), GSTIN: new(stub)}))
	must[admin.APIUser](t)(admin.Add(ctx, w, admin.APIUserChange{Environment: new("production"),
		Username: new("API_u"), Password: new("p"), GSTIN: new(stub), ClientID: new(clientID)}))
	deletes := []struct {
		name string
		do   func() error
	}{
		{"taxpayer", func() error { return admin.DeleteTaxpayer(ctx, w, strings.ToLower(stub)) }},
		{"provider", func() error { return admin.DeleteProvider(ctx, w, clientID) }},
		{"login", func() error { return admin.DeletePortalUser(ctx, w, "login") }},
		{"API user", func() error { return admin.DeleteAPIUser(ctx, w, "production/api_U") }},
		{"organisation", func() error { return admin.DeleteOrganisation(ctx, w, "AABCA1234F") }},
	}
	for _, d := range deletes[:2] {
		err := d.do()
		wantRefusal(t, err, admin.InUse)
		if !strings.Contains(err.Error(), "production API user API_u") {
			t.Errorf("%s: %v", d.name, err)
		}
	}
	for _, d := range slices.Concat(deletes[2:], deletes[:2]) {
		if err := d.do(); err != nil {
			t.Errorf("%s: %v", d.name, err)
		}
		wantRefusal(t, d.do(), admin.NotFound)
	}
}

func TestUnknownRecords(t *testing.T) {
	_, w := empty(t)
	ctx := t.Context()
	second := func(_ any, err error) error { return err }
	for name, err := range map[string]error{
		"provider":            second(admin.ReadProvider(ctx, w, "x")),
		"provider, change":    second(admin.ChangeProvider(ctx, w, "x", admin.ProviderChange{})),
		"organisation":        second(admin.ReadOrganisation(ctx, w, "x")),
		"organisation change": second(admin.ChangeOrganisation(ctx, w, "x", admin.OrganisationChange{})),
		"login":               second(admin.ReadPortalUser(ctx, w, "x")),
		"login, change":       second(admin.ChangePortalUser(ctx, w, "x", admin.PortalUserChange{})),
		"API user":            second(admin.ReadAPIUser(ctx, w, "moon/x")),
		"API user, change":    second(admin.ChangeAPIUser(ctx, w, "sandbox/x", admin.APIUserChange{})),
		"invoice":             second(admin.ReadInvoice(ctx, w, "sandbox/x")),
	} {
		if r, ok := errors.AsType[*admin.Refusal](err); !ok || r.Kind != admin.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Another IRP's registration takes a number, once. It is deleted again; an invoice of NIC's is not.
func TestInvoicesOfOtherIRPs(t *testing.T) {
	w := team(t)
	ctx := t.Context()
	given := func(change func(*admin.InvoiceChange)) admin.InvoiceChange {
		c := admin.InvoiceChange{Environment: new("sandbox"), IRP: new("cygnet "), SellerGSTIN: new(strings.ToLower(stub)),
			DocumentType: new("inv"), DocumentNumber: new("a-1"), DocumentDate: new("14/03/2025")}
		if change != nil {
			change(&c)
		}
		return c
	}
	made := must[admin.Invoice](t)(admin.Add(ctx, w, given(nil)))
	noon := time.Date(2025, time.March, 14, 12, 0, 0, 0, nic.IST)
	want := admin.Invoice{Environment: nic.Sandbox, IRN: nic.IRN(stub, "2024-25", "INV", "a-1"), IRP: "CYGNET",
		Status: "ACT", SellerGSTIN: stub, DocumentType: "INV", DocumentNumber: "a-1", DocumentDate: "14/03/2025",
		AckDate: noon, EWayBills: []admin.EWayBill{}}
	equal(t, want)(made, nil)
	equal(t, want)(admin.ReadInvoice(ctx, w, "sandbox/"+made.IRN))
	found, _, err := admin.Invoices(ctx, w, admin.Filter{})
	equal(t, []admin.Invoice{want})(found, err)
	_, err = admin.Add(ctx, w, given(func(c *admin.InvoiceChange) {
		c.IRP, c.DocumentDate = new("EY"), new("31/03/2025")
	}))
	wantRefusal(t, err, admin.Exists, "documentNumber exists")
	_, err = admin.Add(ctx, w, admin.InvoiceChange{})
	wantRefusal(t, err, admin.Invalid, "environment environment-invalid", "irp value-missing", "sellerGstin gstin-invalid",
		"documentType value-missing", "documentNumber value-missing", "documentDate value-missing")
	_, err = admin.Add(ctx, w, admin.InvoiceChange{Environment: new("moon"), IRP: new("nic1"),
		SellerGSTIN: new("29"), BuyerGSTIN: new("x"), DocumentType: new("BOS"), DocumentNumber: new(strings.Repeat("x", 17)),
		DocumentDate: new("2025-03-14")})
	wantRefusal(t, err, admin.Invalid, "environment environment-invalid", "irp value-invalid", "sellerGstin gstin-invalid",
		"buyerGstin gstin-invalid", "documentType value-invalid", "documentNumber value-invalid",
		"documentDate value-invalid")
	if err := admin.DeleteInvoice(ctx, w, "sandbox/"+strings.ToUpper(made.IRN)); err != nil {
		t.Error(err)
	}
	wantRefusal(t, admin.DeleteInvoice(ctx, w, "sandbox/"+made.IRN), admin.NotFound)
}
