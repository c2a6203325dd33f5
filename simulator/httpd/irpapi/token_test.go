package irpapi_test

import (
	"bytes"
	"testing"
)

const details = "/eivital/v1.04/Master/gstin/" // any call will do

// A user has one token with one SEK until it expires, for every AppKey that is sent.
func TestTokenLife(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		env       string
		untilLast string // from login to ten minutes and a second before expiry
	}{
		{"sandbox", "49m59s"},
		{"production", "5h49m59s"},
	} {
		t.Run(c.env, func(t *testing.T) {
			w := s.world(t)
			u := w.user(c.env, dakshin, sahyadri, "dakshin_api").login()
			first := u.auth(nil).good()
			again := u.as(func(c *caller) { c.appKey = []byte("and another AppKey has as many..") })
			w.advance(c.untilLast)
			for _, force := range []bool{false, true} {
				same := again.auth(object{"ForceRefreshAccessToken": force}).good()
				again.keep(same)
				if again.token != u.token || !bytes.Equal(again.sek, u.sek) || same["TokenExpiry"] != first["TokenExpiry"] {
					t.Errorf("before the last ten minutes, force %v: %v after %v", force, same, first)
				}
				if same["Sek"] == first["Sek"] {
					t.Error("the SEK is under the AppKey of the first login")
				}
			}

			w.advance("1s") // the last ten minutes
			again.keep(again.auth(nil).good())
			if again.token != u.token {
				t.Error("a new token that nobody asked for")
			}
			renewed := again.auth(object{"ForceRefreshAccessToken": true}).good()
			again.keep(renewed)
			if again.token == u.token || bytes.Equal(again.sek, u.sek) || renewed["TokenExpiry"] == first["TokenExpiry"] {
				t.Errorf("renewed: %v after %v", renewed, first)
			}
			u.call("GET", details+u.gstin, nil).refused("1005") // the old one died
			again.call("GET", details+u.gstin, nil).good()

			for range 2 { // and is not renewed twice
				again.keep(again.auth(object{"ForceRefreshAccessToken": true}).good())
			}
			again.call("GET", details+u.gstin, nil).good()

			w.advance(map[string]string{"sandbox": "59m59s", "production": "5h59m59s"}[c.env])
			again.call("GET", details+u.gstin, nil).good()
			w.advance("1s")
			again.call("GET", details+u.gstin, nil).refused("1005")
			fresh := again.as(func(*caller) {}).login()
			if fresh.token == again.token {
				t.Error("the expired token came back")
			}
			fresh.call("GET", details+u.gstin, nil).good()
		})
	}
}

// The order of the checks of every other call: each request has two violations.
func TestCallOrder(t *testing.T) {
	w := open(t).world(t)
	good := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	order := []string{"1011", "1012", "1004", "1010", "1006", "1005", "1015", "1020"}
	for i, first := range order {
		for _, second := range order[i:] {
			t.Run(first+" before "+second, func(t *testing.T) {
				c := good.as(func(c *caller) { c.w = c.w.in(t) })
				body := encode(t, object{"Data": aesSeal(c.sek, []byte("{}"))})
				for _, code := range []string{second, first} { // so that the earlier one wins in one place
					switch code {
					case "1011":
						c.clientID = ""
					case "1012":
						c.clientSecret = ""
					case "1004":
						c.gstin = ""
					case "1010":
						if c.clientID != "" && c.clientSecret != "" {
							c.clientSecret = konkan.secret
						}
					case "1006":
						c.name = ""
					case "1005":
						c.token = "abcdefghijklmnopqrstuvwxy"
					case "1015":
						c.gstin = "27ABCCD1234E1Z5"
					case "1020":
						body = encode(t, object{"Data": aesSeal(make([]byte, 32), []byte("{}"))})
					}
				}
				c.callWith("POST", "/eicore/v1.03/Invoice", body).refused(first)
			})
		}
	}
	good.callWith("POST", "/eicore/v1.03/Invoice", []byte(`{}`)).refused("5003")
}

