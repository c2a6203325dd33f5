//go:build pact

package client_test

import (
	"context"
	"net/http"
	"time"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

// companyList is Company Name on the sandbox and Select GSP in production. Only the rows that the contract names are
// compared.
func companyList[C client.Portal](about string) interaction[C] {
	row := func(name, kind string) any { return map[string]any{"companyName": name, "type": kind} }
	return interaction[C]{
		about: about,
		asks:  asked{method: http.MethodGet, path: "/portal/v1/providers", query: "through=GSP"},
		gets: good(http.StatusOK, map[string]any{
			"providers": matchers.ArrayContaining([]any{row(guideCompany, "ERP"), row("Konkan Tax Gateway", "GSP")}),
		}),
		call: func(ctx context.Context, c C) (any, error) { return c.Providers(ctx, client.ThroughGSP) },
		want: []client.Company{
			{CompanyName: guideCompany, Type: "ERP"}, {CompanyName: "Konkan Tax Gateway", Type: "GSP"},
		},
	}
}

// sandboxLooks are the calls that change nothing.
func sandboxLooks() []onSandbox {
	look := func(about string, given []string, id int, path any, gets answered, want client.Registration) onSandbox {
		return onSandbox{
			about: about, given: given, asks: asked{method: http.MethodGet, path: path}, gets: gets,
			call: func(ctx context.Context, c *client.Sandbox) (any, error) { return c.Registration(ctx, example(id)) },
			want: want,
		}
	}
	again := func(about string, at flowState, body map[string]any, want client.Registration) onSandbox {
		body["registrationId"], want.ID = anID(at.id), example(at.id)
		return look(about, []string{at.given}, at.id, at.path(registrations, "registrationId", ""), good(http.StatusOK, body),
			want)
	}
	return []onSandbox{
		companyList[*client.Sandbox]("the companies offered through GSP"),
		again("a registration, looked at again", sentRegistration,
			challenge(map[string]any{"category": "TAXPAYER", "gstin": dakshin}),
			client.Registration{
				State: "OTP_SENT", Category: "TAXPAYER", GSTIN: dakshin, SentTo: []string{maskedMobile, maskedEmail},
				ExpiresAt: later, ResendAfter: soon, AttemptsLeft: 3,
			}),
		again("a registration that is completed, looked at again", completedRegistration, acknowledgement(),
			client.Registration{
				State: "COMPLETED", GSTIN: dakshin, LegalName: dakshinName, AcknowledgementNo: acknowledgementNo,
				AcknowledgedAt: soon, Through: "GSP", CompanyName: guideCompany, ClientID: guideClientID,
				Username: newUsername, Message: userWasMade,
			}),
		look("a registration that nobody began", nil, 98, registrations+"/"+example(98), isNotFound(), client.Registration{}),
		{
			about: "a call during an outage", given: []string{"an outage"},
			asks: asked{method: http.MethodPost, path: "/portal/v1/captchas"},
			gets: refusal(http.StatusServiceUnavailable, "outage", "3020", "Internal Server Error pls try after sometime").
				retryAfter(time.Minute),
			call: func(ctx context.Context, c *client.Sandbox) (any, error) { return c.NewCaptcha(ctx) },
		},
	}
}
