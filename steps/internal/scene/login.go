package scene

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// Password is the right one, of a portal login or of an API user.
func (s *Scene) Password(p *Person, username string) string {
	if known, ok := portalPasswords[username]; ok {
		return known
	}
	if known, ok := p.Passwords[username]; ok {
		return known
	}
	return APIPassword
}

// LogIn logs the person in to the production portal.
func (s *Scene) LogIn(ctx context.Context, p *Person, username, password string) error {
	answer, err := s.Open(ctx, p, OnProduction, client.FormLogin)
	if err != nil {
		return err
	}
	return s.SubmitLogin(ctx, p, client.Login{Username: username, Password: password, Captcha: answer})
}

// SubmitLogin logs the person in to the production portal with a form that is filled in.
func (s *Scene) SubmitLogin(ctx context.Context, p *Person, l client.Login) error {
	s.KeepSecret("a password", l.Password)
	session, err := p.Production.Login(ctx, l)
	if err != nil {
		return err
	}
	p.Session, p.InProduction = session, true
	return nil
}

// BeLoggedIn logs the person in, as the taxpayer whose books it keeps, unless that is done.
func (s *Scene) BeLoggedIn(ctx context.Context, p *Person) error {
	if p.InProduction {
		return nil
	}
	return s.LogIn(ctx, p, p.Login, s.Password(p, p.Login))
}

// SignIn opens Login at the trial portal and submits it.
func (s *Scene) SignIn(ctx context.Context, p *Person, l client.Login) error {
	form := client.FormLogin
	if l.ClientID != "" {
		form = client.FormLoginClientID
	}
	answer, err := s.Open(ctx, p, OnTrial, form)
	if err != nil {
		return err
	}
	s.KeepSecret("a password", l.Password)
	s.KeepSecret("a client secret", l.ClientSecret)
	l.Captcha = answer
	session, err := p.Trial.Login(ctx, l)
	if err == nil {
		p.Session = session
	}
	return err
}
