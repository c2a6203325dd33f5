//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

// The taxpayer of most interactions, from the fixtures.
const (
	dakshin       = "29ABCCD1234E1Z1"
	dakshinName   = "Dakshin Components Private Limited"
	dakshinMobile = "9876543210"
	dakshinEmail  = "accounts@dakshin.example"
)

const registrations = "/portal/v1/registrations"

// validate is the Validate button with the form of the taxpayer, with a change.
func validate(about string, change func(*client.Registrant), gets answered, want client.Registration) onSandbox {
	form := client.Registrant{
		Category: client.CategoryTaxpayer, GSTIN: dakshin, Mobile: dakshinMobile, Email: dakshinEmail,
		Captcha: typed(rightAnswer),
	}
	change(&form)
	return onSandbox{
		about: "Validate: " + about,
		given: []string{aCaptcha},
		asks: asked{method: http.MethodPost, path: registrations, body: filledIn(map[string]any{
			"category": form.Category, "gstin": form.GSTIN, "pan": form.PAN, "mobile": form.Mobile,
			"email": form.Email, "captcha": captchaBody(form.Captcha.Answer),
		})},
		gets: gets,
		call: func(ctx context.Context, c *client.Sandbox) (any, error) { return c.Validate(ctx, form) },
		want: want,
	}
}

func asRegistered(*client.Registrant) {}

func validations() []onSandbox {
	const (
		invalidMobile = "Invalid Mobile Number"
		invalidEmail  = "Invalid Email Address"
		unknown       = "Requested data is not available"
		cancelled     = "Your registration under GST has been cancelled , however if you are a transporter then use the " +
			"Enrollment option."
		notAGSP = "This registration only for tax payers not GSP."
		vindhya = "Vindhya Tax Network Private Limited"
	)
	refused := func(about string, change func(*client.Registrant), gets answered) onSandbox {
		return validate(about, change, gets, client.Registration{})
	}
	invalid := func(code, nicCode, detail string, fields ...string) answered {
		return refusal(http.StatusUnprocessableEntity, code, nicCode, detail, fields...)
	}
	spent := refused("a captcha that was used before", asRegistered,
		invalid("captcha-expired", "", "Ask for a new one", "captcha.captchaId"))
	spent.given = []string{"a captcha that was used"}
	return []onSandbox{
		validate("a taxpayer's form as it is registered", asRegistered,
			good(http.StatusCreated, map[string]any{
				"registrationId": anID(10), "state": "VALIDATED", "category": "TAXPAYER", "gstin": dakshin,
				"legalName": dakshinName, "tradeName": "Dakshin Components", "stateCode": "29",
				"sentTo": []any{}, "expiresAt": aTime(later),
			}),
			client.Registration{
				ID: example(10), State: "VALIDATED", Category: "TAXPAYER", GSTIN: dakshin, LegalName: dakshinName,
				TradeName: "Dakshin Components", StateCode: "29", SentTo: []string{}, ExpiresAt: later,
			}),
		validate("a GSP's form as it is registered",
			func(r *client.Registrant) {
				r.Category, r.GSTIN, r.PAN = client.CategoryGSP, "", "AADCV8642S"
				r.Mobile, r.Email = "9876540005", "api@vindhya.example"
			},
			good(http.StatusCreated, map[string]any{
				"registrationId": anID(10), "state": "VALIDATED", "category": "GSP", "pan": "AADCV8642S", "legalName": vindhya,
			}),
			client.Registration{ID: example(10), State: "VALIDATED", Category: "GSP", PAN: "AADCV8642S", LegalName: vindhya}),
		refused("a GSTIN with a wrong check character",
			func(r *client.Registrant) { r.GSTIN = "29ABCCD1234E1Z2" },
			invalid("gstin-invalid", "3030", "Invalid Gstin", "gstin")),
		refused("a GSTIN that no taxpayer holds",
			func(r *client.Registrant) { r.GSTIN = "27AAPFU0939F1ZV" },
			invalid("gstin-unknown", "3001", unknown, "gstin")),
		refused("the GSTIN of a taxpayer whose registration is cancelled",
			func(r *client.Registrant) {
				r.GSTIN, r.Mobile, r.Email = "27ABCFC2345K1ZH", "9876527101", "accounts@chitra.example"
			},
			invalid("gstin-cancelled", "3013", cancelled, "gstin")),
		refused("a mobile and an e-mail address that are not the registered ones",
			func(r *client.Registrant) { r.Mobile, r.Email = "9876543211", "accounts@deccan.example" },
			invalid("contact-mismatch", "3006", invalidMobile, "mobile").violation("email", invalidEmail,
				anyText(invalidEmail))),
		refused("an e-mail address that is not the registered one",
			func(r *client.Registrant) { r.Email = "accounts@deccan.example" },
			invalid("contact-mismatch", "", invalidEmail, "email")),
		refused("a GSTIN under the category GSP",
			func(r *client.Registrant) { r.Category = client.CategoryGSP },
			invalid("category-mismatch", "3044", notAGSP, "gstin")),
		refused("a wrong answer to the captcha",
			func(r *client.Registrant) { r.Captcha.Answer = wrongAnswer },
			invalid("captcha-mismatch", "", "Try another", "captcha.answer")),
		spent,
	}
}
