package httpd_test

import (
	"strings"
	"testing"
)

func TestLogin(t *testing.T) {
	s := open(t)
	as := func(username, password string) object { return object{"username": username, "password": password} }
	for _, c := range []struct {
		name    string
		by      object
		status  int
		code    string
		nicCode string
		fields  []string
	}{
		{"wrong password", object{"password": "Dakshin@2025"}, 401, "login-failed", "3002", nil},
		{"unknown username", as("nobody99", "Dakshin@2024"), 401, "login-failed", "3002", nil},
		{"username in capitals", object{"username": "DAKSHIN29"}, 401, "login-failed", "3002", nil},
		{"password left out", object{"password": nil}, 401, "login-failed", "3002", nil},
		{"both left out", object{"username": nil, "password": nil}, 401, "login-failed", "3002", nil},
		{"captcha left out", object{"captcha": nil}, 422, "captcha-expired", "",
			[]string{"captcha.captchaId captcha-expired"}},
		{"cancelled", as("chitra27", "Chitra@2024"), 403, "account-cancelled", "3034", nil},
		{"inactive", as("ishana09", "Ishana@2024"), 403, "account-frozen", "3033", nil},
		{"provisional", as("patola24", "Patola@2024"), 403, "account-inactive", "3036", nil},
		{"suspended", as("sambhar08", "Sambhar@2024"), 403, "account-suspended", "3035", nil},
		{"not enabled", as("nilkantha19", "Nilkantha@2024"), 403, "not-enabled", "3046", nil},
		{"transporter", as("trishul03", "Trishul@2024"), 403, "transporter-only", "3032", nil},
		{"frozen", as("firefly21", "Firefly@2024"), 403, "account-frozen", "3033", nil},
		{"frozen, and the password wrong", as("firefly21", "Firefly@2025"), 401, "login-failed", "3002", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			a := v.ask("POST", v.production+v1+"/login", changed(v.login(asha), c.by)).refused(c.status, c.code, c.nicCode,
				c.fields...)
			if a.header.Get("Set-Cookie") != "" {
				t.Errorf("a refused login sets the cookie %s", a.header.Get("Set-Cookie"))
			}
		})
	}
	t.Run("with the credentials of the E-Way Bill portal", func(t *testing.T) {
		s.visit(t).signIn(ellora).has(object{"username": "ewbtel36", "gstin": ellora.gstin, "source": "EWAY_BILL"})
	})
	t.Run("one answer for an unknown username and a wrong password", func(t *testing.T) {
		v := s.visit(t)
		unknown := v.ask("POST", v.production+v1+"/login", changed(v.login(asha), as("nobody99", "Dakshin@2024")))
		wrong := v.ask("POST", v.production+v1+"/login", changed(v.login(asha), as("dakshin29", "Dakshin@2025")))
		for _, a := range []answer{unknown, wrong} {
			a.header.Del("X-Request-Id")
			a.header.Del("Date")
		}
		if string(unknown.body) != string(wrong.body) || len(unknown.header) != len(wrong.header) {
			t.Errorf("%s beside %s; %v beside %v", unknown.body, wrong.body, unknown.header, wrong.header)
		}
		for name := range unknown.header {
			if unknown.header.Get(name) != wrong.header.Get(name) {
				t.Errorf("%s: %q beside %q", name, unknown.header.Get(name), wrong.header.Get(name))
			}
		}
	})
}

