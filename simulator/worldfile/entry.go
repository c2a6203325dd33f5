package worldfile

import (
	"context"
	"errors"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Entry returns a world as an entry of a document: its clock, its situation, the settings that differ from a base
// without those that the situation changed, and all records that a document can have. Passwords are shown as their
// hashes. Of the invoices it has those of other IRPs. Tokens, a tester's own faults and what is under way are not part
// of it.
func Entry(ctx context.Context, w *world.World, base settings.Settings) (World, error) {
	s := entry(w)
	s.Situation = w.Situation()
	figures, err := w.CalmSettings()
	if err != nil {
		return World{}, err
	}
	if s.Settings, err = changedSettings(figures, &base); err != nil {
		return World{}, err
	}
	err = w.Store.View(ctx, s.read)
	return s, err
}

// entry returns the name and the clock of a world.
func entry(w *world.World) World {
	s := World{Name: w.Name, Extends: Empty, Clock: &admin.ClockChange{Mode: w.Clock.Mode()}}
	if w.Clock.Shifted() || w.Clock.Mode() == clock.Frozen {
		s.Clock.Now = new(w.Clock.Now())
	}
	return s
}

// changedSettings are the settings that differ from a base, or all.
func changedSettings(s settings.Settings, base *settings.Settings) (map[string]any, error) {
	changed := map[string]any{}
	var all map[string]any
	if err := document.Store(s, &all); err != nil {
		return nil, err
	}
	for _, d := range settings.All() {
		if base == nil || d.Of(s) != d.Of(*base) {
			changed[d.Name] = all[d.Name]
		}
	}
	return changed, nil
}

// read adds the records of a store.
func (w *World) read(r store.Reader) error {
	return errors.Join(
		collect(&w.Organisations, r.Organisations, func(o store.Organisation) admin.OrganisationChange {
			return admin.OrganisationChange{PAN: &o.PAN, LegalName: &o.LegalName, Type: &o.Type, Mobile: &o.Mobile,
				Email: &o.Email}
		}),
		collect(&w.Providers, r.Providers, func(p store.Provider) admin.ProviderChange {
			return admin.ProviderChange{CompanyName: &p.CompanyName, Type: &p.Type,
				Through: new(append(admin.Through{}, p.Through...)), ClientID: &p.ClientID, ClientSecret: &p.ClientSecret,
				PAN: &p.PAN}
		}),
		collect(&w.Subscriptions, r.Subscriptions, func(s store.Subscription) admin.SubscriptionChange {
			return admin.SubscriptionChange{ID: &s.ID, CompanyName: &s.CompanyName, Subscriber: &s.Subscriber, Face: &s.Face,
				Environment: new(string(s.Environment)), Secrets: s.Secrets, Variants: s.Variants}
		}),
		collect(&w.DirectAccess, r.DirectAccesses, func(a store.DirectAccess) DirectAccess { return DirectAccess(a) }),
		collect(&w.Taxpayers, r.Taxpayers, entryOf),
		collect(&w.PortalUsers, r.PortalUsers, func(u store.PortalUser) PortalUser {
			return PortalUser{admin.PortalUserChange{
				Username: &u.Username, GSTIN: &u.GSTIN, Source: &u.Source, Frozen: &u.Frozen,
			}, &u.PasswordHash}
		}),
		w.readEnvironment(r, nic.Sandbox), w.readEnvironment(r, nic.Production),
	)
}

// collect adds the records of a kind that a store has.
func collect[Record, Shown any](to *[]Shown, read func(store.Page) ([]Record, error), show func(Record) Shown) error {
	records, err := read(store.Page{})
	for _, record := range records {
		*to = append(*to, show(record))
	}
	return err
}

func entryOf(t store.Taxpayer) Taxpayer {
	a := &t.Address
	return Taxpayer{admin.TaxpayerChange{
		GSTIN: &t.GSTIN, LegalName: &t.LegalName, TradeName: &t.TradeName, Status: &t.Status, TaxpayerType: &t.Type,
		Mobile: &t.Mobile, Email: &t.Email, EInvoiceEnabled: &t.EInvoiceEnabled, TransporterOnly: &t.TransporterOnly,
		EWayBillBlocked: &t.EWayBillBlocked, AATOCrore: &t.AATOCrore, RegisteredOn: &t.RegisteredOn,
		CancelledOn: &t.CancelledOn,
		Address: &admin.Address{Building: &a.Building, Floor: &a.Floor, Street: &a.Street, Location: &a.Location,
			Pincode: &a.Pincode},
	}, &t.DummyOf}
}

// readEnvironment adds the API users of an environment, and the invoices that other IRPs registered.
func (w *World) readEnvironment(r store.Reader, env nic.Environment) error {
	users := func(p store.Page) ([]store.APIUser, error) {
		newest, err := r.APIUsers(env, p)
		slices.Reverse(newest)
		return newest, err
	}
	newest, err := r.Invoices(env, store.Page{})
	for _, i := range slices.Backward(newest) {
		if admin.AtNIC(i) {
			continue
		}
		w.Invoices = append(w.Invoices, admin.InvoiceChange{
			Environment: new(string(env)), IRP: &i.IRP, SellerGSTIN: &i.SellerGSTIN, BuyerGSTIN: &i.BuyerGSTIN,
			DocumentType: &i.Document.Type, DocumentNumber: &i.Document.Number, DocumentDate: &i.Document.Date,
			AckDate: new(i.AckDt.In(nic.IST)),
		})
	}
	return errors.Join(err, collect(&w.APIUsers, users, func(u store.APIUser) APIUser {
		return APIUser{admin.APIUserChange{
			Environment: new(string(env)), Username: &u.Username, GSTIN: &u.GSTIN, ClientID: &u.ClientID,
			RegistrationThrough: &u.RegistrationThrough, Frozen: &u.Frozen,
		}, &u.PasswordHash, &u.CompanyName, &u.CreatedAt}
	}))
}

// MarshalJSON leaves out members that have no value.
func (w World) MarshalJSON() ([]byte, error) {
	type plain World
	return json.Marshal(plain(w), json.OmitZeroStructFields(true), json.Deterministic(true))
}
