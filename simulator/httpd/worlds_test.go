package httpd_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestWorldsInPaths(t *testing.T) {
	s := open(t)
	v := s.in(t, "")
	for _, c := range []struct {
		world string
		good  bool
	}{
		{"suite-7", true}, {"0", true}, {"default", true}, {strings.Repeat("x", 40), true},
		{strings.Repeat("x", 41), false}, {"Suite", false}, {"a_b", false}, {"a.b", false}, {"a%20b", false}, {"", false},
		{"%2e%2e", false}, {"%C3%A9", false},
	} {
		t.Run(c.world, func(t *testing.T) {
			v := *v
			v.t = t
			for _, url := range []string{v.sandbox + "/w/" + c.world + v1 + "/providers",
				v.control + "/w/" + c.world + "/control/v1/clock"} {
				if a := v.ask("GET", url, nil); c.good {
					a.is(200)
				} else {
					a.refused(404, "not-found", "")
				}
			}
		})
	}
	t.Run("a world inside a world", func(t *testing.T) {
		v.ask("GET", v.sandbox+"/w/a/w/b"+v1+"/providers", nil).refused(404, "not-found", "")
	})
	t.Run("nothing after the name", func(t *testing.T) {
		for _, path := range []string{"/w/a", "/w/a/"} {
			response, err := http.Get(v.sandbox + path)
			if err != nil {
				t.Fatal(err)
			}
			page, err := io.ReadAll(response.Body)
			response.Body.Close()
			if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(string(page), `href="/w/a/login"`) {
				t.Errorf("GET %s is not a home page whose links stay in the world: %d, %v", path, response.StatusCode, err)
			}
		}
	})
}

// Links and the instance of an error have the prefix of the world of the request, and none for a request without a
// prefix.
func TestLinksStayInTheirWorld(t *testing.T) {
	s := open(t)
	for _, prefix := range []string{"", "/w/default", "/w/links"} {
		t.Run(prefix, func(t *testing.T) {
			v := s.in(t, prefix)
			check := func(what, got string) {
				t.Helper()
				if !strings.HasPrefix(got, prefix+v1+"/") {
					t.Errorf("%s %q; want %s%s/…", what, got, prefix, v1)
				}
			}
			a := v.asks("POST", v.sandbox+v1+"/captchas", nil, 201)
			check("image", a.text("image"))
			check("Location of a captcha", a.header.Get("Location"))
			check("Location of a registration", v.asks("POST", v.sandbox+v1+"/registrations", v.registrant(asha),
				201).header.Get("Location"))
			v.signIn(asha)
			check("Location of an API registration",
				v.asks("POST", v.production+v1+"/api-registrations", nil, 201).header.Get("Location"))
			check("Location of a password reset", v.asks("POST", v.production+v1+"/password-resets", v.forgetful(deepak),
				201).header.Get("Location"))
			check("instance", v.ask("POST", v.sandbox+v1+"/registrations", object{}).text("instance"))
			check("instance", v.ask("GET", v.sandbox+v1+"/nothing", nil).text("instance"))
			check("instance", v.ask("GET", v.sandbox+v1+"/login", nil).text("instance"))
		})
	}
}

// Without a prefix, the world is default.
func TestDefaultWorld(t *testing.T) {
	s := open(t)
	plain, named := s.in(t, ""), s.in(t, "/w/default")
	flow := plain.verified(asha)
	named.asks("POST", strings.Replace(flow, v1, "/w/default"+v1, 1)+"/api-user", apiUser("dakshin_api"), 201)
	plain.ask("POST", plain.verified(asha)+"/api-user", apiUser("dakshin_api")).is(409)
}

// Worlds share nothing: no flow, captcha, user, message, time, setting, taxpayer or entry of the journal.
func TestWorldsAreSeparate(t *testing.T) {
	s := open(t)
	a, b := s.visit(t), s.visit(t)
	a.freezeClock()
	a.set(object{"otpMaxSends": 1})
	a.patch(deepak.gstin, object{"status": "CANCELLED"})
	flow, captcha := a.sent(asha), a.captcha("sandbox")
	a.submitted(asha, "dakshin_api")
	here := func(url string) string { return strings.Replace(url, a.prefix, b.prefix, 1) }

	b.cookie = a.cookie
	for _, call := range []string{"GET " + flow, "POST " + flow + "/otp"} {
		method, url, _ := strings.Cut(call, " ")
		b.ask(method, here(url), nil).refused(404, "not-found", "")
	}
	b.enter(here(flow), a.otp("sandbox", asha.mobile)).refused(404, "not-found", "")
	b.ask("GET", b.production+v1+"/session", nil).refused(401, "session-required", "")
	b.ask("GET", b.control+"/control/v1/captchas/"+captcha["captchaId"].(string), nil).refused(404, "not-found", "")
	if got := b.asks("GET", b.control+"/control/v1/inbox", nil, 200).rows("messages"); len(got) > 0 {
		t.Errorf("messages %v", got)
	}
	b.asks("GET", b.control+"/control/v1/clock", nil, 200).has(object{"mode": "real"})
	b.asks("GET", b.control+"/control/v1/settings", nil, 200).has(object{"otpMaxSends": 5.0})
	b.asks("GET", b.control+"/control/v1/taxpayers/"+deepak.gstin, nil, 200).has(object{"status": "ACTIVE"})
	for _, row := range b.asks("GET", b.control+"/control/v1/requests", nil, 200).rows("requests") {
		if !strings.HasPrefix(row["path"].(string), b.prefix+"/") {
			t.Errorf("the journal has %v", row["path"])
		}
	}
	b.submitted(asha, "dakshin_api") // the name is free here
	b.ask("POST", b.sandbox+v1+"/registrations", changed(b.registrant(asha), object{"captcha": captcha})).
		refused(422, "captcha-expired", "", "captcha.captchaId captcha-expired")
	a.asks("POST", a.sandbox+v1+"/registrations", changed(a.registrant(asha), object{"captcha": captcha}), 201)
}
