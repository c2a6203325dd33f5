package httpd_test

import (
	"net/http"
	"strings"
	"testing"
)

// Section 2 of the guide, and the management of the API user.
func TestSection2(t *testing.T) {
	v := open(t).visit(t)
	v.freezeClock()
	a := v.signIn(asha).has(object{
		"username": "dakshin29", "gstin": asha.gstin, "legalName": "Dakshin Components Private Limited",
		"source":    "E_INVOICE",
		"expiresAt": "2026-11-22T12:15:00+05:30",
	}).only("username", "gstin", "legalName", "source", "menu", "expiresAt")
	menu, _ := a.doc["menu"].([]any)
	if len(menu) < 4 || menu[3] != "API Registration" {
		t.Errorf("menu %v", menu)
	}
	v.asks("GET", v.production+v1+"/api-users", nil, 200).only("apiUsers").has(object{"apiUsers": []any{}})

	a = v.asks("POST", v.production+v1+"/api-registrations", nil, http.StatusCreated).has(object{
		"state": "OTP_SENT", "gstin": asha.gstin, "sentTo": []any{"XXXXXX3210", "a****@dakshin.example"}, "attemptsLeft": 3.0,
		"expiresAt": "2026-11-22T12:10:00+05:30", "resendAfter": "2026-11-22T12:00:30+05:30",
	}).only("apiRegistrationId", "state", "gstin", "sentTo", "expiresAt", "resendAfter", "attemptsLeft")
	path := v1 + "/api-registrations/" + a.text("apiRegistrationId")
	if got := a.header.Get("Location"); got != v.prefix+path {
		t.Errorf("Location %q; want %q", got, v.prefix+path)
	}
	flow := v.production + path
	v.enter(flow, v.otp("production", asha.mobile)).is(200).has(object{"state": "OTP_VERIFIED", "gstin": asha.gstin})

	v.asks("POST", flow+"/api-user", productionUser("dakshin_api"), http.StatusCreated).has(object{
		"state": "COMPLETED", "username": "API_dakshin_api", "gstin": asha.gstin, "registrationThrough": "GSP",
		"companyName": "Sahyadri GST Suvidha", "createdAt": "2026-11-22T12:00:00+05:30",
	})
	v.ask("POST", flow+"/api-user", productionUser("other_name")).refused(409, "wrong-state",
		"").has(object{"state": "COMPLETED", "expected": "OTP_VERIFIED"})

	row := object{
		"username": "API_dakshin_api", "registrationThrough": "GSP", "companyName": "Sahyadri GST Suvidha",
		"status":    "ACTIVE",
		"createdAt": "2026-11-22T12:00:00+05:30",
	}
	users := v.production + v1 + "/api-users"
	v.asks("GET", users, nil, 200).has(object{"apiUsers": []any{row}})

	password := users + "/API_dakshin_api/password"
	change := func(current, next string) object { return object{"currentPassword": current, "newPassword": next} }
	v.ask("PUT", password, change("Testing@124", "Another@123")).refused(422, "password-mismatch", "3024",
		"currentPassword password-mismatch")
	v.ask("PUT", password, change("Testing@123", "Testing@123")).refused(422, "password-reused", "3023",
		"newPassword password-reused")
	v.ask("PUT", password, change("wrong", "weak")).refused(422, "password-mismatch", "3024",
		"currentPassword password-mismatch", "newPassword password-policy")
	v.ask("PUT", password, change("Testing@123", "weak")).refused(422, "password-policy", "3003",
		"newPassword password-policy")
	v.asks("PUT", password, change("Testing@123", "Another@123"), 204)
	v.ask("PUT", password, change("Testing@123", "Testing@125")).refused(422, "password-mismatch", "3024",
		"currentPassword password-mismatch")

	v.asks("POST", users+"/API_dakshin_api/freeze", nil, 204)
	v.ask("POST", users+"/API_dakshin_api/freeze", nil).refused(409, "already-frozen", "3025").
		has(object{"detail": "Already This Account Has Been Freezed"})
	row["status"] = "FROZEN"
	v.asks("GET", users, nil, 200).has(object{"apiUsers": []any{row}})

	v.asks("POST", v.production+v1+"/logout", nil, 204)
	v.ask("GET", users, nil).refused(401, "session-required", "")
}

