package portalapi

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/portal"
)

type captchaDoc struct {
	CaptchaID string    `json:"captchaId"`
	Image     string    `json:"image"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// captchaAnswer is the member "captcha" of the forms that have one.
type captchaAnswer struct {
	CaptchaID string `json:"captchaId"`
	Answer    string `json:"answer"`
}

func (c captchaAnswer) read() portal.CaptchaAnswer {
	return portal.CaptchaAnswer{ID: c.CaptchaID, Answer: c.Answer}
}

func drawCaptcha(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	c, err := p.DrawCaptcha(r.Context())
	if err != nil {
		return httpd.Reply{}, err
	}
	image := base + "/captchas/" + c.ID + ".png"
	return httpd.Reply{
		Status: http.StatusCreated, Location: image,
		Body: captchaDoc{c.ID, call.Prefix + image, c.ExpiresAt},
	}, nil
}

func captchaPicture(p portal.Portal, r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	png, err := p.CaptchaPicture(r.Context(), id(r))
	return httpd.Reply{Raw: png, RawType: "image/png"}, err
}
