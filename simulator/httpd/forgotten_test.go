package httpd_test

import (
	"strings"
	"testing"
)

// forgetful returns a valid form of Forgot Password.
func (v *visitor) forgetful(who person) object {
	v.t.Helper()
	return object{"username": who.username, "gstin": who.gstin, "mobile": who.mobile, "captcha": v.captcha("production")}
}

// forgot performs Send OTP of Forgot Password.
func (v *visitor) forgot(who person) string {
	v.t.Helper()
	a := v.asks("POST", v.production+v1+"/password-resets", v.forgetful(who), 201).
		has(object{"state": "OTP_SENT", "attemptsLeft": 3.0,
			"sentTo": []any{"XXXXXX" + who.mobile[6:], who.email[:1] + "****@" + strings.Split(who.email, "@")[1]}}).
		only("passwordResetId", "state", "sentTo", "expiresAt", "resendAfter", "attemptsLeft")
	path := v1 + "/password-resets/" + a.text("passwordResetId")
	if got := a.header.Get("Location"); got != v.prefix+path {
		v.t.Errorf("Location %q; want %q", got, v.prefix+path)
	}
	return v.production + path
}

func TestForgotPassword(t *testing.T) {
	s := open(t)
	next := object{"newPassword": "Another@2025", "confirmPassword": "Another@2025"}
	t.Run("all steps", func(t *testing.T) {
		v := s.visit(t)
		flow := v.forgot(asha)
		v.ask("PUT", flow+"/password", next).refused(409, "wrong-state",
			"").has(object{"state": "OTP_SENT", "expected": "OTP_VERIFIED"})
		v.enter(flow, v.otp("production", asha.mobile)).is(200).has(object{"state": "OTP_VERIFIED"})
		for _, c := range []struct {
			body          object
			code, nicCode string
			field         string
		}{
			{object{"newPassword": "weak"}, "password-policy", "3003", "newPassword password-policy"},
			{object{"newPassword": asha.password}, "password-reused", "3023", "newPassword password-reused"},
			{object{"newPassword": "Another@2025", "confirmPassword": "Another@2026"}, "password-confirmation", "",
				"confirmPassword password-confirmation"},
		} {
			v.ask("PUT", flow+"/password", c.body).refused(422, c.code, c.nicCode, c.field)
		}
		v.asks("PUT", flow+"/password", next, 204)
		v.ask("PUT", flow+"/password", next).refused(409, "wrong-state", "").has(object{"state": "COMPLETED"})
		v.ask("POST", v.production+v1+"/login", v.login(asha)).refused(401, "login-failed", "3002")
		v.asks("POST", v.production+v1+"/login", changed(v.login(asha), object{"password": "Another@2025"}), 200)
	})
	t.Run("lifts a lock", func(t *testing.T) {
		v := s.visit(t)
		for range 5 {
			v.ask("POST", v.production+v1+"/login", changed(v.login(asha), object{"password": "wrong"}))
		}
		flow := v.forgot(asha)
		v.enter(flow, v.otp("production", asha.mobile)).is(200)
		v.asks("PUT", flow+"/password", next, 204)
		v.asks("POST", v.production+v1+"/login", changed(v.login(asha), object{"password": "Another@2025"}), 200)
	})
	t.Run("is not an API registration, and an API registration is not a recovery", func(t *testing.T) {
		v := s.visit(t)
		v.signIn(asha)
		reset := v.forgot(asha)
		registration := v.started()
		v.ask("POST", strings.Replace(reset, "password-resets", "api-registrations", 1)+"/otp", nil).refused(404, "not-found",
			"")
		v.ask("POST", strings.Replace(registration, "api-registrations", "password-resets", 1)+"/otp", nil).refused(404,
			"not-found", "")
	})
}

