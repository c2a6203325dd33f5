package portalapi

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/portal"
)

type forgottenUsernameBody struct {
	GSTIN   string        `json:"gstin"`
	Mobile  string        `json:"mobile"`
	Captcha captchaAnswer `json:"captcha"`
}

func remindUsername(c *call, in forgottenUsernameBody) (httpd.Reply, error) {
	who := portal.Forgotten{GSTIN: in.GSTIN, Mobile: in.Mobile, Captcha: in.Captcha.read()}
	sentTo, err := c.RemindUsername(c.ctx, who)
	return httpd.Reply{Status: http.StatusAccepted, Body: map[string][]string{"sentTo": sentTo}}, err
}

type forgottenPasswordBody struct {
	Username string        `json:"username"`
	GSTIN    string        `json:"gstin"`
	Mobile   string        `json:"mobile"`
	Captcha  captchaAnswer `json:"captcha"`
}

// passwordResetDoc is sentDoc with the id of the flow that begins.
type passwordResetDoc struct {
	PasswordResetID string `json:"passwordResetId"`
	sentDoc
}

func startPasswordReset(c *call, in forgottenPasswordBody) (httpd.Reply, error) {
	f, err := c.StartPasswordReset(c.ctx, portal.Forgotten{
		Username: in.Username, GSTIN: in.GSTIN, Mobile: in.Mobile, Captcha: in.Captcha.read(),
	})
	at := base + "/password-resets/" + f.ID
	return httpd.Reply{Status: http.StatusCreated, Location: at, Body: passwordResetDoc{f.ID, c.showSent(f)}}, err
}

func resendResetOTP(c *call) (httpd.Reply, error) {
	return c.sent(c.ResendResetOTP(c.ctx, c.id()))
}

type resetStateDoc struct {
	PasswordResetID string `json:"passwordResetId"`
	State           string `json:"state"`
}

func verifyResetOTP(c *call, in otpBody) (httpd.Reply, error) {
	f, err := c.VerifyResetOTP(c.ctx, c.id(), in.OTP)
	return httpd.Reply{Body: resetStateDoc{f.ID, f.State}}, err
}

type newPasswordBody struct {
	NewPassword     string  `json:"newPassword"`
	ConfirmPassword *string `json:"confirmPassword"`
}

func resetPassword(c *call, in newPasswordBody) (httpd.Reply, error) {
	err := c.ResetPassword(c.ctx, c.id(), in.NewPassword, in.ConfirmPassword)
	return httpd.Reply{Status: http.StatusNoContent}, err
}
