package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// ForgottenUsername is the Forgot Username form of the production portal.
type ForgottenUsername struct {
	GSTIN   string        `json:"gstin"`
	Mobile  string        `json:"mobile"` // the registered one
	Captcha CaptchaAnswer `json:"captcha"`
}

// ForgottenPassword is the Forgot Password form of the production portal.
type ForgottenPassword struct {
	Username string        `json:"username"`
	GSTIN    string        `json:"gstin"`
	Mobile   string        `json:"mobile"` // the registered one
	Captcha  CaptchaAnswer `json:"captcha"`
}

// PasswordReset is the state of one forgotten password.
type PasswordReset struct {
	ID           string    `json:"passwordResetId"`
	State        string    `json:"state"`     // OTP_SENT, OTP_VERIFIED, COMPLETED
	SentTo       []string  `json:"sentTo"`    // masked mobile and e-mail
	ExpiresAt    time.Time `json:"expiresAt"` // of the OTP in state OTP_SENT, else of the flow
	ResendAfter  time.Time `json:"resendAfter"`
	AttemptsLeft int       `json:"attemptsLeft"`
}

// NewPassword is the form that ends a password reset.
type NewPassword struct {
	New     string `json:"newPassword"`
	Confirm string `json:"confirmPassword"`
}

func passwordResetPath(id string) string { return "/portal/v1/password-resets/" + url.PathEscape(id) }

// RemindUsername has the username sent to the registered mobile and returns that mobile, masked.
// Refusals: not-registered, contact-mismatch.
func (p *Production) RemindUsername(ctx context.Context, f ForgottenUsername) ([]string, error) {
	k := post("/portal/v1/username-reminders", f, http.StatusAccepted, "sentTo")
	return member[[]string](ctx, p.connection, k)
}

// StartPasswordReset sends an OTP to the registered mobile. Refusals: username-mismatch,
// contact-mismatch, not-registered.
func (p *Production) StartPasswordReset(ctx context.Context, f ForgottenPassword) (PasswordReset, error) {
	k := post("/portal/v1/password-resets", f, http.StatusCreated, "passwordResetId")
	return read[PasswordReset](ctx, p.connection, k)
}

// ResendPasswordResetOTP sends another OTP that replaces the one before.
func (p *Production) ResendPasswordResetOTP(ctx context.Context, id string) (OTPSent, error) {
	return p.sendOTP(ctx, passwordResetPath(id))
}

// VerifyPasswordResetOTP submits the OTP. Refusals as for VerifyOTP.
func (p *Production) VerifyPasswordResetOTP(ctx context.Context, id, otp string) (PasswordReset, error) {
	r, err := read[PasswordReset](ctx, p.connection, verification(passwordResetPath(id), otp))
	if err == nil {
		r.ID = id // the answer need not repeat it
	}
	return r, err
}

// SetNewPassword ends the reset. Refusals: password-policy, password-reused, password-confirmation.
func (p *Production) SetNewPassword(ctx context.Context, id string, n NewPassword) error {
	return p.do(ctx, call{
		method: http.MethodPut, path: passwordResetPath(id) + "/password", in: n, status: http.StatusNoContent,
	})
}
