package pages

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// RemindUsername fills in Forgot Username, which is open.
func (p production) RemindUsername(ctx context.Context, f client.ForgottenUsername) ([]string, error) {
	in := fields{{"GSTIN", f.GSTIN}, {"Phone number", f.Mobile}}
	if err := p.submit(ctx, in, f.Captcha, "Submit"); err != nil {
		return nil, err
	}
	return p.screen.Values("sentTo"), nil
}

// StartPasswordReset fills in Forgot Password, which is open.
func (p production) StartPasswordReset(ctx context.Context, f client.ForgottenPassword) (client.PasswordReset, error) {
	in := fields{{"Username", f.Username}, {"GSTIN", f.GSTIN}, {"Phone number", f.Mobile}}
	if err := p.submit(ctx, in, f.Captcha, "Send OTP"); err != nil {
		return client.PasswordReset{}, err
	}
	return p.passwordReset()
}

func (p production) passwordReset() (client.PasswordReset, error) {
	return result(p.portal, func(r *reading) client.PasswordReset {
		return client.PasswordReset{
			ID: r.need("passwordResetId"), State: r.screen.State(), SentTo: r.screen.Values("sentTo"),
			ExpiresAt: r.time("expiresAt"), ResendAfter: r.time("resendAfter"), AttemptsLeft: r.attempts(),
		}
	})
}

// ResendPasswordResetOTP asks for another OTP.
func (p production) ResendPasswordResetOTP(ctx context.Context, id string) (client.OTPSent, error) {
	return p.resend(ctx, passwordResets, id)
}

// VerifyPasswordResetOTP enters the OTP.
func (p production) VerifyPasswordResetOTP(ctx context.Context, id, otp string) (client.PasswordReset, error) {
	if err := p.enter(ctx, passwordResets, id, otp); err != nil {
		return client.PasswordReset{}, err
	}
	return p.passwordReset()
}

// SetNewPassword fills in the form that ends the reset.
func (p production) SetNewPassword(ctx context.Context, id string, n client.NewPassword) error {
	if !p.shows(passwordResets.id, id, "password-reset-password") {
		if err := p.visit(ctx, passwordResets.at(id, "/password")); err != nil {
			return err
		}
	}
	if err := p.fill(ctx, fields{{"New Password", n.New}, {"Re-enter Password", n.Confirm}}); err != nil {
		return err
	}
	return p.press(ctx, "Save")
}
