package httpd_test

import (
	"net/http"
	"testing"
)

// What takes a right away ends the sessions at once, and giving the right back does not bring them back.
func TestSessionsEndWithTheirRight(t *testing.T) {
	s := open(t)
	const konkan = "AABCK27GSP4K7QX"
	production := func(v *visitor) { v.signIn(asha) }
	user := func(v *visitor) {
		v.created(asha, "dakshin_api")
		v.keep(v.signInUser("dakshin_api", "Testing@123").is(http.StatusOK))
	}
	control := func(method, path string, document object) func(*visitor) {
		return func(v *visitor) { v.ask(method, v.at(path), document).is(http.StatusOK) }
	}
	patch := func(path string, document object) func(*visitor) { return control(http.MethodPatch, path, document) }
	for _, c := range []struct {
		name        string
		signIn      func(*visitor)
		portal      string
		takes, back func(*visitor)
	}{
		{"a login is frozen", production, "production",
			patch("/portal-users/dakshin29", object{"frozen": true}), patch("/portal-users/dakshin29", object{"frozen": false})},
		{"the password of a login is changed", production, "production",
			patch("/portal-users/dakshin29", object{"password": "Another@2025"}),
			patch("/portal-users/dakshin29", object{"password": asha.password})},
		{"the password of a login is reset", production, "production", func(v *visitor) {
			other := *v
			other.cookie = ""
			flow := other.forgot(asha)
			other.enter(flow, other.otp("production", asha.mobile)).is(http.StatusOK)
			other.asks("PUT", flow+"/password", object{"newPassword": "Another@2025"}, http.StatusNoContent)
		}, nil},
		{"a login is deleted and added again", production, "production",
			func(v *visitor) { v.asks("DELETE", v.at("/portal-users/dakshin29"), nil, http.StatusNoContent) },
			func(v *visitor) {
				v.asks("POST", v.at("/portal-users"), object{"username": "dakshin29", "password": asha.password,
					"gstin": asha.gstin}, http.StatusCreated)
			}},
		{"the taxpayer is cancelled", production, "production",
			func(v *visitor) { v.patch(asha.gstin, object{"status": "CANCELLED"}) },
			func(v *visitor) { v.patch(asha.gstin, object{"status": "ACTIVE"}) }},
		{"the taxpayer of an API user is cancelled", user, "sandbox",
			func(v *visitor) { v.patch(asha.gstin, object{"status": "CANCELLED"}) },
			func(v *visitor) { v.patch(asha.gstin, object{"status": "ACTIVE"}) }},
		{"an API user is frozen", user, "sandbox",
			patch("/api-users/sandbox/dakshin_api", object{"frozen": true}),
			patch("/api-users/sandbox/dakshin_api", object{"frozen": false})},
		{"the password of an API user is changed", user, "sandbox",
			patch("/api-users/sandbox/dakshin_api", object{"password": "Another@2025"}), nil},
		{"the secret of a provider is changed", func(v *visitor) { v.keep(v.signInClient(konkan, "KonkanSecret00000002")) },
			"sandbox", patch("/providers/"+konkan, object{"clientSecret": "AnotherSecret0000001"}), nil},
		{"a provider is removed and added again",
			func(v *visitor) { v.keep(v.signInClient(konkan, "KonkanSecret00000002")) }, "sandbox",
			func(v *visitor) { v.asks("DELETE", v.at("/providers/"+konkan), nil, http.StatusNoContent) },
			func(v *visitor) {
				v.asks("POST", v.at("/providers"), object{"clientId": konkan, "clientSecret": "KonkanSecret00000002"},
					http.StatusCreated)
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			session := map[string]string{"sandbox": v.sandbox, "production": v.production}[c.portal] + v1 + "/session"
			c.signIn(v)
			v.asks("GET", session, nil, http.StatusOK)
			c.takes(v)
			if c.back != nil {
				c.back(v)
			}
			v.ask("GET", session, nil).refused(http.StatusUnauthorized, "session-required", "")
		})
	}
}
