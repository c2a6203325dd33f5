package irpapi_test

import (
	"strings"
	"testing"
)

// What takes a right away ends the token at once, and giving the right back does not bring it back.
func TestTokensEndWithTheirRight(t *testing.T) {
	s := open(t)
	const user = "/api-users/sandbox/dakshin_api"
	patch := func(path string, change object) func(*place) {
		return func(w *place) { w.control("PATCH", path, change) }
	}
	for _, c := range []struct {
		name        string
		takes, back func(*place)
		why         string // a part of the cause in the journal
	}{
		{"the user is frozen", patch(user, object{"frozen": true}), patch(user, object{"frozen": false}), "frozen"},
		{"the password is changed", patch(user, object{"password": "Another@2025"}),
			patch(user, object{"password": secret}), "password"},
		{"the taxpayer is cancelled", patch("/taxpayers/"+dakshin.gstin, object{"status": "CANCELLED"}),
			patch("/taxpayers/"+dakshin.gstin, object{"status": "ACTIVE"}), "cancelled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := s.world(t)
			u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
			u.call("GET", details+u.gstin, nil).good()
			c.takes(w)
			u.call("GET", details+u.gstin, nil).refused("1005")
			reason := w.requests()[0]["reason"].(object)
			if cause, _ := reason["cause"].(string); !strings.Contains(cause, c.why) {
				t.Errorf("the cause %q does not have %q", cause, c.why)
			}
			c.back(w)
			u.call("GET", details+u.gstin, nil).refused("1005")
			old := u.token
			u.login().call("GET", details+u.gstin, nil).good()
			if u.token == old {
				t.Error("a login gave the ended token again")
			}
		})
	}
}

// The portal's own forms end the token too.
func TestThePortalEndsTokens(t *testing.T) {
	s := open(t)
	for name, ends := range map[string]func(w *place, portal, cookie string){
		"freeze": func(w *place, portal, cookie string) {
			w.json("POST", portal+"/api-users/API_dakshin_live/freeze", nil, cookie)
		},
		"change the password": func(w *place, portal, cookie string) {
			w.json("PUT", portal+"/api-users/API_dakshin_live/password",
				object{"currentPassword": secret, "newPassword": "Another@2025"}, cookie)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.world(t)
			u := w.user("production", dakshin, sahyadri, "dakshin_live").login()
			u.call("GET", details+u.gstin, nil).good()
			portal := w.base["production"] + "/portal/v1"
			captcha := w.json("POST", portal+"/captchas", nil, "").object(t)["captchaId"].(string)
			cookie := w.json("POST", portal+"/login", object{"username": dakshin.login, "password": dakshin.password,
				"captcha": object{"captchaId": captcha, "answer": w.control("GET", "/captchas/"+captcha, nil).object(t)["answer"]},
			}, "").cookie()
			ends(w, portal, cookie)
			u.call("GET", details+u.gstin, nil).refused("1005")
			w.json("GET", portal+"/session", nil, cookie) // the session of the taxpayer's login goes on
		})
	}
}
