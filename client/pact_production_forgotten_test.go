//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

const passwordResets = "/portal/v1/password-resets"

var (
	sentReset     = flowState{"the taxpayer's password reset whose OTP was sent", 31}
	verifiedReset = flowState{"the taxpayer's password reset whose OTP was verified", 32}
)

func forgotten() []onProduction {
	remind := func(about, gstin, mobile string, gets answered) onProduction {
		return onProduction{
			about: "Forgot Username" + about, given: []string{aCaptcha},
			asks: asked{method: http.MethodPost, path: "/portal/v1/username-reminders", body: map[string]any{
				"gstin": gstin, "mobile": mobile, "captcha": captchaBody(rightAnswer),
			}},
			gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) {
				return c.RemindUsername(ctx, client.ForgottenUsername{GSTIN: gstin, Mobile: mobile, Captcha: typed(rightAnswer)})
			},
			want: []string{maskedMobile},
		}
	}
	set := func(about, password string, gets answered) onProduction {
		return onProduction{
			about: "Forgot Password: " + about, given: []string{verifiedReset.given},
			asks: asked{
				method: http.MethodPut, path: verifiedReset.path(passwordResets, "passwordResetId", "/password"),
				body: map[string]any{"newPassword": password, "confirmPassword": password},
			},
			gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) {
				form := client.NewPassword{New: password, Confirm: password}
				return just(c.SetNewPassword(ctx, example(verifiedReset.id), form))
			},
		}
	}
	return []onProduction{
		remind("", dakshin, dakshinMobile, good(http.StatusAccepted, map[string]any{"sentTo": []any{aMaskedMobile()}})),
		remind(": a GSTIN without a login", "07ABCFG5678H1Z4", "9876507001",
			refusal(http.StatusUnprocessableEntity, "not-registered", "3045",
				"Sorry you are not registered, Please use the registration option.", "gstin")),
		{
			about: "Forgot Password, which sends the OTP", given: []string{aCaptcha},
			asks: asked{method: http.MethodPost, path: passwordResets, body: map[string]any{
				"username": dakshinLogin, "gstin": dakshin, "mobile": dakshinMobile, "captcha": captchaBody(rightAnswer),
			}},
			gets: good(http.StatusCreated, challenge(map[string]any{"passwordResetId": anID(30)})),
			call: func(ctx context.Context, c *client.Production) (any, error) {
				return c.StartPasswordReset(ctx, client.ForgottenPassword{
					Username: dakshinLogin, GSTIN: dakshin, Mobile: dakshinMobile, Captcha: typed(rightAnswer),
				})
			},
			want: client.PasswordReset{
				ID: example(30), State: "OTP_SENT", SentTo: []string{maskedMobile, maskedEmail},
				ExpiresAt: later, ResendAfter: soon, AttemptsLeft: 3,
			},
		},
		{
			about: "Forgot Password: Verify OTP", given: []string{sentReset.given},
			asks: asked{
				method: http.MethodPost, path: sentReset.path(passwordResets, "passwordResetId", "/otp/verification"),
				body: otpBody(rightOTP),
			},
			gets: good(http.StatusOK, map[string]any{"state": "OTP_VERIFIED"}),
			call: func(ctx context.Context, c *client.Production) (any, error) {
				return c.VerifyPasswordResetOTP(ctx, example(sentReset.id), rightOTP)
			},
			want: client.PasswordReset{ID: example(sentReset.id), State: "OTP_VERIFIED"},
		},
		set("the new password", otherPassword, answered{status: http.StatusNoContent}),
		set("the old password again", dakshinPassword, passwordReused()),
	}
}
