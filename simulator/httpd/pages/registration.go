package pages

import (
	"net/url"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// The page before the acknowledgement, for a taxpayer and for a firm.
const (
	apiUser           = "/api-user"
	clientCredentials = "/client-credentials"
)

// registration is the flow of guide section 1, from Validate to the acknowledgement.
var registration = journey{
	begin: "/register",
	path:  "/register",
	stages: []stage{
		{portal.Validated, "", "Details"},
		{portal.OTPSent, "/otp", "OTP"},
		{portal.OTPVerified, apiUser, "API user"},
		{portal.OTPVerified, clientCredentials, "Client credentials"},
		{portal.Completed, "/acknowledgement", "Acknowledgement"},
	},
	find: func(v *visit) (store.Flow, error) { return v.portal.Registration(v.ctx, v.id()) },
}

func registrationPages(r *routes) {
	r.form("validate", "/register", registrationForm, validate)
	r.form("send-otp", "/register/{id}", validated, sendOTP)
	registration.otpPage(r.form, "registration-otp", "Submit",
		func(v *visit, otp string) (string, error) {
			return registration.next(v.portal.VerifyOTP(v.ctx, v.id(), otp))
		},
		func(v *visit) (store.Flow, error) { return v.portal.SendOTP(v.ctx, v.id()) })
	r.form("create", "/register/{id}"+apiUser, newSandboxUser, create)
	r.form("client-credentials", "/register/{id}"+clientCredentials, askForClient, issueClient)
	r.page("/register/{id}/acknowledgement", func(v *visit) (layout.Page, error) {
		return registration.page(v, portal.Completed, "Acknowledgement", "registration-acknowledgement", nil)
	})
}

// categories are the kinds of registrant. The guide's is the first.
var categories = []layout.Option{
	{Value: portal.TaxpayerCategory, Label: "Taxpayer"}, {Value: "GSP", Label: "GSP"}, {Value: "ERP", Label: "ERP"},
	{Value: "ECO", Label: "E-Commerce Operator"},
}

var registrationFields = []layout.Field{
	{Name: "category", Label: "Register as", Kind: layout.Radio, Options: categories, Value: portal.TaxpayerCategory},
	{Name: "gstin", Label: "GSTIN", Kind: layout.Text, Code: true, Autocomplete: "off", Class: "for-taxpayer",
		Hint: "15 characters, of a Taxpayer"},
	{Name: "pan", Label: "PAN", Kind: layout.Text, Code: true, Autocomplete: "off", Class: "for-firm",
		Hint: "10 characters, of a GSP, an ERP or an E-Commerce Operator"},
	mobileField("Registered with the GSTIN or the PAN; 10 digits"),
	{Name: "email", Label: "Email address", Kind: layout.Email, Autocomplete: "email", InputMode: "email",
		Hint: "Registered with the GSTIN or the PAN"},
	captchaField,
}

func registrationForm(v *visit) (layout.Page, error) {
	form := v.form("/register", registrationFields, layout.Button{Text: "Validate"},
		layout.Button{Text: "Send OTP", Disabled: true}, newCaptchaButton)
	form.Class = "register"
	return v.withCaptcha(layout.Page{Title: "Registration Form", Name: "registration-form", Form: form})
}

func validate(v *visit, typed url.Values) (string, error) {
	return registration.next(v.portal.Validate(v.ctx, portal.Registrant{
		Category: typed.Get("category"), GSTIN: typed.Get("gstin"), PAN: typed.Get("pan"),
		Mobile: typed.Get("mobile"), Email: typed.Get("email"), Captcha: captchaAnswer(typed),
	}))
}

func validated(v *visit) (layout.Page, error) {
	form := v.form("/register/"+v.id(), nil, layout.Button{Text: "Validate", Disabled: true},
		layout.Button{Text: "Send OTP"})
	return registration.page(v, portal.Validated, "Registration Form", "registration", form)
}

func sendOTP(v *visit, _ url.Values) (string, error) {
	return registration.next(v.portal.SendOTP(v.ctx, v.id()))
}

func newSandboxUser(v *visit) (layout.Page, error) {
	fields := []layout.Field{{
		Name: "registrationThrough", Label: "Registration through", Kind: layout.Radio, Value: portal.ThroughGSP,
		Options: []layout.Option{{Value: portal.ThroughGSP, Label: "GSP"}, {Value: portal.ThroughERP, Label: "ERP"},
			{Value: portal.ThroughDirect, Label: "Direct"}},
	}}
	for _, through := range []string{portal.ThroughGSP, portal.ThroughERP} {
		list, err := v.companyField(through)
		if err != nil {
			return layout.Page{}, err
		}
		fields = append(fields, list)
	}
	fields = append(fields, layout.Field{
		Name: "clientId", Label: "Client ID", Kind: layout.Text, Code: true, Autocomplete: "off",
		Hint: "You get it from the company, 15 characters",
	})
	form := v.form("/register/"+v.id()+apiUser, append(fields, v.newUserFields()...), layout.Button{Text: "Create"})
	form.Class = "through"
	return verifiedPage(v, true, "Create API user", "registration-api-user", form)
}

// verifiedPage is the page after the OTP, for a taxpayer or for a firm. It leads each to its own.
func verifiedPage(v *visit, taxpayer bool, title, name string, form *layout.Form) (layout.Page, error) {
	p, err := registration.page(v, portal.OTPVerified, title, name, form)
	if f := p.Data.(flowView).Flow; err == nil && taxpayer != (f.Category == portal.TaxpayerCategory) {
		err = elsewhere{registration.of(f)}
	}
	return p, err
}

func create(v *visit, typed url.Values) (string, error) {
	return registration.next(v.portal.Create(v.ctx, v.id(), newAPIUser(typed, typed.Get("registrationThrough"))))
}

func askForClient(v *visit) (layout.Page, error) {
	form := v.form("/register/"+v.id()+clientCredentials, nil, layout.Button{Text: "Get client credentials"})
	return verifiedPage(v, false, "Client credentials", "registration-client-credentials", form)
}

func issueClient(v *visit, _ url.Values) (string, error) {
	return registration.next(v.portal.IssueClientCredentials(v.ctx, v.id()))
}
