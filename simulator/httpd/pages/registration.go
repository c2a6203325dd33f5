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
	r.form("/register", registrationForm, validate)
	r.form("/register/{id}", validated, sendOTP)
	r.form("/register/{id}/otp", enterOTP, submitOTP)
	r.form("/register/{id}/otp/resend", enterOTP, resendOTP)
	r.form("/register/{id}"+apiUser, newSandboxUser, create)
	r.form("/register/{id}"+clientCredentials, askForClient, issueClient)
	r.page("/register/{id}/acknowledgement", acknowledgement)
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

var registrationButtons = []layout.Button{{Text: "Validate"}, {Text: "Send OTP", Disabled: true}, newCaptchaButton}

func registrationForm(v *visit) (layout.Page, error) {
	return v.withCaptcha(layout.Page{
		Title: "Registration Form", Name: "registration-form",
		Form: &layout.Form{
			Action: "/register", Token: v.token(), Class: "register",
			Fields: registrationFields, Buttons: registrationButtons,
		},
	})
}

func validate(v *visit, typed url.Values) (string, error) {
	f, err := v.portal.Validate(v.ctx, portal.Registrant{
		Category: typed.Get("category"), GSTIN: typed.Get("gstin"), PAN: typed.Get("pan"),
		Mobile: typed.Get("mobile"), Email: typed.Get("email"), Captcha: captchaAnswer(typed),
	})
	return registration.of(f), err
}

func validated(v *visit) (layout.Page, error) {
	shown, err := registration.at(v, portal.Validated)
	return layout.Page{
		Title: "Registration Form", Name: "registration", State: portal.Validated, Data: shown,
		Form: &layout.Form{
			Action: "/register/" + v.id(), Token: v.token(),
			Buttons: []layout.Button{{Text: "Validate", Disabled: true}, {Text: "Send OTP"}},
		},
	}, err
}

func sendOTP(v *visit, _ url.Values) (string, error) {
	f, err := v.portal.SendOTP(v.ctx, v.id())
	return registration.of(f), err
}

func resendOTP(v *visit, _ url.Values) (string, error) {
	f, err := v.portal.SendOTP(v.ctx, v.id())
	return registration.again(f), err
}

func enterOTP(v *visit) (layout.Page, error) {
	shown, err := registration.at(v, portal.OTPSent)
	return v.otpPage("registration-otp", "Submit", "/register/"+v.id(), shown), err
}

func submitOTP(v *visit, typed url.Values) (string, error) {
	f, err := v.portal.VerifyOTP(v.ctx, v.id(), typed.Get("otp"))
	return registration.of(f), err
}

func newSandboxUser(v *visit) (layout.Page, error) {
	shown, err := registration.at(v, portal.OTPVerified)
	if err != nil {
		return layout.Page{}, err
	}
	if shown.Flow.Category != portal.TaxpayerCategory {
		return layout.Page{}, elsewhere{registration.of(shown.Flow)}
	}
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
	return layout.Page{
		Title: "Create API user", Name: "registration-api-user", State: portal.OTPVerified, Data: shown,
		Form: &layout.Form{
			Action: "/register/" + v.id() + apiUser, Token: v.token(), Class: "through",
			Fields: append(fields, v.newUserFields()...), Buttons: []layout.Button{{Text: "Create"}},
		},
	}, nil
}

func create(v *visit, typed url.Values) (string, error) {
	f, err := v.portal.Create(v.ctx, v.id(), newAPIUser(typed, typed.Get("registrationThrough")))
	return registration.of(f), err
}

func askForClient(v *visit) (layout.Page, error) {
	shown, err := registration.at(v, portal.OTPVerified)
	if err == nil && shown.Flow.Category == portal.TaxpayerCategory {
		err = elsewhere{registration.of(shown.Flow)}
	}
	return layout.Page{
		Title: "Client credentials", Name: "registration-client-credentials", State: portal.OTPVerified, Data: shown,
		Form: &layout.Form{
			Action: "/register/" + v.id() + clientCredentials, Token: v.token(),
			Buttons: []layout.Button{{Text: "Get client credentials"}},
		},
	}, err
}

func issueClient(v *visit, _ url.Values) (string, error) {
	f, err := v.portal.IssueClientCredentials(v.ctx, v.id())
	return registration.of(f), err
}

func acknowledgement(v *visit) (layout.Page, error) {
	shown, err := registration.at(v, portal.Completed)
	return layout.Page{Title: "Acknowledgement", Name: "registration-acknowledgement", State: portal.Completed,
		Data: shown}, err
}
