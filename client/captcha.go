package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Captcha is a picture with characters to type.
type Captcha struct {
	ID        string    `json:"captchaId"`
	Image     string    `json:"image"` // absolute URL of a PNG on the portal's own host
	ExpiresAt time.Time `json:"expiresAt"`
}

// CaptchaAnswer is what a form sends of a captcha. Case does not matter.
type CaptchaAnswer struct {
	CaptchaID string `json:"captchaId"`
	Answer    string `json:"answer"`
}

// NewCaptcha asks for a captcha.
func (p portal) NewCaptcha(ctx context.Context) (Captcha, error) {
	k := post("/portal/v1/captchas", nil, http.StatusCreated, "captchaId")
	c, err := read[Captcha](ctx, p.connection, k)
	if err != nil {
		return Captcha{}, err
	}
	image, err := p.base.Parse(c.Image)
	if c.Image == "" || err != nil || image.Scheme != p.base.Scheme || image.Host != p.base.Host {
		return Captcha{}, k.unexpected(k.status, "the captcha's picture is not on the portal's own host")
	}
	c.Image = image.String()
	return c, nil
}

// CaptchaImage fetches the captcha's PNG. It is not there any more once the captcha is spent.
func (p portal) CaptchaImage(ctx context.Context, c Captcha) ([]byte, error) {
	image, err := url.Parse(c.Image)
	if err != nil {
		return nil, fmt.Errorf("captcha's picture: %w", withoutURL(err))
	}
	path, inside := strings.CutPrefix(image.EscapedPath(), p.base.EscapedPath())
	if !inside || !strings.HasPrefix(path, "/") || image.Scheme != p.base.Scheme || image.Host != p.base.Host {
		return nil, errors.New("captcha's picture: it is not under the portal's base URL")
	}
	_, png, err := p.exchange(ctx, call{
		method: http.MethodGet, path: path, query: image.Query(), status: http.StatusOK, media: mediaPNG,
	})
	return png, err
}
