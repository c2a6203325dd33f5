package portal

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/nic"
)

// What NIC publishes for each refusal, copied from NIC's list of errors; an
// empty number marks a text of nicsim (SIM).
var published = map[Code]struct{ number, text string }{
	"captcha-mismatch": {},
	"captcha-expired":  {},
	"category-invalid": {},
	"gstin-invalid":    {"3030", "Invalid Gstin"},
	"gstin-unknown":    {"3001", "Requested data is not available"},
	"gstin-cancelled": {"3013",
		"Your registration under GST has been cancelled , however if you are a transporter then use the Enrollment option."},
	"gstin-inactive": {"3016",
		"Your registration under GST is inactive and hence you cannot register, however if you are a transporter then " +
			"use the Enrollment option."},
	"gstin-provisional": {"3017",
		"You were given provisional ID which was not activated till the last date. Hence your details are not available " +
			"with GST portal. However if you are a transporter then use the Enrollment option."},
	"gstin-suspended":  {},
	"pan-invalid":      {},
	"pan-unknown":      {"3001", "Requested data is not available"},
	"mobile-invalid":   {"3006", "Invalid Mobile Number"},
	"email-invalid":    {},
	"contact-mismatch": {}, // of the e-mail; the mobile is below
	"mobile-blank": {"3012",
		"Mobile No. is blank for this GSTIN ..Pl use update from GST Common Portal option to get the mobile number, if " +
			"updated in GST Common Portal."},
	"category-mismatch":            {"3044", "This registration only for tax payers not GSP."},
	"otp-mismatch":                 {},
	"otp-attempts-exhausted":       {},
	"otp-expired":                  {},
	"otp-too-soon":                 {},
	"otp-limit":                    {},
	"otp-send-limit":               {"3108", "You have exceeded the limit for this operation"},
	"registration-through-invalid": {},
	"provider-unknown":             {},
	"client-id-mismatch":           {"1010", "Invalid Client-ID/Client-Secret"},
	"username-invalid":             {"3031", "Invalid User Name"},
	"username-taken":               {"3004", "This username is already registered. Please choose a different username."},
	"password-policy": {"3003",
		"Password should contains atleast one upper case, one lower case, one number and one special characters like " +
			"[%,$,#,@,_,!,*]"},
	"password-confirmation": {},
	"already-registered":    {"3062", "Already Registered"},
	"state-code-invalid":    {},
	"gsp-only":              {},
	"dummy-gstin-limit":     {},
	"login-failed":          {"3002", "Invalid login credentials"},
	"account-locked":        {},
	"not-enabled":           {"3046", "Sorry you are not enabled for e-Invoicing System on Production."},
	"account-frozen":        {"3033", "Your account has been Freezed as GSTIN is inactive"},
	"account-cancelled":     {"3034", "Your account has been cancelled as GSTIN is inactive"},
	"account-suspended":     {"3035", "Your account has been suspended as GSTIN is inactive"},
	"account-inactive":      {"3036", "Your account has been inactive"},
	"transporter-only": {"3032",
		"Enrolled Transporter cannot login to e-Invoice Portal. You need to be GST registered. For more clarifications , " +
			"please read the FAQs under Web Login section ."},
	"session-required":            {},
	"session-expired":             {},
	"client-credentials-mismatch": {"1010", "Invalid Client-ID/Client-Secret"},
	"direct-awaiting-ip":          {"3059", "Client-Id for this PAN is not generated check your IP-Whitelisting status."},
	"direct-awaiting-officer":     {"3060", "Please wait for officer approval"},
	"direct-rejected":             {"3061", "Your Request has been rejected, please register again"},
	"direct-below-threshold":      {},
	"password-reused":             {"3023", "The New PassWord And Old PassWord Cannot Be Same"},
	"password-mismatch":           {"3024", "Change of password unsuccessfull,pls check the existing password"},
	"already-frozen":              {"3025", "Already This Account Has Been Freezed"},
	"not-registered":              {"3045", "Sorry you are not registered, Please use the registration option."},
	"username-mismatch":           {"3005", "Requested data is not found"},
	"wrong-state":                 {},
	"not-found":                   {},
	"expired":                     {},
	"outage":                      {"3020", "Internal Server Error pls try after sometime"},
	"refused":                     {}, // a fault gives it a code
}

func TestEveryRefusalHasItsText(t *testing.T) {
	var want []Code
	for code := range published {
		want = append(want, code)
	}
	got := Codes()
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	for code, words := range published {
		t.Run(string(code), func(t *testing.T) {
			f := newViolation(code, "field")
			switch {
			case f.Code != code, f.Field != "field", f.NICCode != words.number, f.Message == "":
				t.Errorf("%+v", f)
			case words.number != "" && f.Message != words.text:
				t.Errorf("says %q; NIC says %q", f.Message, words.text)
			case nic.RemedyOf(words.number, string(code)).Remedy == "":
				t.Error("has no remedy")
			}
		})
	}
	t.Run("contact-mismatch of the mobile", func(t *testing.T) {
		want := Violation{"contact-mismatch", "mobile", "3006", "Invalid Mobile Number"}
		if got := newViolation(ContactMismatch, "mobile"); got != want {
			t.Errorf("%+v", got)
		}
	})
}
