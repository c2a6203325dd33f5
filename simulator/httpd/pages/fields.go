package pages

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
)

// form is a form of the page.
func (v *visit) form(path string, fields []layout.Field, buttons ...layout.Button) *layout.Form {
	return &layout.Form{Action: path, Token: v.token(), Fields: fields, Buttons: buttons}
}

// newCaptchaButton replaces the captcha and keeps what was typed. It comes after the form's main button, because Enter
// in a field presses the first.
var newCaptchaButton = layout.Button{Text: "New captcha", Name: newCaptcha, Quiet: true}

// captchaField is the field for the characters of the form's captcha.
var captchaField = layout.Field{
	Name: "captcha.answer", Label: "Captcha", Kind: layout.Captcha,
	Hint: "The characters in the picture, in upper or lower case",
}

// withCaptcha sets the captcha of a page's form: a new one, or the open one that a kept form shows.
func (v *visit) withCaptcha(p layout.Page) (layout.Page, error) {
	if v.kept == nil {
		c, err := v.portal.DrawCaptcha(v.ctx)
		p.Form.Captcha = c.ID
		return p, err
	}
	c, err := v.portal.CaptchaAfter(v.ctx, v.kept.Captcha)
	if err == nil {
		v.kept.Captcha, p.Form.Captcha = c.ID, c.ID
	}
	return p, err
}

func captchaAnswer(typed url.Values) portal.CaptchaAnswer {
	return portal.CaptchaAnswer{ID: typed.Get("captchaId"), Answer: typed.Get("captcha.answer")}
}

func mobileField(hint string) layout.Field {
	return layout.Field{Name: "mobile", Label: "Phone number", Kind: layout.Tel, Autocomplete: "tel", InputMode: "tel",
		Hint: hint}
}

var otpFields = []layout.Field{{
	Name: "otp", Label: "OTP", Kind: layout.Text, Code: true, Autocomplete: "one-time-code", InputMode: "numeric",
	Hint: "6 digits; only the newest OTP counts", Focus: true,
}}

// companyField is the list of companies of a way of registration. A form with several ways has a list for each; the
// list of the chosen way is used.
func (v *visit) companyField(through string) (layout.Field, error) {
	list, err := v.portal.CompanyNames(v.ctx, through)
	options := []layout.Option{{Value: "", Label: "Select"}}
	for _, c := range list {
		options = append(options, layout.Option{Value: c.CompanyName, Label: c.CompanyName})
	}
	return layout.Field{
		Name: companyName(through), Member: "companyName", Label: "Company Name", Kind: layout.Select, Options: options,
		Hint: "Registration through " + through, Class: "for-" + strings.ToLower(through),
		Only: layout.Only{Field: "registrationThrough", Value: through},
	}, err
}

// companyName is the name of the field for the company of a way of registration.
func companyName(through string) string {
	if through == portal.ThroughERP {
		return "companyNameERP"
	}
	return "companyName"
}

// newUserFields are the fields for the username and the password of a new user.
func (v *visit) newUserFields() []layout.Field {
	return append([]layout.Field{
		{Name: "username", Label: "Username", Kind: layout.Text, Code: true, Autocomplete: "username",
			Hint: v.usernameRule()},
	}, v.newPasswordFields("password", "Password")...)
}

func (v *visit) newPasswordFields(name, label string) []layout.Field {
	return []layout.Field{
		{Name: name, Label: label, Kind: layout.Password, Autocomplete: "new-password", Hint: v.passwordRule()},
		{Name: "confirmPassword", Label: "Re-enter Password", Kind: layout.Password, Autocomplete: "new-password",
			Optional: true, Hint: "Optional: left empty, it is not compared"},
	}
}

// usernameRule and passwordRule are the rules in words.
func (v *visit) usernameRule() string {
	s := v.call.World.Settings()
	return fmt.Sprintf("%d to %d letters, digits or _, beginning with a letter", s.UsernameMin, s.UsernameMax)
}

func (v *visit) passwordRule() string {
	s := v.call.World.Settings()
	return fmt.Sprintf("%d to %d characters, with an upper case letter, a lower case letter, a number and one of %% $ "+
		"# @ _ ! *", s.PasswordMin, s.PasswordMax)
}

// newAPIUser reads the form for a new API user.
func newAPIUser(typed url.Values, through string) portal.NewAPIUser {
	return portal.NewAPIUser{
		RegistrationThrough: through, CompanyName: typed.Get(companyName(through)),
		ClientID: typed.Get("clientId"), ClientSecret: typed.Get("clientSecret"),
		Username: typed.Get("username"), Password: typed.Get("password"), ConfirmPassword: confirmed(typed),
	}
}

// confirmed returns the password as it was entered again; nil if it was left empty, which counts as left out [SIM].
func confirmed(typed url.Values) *string {
	if again := typed.Get("confirmPassword"); again != "" {
		return &again
	}
	return nil
}
