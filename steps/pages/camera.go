package pages

import "context"

// Picture is a WebP of the screen, nil if there is nothing new on it or the engine draws none.
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

// secrets are the fields that a browser shows in clear although what is typed there is a secret.
func (s *Screen) secrets() []Element {
	otp, err := s.Field("OTP", "")
	if err != nil {
		return nil
	}
	return []Element{otp}
}
