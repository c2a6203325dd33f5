package httpd_test

import (
	"strings"
	"testing"
)

// pending logs in with the right password, when an OTP is due after it. It returns the URL of the login.
func (v *visitor) pending(who person) string {
	v.t.Helper()
	a := v.asks("POST", v.production+v1+"/login", v.login(who), 202).
		has(object{"state": "OTP_SENT", "gstin": who.gstin, "sentTo": []any{"XXXXXX" + who.mobile[6:]}}).
		only("loginId", "gstin", "state", "sentTo", "expiresAt", "resendAfter", "attemptsLeft")
	path := v1 + "/logins/" + a.text("loginId")
	if got := a.header.Get("Location"); got != v.prefix+path {
		v.t.Errorf("Location %q; want %q", got, v.prefix+path)
	}
	v.cookieless(a)
	return v.production + path
}

// cookieless fails the test if an answer opens a session.
func (v *visitor) cookieless(a answer) {
	v.t.Helper()
	if cookie := a.header.Get("Set-Cookie"); cookie != "" {
		v.t.Errorf("the answer sets the cookie %s", cookie)
	}
}

func TestTwoFactorLogin(t *testing.T) {
	s := open(t)
	on := func(t *testing.T) *visitor {
		v := s.visit(t)
		v.freezeClock()
		v.set(object{"twoFactor": "always"})
		return v
	}
	t.Run("to its end", func(t *testing.T) {
		v := on(t)
		login := v.pending(asha)
		v.ask("GET", v.production+v1+"/session", nil).refused(401, "session-required", "")
		v.cookieless(v.enter(login, "000000").refused(422, "otp-mismatch", "", "otp otp-mismatch"))
		a := v.enter(login, v.otp("production", asha.mobile)).is(200).
			has(object{"username": "dakshin29", "gstin": asha.gstin, "source": "E_INVOICE"})
		v.keep(a)
		v.asks("GET", v.production+v1+"/session", nil, 200)
		v.enter(login, "000000").refused(409, "wrong-state", "").has(object{"state": "COMPLETED", "expected": "OTP_SENT"})
	})
	t.Run("by SMS only", func(t *testing.T) {
		v := on(t)
		v.pending(asha)
		messages := v.asks("GET", v.at("/inbox?purpose=login-otp"), nil, 200).rows("messages")
		if len(messages) != 1 || messages[0]["channel"] != "sms" || messages[0]["to"] != asha.mobile {
			t.Errorf("the inbox has %v", messages)
		}
	})
	t.Run("sent again", func(t *testing.T) {
		v := on(t)
		login := v.pending(asha)
		first := v.otp("production", asha.mobile)
		v.ask("POST", login+"/otp", nil).refused(429, "otp-too-soon", "")
		v.advance("31s")
		v.asks("POST", login+"/otp", nil, 202).has(object{"state": "OTP_SENT", "sentTo": []any{"XXXXXX3210"}})
		v.enter(login, first).refused(422, "otp-expired", "", "otp otp-expired")
		v.enter(login, v.otp("production", asha.mobile)).is(200)
	})
	t.Run("the account is checked again", func(t *testing.T) {
		v := on(t)
		login := v.pending(asha)
		v.patch(asha.gstin, object{"status": "SUSPENDED"})
		v.cookieless(v.enter(login, v.otp("production", asha.mobile)).refused(403, "account-suspended", "3035"))
	})
	t.Run("another password ends it", func(t *testing.T) {
		const next = "Dakshin@2031"
		for name, change := range map[string]func(*visitor){
			"by Forgot Password": func(v *visitor) {
				reset := v.forgot(asha)
				v.enter(reset, v.otp("production", asha.mobile)).is(200)
				v.asks("PUT", reset+"/password", object{"newPassword": next, "confirmPassword": next}, 204)
			},
			"by the control API": func(v *visitor) {
				v.asks("PATCH", v.at("/portal-users/dakshin29"), object{"password": next}, 200)
			},
		} {
			t.Run(name, func(t *testing.T) {
				v := s.visit(t)
				v.freezeClock()
				v.set(object{"twoFactor": "always"})
				login := v.pending(asha)
				otp := v.otp("production", asha.mobile)
				change(v)
				v.advance("31s")
				v.ask("POST", login+"/otp", nil).refused(401, "login-failed", "3002")
				v.cookieless(v.enter(login, otp).refused(401, "login-failed", "3002"))
				reason := v.asks("GET", v.at("/requests?limit=1"), nil, 200).rows("requests")[0]["reason"].(object)
				if cause := reason["cause"]; cause != "The password of dakshin29 was changed after this login began." {
					t.Errorf("the cause is %v", cause)
				}
			})
		}
	})
	t.Run("the settings of OTPs count", func(t *testing.T) {
		v := on(t)
		v.set(object{"twoFactor": "always", "otpMaxAttempts": 1, "otpLifetime": "1m", "flowLifetime": "5m"})
		v.enter(v.pending(asha), "000000").refused(422, "otp-attempts-exhausted", "", "otp otp-attempts-exhausted")
		login := v.pending(asha)
		v.advance("1m")
		v.enter(login, v.otp("production", asha.mobile)).refused(422, "otp-expired", "", "otp otp-expired")
		v.advance("4m")
		v.ask("POST", login+"/otp", nil).refused(410, "expired", "")
	})
	t.Run("other flows are not logins", func(t *testing.T) {
		v := on(t)
		login := v.pending(asha)
		reset := v.forgot(asha)
		id := reset[strings.LastIndex(reset, "/")+1:]
		v.enter(v.production+v1+"/logins/"+id, v.otp("production", asha.mobile)).refused(404, "not-found", "")
		v.enter(strings.Replace(login, "/logins/", "/password-resets/", 1), "000000").refused(404, "not-found", "")
		v.ask("POST", strings.Replace(login, v.production, v.sandbox, 1)+"/otp", nil).refused(404, "not-found", "")
	})
	t.Run("not in the sandbox", func(t *testing.T) {
		v := on(t)
		v.completed(asha)
		v.signInClient("AABCK27GSP4K7QX", "KonkanSecret00000002").is(200)
	})
	t.Run("wrong passwords still lock", func(t *testing.T) {
		v := on(t)
		wrong := func() object { return changed(v.login(asha), object{"password": "wrong"}) }
		for range 4 {
			v.ask("POST", v.production+v1+"/login", wrong()).refused(401, "login-failed", "3002")
		}
		v.ask("POST", v.production+v1+"/login", wrong()).refused(423, "account-locked", "")
		v.cookieless(v.ask("POST", v.production+v1+"/login", v.login(asha)).refused(423, "account-locked", ""))
		if sent := v.asks("GET", v.at("/inbox"), nil, 200).rows("messages"); len(sent) > 0 {
			t.Errorf("a locked login sent %v", sent)
		}
	})
	t.Run("by turnover and day", func(t *testing.T) {
		v := s.visit(t)
		for _, c := range []struct {
			day    string
			crore  float64
			status int
		}{
			{"2020-11-02", 100000, 200},
			{"2023-08-19", 100, 200}, {"2023-08-20", 100, 202}, {"2023-08-20", 99.99, 200}, {"2024-12-31", 99.99, 200},
			{"2025-01-01", 20, 202}, {"2025-01-01", 19.99, 200}, {"2025-01-31", 19.99, 200},
			{"2025-02-01", 5, 202}, {"2025-02-01", 4.99, 200}, {"2025-03-31", 4.99, 200},
			{"2025-04-01", 0, 202}, {"2026-11-22", 0, 202},
		} {
			v.asks("PUT", v.at("/clock"), object{"mode": "frozen", "now": c.day + "T10:00:00+05:30"}, 200)
			v.set(object{"twoFactor": "timeline"})
			v.patch(asha.gstin, object{"aatoCrore": c.crore})
			if a := v.ask("POST", v.production+v1+"/login", v.login(asha)); a.status != c.status {
				t.Errorf("%v crore on %s: status %d, want %d", c.crore, c.day, a.status, c.status)
			}
		}
		v.set(object{"twoFactor": "timeline", "rules": object{"two-factor-login": false}})
		v.asks("POST", v.production+v1+"/login", v.login(asha), 200)
		v.set(object{"twoFactor": "timeline", "rulesOn": "2023-08-19"})
		v.asks("POST", v.production+v1+"/login", v.login(asha), 200)
		v.set(object{"rules": object{"two-factor-login": true}})
		v.asks("POST", v.production+v1+"/login", v.login(asha), 200) // the setting is off
	})
	t.Run("not a value", func(t *testing.T) {
		v := s.visit(t)
		v.ask("PATCH", v.at("/settings"), object{"twoFactor": "sometimes"}).refused(422, "setting-invalid", "",
			"twoFactor setting-invalid")
	})
}
