package steps

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// apiUser is what a program knows that calls the e-Invoice API for somebody, and its login.
type apiUser struct {
	portal string
	firm   client.Taxpayer // whose GSTIN the user was made for
	client.Credentials
	api *client.API

	login, former client.APILogin // the newest and the one before
	appKeys       int             // how many were made
}

// headers are those of a call that is as it should be.
func (u *apiUser) headers() headers {
	return headers{
		"client_id": u.ClientID, "client_secret": u.ClientSecret, "Gstin": u.GSTIN,
		"user_name": u.Username, "AuthToken": u.login.Token,
	}
}

// appKey is a key of that many bytes that was never sent before.
func (u *apiUser) appKey(length int) []byte {
	u.appKeys++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", u.Username, u.appKeys))
	return append(sum[:], sum[:]...)[:length]
}

// hasCredentials performs the guide's section for a portal, unless the person has done so, and keeps
// what came of it.
func (s *scenario) hasCredentials(ctx context.Context, p *person, company, firm, portal string) error {
	if known, ok := p.apis[portal]; ok && company == "" && firm == "" {
		p.api = known
		return nil
	}
	if firm == "" {
		firm = p.firm
	}
	username := fmt.Sprintf("books_%d", len(s.people)*10+len(p.apis))
	if err := s.made(ctx, p, username, company, firm, portal); err != nil {
		return err
	}
	u := &apiUser{portal: portal}
	u.Username, u.Password = username, apiPassword
	if portal == onProduction {
		u.Username = p.apiUser.Username
	}
	var err error
	if u.firm, err = s.taxpayer(ctx, p, firm); err != nil {
		return err
	}
	u.GSTIN = u.firm.GSTIN
	if company == "" {
		company = trialCompany
		if portal == onProduction {
			company = productionCompany
		}
	}
	if u.ClientID, u.ClientSecret, err = s.credentials(ctx, company+"'s client id"); err != nil {
		return err
	}
	s.keepSecret("a password", u.Password)
	s.keepSecret("a client secret", u.ClientSecret)
	key, err := s.control.PublicKey(ctx, environments[portal])
	if err != nil {
		return err
	}
	if u.api, err = client.NewAPI(s.base(portal), u.Credentials, key, s.http(portal)); err != nil {
		return err
	}
	p.apis[portal], p.api = u, u
	return nil
}

// environments are the control API's names of the listeners.
var environments = map[string]string{
	onTrial: client.EnvironmentSandbox, onProduction: client.EnvironmentProduction,
}

// otherPortal is the one that a portal's keys and tokens are nothing to.
var otherPortal = map[string]string{onTrial: onProduction, onProduction: onTrial}

// loggedIn is the API user that somebody is logged in with.
func (p *person) loggedIn() (*apiUser, error) {
	if p.api == nil || p.api.login.Token == "" {
		return nil, fmt.Errorf("%s is not logged in to the API", p.name)
	}
	return p.api, nil
}

// logInToAPI makes a login through the client, and keeps it.
func (u *apiUser) logInToAPI(ctx context.Context, force bool) error {
	fresh, err := u.api.Authenticate(ctx, force)
	if err != nil {
		return err
	}
	u.former, u.login = u.login, fresh
	return nil
}
