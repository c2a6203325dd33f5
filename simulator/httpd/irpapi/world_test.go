package irpapi_test

import (
	"bytes"
	"crypto/rsa"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

type object = map[string]any

// morning is when the frozen clocks of these tests begin.
const morning = "2026-07-15T10:30:42+05:30"

// site is a simulator; each test of a function uses another of its worlds.
type site struct {
	*simtest.Server
	client *http.Client
	worlds atomic.Int64
}

func open(t testing.TB) *site {
	t.Helper()
	s := &site{Server: simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)})}
	s.client = s.Client()
	t.Cleanup(s.client.CloseIdleConnections)
	return s
}

// place is a world of one's own, its clock frozen.
type place struct {
	t      testing.TB
	client *http.Client
	base   map[string]string // by environment, and "control"
	keys   map[string]*rsa.PublicKey
}

func (s *site) world(t testing.TB) *place {
	t.Helper()
	prefix := "/w/w" + strconv.FormatInt(s.worlds.Add(1), 10)
	w := &place{
		t: t, client: s.client, keys: map[string]*rsa.PublicKey{},
		base: map[string]string{"sandbox": s.Sandbox + prefix, "production": s.Production + prefix,
			"control": s.Control + prefix + "/control/v1"},
	}
	for _, env := range []string{"sandbox", "production"} {
		w.keys[env] = publicKey(t, w.control("GET", "/public-keys/"+env+".pem", nil).body)
	}
	w.clock(morning)
	return w
}

// reply is an answer over HTTP.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) object(t testing.TB) object {
	t.Helper()
	var doc object
	if err := json.Unmarshal(r.body, &doc); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	return doc
}

// cookie is the cookie that a browser would send back.
func (r reply) cookie() string {
	cookie, _, _ := strings.Cut(r.header.Get("Set-Cookie"), ";")
	return cookie
}

// send sends a request. Header names go out as they are spelt.
func (w *place) send(method, address string, header map[string]string, body []byte) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, address, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	for name, value := range header {
		r.Header[name] = []string{value}
	}
	resp, err := w.client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, answer}
}

// json sends a document and wants a good answer.
func (w *place) json(method, address string, document any, cookie string) reply {
	w.t.Helper()
	var body []byte
	if document != nil {
		body = encode(w.t, document)
	}
	header := map[string]string{"Content-Type": "application/json"}
	if cookie != "" {
		header["Cookie"] = cookie
	}
	r := w.send(method, address, header, body)
	if r.status >= 300 {
		w.t.Fatalf("%s %s: %d %s", method, address, r.status, r.body)
	}
	return r
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	document, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func (w *place) control(method, path string, document any) reply {
	w.t.Helper()
	return w.json(method, w.base["control"]+path, document, "")
}

func (w *place) clock(at string)        { w.control("PUT", "/clock", object{"mode": "frozen", "now": at}) }
func (w *place) advance(by string)      { w.control("POST", "/clock/advance", object{"by": by}) }
func (w *place) settings(change object) { w.control("PUT", "/settings", change) }

// firm is a taxpayer of the fixtures.
type firm struct{ gstin, mobile, email, login, password string }

var (
	dakshin = firm{"29ABCCD1234E1Z1", "9876543210", "accounts@dakshin.example", "dakshin29", "Dakshin@2024"}
	deccan  = firm{"29ABCPD1234E2Z9", "9876529002", "books@deccan.example", "deccan29", "Deccan@2024"}
	orchid  = firm{gstin: "29ABCCO4680D1CN", mobile: "9876529205", email: "accounts@orchid.example"}
)

// company is a holder of client credentials.
type company struct{ name, id, secret string }

var (
	sahyadri = company{"Sahyadri GST Suvidha", "AAFCC29ERP82ZSO", "SahyadriSecret000001"}
	konkan   = company{"Konkan Tax Gateway", "AABCK27GSP4K7QX", "KonkanSecret00000002"}
)

// user is an API user as the guide makes one, in either environment.
func (w *place) user(env string, who firm, through company, name string) *caller {
	w.t.Helper()
	portal := w.base[env] + "/portal/v1"
	form := object{
		"registrationThrough": "GSP", "companyName": through.name, "username": name,
		"password": secret, "confirmPassword": secret,
	}
	captcha := w.json("POST", portal+"/captchas", nil, "").object(w.t)["captchaId"].(string)
	solved := object{"captchaId": captcha, "answer": w.control("GET", "/captchas/"+captcha, nil).object(w.t)["answer"]}
	var flow, cookie string
	if env == "sandbox" {
		form["clientId"] = through.id
		flow = portal + "/registrations/" + w.json("POST", portal+"/registrations", object{
			"category": "TAXPAYER", "gstin": who.gstin, "mobile": who.mobile, "email": who.email, "captcha": solved,
		}, "").object(w.t)["registrationId"].(string)
		w.json("POST", flow+"/otp", nil, "")
	} else {
		signedIn := w.json("POST", portal+"/login",
			object{"username": who.login, "password": who.password, "captcha": solved}, "")
		cookie = signedIn.cookie()
		flow = portal + "/api-registrations/" +
			w.json("POST", portal+"/api-registrations", nil, cookie).object(w.t)["apiRegistrationId"].(string)
	}
	query := url.Values{"environment": {env}, "to": {who.mobile}}
	messages := w.control("GET", "/inbox?"+query.Encode(), nil).object(w.t)["messages"].([]any)
	w.json("POST", flow+"/otp/verification", object{"otp": messages[0].(object)["otp"]}, cookie)
	made := w.json("POST", flow+"/api-user", form, cookie).object(w.t)["username"].(string)
	return &caller{
		w: w, env: env, clientID: through.id, clientSecret: through.secret, gstin: who.gstin, name: made, password: secret,
		appKey: []byte("an AppKey has thirty-two bytes.."),
	}
}

const secret = "Testing@123"

// requests are the newest exchanges in the journal.
func (w *place) requests() []object {
	w.t.Helper()
	var list []object
	for _, r := range w.control("GET", "/requests", nil).object(w.t)["requests"].([]any) {
		list = append(list, r.(object))
	}
	return list
}

// with is an object with other members; nil takes one away.
func with(document, change object) object {
	document = maps.Clone(document)
	maps.Copy(document, change)
	maps.DeleteFunc(document, func(_ string, v any) bool { return v == nil })
	return document
}
