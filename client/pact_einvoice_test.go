//go:build pact

package client_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
)

// TestEInvoiceAPIPact makes the client's contract with the e-Invoice API of the sandbox, which accepts the credentials
// of section 1.
func TestEInvoiceAPIPact(t *testing.T) {
	runPact(t, "einvoice-api", newEInvoice, map[string][]onEInvoice{
		"auth":     authentications(t),
		"generate": generations(t),
		"reads":    invoiceReads(t),
		"cancel":   cancellations(t),
		"GSTIN":    gstinReads(t),
	})
}

type onEInvoice = interaction[*eInvoice]

// eInvoice is a program that uses the API, as one user or several.
type eInvoice struct {
	t    *testing.T
	base string
	apis map[client.Credentials]*client.API
}

func newEInvoice(t *testing.T, base string) *eInvoice {
	t.Helper()
	return &eInvoice{t, base, map[client.Credentials]*client.API{}}
}

// as returns the client of one user. Its AppKey is that of the first public pair, whose Sek is the example in the
// answers.
func (e *eInvoice) as(who client.Credentials) *client.API {
	e.t.Helper()
	if e.apis[who] == nil {
		key, err := fixtures.PayloadPublicPEM("sandbox")
		if err != nil {
			e.t.Fatal(err)
		}
		api, err := client.NewAPI(e.base, who, key, client.Options{
			Now: func() time.Time { return soon }, Random: repeat(publicSEKs[0].appKey),
		})
		if err != nil {
			e.t.Fatal(err)
		}
		e.apis[who] = api
	}
	return e.apis[who]
}

// apiTaxpayer is the taxpayer of the API user that the states make.
var apiTaxpayer = client.Credentials{
	ClientID: guideClientID, ClientSecret: "SahyadriSecret000001",
	GSTIN: dakshin, Username: newUsername, Password: dakshinPassword,
}

// A state that has made the API user gives the user's logins, sealed under the key of the environment.
const anAPIUser = "the taxpayer's API user, and logins for it"

// apiHeader is the header of every call.
func apiHeader(who client.Credentials) map[string]any {
	return map[string]any{
		"Content-Type": "application/json",
		"client_id":    who.ClientID, "client_secret": who.ClientSecret, "Gstin": who.GSTIN,
	}
}

// authenticate is an auth call; its Data is a value that the state gives under the name.
func authenticate(t *testing.T, about, data string, who client.Credentials, gets answered, want any) onEInvoice {
	t.Helper()
	return onEInvoice{
		about: "auth: " + about, given: []string{anAPIUser},
		asks: asked{
			method: http.MethodPost, path: "/eivital/v1.04/auth", header: apiHeader(who),
			body: map[string]any{"Data": aSealedLogin(t, data, who)},
		},
		gets: gets,
		call: func(ctx context.Context, e *eInvoice) (any, error) { return orRefused(e.as(who).Login(ctx)) },
		want: want,
	}
}

// logIn is the login before every other call.
func logIn(t *testing.T) onEInvoice {
	t.Helper()
	return authenticate(t, "username and password", "login", apiTaxpayer,
		good(http.StatusOK, map[string]any{"Status": 1, "Data": map[string]any{
			"ClientId": guideClientID, "UserName": newUsername,
			"AuthToken":   matchers.Regex(fakeToken, `^[0-9A-Za-z]{25}$`),
			"Sek":         matchers.Regex(publicSEKs[0].sealed, `^[0-9A-Za-z+/]{64}$`), // 32 bytes and a block of padding
			"TokenExpiry": aStamp(tokenExpiry),
		}}),
		client.APILogin{Token: fakeToken, SEK: firstSEK(t), ExpiresAt: time.Date(2024, time.July, 1, 11, 0, 0, 0, ist)})
}

const tokenExpiry = "2024-07-01 11:00:00"

// aStamp is a time of the API, to the second and without a zone.
func aStamp(example string) any {
	return matchers.Regex(example, `^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$`)
}

func authentications(t *testing.T) []onEInvoice {
	t.Helper()
	refused := func(about, data string, change func(*client.Credentials), code, message string) onEInvoice {
		who := apiTaxpayer
		change(&who)
		return authenticate(t, about, data, who, refusedBy(code, message), rowsOf(code, message))
	}
	return []onEInvoice{
		logIn(t),
		refused("a wrong password", "loginWithAnotherPassword",
			func(c *client.Credentials) { c.Password = otherPassword }, "1019", "Incorrect Password"),
		refused("a username that nobody has", "loginOfNobody",
			func(c *client.Credentials) { c.Username = "nobody29" }, "1017", "Incorrect user id/User does not exists"),
		refused("the client secret of another company", "login",
			func(c *client.Credentials) { c.ClientSecret = "KonkanSecret00000002" }, "1010", "Invalid Client-ID/Client-Secret"),
		refused("the GSTIN of another taxpayer", "login",
			func(c *client.Credentials) { c.GSTIN = deccanGSTIN }, "1015", "Invalid GSTIN for this user"),
	}
}

// refusedBy is an answer with one row of ErrorDetails. Refusals come with status 200.
func refusedBy(code, message string) answered {
	return good(http.StatusOK, map[string]any{
		"Status": 0, "ErrorDetails": []any{map[string]any{"ErrorCode": code, "ErrorMessage": message}},
	})
}

// rowsOf is the error that the client returns for refusedBy.
func rowsOf(code, message string) *client.APIError {
	return &client.APIError{Details: []client.ErrorDetail{{Code: code, Message: message}}}
}

// registeredBefore holds the fields of a client.AlreadyRegistered that are compared.
type registeredBefore struct {
	IRN   string
	AckNo int64
	AckDt client.Stamp
}

// orRefused returns a refusal as the result of a call, to be compared like other results.
func orRefused[T any](got T, err error) (any, error) {
	if known, ok := errors.AsType[*client.AlreadyRegistered](err); ok {
		return registeredBefore{known.IRN, known.AckNo, known.AckDt}, nil
	}
	if refused, ok := errors.AsType[*client.APIError](err); ok {
		return refused, nil
	}
	return got, err
}
