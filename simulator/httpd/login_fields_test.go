package httpd_test

import "testing"

func TestSandboxLoginRefuses(t *testing.T) {
	v := open(t).visit(t)
	v.created(asha, "dakshin_api")
	const konkan = "AABCK27GSP4K7QX"
	for _, c := range []struct {
		name string
		form object
	}{
		{"wrong password", object{"username": "dakshin_api", "password": "Testing@124"}},
		{"no password", object{"username": "dakshin_api"}},
		{"username in capitals", object{"username": "DAKSHIN_API", "password": "Testing@123"}},
		{"unknown username", object{"username": "nobody", "password": "Testing@123"}},
		{"a portal user of production", object{"username": asha.username, "password": asha.password}},
		{"wrong secret", object{"clientId": konkan, "clientSecret": "KonkanSecret00000003"}},
		{"no secret", object{"clientId": konkan}},
		{"unknown client id", object{"clientId": "AABCK27GSP00000", "clientSecret": "KonkanSecret00000002"}},
		{"unknown client id, and no secret", object{"clientId": "AABCK27GSP00000"}},
		{"a client id with a password", object{"clientId": konkan, "password": "KonkanSecret00000002"}},
		{"nothing", object{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := *v
			v.t = t
			v.ask("POST", v.sandbox+v1+"/login", changed(c.form, object{"captcha": v.captcha("sandbox")})).refused(401,
				"login-failed", "3002")
		})
	}
	t.Run("both a username and a client id", func(t *testing.T) {
		form := object{"username": "dakshin_api", "password": "Testing@123", "clientId": konkan,
			"captcha": v.captcha("sandbox")}
		v.ask("POST", v.sandbox+v1+"/login", form).refused(400, "malformed-request", "", "clientId malformed-request")
	})
	t.Run("a client id in production, where there is no such field", func(t *testing.T) {
		form := changed(v.login(asha), object{"clientId": konkan})
		v.ask("POST", v.production+v1+"/login", form).refused(400, "malformed-request", "", "clientId malformed-request")
		form = changed(v.login(asha), object{"clientSecret": "x"})
		v.ask("POST", v.production+v1+"/login", form).refused(400, "malformed-request", "", "clientSecret malformed-request")
	})
}
