package admin

import (
	"context"
	"errors"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Provider is the owner of client credentials.
type Provider struct {
	CompanyName  string   `json:"companyName"`
	Type         string   `json:"type"`
	Through      []string `json:"through"`
	ClientID     string   `json:"clientId"`
	ClientSecret string   `json:"clientSecret"`
	PAN          string   `json:"pan"`
	Mobile       string   `json:"mobile"` // of the firm; empty for a taxpayer's own client
	Email        string   `json:"email"`
}

// Providers returns the providers of a world in the order in which they were added.
func Providers(ctx context.Context, w *world.World) ([]Provider, error) {
	all := []Provider{}
	err := w.Store.View(ctx, func(r store.Reader) error {
		stored, err := r.Providers()
		if err != nil {
			return err
		}
		for _, p := range stored {
			firm, err := r.Organisation(p.PAN)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			all = append(all, Provider{
				p.CompanyName, p.Type, append([]string{}, p.Through...), p.ClientID, p.ClientSecret, p.PAN, firm.Mobile, firm.Email,
			})
		}
		return nil
	})
	return all, err
}

// Organisation is a firm that may register on the sandbox portal with its PAN.
type Organisation struct {
	PAN       string `json:"pan"`
	LegalName string `json:"legalName"`
	Type      string `json:"type"` // GSP, ERP or ECO
	Mobile    string `json:"mobile"`
	Email     string `json:"email"`
}

// Organisations returns the firms of a world by PAN.
func Organisations(ctx context.Context, w *world.World) ([]Organisation, error) {
	return list(ctx, w, store.Reader.Organisations, func(o store.Organisation) Organisation { return Organisation(o) })
}
