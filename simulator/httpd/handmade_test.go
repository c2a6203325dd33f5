package httpd_test

import "testing"

// NIC's sandbox signs for GSTINs that fail its own rules. A taxpayer of the world is not judged by its number.
func TestHandMadeTaxpayersUseThePortals(t *testing.T) {
	for _, gstin := range []string{"29AWGPV7107B1Z1", "02AMBPG7773M002", "29AAACW3775F000", "37ARZPT4384Q1MT",
		"ABCDEFGHIJKLMNO"} {
		t.Run(gstin, func(t *testing.T) {
			v := open(t).visit(t)
			made := person{gstin: gstin, mobile: "9876501234", email: "a@madeup.example", username: "madeup",
				password: "Made@2024"}
			v.ask("POST", v.sandbox+v1+"/registrations", v.registrant(made)).refused(422, "gstin-invalid", "3030",
				"gstin gstin-invalid")
			v.asks("POST", v.at("/taxpayers"), object{"gstin": gstin, "legalName": "Made Up Traders",
				"mobile": made.mobile, "email": made.email}, 201)
			v.created(made, "madeup_api").has(object{"gstin": gstin})
			v.signInUser("madeup_api", "Testing@123").is(200)

			v.asks("POST", v.at("/portal-users"), object{"username": made.username, "password": made.password,
				"gstin": gstin}, 201)
			v.signIn(made).has(object{"gstin": gstin})
			v.submitted(made, "madeup_api")
			v.enter(v.forgot(made), v.otp("production", made.mobile)).is(200)
		})
	}
}

// A client id that was made by hand works on the portals as it was made.
func TestHandMadeClients(t *testing.T) {
	v := open(t).visit(t)
	v.asks("POST", v.at("/providers"), object{"clientId": "team-client.1", "clientSecret": "s3cret",
		"companyName": "Acme"}, 201)
	form := changed(apiUser("acme_api"), object{"companyName": "Acme", "clientId": "team-client.1"})
	v.asks("POST", v.verified(asha)+"/api-user", form, 201).has(object{"clientId": "team-client.1"})
	v.keep(v.signInClient("team-client.1", "s3cret").is(200))
	v.ask("POST", v.sandbox+v1+"/dummy-gstins", object{"stateCode": "29"}).refused(409, "dummy-gstin-limit", "")
	v.asks("PATCH", v.at("/providers/team-client.1"), object{"pan": "AABCA1234F"}, 200)
	v.asks("POST", v.sandbox+v1+"/dummy-gstins", object{"stateCode": "29"}, 201).has(object{"gstin": "29AABCA1234F000"})
}

// What was going on when a record was deleted ends with a refusal.
func TestDeletedRecordsEndWhatWasGoingOn(t *testing.T) {
	t.Run("a login", func(t *testing.T) {
		v := open(t).visit(t)
		reset := v.forgot(asha)
		v.enter(reset, v.otp("production", asha.mobile)).is(200)
		v.signIn(asha)
		v.asks("DELETE", v.at("/portal-users/"+asha.username), nil, 204)
		v.ask("GET", v.production+v1+"/session", nil).refused(401, "session-required", "")
		v.ask("PUT", reset+"/password", object{"newPassword": "Another@2025"}).refused(404, "not-found", "")
		v.ask("POST", v.production+v1+"/login", v.login(asha)).refused(401, "login-failed", "3002")
	})
	t.Run("a login that moves to another taxpayer", func(t *testing.T) {
		v := open(t).visit(t)
		v.signIn(asha)
		v.asks("PATCH", v.at("/portal-users/"+asha.username), object{"gstin": "07ABCFG5678H1Z4"}, 200)
		v.ask("GET", v.production+v1+"/session", nil).refused(401, "session-required", "")
	})
	t.Run("an API user", func(t *testing.T) {
		v := open(t).visit(t)
		v.created(asha, "dakshin_api")
		v.keep(v.signInUser("dakshin_api", "Testing@123").is(200))
		v.asks("DELETE", v.at("/api-users/sandbox/dakshin_api"), nil, 204)
		v.ask("GET", v.sandbox+v1+"/session", nil).refused(401, "session-required", "")
	})
	t.Run("a provider", func(t *testing.T) {
		v := open(t).visit(t)
		registration := v.verified(asha)
		v.keep(v.signInClient("AAFCC29ERP82ZSO", "SahyadriSecret000001").is(200))
		v.asks("DELETE", v.at("/providers/AAFCC29ERP82ZSO"), nil, 204)
		v.ask("GET", v.sandbox+v1+"/session", nil).refused(401, "session-required", "")
		v.ask("POST", registration+"/api-user", apiUser("dakshin_api")).refused(422, "provider-unknown", "",
			"companyName provider-unknown", "clientId client-id-mismatch")
	})
	t.Run("a taxpayer", func(t *testing.T) {
		v := open(t).visit(t)
		registration := v.verified(deepak)
		v.asks("DELETE", v.at("/portal-users/deccan29"), nil, 204)
		v.asks("DELETE", v.at("/taxpayers/"+deepak.gstin), nil, 204)
		v.ask("POST", registration+"/api-user", apiUser("deccan_api")).refused(422, "gstin-unknown", "3001",
			"gstin gstin-unknown")
	})
	t.Run("an organisation", func(t *testing.T) {
		v := open(t).visit(t)
		registration := v.firmVerified(vindhya)
		v.asks("DELETE", v.at("/organisations/"+vindhya.pan), nil, 204)
		v.ask("POST", registration+"/client-credentials", nil).refused(422, "pan-unknown", "3001", "pan pan-unknown")
	})
}
