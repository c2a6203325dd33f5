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

func drawCaptcha(c *call) (httpd.Reply, error) {
	drawn, err := c.DrawCaptcha(c.ctx)
	image := base + "/captchas/" + drawn.ID + ".png"
	doc := captchaDoc{drawn.ID, c.Prefix + image, drawn.ExpiresAt}
	return httpd.Reply{Status: http.StatusCreated, Location: image, Body: doc}, err
}

func captchaPicture(c *call) (httpd.Reply, error) {
	png, err := c.CaptchaPicture(c.ctx, c.id())
	return httpd.Reply{Raw: png, RawType: "image/png"}, err
}
