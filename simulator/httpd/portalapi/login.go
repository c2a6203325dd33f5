package portalapi

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// sandboxLoginBody is of an API user, or of a provider.
type sandboxLoginBody struct {
	Username     string        `json:"username"`
	Password     string        `json:"password"`
	ClientID     string        `json:"clientId"`
	ClientSecret string        `json:"clientSecret"`
	Captcha      captchaAnswer `json:"captcha"`
}

type productionLoginBody struct {
	Username string        `json:"username"`
	Password string        `json:"password"`
	Captcha  captchaAnswer `json:"captcha"`
}

// sessionDoc shows who is logged in: a taxpayer's user, or a provider on the sandbox.
type sessionDoc struct {
	Username  string    `json:"username,omitempty"`
	ClientID  string    `json:"clientId,omitempty"`
	GSTIN     string    `json:"gstin,omitempty"`
	PAN       string    `json:"pan,omitempty"`
	LegalName string    `json:"legalName"`
	Source    string    `json:"source"`
	Menu      []string  `json:"menu"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func showLogin(s store.Session) sessionDoc {
	return sessionDoc{
		Username: s.Username, ClientID: s.ClientID, GSTIN: s.GSTIN, PAN: s.PAN, LegalName: s.LegalName,
		Source: s.Source, Menu: portal.Menu(s.Environment), ExpiresAt: s.ExpiresAt,
	}
}

func productionLogin(c *call, in productionLoginBody) (httpd.Reply, error) {
	return c.login(portal.Credentials{Username: in.Username, Password: in.Password, Captcha: in.Captcha.read()})
}

func sandboxLogin(c *call, in sandboxLoginBody) (httpd.Reply, error) {
	if in.ClientID != "" && in.Username != "" {
		return httpd.Reply{}, httpd.MalformedField("clientId", "cannot be given together with username")
	}
	return c.login(portal.Credentials{
		Username: in.Username, Password: in.Password,
		ClientID: in.ClientID, ClientSecret: in.ClientSecret, Captcha: in.Captcha.read(),
	})
}

// pendingLoginDoc shows a login whose password was right and that waits for its OTP.
type pendingLoginDoc struct {
	LoginID string `json:"loginId"`
	GSTIN   string `json:"gstin"`
	sentDoc
}

func (c *call) login(in portal.Credentials) (httpd.Reply, error) {
	s, pending, err := c.Login(c.ctx, in)
	if err == nil && pending.ID != "" {
		return httpd.Reply{Status: http.StatusAccepted, Location: base + "/logins/" + pending.ID,
			Body: pendingLoginDoc{pending.ID, pending.GSTIN, c.showSent(pending)}}, nil
	}
	return c.loggedIn(s, err)
}

// loggedIn answers with a session that was opened.
func (c *call) loggedIn(s store.Session, err error) (httpd.Reply, error) {
	return httpd.Reply{Cookies: []*http.Cookie{httpd.SessionCookie(s, c.Call)}, Body: showLogin(s)}, err
}

func resendLoginOTP(c *call) (httpd.Reply, error) {
	return c.sent(c.ResendLoginOTP(c.ctx, c.id()))
}

func finishLogin(c *call, in otpBody) (httpd.Reply, error) {
	return c.loggedIn(c.FinishLogin(c.ctx, c.id(), in.OTP))
}

func showSession(c *call) (httpd.Reply, error) {
	return httpd.Reply{Body: showLogin(c.session)}, nil
}

func logout(c *call) (httpd.Reply, error) {
	ended := []*http.Cookie{httpd.EndedCookie(c.session, c.Call)}
	return httpd.Reply{Status: http.StatusNoContent, Cookies: ended}, c.Logout(c.ctx, c.session)
}

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
