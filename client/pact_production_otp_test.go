//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

const apiRegistrationsPath = "/portal/v1/api-registrations"

// The states of an API registration that interactions begin from, each with the id of its example.
var (
	sentAPIRegistration     = flowState{"the taxpayer's API registration whose OTP was sent", 21}
	verifiedAPIRegistration = flowState{"the taxpayer's API registration whose OTP was verified", 22}
	othersAPIRegistration   = flowState{"another taxpayer's API registration whose OTP was sent", 23}
	oldAPIRegistration      = flowState{"the taxpayer's API registration that was begun too long ago", 24}
)

func apiRegistrations() []onProduction {
	start := func(about string, gets answered) onProduction {
		return onProduction{
			about: "Create API User" + about,
			asks:  asked{method: http.MethodPost, path: apiRegistrationsPath}, gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) { return c.StartAPIRegistration(ctx) },
			want: client.APIRegistration{
				ID: example(20), State: "OTP_SENT", GSTIN: dakshin, SentTo: []string{maskedMobile, maskedEmail},
				ExpiresAt: later, ResendAfter: soon, AttemptsLeft: 3,
			},
		}
	}
	verify := func(about string, from flowState, otp string, gets answered) onProduction {
		return inSession(onProduction{
			about: "Verify OTP: " + about, given: []string{from.given},
			asks: asked{
				method: http.MethodPost, path: from.path(apiRegistrationsPath, "apiRegistrationId", "/otp/verification"),
				body: otpBody(otp),
			},
			gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) {
				return c.VerifyOTP(ctx, example(from.id), otp)
			},
			want: client.APIRegistration{ID: example(from.id), State: "OTP_VERIFIED", GSTIN: dakshin},
		})
	}
	return []onProduction{
		inSession(start(", which sends the OTP", good(http.StatusCreated,
			challenge(map[string]any{"apiRegistrationId": anID(20), "gstin": dakshin})))),
		start(": without a login", refusal(http.StatusUnauthorized, "session-required", "", "Log in")),
		inSession(onProduction{
			about: "Resend OTP: a moment later", given: []string{sentAPIRegistration.given},
			asks: asked{method: http.MethodPost, path: sentAPIRegistration.path(apiRegistrationsPath, "apiRegistrationId",
				"/otp")},
			gets: otpTooSoon(),
			call: func(ctx context.Context, c *client.Production) (any, error) {
				return c.ResendOTP(ctx, example(sentAPIRegistration.id))
			},
		}),
		verify("the right one", sentAPIRegistration, rightOTP,
			good(http.StatusOK, map[string]any{"state": "OTP_VERIFIED", "gstin": dakshin})),
		verify("a wrong one", sentAPIRegistration, wrongOTP, otpIsWrong("otp-mismatch", 2)),
		verify("of another taxpayer", othersAPIRegistration, rightOTP, isNotFound()),
		verify("of an API registration that has expired", oldAPIRegistration, rightOTP, hasExpired()),
		inSession(companyList[*client.Production]("the companies under Through GSP")),
	}
}
