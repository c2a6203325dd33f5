package pages

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/client"
)

// portal is one person at a portal's pages.
type portal struct {
	browser     Browser
	base        *url.URL
	environment string
	session     string // path of the page that shows the login
	screen      *Screen
	filled      bool // something was typed or chosen since the page was opened
	shown       bool // a picture of the screen has been taken
	album       Album
}

// Environment returns the portal's environment.
func (p *portal) Environment() string { return p.environment }

// Close closes the browser.
func (p *portal) Close() error { return p.browser.Close() }

// act is one action on a page. It reads the page when it is performed, not when it is made.
type act func(context.Context) error

// do performs acts up to the first that fails.
func do(ctx context.Context, acts ...act) error {
	for _, a := range acts {
		if err := a(ctx); err != nil {
			return err
		}
	}
	return nil
}

// after performs acts and reads the page that they lead to. The page must have the needed value, if one
// is named.
func after[T any](ctx context.Context, p *portal, needed string, acts ...act) (page T, err error) {
	if err := do(ctx, acts...); err != nil {
		return page, err
	}
	if needed != "" && p.screen.Value(needed) == "" {
		return page, fmt.Errorf("the value %q of %s is missing", needed, p.screen)
	}
	return decode[T](p.screen, p.screen.root)
}

// visit opens a page by its path.
func (p *portal) visit(path string) act {
	return func(ctx context.Context) error {
		s, err := p.browser.Visit(ctx, p.base.String()+path)
		return p.see(ctx, "opening "+path, s, err)
	}
}

// follow clicks the link with that text.
func (p *portal) follow(text string) act {
	return p.on((*Screen).Link, text, func(ctx context.Context, link Element) error { return p.click(ctx, text, link) })
}

// press presses the button with that text.
func (p *portal) press(text string) act {
	return p.on((*Screen).Button, text, func(ctx context.Context, button Element) error {
		if p.filled {
			if err := p.photograph(ctx, Moment{p.environment, p.screen.Name(), text}); err != nil {
				return err
			}
		}
		return p.click(ctx, text, button)
	})
}

// finder finds an element of a screen by its text or label.
type finder func(s *Screen, text string) (Element, error)

// labelled finds a field by its label. Of several it takes the one whose hint contains about.
func labelled(about string) finder {
	return func(s *Screen, label string) (Element, error) { return s.Field(label, about) }
}

// on finds an element and does something with it.
func (p *portal) on(find finder, text string, does func(context.Context, Element) error) act {
	return func(ctx context.Context) error {
		if p.screen == nil {
			return fmt.Errorf("no page of the %s portal is open", p.environment)
		}
		e, err := find(p.screen, text)
		if err != nil {
			return err
		}
		return does(ctx, e)
	}
}

func (p *portal) click(ctx context.Context, text string, e Element) error {
	s, err := p.browser.Click(ctx, e)
	return p.see(ctx, fmt.Sprintf("clicking %q", text), s, err)
}

// see makes a page the screen. A refusal on it is the error of the act that led to it.
func (p *portal) see(ctx context.Context, did string, s *Screen, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", did, err)
	}
	p.screen, p.filled, p.shown = s, false, false
	if err := p.photograph(ctx, Moment{p.environment, s.Name(), ""}); err != nil {
		return err
	}
	if problem := s.Problem(); problem != nil {
		return fmt.Errorf("%s: %w", did, problem)
	}
	if s.Status >= 400 {
		return fmt.Errorf("%s: the answer is %d, and %s shows no refusal", did, s.Status, s)
	}
	return nil
}

// shows reports whether the screen is the page with that data-page.
func (p *portal) shows(page string) bool { return p.screen != nil && p.screen.Name() == page }

// fields are labels and what is typed into their fields, in the order of typing.
type fields []struct{ label, value string }

// known leaves out fields without a value.
func (f fields) known() fields {
	return slices.DeleteFunc(slices.Clone(f), func(one struct{ label, value string }) bool { return one.value == "" })
}

// fill types into fields. It skips a field that is empty already and gets no value.
func (p *portal) fill(in fields) act {
	return func(ctx context.Context) error {
		for _, f := range in {
			if err := p.enter(labelled(""), f.label, f.value)(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}

func (p *portal) enter(find finder, label, value string) act {
	return p.on(find, label, func(ctx context.Context, field Element) error {
		if value == "" && Attribute(field.Node, "value") == "" {
			return nil
		}
		return p.changed(fmt.Sprintf("filling in %q", label), p.browser.Type(ctx, field, value))
	})
}

// choose picks a radio button by its label.
func (p *portal) choose(label string) act {
	return p.on(labelled(""), label, func(ctx context.Context, radio Element) error {
		return p.changed(fmt.Sprintf("choosing %q", label), p.browser.Choose(ctx, radio))
	})
}

// selects picks a choice of a list.
func (p *portal) selects(list finder, label, choice string) act {
	option := func(s *Screen, label string) (Element, error) {
		list, err := list(s, label)
		if err != nil {
			return list, err
		}
		return s.Option(list, choice)
	}
	return p.on(option, label, func(ctx context.Context, e Element) error {
		return p.changed(fmt.Sprintf("choosing %q of %q", choice, label), p.browser.Choose(ctx, e))
	})
}

// changed notes that a form was changed. It says which change failed.
func (p *portal) changed(did string, err error) error {
	p.filled, p.shown = true, false
	if err != nil {
		return fmt.Errorf("%s: %w", did, err)
	}
	return nil
}

// solve types the answer of the captcha on the screen. No other captcha can be answered there.
func (p *portal) solve(a client.CaptchaAnswer) act {
	find := func(s *Screen, label string) (Element, error) {
		c, err := s.captcha()
		if err != nil {
			return Element{}, err
		}
		if c.ID != a.CaptchaID {
			return Element{}, fmt.Errorf("%s shows the captcha %s, and the answer is that of %s", s, c.ID, a.CaptchaID)
		}
		return s.Field(label, "")
	}
	return p.enter(find, "Captcha", a.Answer)
}

// Picture returns a WebP of the screen, nil if nothing on it is new or the engine draws no pages.
func (p *portal) Picture(ctx context.Context) ([]byte, error) {
	b, draws := p.browser.(Photographer)
	if !draws || p.screen == nil || p.shown {
		return nil, nil
	}
	p.shown = true
	return b.Photograph(ctx, Shot{Hide: p.screen.secrets()})
}

// photograph gives the album its picture.
func (p *portal) photograph(ctx context.Context, m Moment) error {
	b, draws := p.browser.(Photographer)
	if !draws || p.album == nil {
		return nil
	}
	return p.album(ctx, m, b, p.screen.secrets())
}
