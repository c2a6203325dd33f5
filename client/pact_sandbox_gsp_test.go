//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

// A GSP, as the fixtures have it.
const (
	gspName     = "Konkan Tax Gateway"
	gspPAN      = "AABCK7654P"
	gspClientID = "AABCK27GSP4K7QX"
	gspSecret   = "KonkanSecret00000002"
)

// gspCalls are the calls of a GSP on the sandbox: credentials, login, dummy GSTINs.
func gspCalls() []onSandbox {
	const issued, bySMS = "AADCV23GSP4K7QX", "The secret was sent by SMS."
	signIn := onSandbox{
		about: "Login: a GSP with client id and secret", given: []string{aCaptcha},
		asks: asked{method: http.MethodPost, path: "/portal/v1/login", body: map[string]any{
			"clientId": gspClientID, "clientSecret": gspSecret, "captcha": captchaBody(rightAnswer),
		}},
		gets: good(http.StatusOK, map[string]any{
			"clientId": gspClientID, "pan": gspPAN, "legalName": gspName, "source": "PROVIDER", "expiresAt": aTime(later),
		}).opening(sandboxSession),
		call: func(ctx context.Context, c *client.Sandbox) (any, error) {
			return c.Login(ctx, client.Login{ClientID: gspClientID, ClientSecret: gspSecret, Captcha: typed(rightAnswer)})
		},
		want: client.Session{
			ClientID: gspClientID, PAN: gspPAN, LegalName: gspName, Source: client.SourceProvider, ExpiresAt: later,
		},
	}
	return []onSandbox{
		signIn,
		{
			about: "client credentials for a GSP", given: []string{verifiedGSP.given},
			asks: asked{method: http.MethodPost, path: verifiedGSP.path(registrations, "registrationId", "/client-credentials")},
			gets: good(http.StatusCreated, map[string]any{
				"clientId": matchers.Regex(issued, `^AADCV[0-9]{2}GSP[A-Z0-9]{5}$`), "message": anyText(bySMS),
			}),
			call: func(ctx context.Context, c *client.Sandbox) (any, error) {
				return c.ClientCredentials(ctx, example(verifiedGSP.id))
			},
			want: client.IssuedClient{ClientID: issued, Message: bySMS},
		},
		{
			about: "a dummy GSTIN for a GSP", given: []string{"a GSP that is signed in"}, after: &signIn,
			asks: asked{
				method: http.MethodPost, path: "/portal/v1/dummy-gstins",
				cookie: sandboxSession.sent(), body: map[string]any{"stateCode": "24"},
			},
			gets: good(http.StatusCreated, map[string]any{"gstin": "24" + gspPAN + "000"}),
			call: func(ctx context.Context, c *client.Sandbox) (any, error) { return c.CreateDummyGSTIN(ctx, "24") },
			want: "24" + gspPAN + "000",
		},
	}
}
