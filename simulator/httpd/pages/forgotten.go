package pages

import (
	"net/url"
	"regexp"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// passwordReset is the flow of Forgot Password, after its first form.
var passwordReset = journey{
	begin: "/forgot-password",
	path:  "/password-resets",
	stages: []stage{
		{portal.OTPSent, "/otp", "OTP"},
		{portal.OTPVerified, "/password", "New password"},
		{portal.Completed, "/done", "Done"},
	},
	find: func(v *visit) (store.Flow, error) { return v.portal.PasswordReset(v.ctx, v.id()) },
}

func forgottenPages(r *routes) {
	r.form("/forgot-username", forgottenUsername, remindUsername)
	r.page("/forgot-username/sent", usernameSent)
	r.form("/forgot-password", forgottenPassword, startPasswordReset)
	r.form("/password-resets/{id}/otp", enterResetOTP, verifyResetOTP)
	r.form("/password-resets/{id}/otp/resend", enterResetOTP, resendResetOTP)
	r.form("/password-resets/{id}/password", newPassword, setNewPassword)
	r.page("/password-resets/{id}/done", func(v *visit) (layout.Page, error) {
		shown, err := passwordReset.at(v, portal.Completed)
		return layout.Page{Title: "Password changed", Name: "password-reset-done", State: portal.Completed, Data: shown}, err
	})
}

// forgottenPage is the first page of Forgot Username and of Forgot Password.
func (v *visit) forgottenPage(title, name, button string, fields ...layout.Field) (layout.Page, error) {
	fields = append(fields,
		layout.Field{Name: "gstin", Label: "GSTIN", Kind: layout.Text, Code: true, Autocomplete: "off"},
		mobileField("Registered with the GSTIN; 10 digits"), captchaField)
	return v.withCaptcha(layout.Page{
		Title: title, Name: name,
		Form: &layout.Form{
			Action: v.r.URL.Path, Token: v.token(), Fields: fields, Buttons: []layout.Button{{Text: button}, newCaptchaButton},
		},
	})
}

func forgotten(typed url.Values) portal.Forgotten {
	return portal.Forgotten{
		Username: typed.Get("username"), GSTIN: typed.Get("gstin"), Mobile: typed.Get("mobile"),
		Captcha: captchaAnswer(typed),
	}
}

func forgottenUsername(v *visit) (layout.Page, error) {
	return v.forgottenPage("Forgot Username", "forgot-username", "Submit")
}

func remindUsername(v *visit, typed url.Values) (string, error) {
	sentTo, err := v.portal.RemindUsername(v.ctx, forgotten(typed))
	if err != nil {
		return "", err
	}
	return "/forgot-username/sent?" + url.Values{"to": sentTo}.Encode(), nil
}

// maskedMobile is the only text that the page repeats from its address.
var maskedMobile = regexp.MustCompile(`^X{6}[0-9]{4}$`)

func usernameSent(v *visit) (layout.Page, error) {
	to := v.r.URL.Query().Get("to")
	if !maskedMobile.MatchString(to) {
		return layout.Page{}, elsewhere{"/forgot-username"}
	}
	return layout.Page{Title: "Username sent", Name: "username-sent", Data: to}, nil
}

func forgottenPassword(v *visit) (layout.Page, error) {
	return v.forgottenPage("Forgot Password", "forgot-password", "Send OTP",
		layout.Field{Name: "username", Label: "Username", Kind: layout.Text, Code: true, Autocomplete: "username"})
}

func startPasswordReset(v *visit, typed url.Values) (string, error) {
	f, err := v.portal.StartPasswordReset(v.ctx, forgotten(typed))
	return passwordReset.of(f), err
}

func enterResetOTP(v *visit) (layout.Page, error) {
	shown, err := passwordReset.at(v, portal.OTPSent)
	return v.otpPage("password-reset-otp", "Verify OTP", "/password-resets/"+v.id(), shown), err
}

func verifyResetOTP(v *visit, typed url.Values) (string, error) {
	f, err := v.portal.VerifyResetOTP(v.ctx, v.id(), typed.Get("otp"))
	return passwordReset.of(f), err
}

func resendResetOTP(v *visit, _ url.Values) (string, error) {
	f, err := v.portal.ResendResetOTP(v.ctx, v.id())
	return passwordReset.again(f), err
}

func newPassword(v *visit) (layout.Page, error) {
	shown, err := passwordReset.at(v, portal.OTPVerified)
	return layout.Page{
		Title: "New password", Name: "password-reset-password", State: portal.OTPVerified, Data: shown,
		Form: &layout.Form{
			Action: v.r.URL.Path, Token: v.token(), Fields: v.newPasswordFields("newPassword", "New Password"),
			Buttons: []layout.Button{{Text: "Save"}},
		},
	}, err
}

func setNewPassword(v *visit, typed url.Values) (string, error) {
	err := v.portal.ResetPassword(v.ctx, v.id(), typed.Get("newPassword"), confirmed(typed))
	return "/password-resets/" + v.id() + "/done", err
}