func TestForgottenRefuses(t *testing.T) {
	s := open(t)
	wrongCaptcha := object{"captchaId": "x", "answer": "y"}
	for _, c := range []struct {
		name    string
		by      object
		code    string
		nicCode string
		fields  []string
		both    bool // of Forgot Username too
	}{
		{"captcha unknown", object{"captcha": wrongCaptcha}, "captcha-expired", "",
			[]string{"captcha.captchaId captcha-expired"}, true},
		{"GSTIN invalid", object{"gstin": "29ABCCD1234E1Z2"}, "gstin-invalid", "3030", []string{"gstin gstin-invalid"}, true},
		{"mobile invalid", object{"mobile": "12"}, "mobile-invalid", "3006", []string{"mobile mobile-invalid"}, true},
		{"all of them", object{"gstin": "", "mobile": "", "captcha": wrongCaptcha}, "gstin-invalid", "3030",
			[]string{"gstin gstin-invalid", "mobile mobile-invalid", "captcha.captchaId captcha-expired"}, true},
		{"GSTIN without an account", object{"gstin": "07ABCFG5678H1Z4"}, "not-registered", "3045",
			[]string{"gstin not-registered"}, true},
		{"GSTIN without a holder", object{"gstin": "27AAPFU0939F1ZV"}, "not-registered", "3045",
			[]string{"gstin not-registered"}, true},
		{"mobile of another taxpayer", object{"mobile": deepak.mobile}, "contact-mismatch", "3006",
			[]string{"mobile contact-mismatch"}, true},
		{"username of another taxpayer", object{"username": deepak.username}, "username-mismatch", "3005",
			[]string{"username username-mismatch"}, false},
		{"username left out", object{"username": nil}, "username-mismatch", "3005", []string{"username username-mismatch"},
			false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			v.ask("POST", v.production+v1+"/password-resets", changed(v.forgetful(asha), c.by)).refused(422, c.code, c.nicCode,
				c.fields...)
			if c.both {
				by := changed(c.by, object{"username": nil})
				v.ask("POST", v.production+v1+"/username-reminders",
					changed(changed(v.forgetful(asha), object{"username": nil}), by)).
					refused(422, c.code, c.nicCode, c.fields...)
			}
			if got := v.asks("GET", v.control+"/control/v1/inbox", nil, 200).rows("messages"); len(got) > 0 {
				t.Errorf("sent %v", got)
			}
		})
	}
}

// NIC's copy of a taxpayer that is not up to date is updated by the portal that has it, and not by the other.
func TestUpdateFromTheGSTCommonPortal(t *testing.T) {
	v := open(t).visit(t)
	updates := v1 + "/gstin-updates"
	v.asks("POST", v.at("/faults"), object{"name": "stale", "when": object{"environment": "sandbox"},
		"does": object{"kind": "stale-record"}}, 201)
	refused := func() {
		v.ask("POST", v.sandbox+v1+"/registrations", v.registrant(asha)).refused(422, "mobile-blank", "3012",
			"mobile mobile-blank")
	}
	refused()
	of := func(environment, gstin string) object {
		return object{"gstin": gstin, "captcha": v.captcha(environment)}
	}
	v.asks("POST", v.production+updates, of("production", asha.gstin), 200).only("gstin", "legalName", "tradeName")
	v.ask("POST", v.sandbox+updates, of("sandbox", "29ABCCD1234E1Z9")).refused(422, "gstin-invalid", "3030",
		"gstin gstin-invalid")
	v.ask("POST", v.sandbox+updates, of("sandbox", "29AWGPV7107B1ZF")).refused(422, "gstin-unknown", "3001",
		"gstin gstin-unknown")
	v.ask("POST", v.sandbox+updates, object{"gstin": asha.gstin}).refused(422, "captcha-expired", "",
		"captcha.captchaId captcha-expired")
	refused()
	v.asks("POST", v.sandbox+updates, of("sandbox", " 29abccd1234e1z1 "), 200).has(object{"gstin": asha.gstin})
	v.ask("POST", v.sandbox+v1+"/registrations", v.registrant(asha)).is(201)
}

func TestForgotUsername(t *testing.T) {
	v := open(t).visit(t)
	v.asks("POST", v.production+v1+"/username-reminders", changed(v.forgetful(ellora), object{"username": nil}), 202).
		only("sentTo").has(object{"sentTo": []any{"XXXXXX0036"}})
	messages := v.asks("GET", v.control+"/control/v1/inbox?purpose=username-reminder&environment=production", nil,
		200).rows("messages")
	if len(messages) != 1 || messages[0]["to"] != ellora.mobile || messages[0]["channel"] != "sms" ||
		messages[0]["otp"] != "" || messages[0]["secret"] != "" ||
		!strings.Contains(messages[0]["text"].(string), ellora.username) {
		t.Errorf("sent %v", messages)
	}
}
