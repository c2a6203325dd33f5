package irpapi_test

import (
	"encoding/base64"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAuthenticate(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ env, name, expiry string }{
		{"sandbox", "dakshin_api", "2026-07-15 11:30:42"},
		{"production", "API_dakshin_api", "2026-07-15 16:30:42"},
	} {
		t.Run(c.env, func(t *testing.T) {
			u := s.world(t).user(c.env, dakshin, sahyadri, "dakshin_api")
			login := u.auth(nil).good()
			u.keep(login)
			if !regexp.MustCompile(`^[0-9A-Za-z]{25}$`).MatchString(u.token) || len(login["Sek"].(string)) != 64 {
				t.Errorf("login %v", login)
			}
			want := object{
				"ClientId": sahyadri.id, "UserName": c.name, "TokenExpiry": c.expiry, "AuthToken": u.token, "Sek": login["Sek"],
			}
			if diff := cmp.Diff(want, login); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// AES follows the length of the AppKey, for the SEK; the SEK itself has 32 bytes.
func TestAppKeyLengths(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for _, n := range []int{16, 24, 32} {
		other := u.as(func(c *caller) { c.appKey = []byte("an AppKey has thirty-two bytes..")[:n] }).login()
		if other.token != u.token || string(other.sek) != string(u.sek) {
			t.Errorf("an AppKey of %d bytes: another token or SEK", n)
		}
	}
	for _, n := range []int{0, 8, 31, 33, 48} {
		u.auth(object{"AppKey": base64.StdEncoding.EncodeToString(make([]byte, n))}).refused("1016")
	}
	u.auth(object{"AppKey": "an AppKey has thirty-two bytes.."}).refused("1016") // 24 bytes of base64, but for the point
	u.auth(object{"AppKey": nil}).refused("1016")
}

// Forms of a login that are accepted besides that of NIC's page.
func TestAuthLeniency(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api")
	key := base64.StdEncoding.EncodeToString(u.appKey)
	for name, plain := range map[string]string{
		"names in other cases": `{"Username":"dakshin_api","password":"Testing@123","Appkey":"` + key +
			`","forcerefreshaccesstoken":true}`,
		"the flag as text": `{"UserName":"dakshin_api","Password":"Testing@123","AppKey":"` + key +
			`","ForceRefreshAccessToken":"true"}`,
		"the flag left out": `{"UserName":"dakshin_api","Password":"Testing@123","AppKey":"` + key + `"}`,
		"the flag null": `{"UserName":"dakshin_api","Password":"Testing@123","AppKey":"` + key +
			`","ForceRefreshAccessToken":null}`,
		"a member twice": `{"UserName":"dakshin_api","UserName":"dakshin_api","Password":"Testing@123","AppKey":"` +
			key + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := u.authWith(u.sealed([]byte(plain))).doc; got["Status"] != 1.0 {
				t.Errorf("%v", got)
			}
		})
	}
	sealed := u.sealed(encode(t, u.credentials()))
	for _, name := range []string{"data", "DATA", "dAtA"} {
		body := regexp.MustCompile(`"Data"`).ReplaceAll(sealed, []byte(`"`+name+`"`))
		if got := u.authWith(body).doc; got["Status"] != 1.0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestHeaderSpelling(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for _, names := range [][5]string{
		{"client_id", "client_secret", "Gstin", "user_name", "AuthToken"},
		{"client-id", "client-secret", "gstin", "user-name", "authtoken"},
		{"Client_Id", "Client-Secret", "GSTIN", "USER_NAME", "AUTHTOKEN"},
	} {
		h := map[string]string{names[0]: u.clientID, names[1]: u.clientSecret, names[2]: u.gstin, names[3]: u.name,
			names[4]: u.token}
		r := read(t, w.send("GET", w.base["sandbox"]+"/eivital/v1.04/Master/gstin/"+deccan.gstin, h, nil))
		if r.doc["Status"] != 1.0 {
			t.Errorf("%v: %v", names, r.doc)
		}
	}
	// Both spellings at once are one header when they agree, and none that is known otherwise.
	path := "/eivital/v1.04/Master/gstin/" + deccan.gstin
	u.call("GET", path, nil, "client-id", u.clientID).good()
	u.call("GET", path, nil, "client-id", konkan.id).refused("1010")
	u.as(func(c *caller) { c.clientID = konkan.id }).call("GET", path, nil, "client-id", u.clientID).refused("1010")
}

// The order of the checks: each request has two violations, and the earlier answers.
func TestAuthOrder(t *testing.T) {
	w := open(t).world(t)
	good := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	w.user("sandbox", deccan, konkan, "deccan_api")
	order := []string{"1011", "1012", "1004", "1010", "5003", "1013", "1007", "1016", "1017", "1018", "1019", "1015",
		"1014"}
	for i, first := range order {
		for _, second := range order[i:] {
			t.Run(first+" before "+second, func(t *testing.T) {
				c := good.as(func(c *caller) { c.w = c.w.in(t) })
				has := map[string]bool{first: true, second: true}
				status := map[bool]string{true: "SUSPENDED", false: "ACTIVE"}[has["1014"]]
				c.w.control("PATCH", "/taxpayers/"+dakshin.gstin, object{"status": status})
				c.authWith(c.refusal(has)).refused(first)
			})
		}
	}
	w.control("PATCH", "/taxpayers/"+dakshin.gstin, object{"status": "ACTIVE"})
	good.login() // and with no violation at all it is good
}

// refusal is the body of a login with these violations; those of headers go into c.
func (c *caller) refusal(has map[string]bool) []byte {
	doc := c.credentials()
	if has["1010"] {
		c.clientSecret = konkan.secret
	}
	if has["1015"] {
		c.gstin = "27ABCCD1234E1Z5"
	}
	for code, header := range map[string]*string{"1011": &c.clientID, "1012": &c.clientSecret, "1004": &c.gstin} {
		if has[code] {
			*header = ""
		}
	}
	if has["1016"] {
		doc["AppKey"] = "c2hvcnQ="
	}
	if has["1018"] {
		doc["UserName"] = "deccan_api"
	}
	if has["1017"] {
		doc["UserName"] = "nobody_api"
	}
	if has["1019"] {
		doc["Password"] = "Wrong@1234"
	}
	plain := encode(c.w.t, doc)
	if has["1007"] {
		plain = []byte("[]")
	}
	switch {
	case has["5003"]:
		return []byte(`{"Data":""}`)
	case has["1013"]: // the other environment's key
		return c.as(func(c *caller) { c.env = "production" }).sealed(plain)
	}
	return c.sealed(plain)
}

// in is the same world for a subtest.
func (w *place) in(t testing.TB) *place {
	t.Helper()
	other := *w
	other.t = t
	return &other
}

func TestAuthRefusesWhoMayNotCall(t *testing.T) {
	s := open(t)
	for name, change := range map[string]object{
		"cancelled":   {"status": "CANCELLED"},
		"suspended":   {"status": "SUSPENDED"},
		"not enabled": {"eInvoiceEnabled": false},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.world(t)
			u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
			w.control("PATCH", "/taxpayers/"+dakshin.gstin, change)
			u.auth(nil).refused("1014")
		})
	}
	t.Run("without API_ in production", func(t *testing.T) {
		u := s.world(t).user("production", dakshin, sahyadri, "dakshin_api").login()
		u.auth(object{"UserName": "dakshin_api"}).refused("1017")
		u.auth(object{"UserName": "api_dakshin_api"}).refused("1017")
	})
	t.Run("five wrong passwords do not lock", func(t *testing.T) {
		w := s.world(t)
		u := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
		for range 6 {
			u.auth(object{"Password": "Wrong@1234"}).refused("1019")
		}
		u.login()
		journaled := w.requests()[1]
		if journaled["reason"].(object)["code"] != "1019" || journaled["request"].(object)["UserName"] != "dakshin_api" {
			t.Errorf("the attempt in the journal: %v", journaled)
		}
	})
	t.Run("a GSTIN that stands for any", func(t *testing.T) { // the retired version asks for none
		u := s.world(t).user("sandbox", dakshin, sahyadri, "dakshin_api")
		for _, gstin := range []string{"*", "not asked for", "-"} {
			u.as(func(c *caller) { c.gstin = gstin }).auth(nil).refused("1015")
		}
	})
}
