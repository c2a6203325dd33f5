//go:build pact

package client_test

import (
	"context"
	"net/http"
	"time"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

// Dakshin's login to the production portal, as the fixtures have it.
const (
	dakshinLogin    = "dakshin29"
	dakshinPassword = "Dakshin@2024"
)

// login is the Login button, with a right answer to the captcha.
func login(about, username, password string, gets answered, want client.Session) onProduction {
	return onProduction{
		about: "Login: " + about, given: []string{aCaptcha},
		asks: asked{method: http.MethodPost, path: "/portal/v1/login", body: map[string]any{
			"username": username, "password": password, "captcha": captchaBody(rightAnswer),
		}},
		gets: gets,
		call: func(ctx context.Context, c *client.Production) (any, error) {
			return c.Login(ctx, client.Login{Username: username, Password: password, Captcha: typed(rightAnswer)})
		},
		want: want,
	}
}

// sessionBody is the document of a session. Of its menu, only the guide's entry is compared.
func sessionBody(s client.Session) map[string]any {
	return map[string]any{
		"username": s.Username, "gstin": s.GSTIN, "legalName": s.LegalName, "source": s.Source,
		"menu": matchers.ArrayContaining([]any{s.Menu[0]}), "expiresAt": aTime(s.ExpiresAt),
	}
}

func sessionOf(username, gstin, name, source string) client.Session {
	return client.Session{
		Username: username, GSTIN: gstin, LegalName: name, Source: source,
		Menu: []string{"API Registration"}, ExpiresAt: later,
	}
}

var dakshinSession = sessionOf(dakshinLogin, dakshin, dakshinName, client.SourceEInvoice)

// signIn is the login before every call that needs one.
func signIn() onProduction {
	return login("with username and password", dakshinLogin, dakshinPassword,
		good(http.StatusOK, sessionBody(dakshinSession)).opening(productionSession), dakshinSession)
}

// inSession is a call of a user who has logged in.
func inSession(i onProduction) onProduction {
	before := signIn()
	i.after = &before
	i.given = append([]string{"the taxpayer is signed in"}, i.given...)
	i.asks.cookie = productionSession.sent()
	return i
}

func logins() []onProduction {
	ellora := sessionOf("ewbtel36", "36ABCCE4321F1Z1", "Ellora Telangana Stores Private Limited", client.SourceEWayBill)
	refused := func(about, username, password string, gets answered) onProduction {
		return login(about, username, password, gets, client.Session{})
	}
	wrong := func() answered {
		return refusal(http.StatusUnauthorized, "login-failed", "3002", "Invalid login credentials")
	}
	locked := refused("the right password to a login that is locked", dakshinLogin, dakshinPassword,
		refusal(http.StatusLocked, "account-locked", "", "Come back later").retryAfter(15*time.Minute))
	locked.given = append(locked.given, "the taxpayer's login is locked")
	return []onProduction{
		signIn(),
		login("with the credentials of the E-Way Bill portal", "ewbtel36", "Ewaybill#36",
			good(http.StatusOK, sessionBody(ellora)).opening(productionSession), ellora),
		refused("a wrong password", dakshinLogin, otherPassword, wrong()),
		refused("a username that nobody has", "nobody29", dakshinPassword, wrong()),
		refused("a taxpayer that is not enabled for e-invoicing", "nilkantha19", "Nilkantha@2024",
			refusal(http.StatusForbidden, "not-enabled", "3046",
				"Sorry you are not enabled for e-Invoicing System on Production.")),
		refused("a taxpayer whose registration is cancelled", "chitra27", "Chitra@2024",
			refusal(http.StatusForbidden, "account-cancelled", "3034", "Your account has been cancelled as GSTIN is inactive")),
		locked,
	}
}

func sessions() []onProduction {
	who := func(about string, gets answered) onProduction {
		return onProduction{
			about: "who is signed in" + about,
			asks:  asked{method: http.MethodGet, path: "/portal/v1/session"}, gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) { return c.Session(ctx) },
			want: dakshinSession,
		}
	}
	expired := inSession(who(": nobody any more", refusal(http.StatusUnauthorized, "session-expired", "", "Log in again")))
	expired.given = []string{"the taxpayer was signed in, too long ago"}
	return []onProduction{
		inSession(who("", good(http.StatusOK, sessionBody(dakshinSession)))),
		who(": nobody", refusal(http.StatusUnauthorized, "session-required", "", "Log in")),
		expired,
		inSession(onProduction{
			about: "Logout",
			asks:  asked{method: http.MethodPost, path: "/portal/v1/logout"},
			gets:  answered{status: http.StatusNoContent},
			call:  func(ctx context.Context, c *client.Production) (any, error) { return just(c.Logout(ctx)) },
		}),
	}
}
