//go:build pact

package client_test

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/client"
)

// The OTP that a state has sent, and another one.
const (
	rightOTP = "428913"
	wrongOTP = "111111"
)

// otpBody is the body of Submit or Verify OTP.
func otpBody(otp string) map[string]any {
	if otp == wrongOTP {
		return map[string]any{"otp": fromState("${wrongOtp}", otp)}
	}
	return map[string]any{"otp": fromState("${otp}", otp)}
}

// challenge has the members of each answer about an OTP that was sent.
func challenge(more map[string]any) map[string]any {
	body := map[string]any{
		"state": "OTP_SENT", "sentTo": []any{aMaskedMobile(), aMaskedEmail()},
		"expiresAt": aTime(later), "resendAfter": aTime(soon), "attemptsLeft": 3,
	}
	for name, value := range more {
		body[name] = value
	}
	return body
}

// otpWasSent is the result of Send OTP.
var otpWasSent = client.OTPSent{
	State: "OTP_SENT", SentTo: []string{maskedMobile, maskedEmail},
	ExpiresAt: later, ResendAfter: soon, AttemptsLeft: 3,
}

func otpTooSoon() answered {
	return refusal(http.StatusTooManyRequests, "otp-too-soon", "", "Wait a moment").retryAfter(30 * time.Second)
}

func otpIsWrong(code string, left int) answered {
	return refusal(http.StatusUnprocessableEntity, code, "", "The OTP is wrong", "otp").attemptsLeft(left)
}

func otpIsOld() answered {
	return refusal(http.StatusUnprocessableEntity, "otp-expired", "", "Ask for another", "otp")
}

func hasExpired() answered { return refusal(http.StatusGone, "expired", "", "Begin again") }

func isNotFound() answered { return refusal(http.StatusNotFound, "not-found", "", "Nothing here") }