func TestSubmit(t *testing.T) {
	s := open(t)
	direct := func(id, secret string) object {
		return object{"registrationThrough": "DIRECT", "companyName": nil, "clientId": id, "clientSecret": secret}
	}
	own := direct("ABCCD29TXP7M3QD", "DakshinSecret0000005")
	fixture := func(gstin, mobile, username, password string) person {
		return person{gstin: gstin, mobile: mobile, username: username, password: password}
	}
	for _, c := range []struct {
		name    string
		who     person
		by      object
		status  int
		code    string
		nicCode string
		fields  []string
	}{
		{"through a GSP", asha, object{}, 201, "", "", nil},
		{"through an ERP", asha, object{"registrationThrough": "ERP", "companyName": "Deodar Ledger Systems"}, 201, "", "",
			nil},
		{"direct", asha, own, 201, "", "", nil},
		{"direct, client id in small letters", asha, direct(" abccd29txp7m3qd ", "DakshinSecret0000005"), 201, "", "", nil},
		{"direct, wrong secret", asha, direct("ABCCD29TXP7M3QD", "DakshinSecret0000006"), 422, "client-credentials-mismatch",
			"1010", []string{"clientId client-credentials-mismatch"}},
		{"direct, no secret", asha, direct("ABCCD29TXP7M3QD", ""), 422, "client-credentials-mismatch", "1010",
			[]string{"clientId client-credentials-mismatch"}},
		{"direct, nothing given", asha, object{"registrationThrough": "DIRECT"}, 422, "client-credentials-mismatch", "1010",
			[]string{"clientId client-credentials-mismatch"}},
		{"direct, the credentials of a GSP", asha, direct("AABCK27GSP4K7QX", "KonkanSecret00000002"), 422,
			"client-credentials-mismatch", "1010", []string{"clientId client-credentials-mismatch"}},
		{"direct, the credentials of another taxpayer", asha, direct("ABCCL33TXP6V9HN", "LantanaSecret0000006"), 422,
			"client-credentials-mismatch", "1010", []string{"clientId client-credentials-mismatch"}},
		{"direct, awaiting IP", fixture("06ABCCK7913G1ZK", "9876506301", "kikar06", "Kikar@2024"), own, 403,
			"direct-awaiting-ip", "3059", nil},
		{"direct, awaiting officer", fixture("23ABCCU8024H1ZG", "9876523302", "udaan23", "Udaan@2024"), own, 403,
			"direct-awaiting-officer", "3060", nil},
		{"direct, rejected", fixture("10ABCCR9135J1ZF", "9876510303", "rajhans10", "Rajhans@2024"), own, 403,
			"direct-rejected", "3061", nil},
		{"direct, too small", fixture("33ABCCL1246K1ZN", "9876533304", "lantana33", "Lantana@2024"),
			direct("ABCCL33TXP6V9HN", "LantanaSecret0000006"), 403, "direct-below-threshold", "", nil},
		{"the prefix typed by the person", asha, object{"username": "API_dakshin_api"}, 201, "", "", nil},
		{"a name of fifteen beside the prefix", asha, object{"username": "API_" + longest}, 201, "", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			form := changed(productionUser("dakshin_api"), c.by)
			a := v.ask("POST", v.submittable(c.who)+"/api-user", form)
			if c.status != 201 {
				a.refused(c.status, c.code, c.nicCode, c.fields...)
				return
			}
			name := "API_" + strings.TrimPrefix(form["username"].(string), "API_")
			a.is(201).has(object{"state": "COMPLETED", "username": name, "registrationThrough": form["registrationThrough"]})
		})
	}
	t.Run("no mobile to send an OTP to", func(t *testing.T) {
		v := s.visit(t)
		v.signIn(person{username: "backwater32", password: "Backwater@2024"})
		v.ask("POST", v.production+v1+"/api-registrations", nil).refused(422, "mobile-blank", "3012", "mobile mobile-blank")
		v.patch("32ABCCB6789P1ZZ", object{"mobile": "9876532105"}) // Update from GST Common Portal
		v.started()
	})
	t.Run("a second user for one provider, until the first is frozen", func(t *testing.T) {
		v := s.visit(t)
		v.submitted(asha, "first_user")
		second := v.submittable(asha)
		v.ask("POST", second+"/api-user", productionUser("second_user")).refused(409, "already-registered", "3062",
			"companyName already-registered")
		v.asks("POST", v.production+v1+"/api-users/API_first_user/freeze", nil, 204)
		v.asks("POST", second+"/api-user", productionUser("second_user"), 201)
	})
	t.Run("a second direct user", func(t *testing.T) {
		v := s.visit(t)
		v.asks("POST", v.submittable(asha)+"/api-user", changed(productionUser("first_user"), own), 201)
		v.ask("POST", v.submittable(asha)+"/api-user", changed(productionUser("second_user"), own)).refused(409,
			"already-registered", "3062", "clientId already-registered")
	})
	t.Run("the name of another taxpayer, in another case, and not a name of the sandbox", func(t *testing.T) {
		v := s.visit(t)
		v.created(asha, "sandbox_name")
		v.submitted(deepak, "Shared_Name")
		flow := v.submittable(asha)
		v.ask("POST", flow+"/api-user", productionUser("API_shared_nAME")).refused(409, "username-taken", "3004",
			"username username-taken")
		v.asks("POST", flow+"/api-user", productionUser("sandbox_name"), 201)
	})
}

// A taxpayer's records do not exist for another taxpayer.
func TestRecordsOfAnotherTaxpayer(t *testing.T) {
	v := open(t).visit(t)
	v.submitted(deepak, "deccan_api")
	v.signIn(deepak)
	theirs := v.started()
	v.signIn(asha)
	users := v.production + v1 + "/api-users/"
	change := object{"currentPassword": "Testing@123", "newPassword": "Another@123"}
	for _, c := range []struct {
		method, url string
		body        any
	}{
		{"GET", theirs, nil},
		{"POST", theirs + "/otp", nil},
		{"POST", theirs + "/otp/verification", object{"otp": v.otp("production", deepak.mobile)}},
		{"POST", theirs + "/api-user", productionUser("dakshin_api")},
		{"PUT", users + "API_deccan_api/password", change},
		{"POST", users + "API_deccan_api/freeze", nil},
		{"PUT", users + "API_nobody/password", change},
		{"POST", users + "API_nobody/freeze", nil},
		{"GET", v.production + v1 + "/api-registrations/6f1c9f4e-0000-4000-8000-000000000000", nil},
		{"GET", v.production + v1 + "/api-registrations/no-id-at-all", nil},
	} {
		v.ask(c.method, c.url, c.body).refused(404, "not-found", "")
	}
	v.asks("GET", v.production+v1+"/api-users", nil, 200).has(object{"apiUsers": []any{}})
}
