package httpd_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// A captcha can be answered once, correctly or not.
func TestCaptchas(t *testing.T) {
	s := open(t)
	for _, portal := range []string{"sandbox", "production"} {
		t.Run(portal, func(t *testing.T) {
			v := s.visit(t)
			v.freezeClock()
			base := v.where(portal) + v1 + "/captchas"
			a := v.asks("POST", base, nil, 201).only("captchaId", "image",
				"expiresAt").has(object{"expiresAt": "2026-11-22T12:05:00+05:30"})
			id, image := a.text("captchaId"), a.text("image")
			if want := v.prefix + v1 + "/captchas/" + id + ".png"; image != want {
				t.Errorf("image %q; want %q", image, want)
			}
			picture := strings.TrimSuffix(v.where(portal), v.prefix) + image
			first, again := v.ask("GET", picture, nil), v.ask("GET", picture, nil)
			if first.header.Get("Content-Type") != "image/png" || !bytes.HasPrefix(first.body, []byte("\x89PNG\r\n")) ||
				!bytes.Equal(first.body, again.body) {
				t.Errorf("picture %v, %q", first.header, first.body[:min(8, len(first.body))])
			}
			v.asks("GET", v.control+"/control/v1/captchas/"+id, nil, 200).only("answer")
			v.advance("4m59.999s")
			v.ask("GET", picture, nil).is(200)
			v.advance("1ms")
			v.ask("GET", picture, nil).refused(404, "not-found", "")
			v.ask("GET", base+"/no-id.png", nil).refused(404, "not-found", "")
		})
	}
	spent := func(v *visitor, captcha object) {
		v.t.Helper()
		v.ask("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), object{"captcha": captcha})).
			refused(422, "captcha-expired", "", "captcha.captchaId captcha-expired")
		v.ask("GET", fmt.Sprintf("%s%s/captchas/%s.png", v.sandbox, v1, captcha["captchaId"]), nil).refused(404, "not-found",
			"")
		v.ask("GET", fmt.Sprintf("%s/control/v1/captchas/%s", v.control, captcha["captchaId"]), nil).refused(404, "not-found",
			"")
	}
	for name, use := range map[string]func(*visitor, object){
		"used well": func(v *visitor, c object) {
			v.asks("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), object{"captcha": c}), 201)
		},
		"read wrong": func(v *visitor, c object) {
			wrong := changed(c, object{"answer": "WRONG!"})
			v.ask("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), object{"captcha": wrong})).is(422)
		},
		"used on a refused form": func(v *visitor, c object) {
			v.ask("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), object{"captcha": c, "gstin": "x"})).is(422)
		},
		"used at the login": func(v *visitor, c object) {
			v.ask("POST", v.sandbox+v1+"/login", object{"username": "x", "password": "y", "captcha": c}).is(401)
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := s.visit(t)
			captcha := v.captcha("sandbox")
			use(v, captcha)
			spent(v, captcha)
		})
	}
	t.Run("too old", func(t *testing.T) {
		v := s.visit(t)
		v.freezeClock()
		captcha := v.captcha("sandbox")
		v.advance("5m1ms")
		spent(v, captcha)
	})
	t.Run("of the other portal, where it remains unused", func(t *testing.T) {
		v := s.visit(t)
		captcha := v.captcha("production")
		v.ask("POST", v.sandbox+v1+"/registrations", changed(v.registrant(asha), object{"captcha": captcha})).
			refused(422, "captcha-expired", "", "captcha.captchaId captcha-expired")
		v.asks("POST", v.production+v1+"/login", changed(v.login(asha), object{"captcha": captcha}), 200)
	})
}
