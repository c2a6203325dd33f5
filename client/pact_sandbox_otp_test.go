//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

// The states of a registration that interactions begin from, each with the id of its example.
var (
	validatedRegistration = flowState{"a taxpayer's registration that is validated", 11}
	sentRegistration      = flowState{"a taxpayer's registration whose OTP was sent", 12}
	lastAttempt           = flowState{"a taxpayer's registration with one attempt at the OTP left", 13}
	oldOTP                = flowState{"a taxpayer's registration whose OTP is too old", 14}
	verifiedRegistration  = flowState{"a taxpayer's registration whose OTP was verified", 15}
	endedRegistration     = flowState{"a taxpayer's registration that wrong OTPs have ended", 16}
	verifiedGSP           = flowState{"a GSP's registration whose OTP was verified", 17}
	completedRegistration = flowState{"a taxpayer's registration that is completed", 18}
)

func registrationOTPs() []onSandbox {
	send := func(about string, from flowState, gets answered) onSandbox {
		return onSandbox{
			about: "Send OTP" + about, given: []string{from.given},
			asks: asked{method: http.MethodPost, path: from.path(registrations, "registrationId", "/otp")},
			gets: gets,
			call: func(ctx context.Context, c *client.Sandbox) (any, error) { return c.SendOTP(ctx, example(from.id)) },
			want: otpWasSent,
		}
	}
	submit := func(about string, from flowState, otp string, gets answered) onSandbox {
		return onSandbox{
			about: "Submit: " + about, given: []string{from.given},
			asks: asked{
				method: http.MethodPost, path: from.path(registrations, "registrationId", "/otp/verification"), body: otpBody(otp),
			},
			gets: gets,
			call: func(ctx context.Context, c *client.Sandbox) (any, error) {
				return c.VerifyOTP(ctx, example(from.id), otp)
			},
			want: client.Registration{ID: example(from.id), State: "OTP_VERIFIED", GSTIN: dakshin, LegalName: dakshinName},
		}
	}
	return []onSandbox{
		send("", validatedRegistration, good(http.StatusAccepted, challenge(nil))),
		send(": again, a moment later", sentRegistration, otpTooSoon()),
		send(": of a registration that has ended", endedRegistration, hasExpired()),
		submit("the right OTP", sentRegistration, rightOTP, good(http.StatusOK, map[string]any{
			"state": "OTP_VERIFIED", "gstin": dakshin, "legalName": dakshinName,
		})),
		submit("a wrong OTP", sentRegistration, wrongOTP, otpIsWrong("otp-mismatch", 2)),
		submit("the third wrong OTP", lastAttempt, wrongOTP, otpIsWrong("otp-attempts-exhausted", 0)),
		submit("an OTP that is too old", oldOTP, rightOTP, otpIsOld()),
	}
}
