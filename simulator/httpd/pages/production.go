package pages

import (
	"net/url"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// productionPages are the pages of guide section 2, and those that manage API users.
func productionPages(r *routes) {
	loginPages(r)
	pendingLoginPages(r)
	r.inSession("/companies", companies)
	apiRegistrationPages(r)
	apiUserPages(r)
	forgottenPages(r)
}

// apiRegistration is the flow of guide section 2, from Create API User to the success message.
var apiRegistration = journey{
	begin: "/api-registration/user-credentials",
	path:  "/api-registrations",
	stages: []stage{
		{portal.OTPSent, "/otp", "OTP"},
		{portal.OTPVerified, "/through", "API user"},
		{portal.Completed, "/success", "Success"},
	},
	find: func(v *visit) (store.Flow, error) { return v.portal.APIRegistration(v.ctx, v.session, v.id()) },
}

func apiRegistrationPages(r *routes) {
	r.inSession("/api-registration", func(*visit) (layout.Page, error) {
		return layout.Page{Title: "API Registration", Name: "api-registration"}, nil
	})
	r.inSession("/api-registration/user-credentials", userCredentials)
	r.formInSession("create-api-user", "/api-registrations", userCredentials, createAPIUser)
	apiRegistration.otpPage(r.formInSession, "api-registration-otp", "Verify OTP",
		func(v *visit, otp string) (string, error) {
			return apiRegistration.next(v.portal.VerifyAPIRegistration(v.ctx, v.session, v.id(), otp))
		},
		func(v *visit) (store.Flow, error) { return v.portal.ResendOTP(v.ctx, v.session, v.id()) })
	r.inSession("/api-registrations/{id}/through", func(v *visit) (layout.Page, error) {
		return apiRegistration.page(v, portal.OTPVerified, "API Registration", "api-registration-through", nil)
	})
	for path, way := range ways {
		r.formInSession("create", "/api-registrations/{id}/"+path, way.show, way.submit)
	}
	r.inSession("/api-registrations/{id}/success", success)
}

// userCredentials has the button that sends the OTP.
func userCredentials(v *visit) (layout.Page, error) {
	return layout.Page{
		Title: "User Credentials", Name: "user-credentials",
		Form: v.form("/api-registrations", nil, layout.Button{Text: "Create API User"}),
	}, nil
}

func createAPIUser(v *visit, _ url.Values) (string, error) {
	return apiRegistration.next(v.portal.StartAPIRegistration(v.ctx, v.session))
}

// way is a page of section 2 that creates an API user: through a GSP, through an ERP, or directly.
type way struct{ through, title, list string }

var ways = map[string]way{
	"gsp":    {portal.ThroughGSP, "Through GSP", "Select GSP"},
	"erp":    {portal.ThroughERP, "Through ERP", "Select ERP"},
	"direct": {portal.ThroughDirect, "Direct", ""},
}

func (w way) show(v *visit) (layout.Page, error) {
	fields := []layout.Field{
		{Name: "clientId", Label: "Client ID", Kind: layout.Text, Code: true, Autocomplete: "off",
			Hint: "Your own, for direct integration"},
		{Name: "clientSecret", Label: "Client Secret", Kind: layout.Password, Autocomplete: "off"},
	}
	if w.list != "" {
		list, err := v.companyField(w.through)
		if err != nil {
			return layout.Page{}, err
		}
		list.Label, list.Hint, list.Class, list.Only = w.list, "The company whose software calls the API", "", layout.Only{}
		fields = []layout.Field{list}
	}
	made := v.newUserFields()
	made[0].Hint += ". The portal puts API_ before it."
	form := v.form(v.r.URL.Path, append(fields, made...), layout.Button{Text: "Submit"})
	return apiRegistration.page(v, portal.OTPVerified, w.title, "api-registration-api-user", form)
}

func (w way) submit(v *visit, typed url.Values) (string, error) {
	return apiRegistration.next(v.portal.Submit(v.ctx, v.session, v.id(), newAPIUser(typed, w.through)))
}

// success is the last page of section 2: the message and the list of registered users.
func success(v *visit) (layout.Page, error) {
	shown, err := apiRegistration.at(v, portal.Completed)
	if err != nil {
		return layout.Page{}, err
	}
	shown.Users, err = v.portal.APIUsers(v.ctx, v.session)
	return layout.Page{Title: "API user created", Name: "api-registration-success", State: portal.Completed, Data: shown},
		err
}
