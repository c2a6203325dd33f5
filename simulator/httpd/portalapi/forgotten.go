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

type remindedDoc struct {
	SentTo []string `json:"sentTo"`
}

func remindUsername(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[forgottenUsernameBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	sentTo, err := p.RemindUsername(r.Context(),
		portal.Forgotten{GSTIN: in.GSTIN, Mobile: in.Mobile, Captcha: in.Captcha.read()})
	return httpd.Reply{Status: http.StatusAccepted, Body: remindedDoc{sentTo}}, err
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

func startPasswordReset(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[forgottenPasswordBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.StartPasswordReset(r.Context(), portal.Forgotten{
		Username: in.Username, GSTIN: in.GSTIN, Mobile: in.Mobile, Captcha: in.Captcha.read(),
	})
	if err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{
		Status: http.StatusCreated, Location: base + "/password-resets/" + f.ID,
		Body: passwordResetDoc{f.ID, showSent(p, f)},
	}, nil
}

func resendResetOTP(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.ResendResetOTP(r.Context(), id(r))
	return sent(p, f, err)
}

type resetStateDoc struct {
	PasswordResetID string `json:"passwordResetId"`
	State           string `json:"state"`
}

func verifyResetOTP(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[otpBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.VerifyResetOTP(r.Context(), id(r), in.OTP)
	return httpd.Reply{Body: resetStateDoc{f.ID, f.State}}, err
}

type newPasswordBody struct {
	NewPassword     string  `json:"newPassword"`
	ConfirmPassword *string `json:"confirmPassword"`
}

func resetPassword(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[newPasswordBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	err = p.ResetPassword(r.Context(), id(r), in.NewPassword, in.ConfirmPassword)
	return httpd.Reply{Status: http.StatusNoContent}, err
}
