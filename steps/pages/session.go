package pages

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// Open goes to a form as the guide does, by Home and Login, and reads its captcha.
func (p *portal) Open(ctx context.Context, f client.Form) (client.Captcha, error) {
	acts := []act{p.visit("/"), p.follow(string(client.FormLogin))}
	if f != client.FormLogin {
		acts = append(acts, p.follow(string(f)))
	}
	if err := do(ctx, acts...); err != nil {
		return client.Captcha{}, err
	}
	return p.screen.captcha()
}

// captcha is the one on the screen. Its id is the name of its picture.
func (s *Screen) captcha() (client.Captcha, error) {
	for e := range s.elements("img") {
		source := Attribute(e.Node, "src")
		if !strings.Contains(source, "/captchas/") {
			continue
		}
		address, err := s.Address.Parse(source)
		if err != nil {
			return client.Captcha{}, fmt.Errorf("the captcha's picture on %s: %w", s, err)
		}
		name := path.Base(address.Path)
		return client.Captcha{ID: strings.TrimSuffix(name, path.Ext(name)), Image: address.String()}, nil
	}
	return client.Captcha{}, fmt.Errorf("there is no captcha on %s", s)
}

// CaptchaImage fetches the picture of a captcha.
func (p *portal) CaptchaImage(ctx context.Context, c client.Captcha) ([]byte, error) {
	return p.browser.Image(ctx, c.Image)
}

// Login fills in the Login form that is open.
func (p *portal) Login(ctx context.Context, l client.Login) (client.Session, error) {
	in := fields{{"Username", l.Username}, {"Password", l.Password}}
	if l.ClientID != "" {
		in = fields{{"Client ID", l.ClientID}, {"Client Secret", l.ClientSecret}}
	}
	if err := do(ctx, p.fill(in), p.solve(l.Captcha), p.press("Login")); err != nil {
		return client.Session{}, err
	}
	if p.shows(logins.name + "-otp") {
		pending, err := after[client.PendingLogin](ctx, p, logins.id)
		return client.Session{Pending: &pending}, err
	}
	return after[client.Session](ctx, p, "source", p.toSession)
}

// toSession opens the page that shows the login, unless it is the screen.
func (p *portal) toSession(ctx context.Context) error {
	if p.shows("session") {
		return nil
	}
	return p.visit(p.session)(ctx)
}

// Session opens the page that shows the login.
func (p *portal) Session(ctx context.Context) (client.Session, error) {
	return after[client.Session](ctx, p, "source", p.visit(p.session))
}

// Logout presses the button that is on every page of a person who is logged in.
func (p *portal) Logout(ctx context.Context) error {
	return do(ctx, p.visit(p.session), p.press("Logout"))
}

// Providers are the companies on the list of the form that is open, or else on the page Companies.
func (p *portal) Providers(ctx context.Context, through string) ([]client.Company, error) {
	if p.screen != nil {
		if list, err := p.screen.Field("Company Name", "through "+through); err == nil {
			return p.screen.choices(list), nil
		}
		if _, err := p.screen.Link("Through " + through); err == nil {
			if err := p.follow("Through " + through)(ctx); err != nil {
				return nil, err
			}
		}
		if list, err := p.screen.Field("Select "+through, ""); err == nil {
			return p.screen.choices(list), nil
		}
	}
	if err := p.visit("/companies?through=" + url.QueryEscape(through))(ctx); err != nil {
		return nil, err
	}
	return decodeRows[client.Company](p.screen, "company")
}

// choices are the companies of a list. An option without a value is not a company.
func (s *Screen) choices(list Element) (all []client.Company) {
	for e := range s.elements("option") {
		if inside(e.Node, list.Node) && Attribute(e.Node, "value") != "" {
			all = append(all, client.Company{CompanyName: Text(e.Node)})
		}
	}
	return all
}

// secrets are the fields that a browser shows in clear although their content is a secret.
func (s *Screen) secrets() []Element {
	otp, err := s.Field("OTP", "")
	if err != nil {
		return nil
	}
	return []Element{otp}
}
