package admin

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Provider is the owner of client credentials.
type Provider struct {
	CompanyName  string   `json:"companyName"`
	Type         string   `json:"type"` // GSP, ERP, ECO or DIRECT
	Through      []string `json:"through"`
	ClientID     string   `json:"clientId"`
	ClientSecret string   `json:"clientSecret"`
	PAN          string   `json:"pan"`
	Mobile       string   `json:"mobile"` // of the firm; empty for a taxpayer's own client
	Email        string   `json:"email"`
}

func provider(r store.Reader, p store.Provider) (Provider, error) {
	firm, err := r.Organisation(p.PAN)
	if store.IsMissing(err) {
		err = nil
	}
	return Provider{
		p.CompanyName, p.Type, append([]string{}, p.Through...), p.ClientID, p.ClientSecret, p.PAN, firm.Mobile, firm.Email,
	}, err
}

// Providers returns the providers of a world in the order in which they were added.
func Providers(ctx context.Context, w *world.World, p Page) (page []Provider, next string, err error) {
	return List(ctx, w, p, store.Reader.Providers, func(p store.Provider) string { return p.ClientID },
		func(r store.Reader, p store.Provider) (Provider, bool, error) {
			shown, err := provider(r, p)
			return shown, true, err
		})
}

// ReadProvider returns one provider.
func ReadProvider(ctx context.Context, w *world.World, clientID string) (Provider, error) {
	p, err := view(ctx, w, func(r store.Reader) (Provider, error) {
		p, err := r.Provider(clientID)
		if err != nil {
			return Provider{}, err
		}
		return provider(r, p)
	})
	return p, found(err, "such provider")
}

// Through is where the portals offer a provider. Its JSON is a list, or the text of a single one.
type Through []string

// UnmarshalJSON reads either form.
func (t *Through) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil && !strings.HasPrefix(string(data), "null") {
		*t = Through{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// ProviderChange is a new provider, or a change to one. A nil field keeps its value or, in a new provider, has its
// default.
type ProviderChange struct {
	CompanyName  *string  `json:"companyName"`
	Type         *string  `json:"type"`
	Through      *Through `json:"through"`
	ClientID     *string  `json:"clientId"`
	ClientSecret *string  `json:"clientSecret"`
	PAN          *string  `json:"pan"`
}

// ProviderTypes are the kinds of provider, and ProviderWays the values of "Registration through".
var (
	ProviderTypes = []string{portal.ThroughGSP, portal.ThroughERP, "ECO", portal.ThroughDirect}
	ProviderWays  = []string{portal.ThroughGSP, portal.ThroughERP, portal.ThroughDirect}
)

func (c ProviderChange) apply(p *store.Provider, violations *findings) {
	violations.oneOf("type", c.Type, &p.Type, ProviderTypes)
	if c.Through != nil {
		p.Through = nil
		for _, way := range *c.Through {
			violations.oneOf("through", &way, &way, ProviderWays)
			if !slices.Contains(p.Through, way) {
				p.Through = append(p.Through, way)
			}
		}
	}
	violations.secret("clientSecret", c.ClientSecret, &p.ClientSecret)
	violations.pan(c.PAN, &p.PAN)
	violations.needed("companyName", c.CompanyName, &p.CompanyName)
}

// Add adds a provider. Any client id and secret are accepted. The type is that of "through", and the other way round;
// both are GSP when neither is given. The company is named after the firm that has the PAN, or after the client id.
func (c ProviderChange) Add(tx store.Tx, _ *world.World) (Provider, error) {
	var violations findings
	p := store.Provider{Type: portal.ThroughGSP}
	if c.Through != nil && len(*c.Through) > 0 && slices.Contains(ProviderWays, (*c.Through)[0]) {
		p.Type = (*c.Through)[0]
	}
	violations.name("clientId", c.ClientID, &p.ClientID)
	p.CompanyName = "Company " + p.ClientID
	if c.PAN != nil {
		pan, _ := nic.ParsePAN(*c.PAN)
		firm, err := tx.Organisation(string(pan))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return Provider{}, err
		}
		p.CompanyName = cmp.Or(firm.LegalName, p.CompanyName)
	}
	c.apply(&p, &violations)
	if c.Through == nil && p.Type != "ECO" { // an operator's client id is its own, not for others to choose
		p.Through = []string{p.Type}
	}
	if err := violations.refusal(); err != nil {
		return Provider{}, err
	}
	if err := tx.AddProvider(p); err != nil {
		return Provider{}, free(err, "client id "+p.ClientID, "clientId")
	}
	return provider(tx, p)
}

// ChangeProvider changes a provider. The client id itself cannot be changed.
func ChangeProvider(ctx context.Context, w *world.World, clientID string, c ProviderChange) (Provider, error) {
	return run(ctx, w, func(tx store.Tx, _ *world.World) (Provider, error) {
		p, err := tx.Provider(clientID)
		if err != nil {
			return Provider{}, found(err, "such provider")
		}
		secret := p.ClientSecret
		var violations findings
		violations.fixed("clientId", c.ClientID, clientID)
		c.apply(&p, &violations)
		if err := violations.refusal(); err != nil {
			return Provider{}, err
		}
		if p.ClientSecret != secret {
			if err := portal.EndOfProvider(tx, clientID); err != nil {
				return Provider{}, err
			}
		}
		if err := tx.PutProvider(p); err != nil {
			return Provider{}, err
		}
		return provider(tx, p)
	})
}

// DeleteProvider deletes a provider that no API user uses.
func DeleteProvider(ctx context.Context, w *world.World, clientID string) error {
	return w.Store.Update(ctx, func(tx store.Tx) error {
		if _, err := tx.Provider(clientID); err != nil {
			return found(err, "such provider")
		}
		users, err := apiUsersIn(func(env nic.Environment) ([]store.APIUser, error) {
			return tx.APIUsersThrough(env, clientID, namedUsers+1)
		})
		if err != nil {
			return err
		}
		if err := unused("provider", users); err != nil {
			return err
		}
		return errors.Join(portal.EndOfProvider(tx, clientID), tx.DeleteProvider(clientID),
			tx.DeleteAttempts(nic.Sandbox, portal.ClientLock(clientID)))
	})
}
