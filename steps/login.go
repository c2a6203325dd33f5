package steps

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// password is the right one, of a portal login or of an API user.
func (s *scenario) password(p *person, username string) string {
	if known, ok := portalPasswords[username]; ok {
		return known
	}
	if known, ok := p.passwords[username]; ok {
		return known
	}
	return apiPassword
}

// logIn logs the person in to the production portal.
func (s *scenario) logIn(ctx context.Context, p *person, username, password string) error {
	answer, err := s.open(ctx, p, onProduction, client.FormLogin)
	if err != nil {
		return err
	}
	return s.submitLogin(ctx, p, client.Login{Username: username, Password: password, Captcha: answer})
}

func (s *scenario) submitLogin(ctx context.Context, p *person, l client.Login) error {
	s.keepSecret("a password", l.Password)
	session, err := p.production.Login(ctx, l)
	if err != nil {
		return err
	}
	p.session, p.inProduction = session, true
	return nil
}

// beLoggedIn logs the person in, as the taxpayer whose books it keeps, unless that is done.
func (s *scenario) beLoggedIn(ctx context.Context, p *person) error {
	if p.inProduction {
		return nil
	}
	return s.logIn(ctx, p, p.login, s.password(p, p.login))
}

// signIn opens Login at the trial portal and submits it.
func (s *scenario) signIn(ctx context.Context, p *person, l client.Login) error {
	form := client.FormLogin
	if l.ClientID != "" {
		form = client.FormLoginClientID
	}
	answer, err := s.open(ctx, p, onTrial, form)
	if err != nil {
		return err
	}
	s.keepSecret("a password", l.Password)
	s.keepSecret("a client secret", l.ClientSecret)
	l.Captcha = answer
	session, err := p.trial.Login(ctx, l)
	if err == nil {
		p.session = session
	}
	return err
}
