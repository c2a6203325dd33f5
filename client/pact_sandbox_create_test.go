//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

const acknowledgementNo = "112610000000001"

// acknowledgement has the members that Create answers.
func acknowledgement() map[string]any {
	return map[string]any{
		"acknowledgementNo": matchers.Regex(acknowledgementNo, `^[0-9]{15}$`), "acknowledgedAt": aTime(soon),
		"state": "COMPLETED", "gstin": dakshin, "legalName": dakshinName, "registrationThrough": "GSP",
		"companyName": guideCompany, "clientId": guideClientID, "username": newUsername,
		"message": anyText(userWasMade),
	}
}

func creations() []onSandbox {
	create := func(about string, from flowState, given string, change func(*client.NewAPIUser), gets answered) onSandbox {
		form, body := newUser(change)
		i := onSandbox{
			about: "Create" + about, given: []string{from.given},
			asks: asked{
				method: http.MethodPost, path: from.path(registrations, "registrationId", "/api-user"), body: body,
			},
			gets: gets,
			call: func(ctx context.Context, c *client.Sandbox) (any, error) {
				return c.Create(ctx, example(from.id), form)
			},
			want: client.Acknowledgement{
				AcknowledgementNo: acknowledgementNo, AcknowledgedAt: soon, State: "COMPLETED",
				GSTIN: dakshin, LegalName: dakshinName, Through: "GSP", CompanyName: guideCompany,
				ClientID: guideClientID, Username: newUsername, Message: userWasMade,
			},
		}
		if given != "" {
			i.given = append(i.given, given)
		}
		return i
	}
	invalid := func(about string, change func(*client.NewAPIUser), gets answered) onSandbox {
		return create(": "+about, verifiedRegistration, "", change, gets)
	}
	const unprocessable = http.StatusUnprocessableEntity
	return []onSandbox{
		create(" an API user", verifiedRegistration, "", asInTheGuide, good(http.StatusCreated, acknowledgement())),
		create(": a username that another taxpayer has", verifiedRegistration, withOthersUser, asInTheGuide, usernameTaken()),
		create(": a second user for one client id", verifiedRegistration, withOwnUser, asInTheGuide,
			alreadyRegistered("clientId")),
		create(": before the OTP is verified", sentRegistration, "", asInTheGuide, wrongState("OTP_SENT", "OTP_VERIFIED")),
		invalid("a password without capital letter and digit", withWeakPassword, passwordPolicy()),
		invalid("two passwords that differ",
			func(u *client.NewAPIUser) { u.ConfirmPassword = otherPassword },
			refusal(unprocessable, "password-confirmation", "", "The passwords differ", "confirmPassword")),
		invalid("a username that begins with a digit",
			func(u *client.NewAPIUser) { u.Username = "29dakshin" },
			refusal(unprocessable, "username-invalid", "3031", "Invalid User Name", "username")),
		invalid("the client id of another company",
			func(u *client.NewAPIUser) { u.ClientID = gspClientID }, wrongClient("client-id-mismatch")),
		invalid("a company that is not on the list",
			func(u *client.NewAPIUser) { u.CompanyName = "Nobody's Company" },
			refusal(unprocessable, "provider-unknown", "", "Nobody of this name", "companyName")),
	}
}
