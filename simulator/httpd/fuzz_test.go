package httpd_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator"
)

// fuzzed is a simulator without a network, and its log.
type fuzzed struct {
	*simulator.Simulator
	log *safeBuffer
}

func newFuzzed(tb testing.TB) fuzzed {
	tb.Helper()
	log := &safeBuffer{}
	sim, err := simulator.New(simulator.Options{Seed: "fuzz", Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		tb.Fatal(err)
	}
	return fuzzed{sim, log}
}

// ask sends a request to one of the handlers. The path is not changed.
func (f fuzzed) ask(h http.Handler, method, path string, body []byte, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", strings.NewReader(string(body)))
	r.URL = &url.URL{Path: path}
	r.RequestURI = path
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header[headers[i]] = []string{headers[i+1]}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// sane checks the rules for every answer.
func (f fuzzed) sane(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code >= 500 || f.log.String() != "" {
		t.Fatalf("answered %d %s\nlogged %s", w.Code, w.Body, f.log.String())
	}
	if w.Header().Get("X-Request-Id") == "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", w.Header())
	}
	if w.Code < 400 {
		return
	}
	var p struct {
		Type, Code string
		Status     int
		Errors     []struct{ Field, Code, Message string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != w.Code ||
		p.Type != "urn:nicsim:problem:"+p.Code || !utf8.Valid(w.Body.Bytes()) {
		t.Errorf("answered %d %s: %v", w.Code, w.Body, err)
	}
	for _, e := range p.Errors {
		if e.Field == "" || e.Code == "" || e.Message == "" {
			t.Errorf("answered %s", w.Body)
		}
	}
}

// FuzzBodies sends random bodies to each call with a body, on flows in a state in which the call reads the body.
func FuzzBodies(f *testing.F) {
	for i, body := range []string{
		`{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z1","mobile":"9876543210","email":"accounts@dakshin.example","captcha":{"captchaId":"x","answer":"y"}}`,
		`{"otp":"000000"}`,
		`{"registrationThrough":"GSP","companyName":"Konkan Tax Gateway","clientId":"AABCK27GSP4K7QX","username":"fuzz_user","password":"Testing@123"}`,
		`{"username":"dakshin29","password":"Dakshin@2024"}`,
		`{"registrationThrough":"DIRECT","clientId":"x","clientSecret":"y"}`,
		`{"mode":"frozen","now":"2026-11-22T12:00:00+05:30"}`,
		`{"otpLifetime":"10m","outage":false}`,
		`{"gstin":"27AAPFU0939F1ZV","legalName":"x","address":{"pincode":"1"}}`,
	} {
		f.Add(uint8(i), []byte(body))
	}
	sim := newFuzzed(f)
	routes := fuzzedRoutes(f, sim)
	f.Fuzz(func(t *testing.T, n uint8, body []byte) {
		route := routes[int(n)%len(routes)]
		sim.sane(t, sim.ask(route.handler, route.method, route.path, body, "Cookie", route.cookie))
		// the next flow must reach the same state
		if strings.HasSuffix(route.path, "/clock") || strings.HasSuffix(route.path, "/settings") {
			sim.ask(sim.Control, "POST", route.path[:strings.LastIndex(route.path, "/")]+"/reset", nil)
		}
	})
}

type fuzzedRoute struct {
	handler              http.Handler
	method, path, cookie string
}

// fuzzedRoutes prepares the state that each call needs, in a world of its own.
func fuzzedRoutes(tb testing.TB, sim fuzzed) []fuzzedRoute {
	tb.Helper()
	doc := func(w *httptest.ResponseRecorder) object {
		var doc object
		if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || w.Code >= 300 {
			tb.Fatalf("answered %d %s", w.Code, w.Body)
		}
		return doc
	}
	captcha := func(h http.Handler, world string) string {
		id := doc(sim.ask(h, "POST", world+v1+"/captchas", nil))["captchaId"]
		answer := doc(sim.ask(sim.Control, "GET", fmt.Sprintf("%s/control/v1/captchas/%s", world, id), nil))["answer"]
		return fmt.Sprintf(`{"captchaId":%q,"answer":%q}`, id, answer)
	}
	flow := func(world string) string {
		form := fmt.Sprintf(`{"category":"TAXPAYER","gstin":%q,"mobile":%q,"email":%q,"captcha":%s}`, asha.gstin, asha.mobile,
			asha.email, captcha(sim.Sandbox, world))
		return fmt.Sprint(world, v1, "/registrations/",
			doc(sim.ask(sim.Sandbox, "POST", world+v1+"/registrations", []byte(form)))["registrationId"])
	}
	sent := flow("/w/sent")
	doc(sim.ask(sim.Sandbox, "POST", sent+"/otp", nil))
	verified := flow("/w/verified")
	doc(sim.ask(sim.Sandbox, "POST", verified+"/otp", nil))
	messages := doc(sim.ask(sim.Control, "GET", "/w/verified/control/v1/inbox", nil))["messages"].([]any)
	doc(sim.ask(sim.Sandbox, "POST", verified+"/otp/verification",
		fmt.Appendf(nil, `{"otp":%q}`, messages[0].(object)["otp"])))
	login := fmt.Sprintf(`{"username":%q,"password":%q,"captcha":%s}`, asha.username, asha.password,
		captcha(sim.Production, "/w/in"))
	w := sim.ask(sim.Production, "POST", "/w/in"+v1+"/login", []byte(login))
	doc(w)
	cookie, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	started := fmt.Sprint("/w/in", v1, "/api-registrations/",
		doc(sim.ask(sim.Production, "POST", "/w/in"+v1+"/api-registrations", nil, "Cookie", cookie))["apiRegistrationId"])
	const control = "/w/control/control/v1"
	return []fuzzedRoute{
		{sim.Sandbox, "POST", "/w/any" + v1 + "/registrations", ""},
		{sim.Sandbox, "POST", sent + "/otp/verification", ""},
		{sim.Sandbox, "POST", verified + "/api-user", ""},
		{sim.Production, "POST", "/w/any" + v1 + "/login", ""},
		{sim.Production, "POST", started + "/api-user", cookie},
		{sim.Control, "PUT", control + "/clock", ""},
		{sim.Control, "PUT", control + "/settings", ""},
		{sim.Control, "POST", control + "/taxpayers", ""},
		{sim.Sandbox, "POST", "/w/any" + v1 + "/captchas", ""},
		{sim.Sandbox, "POST", "/w/any" + v1 + "/login", ""},
		{sim.Production, "POST", started + "/otp/verification", cookie},
		{sim.Production, "PUT", "/w/in" + v1 + "/api-users/API_nobody/password", cookie},
		{sim.Production, "POST", "/w/any" + v1 + "/password-resets", ""},
		{sim.Production, "POST", "/w/any" + v1 + "/username-reminders", ""},
		{sim.Sandbox, "POST", "/w/any" + v1 + "/gstin-updates", ""},
		{sim.Production, "PUT", "/w/any" + v1 + "/password-resets/x/password", ""},
		{sim.Control, "POST", control + "/clock/advance", ""},
		{sim.Control, "PATCH", control + "/taxpayers/29ABCCD1234E1Z1", ""},
		{sim.Control, "POST", control + "/portal-users", ""},
		{sim.Control, "PATCH", control + "/portal-users/dakshin29", ""},
	}
}

var worldName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// FuzzPaths requests random paths. An invalid name is not found, and links in an answer stay in the world of the
// request.
func FuzzPaths(f *testing.F) {
	for _, path := range []string{"/w/suite-1/portal/v1/providers", "/portal/v1/providers", "/w//x", "/w/a/w/b/", "/w",
		"/W/a/", "/w/a"} {
		f.Add("GET", path)
	}
	sim := newFuzzed(f)
	f.Fuzz(func(t *testing.T, method, path string) {
		if !strings.HasPrefix(path, "/") || method != "GET" && method != "POST" && method != "DELETE" ||
			strings.HasSuffix(path, "/readyz") {
			return
		}
		for _, h := range []http.Handler{sim.Sandbox, sim.Production, sim.Control} {
			w := sim.ask(h, method, path, nil)
			if w.Code == http.StatusServiceUnavailable { // the limit of 4,096 worlds is reached
				sim.ask(sim.Control, "GET", "/control/v1/worlds", nil)
				return
			}
			sim.sane(t, w)
			if after, prefixed := strings.CutPrefix(path, "/w/"); prefixed {
				name, _, _ := strings.Cut(after, "/")
				if !worldName.MatchString(name) && w.Code != http.StatusNotFound {
					t.Errorf("world %q is answered with %d", name, w.Code)
				}
				sim.ask(sim.Control, "DELETE", "/control/v1/worlds/"+name, nil)
				if location := w.Header().Get("Location"); location != "" && !strings.HasPrefix(location, "/w/"+name+"/") {
					t.Errorf("%s leads to %s", path, location)
				}
			}
		}
	})
}

// FuzzRequestID sends random request ids. Only a valid one is returned.
func FuzzRequestID(f *testing.F) {
	for _, id := range []string{"", "a", "order-66", "two words", "x\r\nSet-Cookie: a=b", strings.Repeat("x", 65)} {
		f.Add(id)
	}
	sim := newFuzzed(f)
	sane := regexp.MustCompile(`\A[A-Za-z0-9._:-]{1,64}\z`)
	f.Fuzz(func(t *testing.T, id string) {
		w := sim.ask(sim.Sandbox, "GET", v1+"/providers", nil, "X-Request-Id", id)
		sim.sane(t, w)
		got := w.Header().Get("X-Request-Id")
		if !sane.MatchString(got) || sane.MatchString(id) && got != id {
			t.Errorf("%q came back as %q", id, got)
		}
	})
}
