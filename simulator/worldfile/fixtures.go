package worldfile

import (
	"fmt"
	"slices"
	"sync"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/store"
)

// cast is what the fixtures have.
var cast = sync.OnceValues(fixtures.Load)

// fixtures adds the records of the fixtures.
func (f *filling) fixtures() error {
	cast, err := cast()
	if err != nil {
		return fmt.Errorf("loading the fixtures: %w", err)
	}
	tx, w := f.tx, f.to
	for _, t := range cast.Taxpayers {
		if err := tx.AddTaxpayer(invoice.FixtureTaxpayer(t)); err != nil {
			return fmt.Errorf("taxpayer %s: %w", t.GSTIN, err)
		}
		f.first[taxpayersList+string(t.GSTIN)] = ofFixtures
	}
	for _, o := range cast.Organisations {
		record := store.Organisation{PAN: string(o.PAN), LegalName: o.LegalName, Type: o.Type, Mobile: o.Mobile,
			Email: o.Email}
		if err := tx.PutOrganisation(record); err != nil {
			return fmt.Errorf("organisation %s: %w", o.PAN, err)
		}
		f.first[organisationsList+string(o.PAN)] = ofFixtures
	}
	for _, a := range cast.DirectAccess {
		if err := tx.PutDirectAccess(store.DirectAccess{PAN: string(a.PAN), Status: a.Status}); err != nil {
			return fmt.Errorf("direct access of %s: %w", a.PAN, err)
		}
		f.first[directAccessList+string(a.PAN)] = ofFixtures
	}
	for _, p := range cast.Providers {
		err := tx.AddProvider(store.Provider{
			ClientID: string(p.ClientID), ClientSecret: p.ClientSecret, CompanyName: p.CompanyName,
			Type: p.Type, Through: slices.Clone(p.Through), PAN: string(p.PAN),
		})
		if err != nil {
			return fmt.Errorf("provider %s: %w", p.ClientID, err)
		}
		f.first[providersList+string(p.ClientID)] = ofFixtures
	}
	for _, s := range cast.Subscriptions {
		added, err := admin.SubscriptionChange{CompanyName: &s.CompanyName, Subscriber: &s.Subscriber, Face: &s.Face,
			Environment: &s.Environment, Secrets: s.Secrets}.Add(tx, w)
		if err != nil {
			return fmt.Errorf("subscription of the face %s: %w", s.Face, err)
		}
		f.first[subscriptionsList+added.ID] = ofFixtures
	}
	for _, u := range cast.PortalUsers {
		hash, err := w.Passwords.Hash(u.Password)
		if err == nil {
			err = tx.AddPortalUser(store.PortalUser{
				Username: u.Username, PasswordHash: hash, GSTIN: string(u.GSTIN), Source: u.Source, Frozen: u.Frozen,
			})
		}
		if err != nil {
			return fmt.Errorf("login %s: %w", u.Username, err)
		}
		f.first[portalUsersList+u.Username], f.first[loginsOf+string(u.GSTIN)] = ofFixtures, ofFixtures
	}
	return nil
}
