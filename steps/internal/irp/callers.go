package irp

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// calls is what the sentences about the e-Invoice API share.
type calls struct {
	*scene.Scene
	users   map[*scene.Person]*callers
	run     invoiceRun
	details map[string]any // of a GSTIN, as the API returned them last

	patience time.Duration // how long the next call may take; 0: as long as the client waits
}

// patient returns the context of the next call.
func (c *calls) patient(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.patience == 0 {
		return context.WithCancel(ctx)
	}
	patience := c.patience
	c.patience = 0
	return context.WithTimeout(ctx, patience)
}

// callers are the API users that a person calls the API with.
type callers struct {
	byPortal map[string]*caller
	current  *caller // the one used last
}

// of returns a person's API users.
func (c *calls) of(p *scene.Person) *callers {
	if c.users[p] == nil {
		c.users[p] = &callers{byPortal: map[string]*caller{}}
	}
	return c.users[p]
}

// caller is an API user with what a program needs to call the e-Invoice API, and its login.
type caller struct {
	portal string
	firm   client.Taxpayer // whose GSTIN the user was made for
	client.Credentials
	api *client.API

	login, former client.APILogin // the newest and the one before
	appKeys       int             // how many were made
}

// headers are those of a valid call.
func (u *caller) headers() headers {
	return headers{
		"client_id": u.ClientID, "client_secret": u.ClientSecret, "Gstin": u.GSTIN,
		"user_name": u.Username, "AuthToken": u.login.Token,
	}
}

// appKey is a key of that many bytes that was never sent before.
func (u *caller) appKey(length int) []byte {
	u.appKeys++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", u.Username, u.appKeys))
	return append(sum[:], sum[:]...)[:length]
}

// hasCredentials performs the guide's section for a portal, unless the person has done so, and keeps
// the API user.
func (c *calls) hasCredentials(ctx context.Context, p *scene.Person, company, firm, portal string) error {
	users := c.of(p)
	if known, ok := users.byPortal[portal]; ok && company == "" && firm == "" {
		users.current = known
		return nil
	}
	if c.Control == nil {
		return c.hasAccount(p, portal)
	}
	firm = cmp.Or(firm, p.Firm)
	username := fmt.Sprintf("books_%d", len(c.People)*10+len(users.byPortal))
	if err := c.MakeAPIUser(ctx, p, username, company, firm, portal); err != nil {
		return err
	}
	with := client.Credentials{Username: username, Password: scene.APIPassword}
	if portal == scene.OnProduction {
		with.Username = p.APIUser.Username
	}
	taxpayer, err := c.Taxpayer(ctx, p, firm)
	if err != nil {
		return err
	}
	if company == "" {
		company = scene.TrialCompany
		if portal == scene.OnProduction {
			company = scene.ProductionCompany
		}
	}
	if with.ClientID, with.ClientSecret, err = c.Credentials(ctx, company+"'s client id"); err != nil {
		return err
	}
	_, err = c.uses(ctx, p, portal, taxpayer, with)
	return err
}

// hasAccount gives a person the target's own API user.
func (c *calls) hasAccount(p *scene.Person, portal string) error {
	api, err := c.Account(portal)
	if err != nil {
		return err
	}
	with := c.At(portal).Credentials
	c.KeepSecret("a password", with.Password)
	c.KeepSecret("a client secret", with.ClientSecret)
	u := &caller{portal: portal, firm: client.Taxpayer{GSTIN: with.GSTIN}, Credentials: with, api: api}
	users := c.of(p)
	users.byPortal[portal], users.current = u, u
	return nil
}

// account are the needs of an API user: for the portal in a group of the expression, and of another company or
// taxpayer if one of the other groups is not empty.
func account(portal int, others ...int) func([]string) []needs.Need {
	return func(values []string) []needs.Need {
		needed := []needs.Need{needs.Account}
		if values[portal] == scene.OnProduction {
			needed[0] = needs.ProductionAccount
		}
		if slices.ContainsFunc(others, func(group int) bool { return values[group] != "" }) {
			needed = append(needed, needs.SecondAccount)
		}
		return needed
	}
}

// uses has a person call the API of a portal with the credentials of a taxpayer's API user.
func (c *calls) uses(ctx context.Context, p *scene.Person, portal string, firm client.Taxpayer,
	with client.Credentials) (*caller, error) {
	with.GSTIN = firm.GSTIN
	c.KeepSecret("a password", with.Password)
	c.KeepSecret("a client secret", with.ClientSecret)
	key, err := c.publicKey(ctx, portal)
	if err != nil {
		return nil, err
	}
	api, err := client.NewAPI(c.API(portal), with, key, c.APIOptions(portal))
	if err != nil {
		return nil, err
	}
	u := &caller{portal: portal, firm: firm, Credentials: with, api: api}
	users := c.of(p)
	users.byPortal[portal], users.current = u, u
	return u, nil
}

// publicKey is the key, in PEM, that a portal's logins are encrypted with. Where the target has none, it is that of
// nicsim: a key that is not the other portal's.
func (c *calls) publicKey(ctx context.Context, portal string) ([]byte, error) {
	if c.Control != nil {
		return c.Control.PublicKey(ctx, environments[portal])
	}
	if own := c.At(portal).PublicKey; own != nil {
		return own, nil
	}
	return fixtures.PayloadPublicPEM(environments[portal])
}

// environments are the control API's names of the listeners.
var environments = map[string]string{
	scene.OnTrial: client.EnvironmentSandbox, scene.OnProduction: client.EnvironmentProduction,
}

// otherPortal is the portal at which a portal's keys and tokens are not valid.
var otherPortal = map[string]string{scene.OnTrial: scene.OnProduction, scene.OnProduction: scene.OnTrial}

// loggedIn is the API user with which a person is logged in.
func (c *calls) loggedIn(p *scene.Person) (*caller, error) {
	u := c.of(p).current
	if u == nil || u.login.Token == "" {
		return nil, fmt.Errorf("%s is not logged in to the API", p.Name)
	}
	return u, nil
}

// logInToAPI makes a login through the client, and keeps it.
func (u *caller) logInToAPI(ctx context.Context, force bool) error {
	fresh, err := u.api.Authenticate(ctx, force)
	if err != nil {
		return err
	}
	u.former, u.login = u.login, fresh
	return nil
}
