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
	r.form("remind-username", "/forgot-username", forgottenUsername, remindUsername)
	r.page("/forgot-username/sent", usernameSent)
	r.form("forgot-password", "/forgot-password", forgottenPassword, startPasswordReset)
	passwordReset.otpPage(r.form, "password-reset-otp", "Verify OTP",
		func(v *visit, otp string) (string, error) {
			return passwordReset.next(v.portal.VerifyResetOTP(v.ctx, v.id(), otp))
		},
		func(v *visit) (store.Flow, error) { return v.portal.ResendResetOTP(v.ctx, v.id()) })
	r.form("reset-password", "/password-resets/{id}/password", newPassword, setNewPassword)
	r.page("/password-resets/{id}/done", func(v *visit) (layout.Page, error) {
		return passwordReset.page(v, portal.Completed, "Password changed", "password-reset-done", nil)
	})
}

// forgottenPage is the first page of Forgot Username and of Forgot Password.
func (v *visit) forgottenPage(title, name, button string, fields ...layout.Field) (layout.Page, error) {
	fields = append(fields,
		layout.Field{Name: "gstin", Label: "GSTIN", Kind: layout.Text, Code: true, Autocomplete: "off"},
		mobileField("Registered with the GSTIN; 10 digits"), captchaField)
	return v.withCaptcha(layout.Page{
		Title: title, Name: name,
		Form: v.form(v.r.URL.Path, fields, layout.Button{Text: button}, newCaptchaButton),
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
	return passwordReset.next(v.portal.StartPasswordReset(v.ctx, forgotten(typed)))
}

func newPassword(v *visit) (layout.Page, error) {
	form := v.form(v.r.URL.Path, v.newPasswordFields("newPassword", "New Password"), layout.Button{Text: "Save"})
	return passwordReset.page(v, portal.OTPVerified, "New password", "password-reset-password", form)
}

func setNewPassword(v *visit, typed url.Values) (string, error) {
	err := v.portal.ResetPassword(v.ctx, v.id(), typed.Get("newPassword"), confirmed(typed))
	return "/password-resets/" + v.id() + "/done", err
}