// A token is one user's, at one client, in one environment of one world.
func TestTokenOfAnother(t *testing.T) {
	s := open(t)
	w := s.world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	second := w.user("sandbox", dakshin, konkan, "dakshin_two").login()
	produced := w.user("production", dakshin, sahyadri, "dakshin_api").login()
	abroad := s.world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	if u.token == second.token || u.token == abroad.token {
		t.Fatal("two logins with one token")
	}
	for name, c := range map[string]*caller{
		"of another user":        u.as(func(c *caller) { c.token = second.token }),
		"of another client":      u.as(func(c *caller) { c.clientID, c.clientSecret = konkan.id, konkan.secret }),
		"of another environment": u.as(func(c *caller) { c.token = produced.token }),
		"for production":         produced.as(func(c *caller) { c.token = u.token }),
		"of another world":       u.as(func(c *caller) { c.token = abroad.token }),
		"of another name":        u.as(func(c *caller) { c.name = "dakshin_two" }),
		"of a name's other case": u.as(func(c *caller) { c.name = "DAKSHIN_API" }),
		"none":                   u.as(func(c *caller) { c.token = "" }),
		"of another case":        u.as(func(c *caller) { c.token = u.token[:24] + "*" }),
	} {
		t.Run(name, func(t *testing.T) {
			c.w = c.w.in(t)
			c.call("GET", details+u.gstin, nil).refused("1005")
			c.generate(invoice("T-1")).refused("1005")
		})
	}
	t.Run("for another GSTIN", func(t *testing.T) {
		u.as(func(c *caller) { c.gstin = "27ABCCD1234E1Z5" }).call("GET", details+u.gstin, nil).refused("1015")
	})
}

// The user that its taxpayer froze cannot log in again.
func TestFrozenUser(t *testing.T) {
	w := open(t).world(t)
	u := w.user("production", dakshin, sahyadri, "dakshin_api").login()
	portal := w.base["production"] + "/portal/v1"
	captcha := w.json("POST", portal+"/captchas", nil, "").object(t)["captchaId"].(string)
	signedIn := w.json("POST", portal+"/login", object{
		"username": dakshin.login, "password": dakshin.password,
		"captcha": object{"captchaId": captcha, "answer": w.control("GET", "/captchas/"+captcha, nil).object(t)["answer"]},
	}, "")
	w.json("POST", portal+"/api-users/"+u.name+"/freeze", nil, signedIn.cookie())
	u.auth(nil).refused("1014")
}

// The version that NIC withdrew: off unless the world says otherwise, each secret
// sealed on its own, no Gstin header.
func TestAuthV103(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	seal := func(secret string) string { return rsaSeal(t, w.keys["sandbox"], []byte(secret)) }
	body := object{"UserName": u.name, "Password": seal(secret), "AppKey": seal(string(u.appKey)),
		"ForceRefreshAccessToken": true}
	send := func(data any, gstin string) reply {
		h := u.authHeaders()
		if h["Gstin"] = gstin; gstin == "" {
			delete(h, "Gstin")
		}
		return w.send("POST", w.base["sandbox"]+"/eivital/v1.03/auth", h, encode(t, object{"data": data}))
	}
	if r := send(body, ""); r.status != 404 {
		t.Fatalf("answered %d %s while it is off", r.status, r.body)
	}
	w.settings(object{"irpV103": true})
	login := read(t, send(body, ""))
	u.keep(login.doc["Data"].(object))
	u.call("GET", "/eivital/v1.03/Master/gstin/"+u.gstin, nil).good()
	// base64 inside, as some did
	read(t, send(with(body, object{"AppKey": seal("YW4gQXBwS2V5IGhhcyB0aGlydHktdHdvIGJ5dGVzLi4=")}), u.gstin))

	for code, data := range map[string]any{
		"5003": nil,
		"1007": "text",
		"1013": with(body, object{"Password": "bm90aGluZw=="}),
		"1016": with(body, object{"AppKey": seal("short")}),
		"1017": with(body, object{"UserName": "nobody_api"}),
		"1019": with(body, object{"Password": seal("Wrong@1234")}),
	} {
		read(t, send(data, "")).refused(code)
	}
	read(t, send(body, deccan.gstin)).refused("1015")
}
