package pages

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// Open goes to a form as the guide does, by Home and Login, and sees its captcha.
func (p *portal) Open(ctx context.Context, f client.Form) (client.Captcha, error) {
	if err := p.visit(ctx, "/"); err != nil {
		return client.Captcha{}, err
	}
	if err := p.follow(ctx, string(client.FormLogin)); err != nil {
		return client.Captcha{}, err
	}
	if f != client.FormLogin {
		if err := p.follow(ctx, string(f)); err != nil {
			return client.Captcha{}, err
		}
	}
	return p.screen.captcha()
}

// captcha is the one on the screen, named as its picture is.
func (s *Screen) captcha() (client.Captcha, error) {
	for e := range s.elements() {
		source := Attribute(e.Node, "src")
		if e.Data != "img" || !strings.Contains(source, "/captchas/") {
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

// solve types the answer of the captcha on the screen. A person can answer no other.
func (p *portal) solve(ctx context.Context, a client.CaptchaAnswer) error {
	s, err := p.here()
	if err != nil {
		return err
	}
	c, err := s.captcha()
	if err != nil {
		return err
	}
	if c.ID != a.CaptchaID {
		return fmt.Errorf("%s shows the captcha %s, and the answer is that of %s", s, c.ID, a.CaptchaID)
	}
	return p.fillIn(ctx, "Captcha", "", a.Answer)
}

// submit fills in a form with a captcha and presses its button.
func (p *portal) submit(ctx context.Context, in fields, a client.CaptchaAnswer, button string) error {
	if err := p.fill(ctx, in); err != nil {
		return err
	}
	if err := p.solve(ctx, a); err != nil {
		return err
	}
	return p.press(ctx, button)
}

// Login fills in the Login form that is open.
func (p *portal) Login(ctx context.Context, l client.Login) (client.Session, error) {
	in := fields{{"Username", l.Username}, {"Password", l.Password}}
	if l.ClientID != "" {
		in = fields{{"Client ID", l.ClientID}, {"Client Secret", l.ClientSecret}}
	}
	if err := p.submit(ctx, in, l.Captcha, "Login"); err != nil {
		return client.Session{}, err
	}
	if !p.shows("", "", "session") {
		return p.Session(ctx)
	}
	return p.whose()
}

// Session looks at the page that says who is logged in.
func (p *portal) Session(ctx context.Context) (client.Session, error) {
	if err := p.visit(ctx, p.session); err != nil {
		return client.Session{}, err
	}
	return p.whose()
}

func (p *portal) whose() (client.Session, error) {
	return result(p, func(r *reading) client.Session {
		return client.Session{
			Username: r.text("username"), ClientID: r.text("clientId"), GSTIN: r.text("gstin"), PAN: r.text("pan"),
			LegalName: r.text("legalName"), Source: r.need("source"), Menu: r.screen.Values("menu"),
			ExpiresAt: r.time("expiresAt"),
		}
	})
}

// Logout presses the button that is on every page of a person who is logged in.
func (p *portal) Logout(ctx context.Context) error {
	if err := p.visit(ctx, p.session); err != nil {
		return err
	}
	return p.press(ctx, "Logout")
}

// Providers are the companies on the list of the form that is open, or else on the page Companies.
func (p *portal) Providers(ctx context.Context, through string) ([]client.Company, error) {
	if p.screen != nil {
		if list, err := p.screen.Field("Company Name", "through "+through); err == nil {
			return p.screen.choices(list), nil
		}
		if _, err := p.screen.Link("Through " + through); err == nil {
			if err := p.follow(ctx, "Through "+through); err != nil {
				return nil, err
			}
		}
		if list, err := p.screen.Field("Select "+through, ""); err == nil {
			return p.screen.choices(list), nil
		}
	}
	if err := p.visit(ctx, "/companies?through="+url.QueryEscape(through)); err != nil {
		return nil, err
	}
	return companies(p.screen), nil
}

// choices are the companies of a list; what has no value is no company.
func (s *Screen) choices(list Element) (all []client.Company) {
	for e := range s.elements() {
		if e.Data == "option" && inside(e.Node, list.Node) && Attribute(e.Node, "value") != "" {
			all = append(all, client.Company{CompanyName: Text(e.Node)})
		}
	}
	return all
}
