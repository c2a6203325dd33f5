package httpd_test

import (
	"strings"
	"testing"
)

// The journal says why a portal refused, also where the answer must not tell.
func TestTheJournalSaysWhyAPortalRefused(t *testing.T) {
	s := open(t)
	login := func(by object) func(*visitor) {
		return func(v *visitor) { v.ask("POST", v.production+v1+"/login", changed(v.login(asha), by)) }
	}
	register := func(by object) func(*visitor) {
		return func(v *visitor) { v.ask("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), by)) }
	}
	for _, c := range []struct {
		name  string
		do    func(*visitor)
		code  string
		cause string
	}{
		{"unknown user", login(object{"username": "nobody99"}), "login-failed",
			"The username is nobody99, which no login of the production portal has."},
		{"no username", login(object{"username": nil}), "login-failed", "The username is empty."},
		{"another case", login(object{"username": "DAKSHIN29"}), "login-failed",
			"The username is written dakshin29; DAKSHIN29 differs in case."},
		{"an API user", func(v *visitor) {
			v.submitted(asha, "dakshin_api")
			login(object{"username": "API_dakshin_api"})(v)
		}, "login-failed", "API_dakshin_api is an API user, not a login of the production portal."},
		{"wrong password", login(object{"password": "Dakshin@2025"}), "login-failed",
			"The username is known, and the password, of 12 characters, is another."},
		{"username and password exchanged", login(object{"username": asha.password, "password": asha.username}),
			"login-failed", "The username is a text of 12 characters, which no login of the production portal has."},
		{"locked", func(v *visitor) {
			v.freezeClock()
			for range 5 {
				login(object{"password": "Dakshin@2025"})(v)
			}
			login(nil)(v)
		}, "account-locked", "The login dakshin29 is locked until "},
		{"a login of production in the sandbox", func(v *visitor) { v.signInUser(asha.username, asha.password) },
			"login-failed", "dakshin29 is a login of the production portal; the sandbox portal takes API users."},
		{"an unknown client", func(v *visitor) { v.signInClient("AABCK27GSP4K7QY", "KonkanSecret00000002") },
			"login-failed", "The client id is AABCK27GSP4K7QY, which no provider of this world has."},
		{"a wrong client secret", func(v *visitor) { v.signInClient("AABCK27GSP4K7QX", "guess") },
			"login-failed", "The client id is known, and the client secret, of 5 characters, is another."},
		{"another mobile", register(object{"mobile": deepak.mobile}), "contact-mismatch",
			"The mobile number is not the one that the GST common portal has for it, XXXXXX3210."},
		{"another e-mail address", register(object{"email": deepak.email}), "contact-mismatch",
			"The e-mail address is not the one that the GST common portal has for it, a****@dakshin.example."},
		{"both", register(object{"mobile": deepak.mobile, "email": deepak.email}), "contact-mismatch",
			"The mobile number and the e-mail address are not those that the GST common portal has for it, XXXXXX3210 and " +
				"a****@dakshin.example."},
		{"a wrong OTP", func(v *visitor) {
			flow := v.sent(asha)
			v.enter(flow, wrongOTP(v.otp("sandbox", asha.mobile)))
		}, "otp-mismatch", "The OTP, of 6 characters, was never sent for this flow."},
		{"an OTP cut short", func(v *visitor) { v.enter(v.sent(asha), "12345") }, "otp-mismatch",
			"The OTP has 5 characters; it has 6 digits."},
		{"an OTP that another replaced", func(v *visitor) {
			flow := v.sent(asha)
			first := v.otp("sandbox", asha.mobile)
			v.advance("31s")
			v.asks("POST", flow+"/otp", nil, 202)
			v.enter(flow, first)
		}, "otp-expired", "A later OTP replaced this one."},
		{"an OTP that is too old", func(v *visitor) {
			v.freezeClock()
			flow := v.sent(asha)
			right := v.otp("sandbox", asha.mobile)
			v.advance("11m")
			v.enter(flow, right)
		}, "otp-expired", "The OTP expired at "},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			c.do(v)
			entry := v.asks("GET", v.at("/requests?limit=1"), nil, 200)
			reason, _ := entry.rows("requests")[0]["reason"].(object)
			if cause, _ := reason["cause"].(string); reason["code"] != c.code || !strings.HasPrefix(cause, c.cause) {
				t.Errorf("reason %v\nwanted %s", reason, c.cause)
			}
			if strings.Contains(string(entry.body), asha.password) {
				t.Errorf("the entry has the password: %s", entry.body)
			}
		})
	}
}
