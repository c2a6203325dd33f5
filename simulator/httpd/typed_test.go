package httpd_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Spaces around a GSTIN, a PAN, a client id and an e-mail address are removed. A username with spaces is refused.
func TestUsernameWithBlanks(t *testing.T) {
	v := open(t).visit(t)
	sandbox, production := v.verified(asha), v.submittable(asha)
	for _, name := range []string{" dakshin_api", "dakshin_api ", "\tdakshin_api\n", "dakshin api"} {
		v.ask("POST", sandbox+"/api-user", apiUser(name)).refused(422, "username-invalid", "3031",
			"username username-invalid")
		v.ask("POST", production+"/api-user", productionUser(name)).refused(422, "username-invalid", "3031",
			"username username-invalid")
	}
}

// A GSTIN is not accepted as the PAN of a firm, in any field.
func TestGSTINInPlaceOfAPAN(t *testing.T) {
	v := open(t).visit(t)
	for _, category := range []string{"GSP", "ERP", "ECO"} {
		form := changed(v.registrant(asha), object{"category": category, "gstin": nil, "pan": asha.gstin})
		v.ask("POST", v.sandbox+v1+"/registrations", form).refused(422, "category-mismatch", "3044", "pan category-mismatch")
	}
}

// Without an e-mail address on record the OTP goes to the mobile only.
func TestOTPWithoutEmail(t *testing.T) {
	v := open(t).visit(t)
	v.patch(asha.gstin, object{"email": ""})
	v.signIn(asha)
	got := v.asks("POST", v.production+v1+"/api-registrations", nil, 201).doc["sentTo"]
	if diff := cmp.Diff([]any{"XXXXXX3210"}, got); diff != "" {
		t.Error(diff)
	}
}
