//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

func submissions() []onProduction {
	submit := func(about string, from flowState, given string, change func(*client.NewAPIUser),
		gets answered) onProduction {
		form, body := newUser(func(u *client.NewAPIUser) {
			u.ClientID = "" // the production portal knows it by the company
			change(u)
		})
		i := onProduction{
			about: "Submit: " + about, given: []string{from.given},
			asks: asked{
				method: http.MethodPost, path: from.path(apiRegistrationsPath, "apiRegistrationId", "/api-user"), body: body,
			},
			gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) {
				return c.Submit(ctx, example(from.id), form)
			},
			want: client.APIUser{
				State: "COMPLETED", Username: "API_" + newUsername, GSTIN: dakshin, Through: form.Through,
				CompanyName: form.CompanyName, CreatedAt: soon, Message: userWasMade,
			},
		}
		if given != "" {
			i.given = append(i.given, given)
		}
		return inSession(i)
	}
	made := func(through string) map[string]any {
		return map[string]any{
			"state": "COMPLETED", "username": "API_" + newUsername, "gstin": dakshin,
			"registrationThrough": through, "createdAt": aTime(soon), "message": anyText(userWasMade),
		}
	}
	throughGSP := made("GSP")
	throughGSP["companyName"] = guideCompany
	direct := func(secret string) func(*client.NewAPIUser) {
		return func(u *client.NewAPIUser) {
			u.Through, u.CompanyName, u.ClientID, u.ClientSecret = client.ThroughDirect, "", "ABCCD29TXP7M3QD", secret
		}
	}
	return []onProduction{
		submit("an API user through a GSP", verifiedAPIRegistration, "", asInTheGuide, good(http.StatusCreated, throughGSP)),
		submit("an API user of a direct integrator", verifiedAPIRegistration, "", direct("DakshinSecret0000005"),
			good(http.StatusCreated, made("DIRECT"))),
		submit("the client secret of somebody else", verifiedAPIRegistration, "", direct(gspSecret),
			wrongClient("client-credentials-mismatch")),
		submit("a username that another taxpayer has", verifiedAPIRegistration, withOthersUser, asInTheGuide,
			usernameTaken()),
		submit("a second user through one GSP", verifiedAPIRegistration, withOwnUser, asInTheGuide,
			alreadyRegistered("companyName")),
		submit("a password without capital letter and digit", verifiedAPIRegistration, "", withWeakPassword,
			passwordPolicy()),
		submit("before the OTP is verified", sentAPIRegistration, "", asInTheGuide, wrongState("OTP_SENT", "OTP_VERIFIED")),
	}
}
