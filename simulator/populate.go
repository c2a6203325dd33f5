package simulator

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// populate returns what fills a fresh world from the fixtures. The passwords of the
// fixtures are hashed once, for the first world, and not at start.
func populate(cast fixtures.Fixtures, chance *dice.Dice) world.Populate {
	users := sync.OnceValues(func() ([]store.PortalUser, error) {
		return portalUsers(cast.PortalUsers, password.NewVault(chance))
	})
	return func(ctx context.Context, w *world.World) error {
		logins, err := users()
		if err != nil {
			return err
		}
		return w.Store.Update(ctx, func(tx store.Tx) error { return fill(tx, cast, logins) })
	}
}

func portalUsers(list []fixtures.PortalUser, vault *password.Vault) ([]store.PortalUser, error) {
	users := make([]store.PortalUser, 0, len(list))
	for _, u := range list {
		hash, err := vault.Hash(u.Password)
		if err != nil {
			return nil, fmt.Errorf("login %s: %w", u.Username, err)
		}
		users = append(users, store.PortalUser{
			Username: u.Username, PasswordHash: hash, GSTIN: string(u.GSTIN), Source: u.Source, Frozen: u.Frozen,
		})
	}
	return users, nil
}

func fill(tx store.Tx, cast fixtures.Fixtures, logins []store.PortalUser) error {
	for _, t := range cast.Taxpayers {
		if err := tx.AddTaxpayer(invoice.FixtureTaxpayer(t)); err != nil {
			return fmt.Errorf("taxpayer %s: %w", t.GSTIN, err)
		}
	}
	for _, o := range cast.Organisations {
		record := store.Organisation{PAN: string(o.PAN), LegalName: o.LegalName, Type: o.Type, Mobile: o.Mobile,
			Email: o.Email}
		if err := tx.PutOrganisation(record); err != nil {
			return fmt.Errorf("organisation %s: %w", o.PAN, err)
		}
	}
	for _, a := range cast.DirectAccess {
		if err := tx.PutDirectAccess(store.DirectAccess{PAN: string(a.PAN), Status: a.Status}); err != nil {
			return fmt.Errorf("direct access of %s: %w", a.PAN, err)
		}
	}
	for _, p := range cast.Providers {
		err := tx.AddProvider(store.Provider{
			ClientID: string(p.ClientID), ClientSecret: p.ClientSecret, CompanyName: p.CompanyName,
			Type: p.Type, Through: slices.Clone(p.Through), PAN: string(p.PAN),
		})
		if err != nil {
			return fmt.Errorf("provider %s: %w", p.ClientID, err)
		}
	}
	for _, u := range logins {
		if err := tx.AddPortalUser(u); err != nil {
			return fmt.Errorf("login %s: %w", u.Username, err)
		}
	}
	return nil
}
