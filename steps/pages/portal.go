package pages

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/client"
)

// portal is one person in front of a portal's pages.
type portal struct {
	browser     Browser
	base        *url.URL
	environment string
	session     string // path of the page that says who is logged in
	screen      *Screen
	filled      bool // something was typed or chosen since the page was opened
	shown       bool // the screen is on a picture already
	album       Album
}

// Environment is that of the portal.
func (p *portal) Environment() string { return p.environment }

// Close closes the browser.
func (p *portal) Close() error { return p.browser.Close() }

// visit opens a page by its path.
func (p *portal) visit(ctx context.Context, path string) error {
	s, err := p.browser.Visit(ctx, p.base.String()+path)
	return p.see(ctx, "opening "+path, s, err)
}

// follow clicks the link with that text.
func (p *portal) follow(ctx context.Context, text string) error {
	s, err := p.here()
	if err != nil {
		return err
	}
	link, err := s.Link(text)
	if err != nil {
		return err
	}
	return p.click(ctx, text, link)
}

// press presses the button with that text.
func (p *portal) press(ctx context.Context, text string) error {
	s, err := p.here()
	if err != nil {
		return err
	}
	button, err := s.Button(text)
	if err != nil {
		return err
	}
	if p.filled {
		if err := p.photograph(ctx, Moment{p.environment, s.Name(), text}); err != nil {
			return err
		}
	}
	return p.click(ctx, text, button)
}

func (p *portal) click(ctx context.Context, text string, e Element) error {
	s, err := p.browser.Click(ctx, e)
	return p.see(ctx, fmt.Sprintf("clicking %q", text), s, err)
}

// see takes a page for the screen. A refusal on it is the error of what led there.
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

// goOn follows the link of a page that a flow has gone past.
func (p *portal) goOn(ctx context.Context) error {
	for e := range p.screen.elements() {
		if e.Data == "a" && Within(e.Node, "main") != nil {
			return p.click(ctx, Text(e.Node), e)
		}
	}
	return fmt.Errorf("%s leads nowhere", p.screen)
}

// here is the screen; there is none before the first page was opened.
func (p *portal) here() (*Screen, error) {
	if p.screen == nil {
		return nil, fmt.Errorf("no page of the %s portal is open", p.environment)
	}
	return p.screen, nil
}

// shows tells whether the screen is one of those pages, and of that flow.
func (p *portal) shows(flow, id string, pages ...string) bool {
	return p.screen != nil && slices.Contains(pages, p.screen.Name()) && (flow == "" || p.screen.Value(flow) == id)
}

// fields are what is typed, by label, in the order in which it is.
type fields []struct{ label, value string }

// known leaves out what is empty.
func (f fields) known() fields {
	return slices.DeleteFunc(slices.Clone(f), func(one struct{ label, value string }) bool { return one.value == "" })
}

func (p *portal) fill(ctx context.Context, in fields) error {
	for _, f := range in {
		if err := p.fillIn(ctx, f.label, "", f.value); err != nil {
			return err
		}
	}
	return nil
}

func (p *portal) fillIn(ctx context.Context, label, about, value string) error {
	field, err := p.field(label, about)
	if err != nil {
		return err
	}
	if value == "" && Attribute(field.Node, "value") == "" {
		return nil // it is as it should be
	}
	p.filled, p.shown = true, false
	if err := p.browser.Type(ctx, field, value); err != nil {
		return fmt.Errorf("filling in %q: %w", label, err)
	}
	return nil
}

func (p *portal) field(label, about string) (Element, error) {
	s, err := p.here()
	if err != nil {
		return Element{}, err
	}
	return s.Field(label, about)
}

// choose picks a radio button by its label.
func (p *portal) choose(ctx context.Context, label string) error {
	radio, err := p.field(label, "")
	if err != nil {
		return err
	}
	return p.pick(ctx, label, radio)
}

// selects picks a choice of a list.
func (p *portal) selects(ctx context.Context, label, about, choice string) error {
	list, err := p.field(label, about)
	if err != nil {
		return err
	}
	option, err := p.screen.Option(list, choice)
	if err != nil {
		return fmt.Errorf("%q: %w", label, err)
	}
	return p.pick(ctx, choice, option)
}

func (p *portal) pick(ctx context.Context, label string, e Element) error {
	p.filled, p.shown = true, false
	if err := p.browser.Choose(ctx, e); err != nil {
		return fmt.Errorf("choosing %q: %w", label, err)
	}
	return nil
}

// result reads values of the screen.
func result[T any](p *portal, read func(*reading) T) (T, error) {
	r := &reading{screen: p.screen}
	values := read(r)
	if r.err != nil {
		var none T
		return none, r.err
	}
	return values, nil
}

// companies are those of the screen's table.
func companies(s *Screen) (list []client.Company) {
	for _, row := range s.Rows("company") {
		list = append(list, client.Company{CompanyName: row.Value("companyName"), Type: row.Value("type")})
	}
	return list
}