func TestLock(t *testing.T) {
	s := open(t)
	try := func(v *visitor, username, password string) answer {
		v.t.Helper()
		return v.ask("POST", v.production+v1+"/login",
			changed(v.login(asha), object{"username": username, "password": password}))
	}
	for _, username := range []string{asha.username, "nobody99"} { // the lock does not reveal which usernames exist
		t.Run("the fifth wrong password of "+username, func(t *testing.T) {
			v := s.visit(t)
			v.freezeClock()
			for range 4 {
				try(v, username, "wrong").refused(401, "login-failed", "3002")
			}
			if got := try(v, username, "wrong").refused(423, "account-locked", "").header.Get("Retry-After"); got != "900" {
				t.Errorf("Retry-After %q; want 900", got)
			}
			v.advance("14m59s500ms")
			if got := try(v, username, asha.password).refused(423, "account-locked", "").header.Get("Retry-After"); got != "1" {
				t.Errorf("Retry-After %q; want 1", got)
			}
			v.asks("POST", v.production+v1+"/login", v.login(deepak), 200) // another user is not locked
			v.advance("500ms")
			try(v, username, "wrong").refused(401, "login-failed", "3002")
		})
	}
	t.Run("each spelling counts as the same name", func(t *testing.T) {
		v := s.visit(t)
		v.freezeClock()
		for _, spelling := range []string{"dakshin29", "Dakshin29", "DAKSHIN29", "dAkShIn29"} {
			try(v, spelling, "wrong").refused(401, "login-failed", "3002")
		}
		try(v, "daKSHin29", "wrong").refused(423, "account-locked", "")
		try(v, asha.username, asha.password).refused(423, "account-locked", "")
		v.asks("DELETE", v.at("/portal-users/dakshin29"), nil, 204) // the count ends with the login, in any case
		try(v, "DAKSHIN29", "wrong").refused(401, "login-failed", "3002")
	})
	t.Run("ends after its time", func(t *testing.T) {
		v := s.visit(t)
		v.freezeClock()
		for range 5 {
			try(v, asha.username, "wrong")
		}
		v.advance("15m")
		try(v, asha.username, asha.password).is(200)
	})
	t.Run("old wrong passwords do not count", func(t *testing.T) {
		v := s.visit(t)
		v.freezeClock()
		for range 4 {
			try(v, asha.username, "wrong")
		}
		v.advance("15m")
		for range 4 {
			try(v, asha.username, "wrong").refused(401, "login-failed", "3002")
		}
		try(v, asha.username, "wrong").refused(423, "account-locked", "")
	})
	t.Run("the right password resets the count", func(t *testing.T) {
		v := s.visit(t)
		for range 2 {
			for range 4 {
				try(v, asha.username, "wrong").refused(401, "login-failed", "3002")
			}
			try(v, asha.username, asha.password).is(200)
		}
	})
	t.Run("a wrong captcha does not count as a wrong password", func(t *testing.T) {
		v := s.visit(t)
		for range 6 {
			v.ask("POST", v.production+v1+"/login", changed(v.login(asha), object{"password": "wrong", "captcha": nil})).is(422)
		}
		try(v, asha.username, asha.password).is(200)
	})
}

func TestSessions(t *testing.T) {
	s := open(t)
	session := func(v *visitor) answer { v.t.Helper(); return v.ask("GET", v.production+v1+"/session", nil) }
	for _, c := range []struct {
		name string
		play func(*visitor)
	}{
		{"none", func(v *visitor) { session(v).refused(401, "session-required", "") }},
		{"invented", func(v *visitor) {
			v.cookie = "nicsim_production=invented"
			session(v).refused(401, "session-required", "")
		}},
		{"kept alive by use", func(v *visitor) {
			v.signIn(asha)
			for range 5 {
				v.advance("14m59.999s")
				session(v).is(200)
			}
		}},
		{"idle for 15 minutes", func(v *visitor) {
			v.signIn(asha)
			v.advance("15m")
			session(v).refused(401, "session-expired", "")
			v.ask("POST", v.production+v1+"/api-registrations", nil).refused(401, "session-expired", "")
		}},
		{"logged out", func(v *visitor) {
			v.signIn(asha)
			a := v.asks("POST", v.production+v1+"/logout", nil, 204)
			if got := a.header.Get("Set-Cookie"); !strings.HasPrefix(got, "nicsim_production=;") ||
				!strings.Contains(got, "Max-Age=0") {
				v.t.Errorf("Set-Cookie %q", got)
			}
			session(v).refused(401, "session-required", "")
		}},
		{"of the other portal", func(v *visitor) {
			v.signIn(asha)
			v.cookie = strings.Replace(v.cookie, "nicsim_production", "nicsim_sandbox", 1)
			v.ask("GET", v.sandbox+v1+"/session", nil).refused(401, "session-required", "")
		}},
		{"of another world", func(v *visitor) {
			other := s.visit(v.t)
			other.signIn(asha)
			v.cookie = other.cookie
			session(v).refused(401, "session-required", "")
		}},
		{"an old one beside a good one", func(v *visitor) {
			v.signIn(asha)
			v.cookie = "nicsim_production=old; " + v.cookie
			session(v).is(200)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := s.visit(t)
			v.freezeClock()
			c.play(v)
		})
	}
	for _, at := range []string{"", "/w/cookies"} {
		t.Run("cookie in the world "+at, func(t *testing.T) {
			got := s.in(t, at).signIn(asha).header.Get("Set-Cookie")
			value, attributes, _ := strings.Cut(got, "; ")
			if !strings.HasPrefix(value, "nicsim_production=") || attributes != "Path="+at+"/; HttpOnly; SameSite=Strict" {
				t.Errorf("Set-Cookie %q", got)
			}
		})
	}
}
