package httpd_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// at returns the address of a call of the control API.
func (v *visitor) at(path string) string { return v.control + "/control/v1" + path }

func TestProbes(t *testing.T) {
	v := open(t).in(t, "")
	for _, base := range []string{v.control, v.control + "/control/v1"} {
		v.asks("GET", base+"/healthz", nil, 200)
		v.asks("GET", base+"/readyz", nil, 200)
	}
}

func TestControlInbox(t *testing.T) {
	s := open(t)
	v := s.visit(t)
	v.freezeClock()
	v.sent(asha)
	v.sent(deepak)
	v.signIn(asha)
	v.started()
	v.asks("POST", v.production+v1+"/username-reminders",
		object{"gstin": asha.gstin, "mobile": asha.mobile, "captcha": v.captcha("production")}, 202)
	kinds := func(query string) []string {
		t.Helper()
		got := []string{}
		for _, m := range v.asks("GET", v.at("/inbox"+query), nil, 200).only("messages").rows("messages") {
			got = append(got, m["purpose"].(string)+" by "+m["channel"].(string)+" to "+m["to"].(string))
		}
		return got
	}
	const (
		ashaSMS, ashaMail = "registration-otp by sms to 9876543210",
			"registration-otp by email to accounts@dakshin.example"
		deepakSMS, deepakMail = "registration-otp by sms to 9876529002", "registration-otp by email to books@deccan.example"
		userSMS, userMail     = "api-user-otp by sms to 9876543210", "api-user-otp by email to accounts@dakshin.example"
		reminder              = "username-reminder by sms to 9876543210"
	)
	for query, want := range map[string][]string{
		"":                            {reminder, userSMS, userMail, deepakSMS, deepakMail, ashaSMS, ashaMail},
		"?gstin=" + deepak.gstin:      {deepakSMS, deepakMail},
		"?gstin=29abcpd1234e2z9%20":   {deepakSMS, deepakMail},
		"?to=9876529002":              {deepakSMS},
		"?to=%2B91%2098765-29002":     {deepakSMS},
		"?to=Books@Deccan.example":    {deepakMail},
		"?purpose=api-user-otp":       {userSMS, userMail},
		"?environment=production":     {reminder, userSMS, userMail},
		"?environment=sandbox&to=x":   {},
		"?purpose=password-reset-otp": {},
		"?environment=production&gstin=" + asha.gstin + "&purpose=api-user-otp&to=9876543210": {userSMS},
	} {
		if diff := cmp.Diff(want, kinds(query)); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	v.ask("GET", v.at("/inbox?environment=moon"), nil).refused(422, "environment-invalid", "",
		"environment environment-invalid")
	sms := v.ask("GET", v.at("/inbox?to=9876529002"), nil).rows("messages")[0]
	for member, want := range map[string]any{
		"environment": "sandbox", "gstin": deepak.gstin, "secret": "", "sentAt": "2026-11-22T12:00:00+05:30",
	} {
		if sms[member] != want {
			t.Errorf("%s is %v; want %v", member, sms[member], want)
		}
	}
	mail := v.ask("GET", v.at("/inbox?to="+deepak.email), nil).rows("messages")[0]
	if sms["otp"] != mail["otp"] || sms["id"] == mail["id"] {
		t.Errorf("SMS %v, mail %v", sms, mail)
	}
	v.asks("DELETE", v.at("/inbox"), nil, 204)
	if got := kinds(""); len(got) > 0 {
		t.Errorf("cleared, and there is %v", got)
	}

	t.Run("a slow SMS", func(t *testing.T) {
		v := s.visit(t)
		v.freezeClock()
		v.set(object{"smsDelay": "2m"})
		v.sent(asha)
		count := func() int { return len(v.ask("GET", v.at("/inbox"), nil).rows("messages")) }
		if got := count(); got != 1 {
			t.Errorf("%d messages at once; want the mail", got)
		}
		v.advance("2m")
		if got := count(); got != 2 {
			t.Errorf("%d messages two minutes later", got)
		}
	})
	t.Run("an SMS that never arrives", func(t *testing.T) {
		v := s.visit(t)
		v.set(object{"smsDropped": true})
		flow := v.sent(asha)
		v.advance("24m")
		v.asks("POST", flow+"/otp", nil, 202)
		for _, m := range v.ask("GET", v.at("/inbox"), nil).rows("messages") {
			if m["channel"] != "email" {
				t.Errorf("arrived: %v", m)
			}
		}
		v.enter(flow, v.otp("sandbox", asha.email)).is(200)
	})
}

func TestControlClock(t *testing.T) {
	s := open(t)
	v := s.visit(t)
	clock := v.at("/clock")
	v.asks("GET", clock, nil, 200).only("mode", "now").has(object{"mode": "real"})
	frozen := object{"mode": "frozen", "now": "2031-01-02T03:04:05+05:30"}
	v.asks("PUT", clock, object{"mode": "frozen", "now": "2031-01-01T21:34:05Z"}, 200).has(frozen)
	v.asks("GET", clock, nil, 200).has(frozen)
	v.asks("POST", clock+"/advance", object{"by": "1h30m"}, 200).only("mode",
		"now").has(object{"mode": "frozen", "now": "2031-01-02T04:34:05+05:30"})
	v.asks("PUT", clock, object{"mode": "frozen"}, 200).has(object{"now": "2031-01-02T04:34:05+05:30"})
	later := v.asks("PUT", clock, object{"mode": "real", "now": "2999-06-01T00:00:00+05:30"}, 200)
	if got := later.text("now"); got[:10] != "2999-06-01" || later.text("mode") != "real" {
		t.Errorf("running from 2999-06-01: %s", later.body)
	}
	before := time.Now()
	again := v.asks("PUT", clock, object{"mode": "real"}, 200)
	if got, err := time.Parse(time.RFC3339, again.text("now")); err != nil || got.Sub(before).Abs() > time.Minute {
		t.Errorf("real again: %s, at %s", again.body, before)
	}
	for _, c := range []struct {
		path  string
		body  object
		code  string
		field string
	}{
		{"", object{"mode": "fast"}, "clock-invalid", "mode"},
		{"", object{}, "clock-invalid", "mode"},
		{"", object{"mode": "frozen", "now": "2016-12-31T00:00:00+05:30"}, "clock-invalid", "now"},
		{"", object{"mode": "frozen", "now": "3000-01-02T00:00:00+05:30"}, "clock-invalid", "now"},
		{"", object{"mode": "frozen", "now": "yesterday"}, "malformed-request", "now"},
		{"", object{"mode": "frozen", "now": 0}, "malformed-request", "now"},
		{"/advance", object{}, "clock-invalid", "by"},
		{"/advance", object{"by": "-1s"}, "clock-invalid", "by"},
		{"/advance", object{"by": "2562047h"}, "", ""}, // 292 years are possible, once
		{"/advance", object{"by": "ten minutes"}, "malformed-request", "by"},
		{"/advance", object{"by": 600}, "malformed-request", "by"},
		{"/advance", object{"minutes": 10}, "malformed-request", "minutes"},
	} {
		method := map[string]string{"": "PUT", "/advance": "POST"}[c.path]
		if a := v.ask(method, clock+c.path, c.body); c.code == "" {
			a.is(200)
		} else {
			a.refused(map[string]int{"clock-invalid": 422, "malformed-request": 400}[c.code], c.code, "", c.field+" "+c.code)
		}
	}
	t.Run("advanced again and again, it neither goes back nor breaks", func(t *testing.T) {
		for _, mode := range []string{"real", "frozen"} {
			v := s.visit(t)
			v.asks("PUT", v.at("/clock"), object{"mode": mode}, 200)
			before := ""
			for range 12 {
				v.ask("POST", v.at("/clock/advance"), object{"by": "876000h"}) // a century
				now := v.asks("GET", v.at("/clock"), nil, 200).text("now")
				if now < before {
					t.Fatalf("%s: went from %s to %s", mode, before, now)
				}
				before = now
			}
			v.ask("POST", v.at("/clock/advance"), object{"by": "876000h"}).refused(422, "clock-invalid", "", "by clock-invalid")
			v.created(asha, "dakshin_api") // there still is time for a walk
		}
	})
}

func TestControlSettings(t *testing.T) {
	v := open(t).visit(t)
	settings := v.at("/settings")
	defaults := v.asks("GET", settings, nil, 200)
	defaults.has(object{
		"captchaLifetime": "5m", "otpLifetime": "10m", "otpResendInterval": "30s", "otpMaxSends": 5.0, "otpMaxAttempts": 3.0,
		"flowLifetime": "1h", "sessionIdle": "15m", "loginMaxFailures": 5.0, "loginFailureWindow": "15m",
		"lockDuration": "15m",
		"usernameMin":  6.0, "usernameMax": 15.0, "passwordMin": 8.0, "passwordMax": 15.0, "directThresholdCrore": 100.0,
		"smsDelay": "0s", "smsDropped": false, "outage": false,
	})
	v.asks("PUT", settings, object{"otpLifetime": "90s", "otpMaxAttempts": 1},
		200).has(object{"otpLifetime": "1m30s", "otpMaxAttempts": 1.0, "otpMaxSends": 5.0})
	v.freezeClock()
	flow := v.sent(asha)
	v.advance("91s")
	v.enter(flow, v.otp("sandbox", asha.mobile)).refused(422, "otp-expired", "", "otp otp-expired")
	v.asks("POST", flow+"/otp", nil, 202)
	v.enter(flow, "wrong").refused(422, "otp-attempts-exhausted", "", "otp otp-attempts-exhausted")
	// a setting that is left out gets its default
	v.asks("PUT", settings, object{"directThresholdCrore": 40}, 200).has(object{"otpLifetime": "10m"})
	direct := object{"registrationThrough": "DIRECT", "companyName": nil, "clientId": "ABCCL33TXP6V9HN",
		"clientSecret": "LantanaSecret0000006"}
	lantana := person{gstin: "33ABCCL1246K1ZN", mobile: "9876533304", username: "lantana33", password: "Lantana@2024"}
	v.asks("POST", v.submittable(lantana)+"/api-user", changed(productionUser("lantana_api"), direct), 201)

	v.ask("PUT", settings, object{"otpLifetime": "0s", "passwordMin": 3}).
		refused(422, "setting-invalid", "", "otpLifetime setting-invalid", "passwordMin setting-invalid")
	v.ask("PUT", settings, object{"otpLifetime": 10}).refused(400, "malformed-request", "",
		"otpLifetime malformed-request")
	v.ask("PUT", settings, object{"otpMaxSends": 2.5}).refused(400, "malformed-request", "",
		"otpMaxSends malformed-request")
	v.ask("PUT", settings, object{"otpLifeTime": "1m"}).refused(400, "malformed-request", "",
		"otpLifeTime malformed-request")
	v.asks("GET", settings, nil, 200).has(object{"directThresholdCrore": 40.0}) // refused changes changed nothing
	// PATCH changes the settings and the rules that it names, and leaves the others
	v.asks("PUT", settings, object{"otpLifetime": "90s", "outage": true, "rules": object{"hsn-length": false}}, 200)
	want := object{"otpLifetime": "1m30s", "outage": false, "otpMaxSends": 2.0,
		"rules": object{"hsn-length": false, "pin-exists": false}}
	some := object{"outage": false, "otpMaxSends": 2, "rules": object{"pin-exists": false}}
	v.asks("PATCH", settings, some, 200).has(want)
	v.asks("PATCH", settings, object{}, 200).has(want)
	v.ask("PATCH", settings, object{"otpMaxSends": 3, "captchaLifetime": "0s", "rules": object{"hsn": true, "hns": true}}).
		refused(422, "setting-invalid", "", "captchaLifetime setting-invalid", "rules.hns setting-invalid",
			"rules setting-invalid")
	v.ask("PATCH", settings, object{"otpLifeTime": "1m"}).refused(400, "malformed-request", "",
		"otpLifeTime malformed-request")
	v.asks("GET", settings, nil, 200).has(want) // refused changes changed nothing
	if got := v.asks("PUT", settings, object{}, 200); string(got.body) != string(defaults.body) {
		t.Errorf("PUT {} gives %s; the defaults are %s", got.body, defaults.body)
	}
}

func TestControlRequests(t *testing.T) {
	v := open(t).visit(t)
	v.asks("POST", v.sandbox+v1+"/captchas", nil, 201)
	v.ask("POST", v.production+v1+"/login", object{"username": "dakshin29", "password": "Dakshin@2024"}, "X-Request-Id",
		"the-login").is(422)
	v.ask("GET", v.sandbox+v1+"/registrations/nothing?secret=Dakshin@2024", nil).is(404)
	v.asks("GET", v.at("/requests"), nil, 200) // calls of the control API are not in the journal
	rows := v.asks("GET", v.at("/requests"), nil, 200).only("requests").rows("requests")
	var got []string
	for _, r := range rows {
		got = append(got, r["environment"].(string)+" "+r["method"].(string)+" "+r["path"].(string)[len(v.prefix):]+" "+
			strconv.Itoa(int(r["status"].(float64))))
	}
	want := []string{"sandbox GET /portal/v1/registrations/nothing 404", "production POST /portal/v1/login 422",
		"sandbox POST /portal/v1/captchas 201"}
	if !slices.Equal(got, want) {
		t.Fatalf("%q; want %q", got, want)
	}
	login := rows[1]
	if diff := cmp.Diff(object{"username": "dakshin29", "password": "***"}, login["request"]); diff != "" ||
		login["requestId"] != "the-login" {
		t.Errorf("%v: %s", login, diff)
	}
	reason, _ := login["reason"].(object)
	if reason["code"] != "captcha-expired" || reason["detail"] == "" || reason["fields"] == nil {
		t.Errorf("reason %v", reason)
	}
	if rows[2]["reason"] != nil || rows[2]["request"] != nil || rows[2]["response"] == nil {
		t.Errorf("a good one: %v", rows[2])
	}
	count := func(query string) int {
		t.Helper()
		return len(v.asks("GET", v.at("/requests"+query), nil, 200).rows("requests"))
	}
	if a, b, c := count("?limit=2"), count("?environment=production"), count("?environment=sandbox&limit=1"); a != 2 ||
		b != 1 || c != 1 {
		t.Errorf("limits give %d, %d, %d", a, b, c)
	}
	for _, query := range []string{"limit=0", "limit=-1", "limit=x"} {
		v.ask("GET", v.at("/requests?"+query), nil).refused(422, "value-invalid", "", "limit value-invalid")
	}
	v.ask("GET", v.at("/requests?environment=moon"), nil).refused(422, "environment-invalid", "",
		"environment environment-invalid")
}

func TestPublicKeys(t *testing.T) {
	v := open(t).in(t, "")
	var keys []string
	for _, environment := range []string{"sandbox", "production"} {
		a := v.asks("GET", v.at("/public-keys/"+environment+".pem"), nil, http.StatusOK)
		block, rest := pem.Decode(a.body)
		if block == nil || block.Type != "PUBLIC KEY" || len(rest) > 0 {
			t.Fatalf("%s: %s", environment, a.body)
		}
		key, err := x509.ParsePKIXPublicKey(block.Bytes)
		if _, isRSA := key.(*rsa.PublicKey); err != nil || !isRSA {
			t.Errorf("%s: %T, %v", environment, key, err)
		}
		keys = append(keys, string(a.body))
	}
	if keys[0] == keys[1] {
		t.Error("both environments have one key")
	}
	v.ask("GET", v.at("/public-keys/moon.pem"), nil).refused(404, "not-found", "")
}

func TestResetAndWorlds(t *testing.T) {
	s := open(t)
	v := s.visit(t)
	v.freezeClock()
	v.set(object{"otpMaxSends": 1})
	v.patch(deepak.gstin, object{"status": "CANCELLED"})
	flow := v.sent(asha)
	v.created(ellora, "ellora_api")
	v.asks("POST", v.at("/reset"), nil, 204)
	v.asks("GET", v.at("/clock"), nil, 200).has(object{"mode": "real"})
	v.asks("GET", v.at("/settings"), nil, 200).has(object{"otpMaxSends": 5.0})
	v.asks("GET", v.at("/taxpayers/"+deepak.gstin), nil, 200).has(object{"status": "ACTIVE"})
	for path, list := range map[string]string{"/inbox": "messages", "/requests": "requests"} {
		if got := v.asks("GET", v.at(path), nil, 200).rows(list); len(got) > 0 {
			t.Errorf("%s has %v", path, got)
		}
	}
	v.ask("GET", flow, nil).refused(404, "not-found", "")
	v.created(ellora, "ellora_api")

	name := v.prefix[len("/w/"):]
	listed := func() bool {
		t.Helper()
		return slices.ContainsFunc(s.in(t, "").asks("GET", s.Control+"/control/v1/worlds", nil,
			200).only("worlds").rows("worlds"), func(w object) bool {
			return w["name"] == name && w["createdAt"] != "" && w["lastUsedAt"] != ""
		})
	}
	if !listed() {
		t.Error("the world is not listed")
	}
	control := s.in(t, "")
	control.asks("DELETE", s.Control+"/control/v1/worlds/"+name, nil, 204)
	if listed() {
		t.Error("the world is still listed")
	}
	control.ask("DELETE", s.Control+"/control/v1/worlds/"+name, nil).refused(404, "not-found", "")
	v.created(ellora, "ellora_api") // in a fresh one
}
