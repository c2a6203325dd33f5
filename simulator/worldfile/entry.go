package worldfile

import (
	"context"
	"fmt"
	"math"
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
	organisations, err := r.Organisations()
	if err != nil {
		return err
	}
	for _, o := range organisations {
		w.Organisations = append(w.Organisations, admin.OrganisationChange{
			PAN: &o.PAN, LegalName: &o.LegalName, Type: &o.Type, Mobile: &o.Mobile, Email: &o.Email,
		})
	}
	providers, err := r.Providers()
	if err != nil {
		return err
	}
	for _, p := range providers {
		through := append(admin.Through{}, p.Through...)
		w.Providers = append(w.Providers, admin.ProviderChange{
			CompanyName: &p.CompanyName, Type: &p.Type, Through: &through, ClientID: &p.ClientID,
			ClientSecret: &p.ClientSecret, PAN: &p.PAN,
		})
	}
	subscriptions, err := r.Subscriptions()
	if err != nil {
		return err
	}
	for _, s := range subscriptions {
		w.Subscriptions = append(w.Subscriptions, admin.SubscriptionChange{
			ID: &s.ID, CompanyName: &s.CompanyName, Subscriber: &s.Subscriber, Face: &s.Face,
			Environment: new(string(s.Environment)), Secrets: s.Secrets, Variants: s.Variants,
		})
	}
	accesses, err := r.DirectAccesses()
	if err != nil {
		return err
	}
	for _, a := range accesses {
		w.DirectAccess = append(w.DirectAccess, DirectAccess(a))
	}
	taxpayers, err := r.Taxpayers()
	if err != nil {
		return err
	}
	for _, t := range taxpayers {
		a := &t.Address
		w.Taxpayers = append(w.Taxpayers, Taxpayer{admin.TaxpayerChange{
			GSTIN: &t.GSTIN, LegalName: &t.LegalName, TradeName: &t.TradeName, Status: &t.Status, TaxpayerType: &t.Type,
			Mobile: &t.Mobile, Email: &t.Email, EInvoiceEnabled: &t.EInvoiceEnabled, TransporterOnly: &t.TransporterOnly,
			EWayBillBlocked: &t.EWayBillBlocked, AATOCrore: &t.AATOCrore, RegisteredOn: &t.RegisteredOn,
			CancelledOn: &t.CancelledOn,
			Address: &admin.Address{Building: &a.Building, Floor: &a.Floor, Street: &a.Street, Location: &a.Location,
				Pincode: &a.Pincode},
		}, &t.DummyOf})
	}
	return w.readUsers(r)
}

func (w *World) readUsers(r store.Reader) error {
	logins, err := r.PortalUsers()
	if err != nil {
		return err
	}
	for _, u := range logins {
		w.PortalUsers = append(w.PortalUsers, PortalUser{admin.PortalUserChange{
			Username: &u.Username, GSTIN: &u.GSTIN, Source: &u.Source, Frozen: &u.Frozen,
		}, &u.PasswordHash})
	}
	for _, env := range nic.Environments {
		users, err := r.APIUsers(env)
		if err != nil {
			return fmt.Errorf("reading the API users: %w", err)
		}
		for _, u := range users {
			w.APIUsers = append(w.APIUsers, APIUser{admin.APIUserChange{
				Environment: new(string(env)), Username: &u.Username, GSTIN: &u.GSTIN, ClientID: &u.ClientID,
				RegistrationThrough: &u.RegistrationThrough, Frozen: &u.Frozen,
			}, &u.PasswordHash, &u.CompanyName, &u.CreatedAt})
		}
		if err := w.readInvoices(r, env); err != nil {
			return err
		}
	}
	return nil
}

// readInvoices adds the invoices that other IRPs registered.
func (w *World) readInvoices(r store.Reader, env nic.Environment) error {
	newest, _, err := r.Invoices(env, math.MaxInt)
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
	return err
}

// MarshalJSON leaves out members that have no value.
func (w World) MarshalJSON() ([]byte, error) {
	type plain World
	return json.Marshal(plain(w), json.OmitZeroStructFields(true), json.Deterministic(true))
}
