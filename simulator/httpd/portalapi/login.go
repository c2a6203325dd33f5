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

func productionLogin(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[productionLoginBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	return login(p, r, call, portal.Credentials{Username: in.Username, Password: in.Password, Captcha: in.Captcha.read()})
}

func sandboxLogin(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[sandboxLoginBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	if in.ClientID != "" && in.Username != "" {
		return httpd.Reply{}, httpd.MalformedField("clientId", "cannot be given together with username")
	}
	return login(p, r, call, portal.Credentials{
		Username: in.Username, Password: in.Password,
		ClientID: in.ClientID, ClientSecret: in.ClientSecret, Captcha: in.Captcha.read(),
	})
}

func login(p portal.Portal, r *http.Request, call *httpd.Call, in portal.Credentials) (httpd.Reply, error) {
	s, err := p.Login(r.Context(), in)
	if err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{Cookies: []*http.Cookie{httpd.SessionCookie(s, call)}, Body: showLogin(s)}, nil
}

func showSession(_ portal.Portal, s store.Session, _ *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Body: showLogin(s)}, nil
}

func logout(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	if err := p.Logout(r.Context(), s); err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{Status: http.StatusNoContent, Cookies: []*http.Cookie{httpd.EndedCookie(s, call)}}, nil
}
