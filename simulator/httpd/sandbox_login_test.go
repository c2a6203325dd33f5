package httpd_test

import (
	"testing"
)

// signInUser logs an API user in to the sandbox portal.
func (v *visitor) signInUser(username, password string) answer {
	v.t.Helper()
	return v.ask("POST", v.sandbox+v1+"/login",
		object{"username": username, "password": password, "captcha": v.captcha("sandbox")})
}

// signInClient logs a provider in to the sandbox portal.
func (v *visitor) signInClient(id, secret string) answer {
	v.t.Helper()
	return v.ask("POST", v.sandbox+v1+"/login",
		object{"clientId": id, "clientSecret": secret, "captcha": v.captcha("sandbox")})
}

// The status of a taxpayer prevents the login of its API user to the sandbox, as it prevents the login of its portal
// user to production. Only production refuses taxpayers that are not enabled, by NIC's 3046.
func TestSandboxLoginDependsOnTheTaxpayersStatus(t *testing.T) {
	v := open(t).visit(t)
	v.created(asha, "dakshin_api")
	for _, c := range []struct {
		by            object
		code, nicCode string
	}{
		{object{"status": "CANCELLED"}, "account-cancelled", "3034"},
		{object{"status": "SUSPENDED"}, "account-suspended", "3035"},
		{object{"status": "INACTIVE"}, "account-frozen", "3033"},
		{object{"status": "PROVISIONAL"}, "account-inactive", "3036"},
		{object{"status": "ACTIVE", "transporterOnly": true}, "transporter-only", "3032"},
	} {
		v.patch(asha.gstin, c.by)
		v.signInUser("dakshin_api", "Testing@123").refused(403, c.code, c.nicCode)
		v.signInUser("dakshin_api", "Wrong@123").refused(401, "login-failed", "3002")
	}
	v.patch(asha.gstin, object{"transporterOnly": false, "eInvoiceEnabled": false})
	v.signInUser("dakshin_api", "Testing@123").is(200)
}

// Mallory may give an API user the name of a provider's client id. She does not get more attempts at the provider's
// secret by that.
func TestLocksOfProvidersAndUsersAreSeparate(t *testing.T) {
	v := open(t).visit(t)
	const konkan = "AABCK27GSP4K7QX"
	v.created(asha, konkan)
	for range 4 {
		v.signInClient(konkan, "guess").refused(401, "login-failed", "3002")
	}
	v.signInUser(konkan, "Testing@123").is(200)
	v.signInClient(konkan, "guess").refused(423, "account-locked", "")
	v.signInUser(konkan, "Testing@123").is(200)
}
