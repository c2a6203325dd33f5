package httpd_test

import (
	"testing"
)

// signInUser presses Login on the sandbox portal.
func (v *visitor) signInUser(username, password string) answer {
	v.t.Helper()
	return v.ask("POST", v.sandbox+v1+"/login",
		object{"username": username, "password": password, "captcha": v.captcha("sandbox")})
}

// signInClient presses Login on the sandbox portal, as a provider.
func (v *visitor) signInClient(id, secret string) answer {
	v.t.Helper()
	return v.ask("POST", v.sandbox+v1+"/login",
		object{"clientId": id, "clientSecret": secret, "captcha": v.captcha("sandbox")})
}

// What became of the taxpayer bars an API user from the sandbox as it bars a portal
// user from production. Not enabled is of production alone, as NIC's 3046 says.
func TestSandboxLoginOfABarredTaxpayer(t *testing.T) {
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

// Mallory may call an API user like a provider's client id. It does not give her
// more attempts at the provider's secret.
func TestLockOfAProviderIsItsOwn(t *testing.T) {
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
